"""A small codec of the tests' own: records whose values are text, lists of text or days, as plain data and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge.dates import Day
from knowledge.records import Record, Source
from knowledge.storage import Codec

DAY = "@day "


def _dump_value(value: Any) -> Any:
    return DAY + str(value) if isinstance(value, Day) else list(value) if isinstance(value, tuple) else value


def _load_value(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(plain)
    return Day.parse(plain.removeprefix(DAY)) if isinstance(plain, str) and plain.startswith(DAY) else plain


def _dump(value: Record | Source) -> dict[str, Any]:
    plain = {name: _dump_value(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Record):
        plain["source"] = _dump(value.source)
        plain["other_sources"] = [_dump(source) for source in value.other_sources]
        plain["values"] = {name: _dump_value(kept) for name, kept in value.values.items()}
    return plain


def _load_source(plain: Mapping[str, Any]) -> Source:
    return Source(**{name: _load_value(kept) for name, kept in plain.items()})


def _load(plain: Mapping[str, Any]) -> Record:
    known = {name: _load_value(kept) for name, kept in plain.items()}
    known["source"] = _load_source(plain["source"])
    known["other_sources"] = tuple(_load_source(source) for source in plain["other_sources"])
    known["values"] = {name: _load_value(kept) for name, kept in plain["values"].items()}
    return Record(**known)


PLAIN = Codec(_dump, _load)


def a_record(record_id: str = "mou-exemple", title: str = "Un accord", **more: Any) -> Record:
    """A made-up record with one value of each shape that the codec knows."""
    values = {
        "signed": Day(2023, 11, 16),
        "window": Day(2027, 3),
        "partners": ("Exemple A", "Exemple B"),
        "place": "Paris",
    }
    fields: dict[str, Any] = {
        "kind": "agreement",
        "titles": {"fr": title, "en": "An agreement"},
        "summaries": {"fr": "Résumé d’essai."},
        "source": Source("Page d’essai", "https://example.org/page", Day(2026, 10, 1)),
        "values": values,
    }
    return Record(record_id, **(fields | more))
