"""The typed values of a record's fields, and the types that read, check and write them.

A field type owns everything about its values: `load` from the plain data of a file or the store, `dump` back to it,
`parse` from what a person typed, `words` to search. Kinds name the types (`type: day`); nothing else knows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from knowledge.dates import Day
from knowledge.messages import Text


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


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A day that comes back every `months` months from `first` until `until`."""

    first: Day
    months: int
    until: Day


Value = Day | Quantity | Money | Hour | Recurrence | str | tuple[str, ...] | Mapping[str, str]
