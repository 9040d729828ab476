"""A bound on money in a question: "calls of at least 35 million euros", "moins de 10 M€"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from knowledge.fields import Money, Quantity
from knowledge.questions.reading import Reading
from knowledge.records import Record

_MORE: Final = r"(?:at least|more than|over|above|upwards of|from|au moins|plus de|plus d|superieure?s? a|au dessus de|depass\w+|exceed\w*)"
_LESS: Final = r"(?:at most|less than|under|below|up to|au plus|moins de|moins d|inferieure?s? a|en dessous de|sous)"
_BOUND: Final = re.compile(
    rf"\b(?:(?P<more>{_MORE})|(?P<less>{_LESS})) (?P<value>\d+)(?: (?P<unit>eur|euros?|m|m eur|millions?|d euros|million euros?))+\b"
)
_MILLION: Final = re.compile(r"\b(?:m|millions?)\b")


@dataclass(frozen=True, slots=True)
class Bound:
    """An amount that another must reach, or must not pass. `words` are those that say so: they are in no record."""

    value: float
    at_least: bool
    words: frozenset[str]

    def holds(self, amount: float) -> bool:
        return amount >= self.value if self.at_least else amount <= self.value


def bound(reading: Reading) -> Bound | None:
    """The bound that a question names, None where it names none."""
    match = _BOUND.search(reading.plain)
    if match is None:
        return None
    value = float(match["value"])
    if value < 1000 and _MILLION.search(match[0]):
        value *= 1_000_000
    return Bound(value, match["more"] is not None, frozenset(match[0].split()))


def amounts(record: Record) -> tuple[float, ...]:
    """The sums of money that a record keeps."""
    found = []
    for value in record.values.values():
        if isinstance(value, Money):
            found.append(value.amount)
        elif isinstance(value, Quantity) and value.value is not None and "euro" in " ".join(value.unit.values()):
            found.append(value.value)
    return tuple(found)
