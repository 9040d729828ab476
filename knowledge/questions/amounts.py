"""A bound on money in a question: "calls of at least 35 million euros", "moins de 10 M€"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Final

from knowledge.fields import Money, Quantity
from knowledge.questions.reading import Reading
from knowledge.records import Record

_MORE: Final = r"more than|over|above|plus de|plus d|superieure?s? a|au dessus de|depass\w+|exceed\w*"
_FROM: Final = r"at least|from|upwards of|au moins|minimum"
_LESS: Final = r"less than|under|below|moins de|moins d|inferieure?s? a|en dessous de|sous"
_UP_TO: Final = r"at most|up to|au plus|maximum|jusqu a"
_BOUND: Final = re.compile(
    rf"\b(?:(?P<more>{_MORE})|(?P<least>{_FROM})|(?P<less>{_LESS})|(?P<most>{_UP_TO})) (?P<value>\d+)"
    r"(?P<unit>(?: (?:eur|euros?|m|millions?|d euros|of euros))*)(?!\w)"
)
_MILLION: Final = re.compile(r"\b(?:m|millions?)\b")
_MONEY: Final = re.compile(r"€|\beur|\bbudget|\bmoney\b|\bargent\b", re.IGNORECASE)
_SIDES: Final[Mapping[str, Callable[[float, float], bool]]] = {"more": gt, "least": ge, "less": lt, "most": le}


@dataclass(frozen=True, slots=True)
class Bound:
    """An amount that another must reach or pass, or must not. `words` are those that say so: they are in no record."""

    value: float
    side: str
    words: frozenset[str]

    def holds(self, amount: float) -> bool:
        return _SIDES[self.side](amount, self.value)


def bound(reading: Reading) -> Bound | None:
    """The bound on money that a question names, None where it names none: a number of other things is none."""
    match = _BOUND.search(reading.plain)
    if match is None or not (match["unit"] or _MONEY.search(reading.asked.text)):
        return None
    value = float(match["value"])
    if value < 1000 and _MILLION.search(match["unit"]):
        value *= 1_000_000
    side = next(name for name in _SIDES if match[name] is not None)
    return Bound(value, side, frozenset(match[0].split()))


def in_money(quantity: Quantity) -> bool:
    """Whether a figure counts money."""
    return any("euro" in unit for unit in quantity.unit.values())


def amounts(record: Record) -> tuple[float, ...]:
    """The sums of money that a record keeps."""
    found = []
    for value in record.values.values():
        if isinstance(value, Money):
            found.append(value.amount)
        elif isinstance(value, Quantity) and value.value is not None and in_money(value):
            found.append(value.value)
    return tuple(found)
