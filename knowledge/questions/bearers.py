"""The records that hold what is asked of others: a relative that has the place, the calls of a body that have the day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from knowledge.dates import Day
from knowledge.questions.describe import are_linked, names
from knowledge.questions.needs import Need, fields_for, really_named
from knowledge.questions.phrases import ASKING_NOUNS
from knowledge.questions.reading import Reading, is_content, whole_year
from knowledge.questions.resolve import Resolution
from knowledge.questions.view import View
from knowledge.records import Record

_ALL: Final = 0.99
"""The share of what is asked from which a record has all of it."""


def of_any(reading: Reading, view: View, need: Need) -> tuple[Record, ...]:
    """All that hold the day asked for, where nothing says of which it is asked ("the info day?")."""
    said = set(reading.rest("field")) - ASKING_NOUNS
    if said or not need.fields or reading.tags != reading.named("field") or reading.found or reading.years:
        return ()
    return _holding(need.fields[0], (), view)


def of_body(record: Record, reading: Reading, view: View, need: Need) -> tuple[Record, ...]:
    """Those that have to do with a body and hold a day that bodies have not ("the EP PerMed info day"); () where fewer than
    two do."""
    fields = really_named(record, need, view)
    if need.sort != "when" or not view.kind(record).bodies or not fields or fields_for(record, need, view):
        return ()
    said = [word for word in reading.rest("field", "kind") if is_content(word) and word not in ASKING_NOUNS]
    held = _holding(fields[0], said, view)
    return held if len(held) > 1 else ()


def of_relatives(found: Resolution, need: Need, view: View) -> Record | None:
    """Where none of the records meant has a place, the one of their relatives that has it and all that the question says ("in
    which city did they launch the project?": the kick-off)."""
    if need.sort != "where" or not found.records or any(fields_for(one, need, view) for one in found.records):
        return None
    held = [
        one.record
        for one in found.candidates
        if one.signs["held"] >= _ALL
        and fields_for(one.record, need, view)
        and any(_belongs(one.record, other, view) for other in found.records)
    ]
    return held[0] if len(held) == 1 else None


def of_year(found: Resolution, reading: Reading, need: Need, view: View) -> Record | None:
    """Where the day asked of the record meant lies in another year than the one that is said, the likeliest other of its kind of
    which it lies in that year ("when was the partnership of 2024 signed?")."""
    if (
        need.sort != "when"
        or found.band != "sure"
        or not whole_year(reading)
        or _in_period(found.records[0], reading, need, view)
    ):
        return None
    kind = found.records[0].kind
    others = (one.record for one in found.candidates if one.record.kind == kind and one.signs["held"] >= _ALL)
    return next((record for record in others if _in_period(record, reading, need, view)), None)


def _in_period(record: Record, reading: Reading, need: Need, view: View) -> bool:
    fields = fields_for(record, need, view)
    day = record.values.get(fields[0].name) if fields else None
    return isinstance(day, Day) and reading.period is not None and reading.period.touches(day)


def _holding(field: str, said: Sequence[str], view: View) -> tuple[Record, ...]:
    """The records with that day which say these words, the latest first."""
    held = [
        (day.first, record.id)
        for record in view.records.values()
        if isinstance(day := record.values.get(field), Day) and all(view.holds(record, word) for word in said)
    ]
    return tuple(view.records[name] for _, name in sorted(held, reverse=True))


def _belongs(record: Record, other: Record, view: View) -> bool:
    """Whether a record is linked to another, or says its name in a title or an alias."""
    said = view.said(record)
    return are_linked(record, other) or any(f" {' '.join(name)} " in said for name in names(other) if name)
