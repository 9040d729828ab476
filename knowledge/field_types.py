"""The types of fields: each reads (`load`), writes (`dump`), searches (`words`) and hands on (`plain`) its own values.

Kinds name them (`type: day`); nothing else knows them. Pure: no file, no clock. `load` takes the plain data of a file
or of the store and raises `BadValue` with every mistake in it; `load(dump(value)) == value` for every value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol

from knowledge.fields import Plain, Simple
from knowledge.figure_types import DayType, DurationType, HourType, MoneyType, QuantityType, RecurrenceType
from knowledge.text_types import LineType, LinkType, ListType, PlacesType, ReferenceType, TextType


class FieldType(Protocol):
    """What a type owes to the rest. Values are those of `knowledge.fields.Value`; each type takes and gives its own."""

    def load(self, plain: Plain) -> Any: ...

    def dump(self, value: Any) -> Plain: ...

    def words(self, value: Any) -> Iterable[str]:
        """The text to search, in both languages."""

    def plain(self, value: Any, lang: str = "fr") -> Simple:
        """The value as the machine-readable answer: an ISO date, a number, "14:00", or text in `lang`."""


TYPES: Final[Mapping[str, FieldType]] = {
    "day": DayType(),
    "hour": HourType(),
    "duration": DurationType(),
    "quantity": QuantityType(),
    "money": MoneyType(),
    "text": TextType(),
    "line": LineType(),
    "choice": LineType(),
    "link": LinkType(),
    "names": ListType(),
    "people": ListType(),
    "places": PlacesType(),
    "reference": ReferenceType(),
    "recurrence": RecurrenceType(),
}
