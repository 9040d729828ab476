"""Days known to the year, the month or the day, and periods between two of them.

Reads no clock. The grammar that turns what people type into these values is `knowledge.date_grammar`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Grain = Literal["year", "month", "day"]
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


@dataclass(frozen=True, slots=True)
class Day:
    """A date exact to its grain: `Day(2027)`, `Day(2027, 3)`, `Day(2027, 3, 28)`. Raises ValueError when no such day exists."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> Day:
        """Reads `2027`, `2027-03` or `2027-03-28`; ValueError otherwise."""
        match = _ISO.match(text.strip())
        if not match:
            raise ValueError(f"not a date: {text!r}")
        return cls(*(int(part) for part in match.groups() if part is not None))

    @classmethod
    def reads(cls, text: str) -> bool:
        """Whether `parse` takes the text."""
        try:
            cls.parse(text)
        except ValueError:
            return False
        return True

    @classmethod
    def of(cls, moment: date) -> Day:
        return cls(moment.year, moment.month, moment.day)

    @property
    def grain(self) -> Grain:
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def first(self) -> date:
        """The earliest date it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest date it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)])

    def __lt__(self, other: Day) -> bool:
        return (self.first, self.last) < (other.first, other.last)


@dataclass(frozen=True, slots=True)
class Period:
    """All days from `first` to `last`, both included; None leaves that side open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: Day) -> bool:
        """Whether the whole of `day` lies inside: a year is not "in March" because part of it is."""
        return (self.first is None or day.first >= self.first) and (self.last is None or day.last <= self.last)

    def touches(self, day: Day) -> bool:
        """Whether some date that `day` can mean lies inside."""
        return (self.first is None or day.last >= self.first) and (self.last is None or day.first <= self.last)
