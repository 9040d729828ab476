"""Where a record stands on a given day, computed from its dates where its kind says how, and nothing derived beyond them."""

from __future__ import annotations

from datetime import date

from knowledge.dates import Day
from knowledge.fields import days
from knowledge.kinds import Kind
from knowledge.records import Record


def day_of(record: Record, field: str) -> Day | None:
    """The day a field holds, or None."""
    value = record.values.get(field)
    return value if isinstance(value, Day) else None


def state(record: Record, kind: Kind, today: date) -> str:
    """`open`, `closed` or `upcoming` on that day for a kind that opens and closes, else the status that was entered.

    Empty where the dates do not decide: a closing day without an opening one says "closed" afterwards, not "open" before.
    """
    if kind.open is None:
        return record.status
    opens, closes = (day_of(record, name) for name in kind.open)
    if closes is not None and closes.last < today:
        return "closed"
    if opens is not None and opens.first > today:
        return "upcoming"
    if opens is not None and opens.last <= today and closes is not None and today <= closes.first:
        return "open"
    if closes is None and record.status == "closed":
        return "closed"
    if opens is None and closes is not None:
        return ""
    if opens is not None and closes is not None and today <= closes.last:
        return "open"
    return ""


def occurrences(record: Record, field: str) -> tuple[Day, ...]:
    """Every day that a field stands for: one for a day, all of its returns for a recurrence."""
    value = record.values.get(field)
    return days(value) if value is not None else ()
