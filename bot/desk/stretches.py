"""How people say for when they want to see what is coming: "60", "demain", "cette semaine", "juin", "by the end of June". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.desk.readings import ambiguous
from knowledge.date_grammar import read_period
from knowledge.date_rules.no_such_day import no_such_day
from knowledge.dates import Day, Period
from knowledge.messages import Phrase
from scheduler.calendar import instant, local_day

DAYS: Final = 30
MOST_DAYS: Final = 3660
_COUNT: Final = re.compile(r"(-?\d{1,5})(?: *(?:j|jours?|d|days?))?", re.IGNORECASE)
_LONGEST: Final = 100
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What comes after `since` and not after `until` (in UTC), said as the days from `first` to `last`; `days` from today reach its
    end. `open`: it begins now."""

    since: datetime
    until: datetime
    first: Day
    last: Day
    days: int
    open: bool = True

    @property
    def form(self) -> str:
        """How the key of a phrase about it ends: one day, the days up to one, or those between two."""
        return "_on" if self.first == self.last else "" if self.open else "_between"

    @property
    def args(self) -> dict[str, Any]:
        return {"first": self.first, "date": self.last}


def days_ahead(now: datetime, days: int, zone: str) -> Stretch:
    """The next days, to this very hour of the last."""
    until = now + timedelta(days=days)
    return Stretch(now, until, Day.of(local_day(now, zone)), Day.of(local_day(until, zone)), days)


def read(text: str, now: datetime, zone: str) -> Stretch | Phrase | None:
    """The stretch that the whole text names; why it cannot be shown; None where it names none."""
    text = " ".join(text[:_LONGEST].split()).rstrip(" ?.!")
    if match := _COUNT.fullmatch(text or str(DAYS)):
        days = int(match[1])
        return days_ahead(now, days, zone) if 1 <= days <= MOST_DAYS else Phrase("due.usage", {"most": MOST_DAYS})
    if either := ambiguous(text):
        return Phrase("fact.ambiguous_day", {"first": either[0], "second": either[1]})
    today = local_day(now, zone)
    # Some months are words too ("mars", "may"): alone they are no date, behind a preposition they are.
    period = read_period(text, today) or read_period(f"en {text}", today)
    if period is not None:
        return _of(period, now, zone)
    none = no_such_day(text, today.year)
    if none is None or none.text != text:
        return None
    args = {"value": none.text, "month": none.month, "days": none.days, "last": Day.of(none.month.last)}
    return Phrase("due.no_such_day", args)


def _of(period: Period, now: datetime, zone: str) -> Stretch | Phrase:
    today = local_day(now, zone)
    if period.last is not None and period.last < today:
        return Phrase("due.past", {"date": Day.of(period.last)})
    farthest = today + timedelta(days=MOST_DAYS)
    first, last = max(period.first or today, today), min(period.last or date.max, farthest)
    if first > farthest:
        return Phrase("due.too_far")
    since = now if first == today else instant(first, time(), zone)
    until = instant(last + _ONE_DAY, time(), zone)
    return Stretch(since, until, Day.of(first), Day.of(last), (last - today).days + 1, first == today)
