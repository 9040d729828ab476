"""The typed values of a record's fields. The types that read, check and write them are in `knowledge.field_types`."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, time, timedelta
from typing import Literal, TypeAlias

from knowledge.dates import Day
from knowledge.messages import Phrase, Text

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
"""What JSON can hold: the form of values in files and in the store."""

Simple = str | float | int | None
"""A value as a machine reads it."""


RETURN_LIMIT = 1200


_ZONE_NAME = re.compile(r"\b(?:[A-Z]{1,4}T|UTC|GMT|AoE)(?:\s?[+-]\d{1,2})?\b")


@dataclass(frozen=True, slots=True)
class Progress:
    """A figure observed on a day."""

    date: Day
    value: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """A target or a figure: `value` in `unit` (None: an indicator with points only), due `by` a day.

    `progress` lists the points observed, oldest first. `progress_unit` is set where they count something else than the
    target does: then no share can be computed.
    """

    value: float | None
    unit: Text = field(default_factory=dict)
    by: Day | None = None
    progress: tuple[Progress, ...] = ()
    progress_unit: Text = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """The last point as a share of the target, or None where that means nothing."""
        if not self.value or not self.progress or self.progress_unit:
            return None
        return self.progress[-1].value / self.value


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: float
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Hour:
    """The hour of a deadline as its source states it (`said`: "17:00 CET") and the zone to compute it in."""

    time: time
    said: str
    zone: str

    @property
    def named(self) -> str:
        """The zone as the source writes it ("CET", "AoE"), "" where it writes none."""
        match = _ZONE_NAME.search(self.said)
        return match.group() if match else ""

    @property
    def stated(self) -> bool:
        """Whether the source says whose time it is, by a zone or by a city; the zone to compute in is assumed otherwise."""
        city = self.zone.rsplit("/", 1)[-1].replace("_", " ").casefold()
        said = unicodedata.normalize("NFKD", self.said).encode("ascii", "ignore").decode().casefold()
        return bool(self.named) or (bool(city) and city in said)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A day that comes back every `months` months from `first` until `until` (no return starts after it).

    A day that a shorter month lacks becomes the last one of that month.
    """

    first: Day
    months: int
    until: Day

    @property
    def days(self) -> tuple[Day, ...]:
        """Each return, oldest first."""
        found: list[Day] = []
        for count in range(RETURN_LIMIT):
            day = self._after(count * self.months)
            if day is None or day.first > self.until.last:
                break
            found.append(day)
        return tuple(found)

    def _after(self, months: int) -> Day | None:
        years, month = divmod((self.first.month or 1) - 1 + months, 12)
        year = self.first.year + years
        if year > MAXYEAR:
            return None
        if self.first.month is None:
            return Day(year)
        if self.first.day is None:
            return Day(year, month + 1)
        return Day(year, month + 1, min(self.first.day, Day(year, month + 1).last.day))


Unit = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in the unit that its source uses: "3 months" is not "90 days"."""

    count: int
    unit: Unit

    def before(self, day: Day) -> Day | None:
        """The day so long before, as exact as `day` is; None before the calendar begins. A day that a shorter month lacks
        becomes the last one of that month."""
        if self.unit in ("day", "week"):
            try:
                found = day.first - timedelta(days=self.count * (7 if self.unit == "week" else 1))
            except OverflowError:
                return None
            return Day(found.year, found.month if day.month else None, found.day if day.day else None)
        months = day.year * 12 + (day.month or 1) - 1 - self.count * (12 if self.unit == "year" else 1)
        year, month = months // 12, months % 12 + 1
        if year < MINYEAR:
            return None
        if day.month is None:
            return Day(year)
        return Day(year, month, min(day.day, monthrange(year, month)[1])) if day.day else Day(year, month)


Value = Day | Duration | Quantity | Money | Hour | Recurrence | str | tuple[str, ...] | Mapping[str, str]


def days(value: Value) -> tuple[Day, ...]:
    """The days that a deadline names: one for a day, each return of a recurrence, none for anything else."""
    if isinstance(value, Day):
        return (value,)
    if not isinstance(value, Recurrence):
        return ()
    return value.days


class BadValue(ValueError):
    """Plain data that does not fit its field: every mistake in it, each with the path inside the value."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(", ".join(mistake.phrase.key for mistake in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong: where inside what was given (`("progress", 0, "date")`) and the sentence to show."""

    path: tuple[str | int, ...]
    phrase: Phrase


def bad(key: str, *path: str | int, **arguments: str | int | Day) -> BadValue:
    """One mistake, ready to raise."""
    return BadValue(Mistake(path, Phrase(key, arguments)))
