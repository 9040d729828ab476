"""A record as plain data that JSON can hold, in the form of a fact in a file, and back.

For records that were checked once: nothing is refused here but data that no longer fits its type. What belongs to a
field or a kind that is not declared any more is kept as it is, so that taking a kind file away loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge.dates import Day
from knowledge.drafted_parts import read_source
from knowledge.field_types import TYPES
from knowledge.fields import BadValue, Mistake, Plain
from knowledge.kinds import RECORD_KEYS, Kind
from knowledge.messages import Text
from knowledge.records import Record, Source

_OWN_KEYS = frozenset((*RECORD_KEYS, "revision", "retired"))


def record_to_plain(record: Record, kinds: Mapping[str, Kind]) -> dict[str, Plain]:
    """The record as plain data; what is empty is left out, `revision` and `retired` are in."""
    plain: dict[str, Plain] = {
        "id": record.id,
        "kind": record.kind,
        "title": dict(record.titles),
        "summary": dict(record.summaries),
        "aliases": list(record.aliases),
        "themes": list(record.themes),
        "status": record.status,
        **{name: _dump(kinds, record.kind, name, value) for name, value in record.values.items()},
        "source": _source_to_plain(record.source),
        "other_sources": [_source_to_plain(source) for source in record.other_sources],
        "note": dict(record.note),
        "programme": record.programme,
        "audience": list(record.audience),
        "owner": record.owner,
        "stale": list(record.stale),
        "reminders": list(record.reminders),
        "revision": record.revision,
        "retired": record.retired,
    }
    return {key: value for key, value in plain.items() if value not in ("", [], {}, False)}


def record_from_plain(plain: Mapping[str, Plain], kinds: Mapping[str, Kind]) -> Record:
    """The record that `record_to_plain` wrote. Raises `BadValue` where today's kinds cannot read a value."""
    name = str(plain["kind"])
    return Record(
        id=str(plain["id"]),
        kind=name,
        titles=_text(plain.get("title")),
        summaries=_text(plain.get("summary")),
        source=read_source(plain["source"]),
        aliases=_lines(plain.get("aliases")),
        themes=_lines(plain.get("themes")),
        values={key: _load(kinds, name, key, value) for key, value in plain.items() if key not in _OWN_KEYS},
        status=str(plain.get("status", "")),
        note=_text(plain.get("note")),
        other_sources=tuple(map(read_source, _items(plain.get("other_sources")))),
        programme=plain.get("programme") is True,
        audience=_lines(plain.get("audience")),
        owner=str(plain.get("owner", "")),
        stale=_lines(plain.get("stale")),
        reminders=_lines(plain.get("reminders")),
        revision=_number(plain.get("revision", 1)),
        retired=plain.get("retired") is True,
    )


def _dump(kinds: Mapping[str, Kind], kind: str, name: str, value: Any) -> Plain:
    spec = kinds[kind].field(name) if kind in kinds else None
    kept: Plain = value
    return TYPES[spec.type].dump(value) if spec else kept


def _load(kinds: Mapping[str, Kind], kind: str, name: str, plain: Plain) -> Any:
    spec = kinds[kind].field(name) if kind in kinds else None
    if spec is None:
        return plain
    try:
        return TYPES[spec.type].load(plain)
    except BadValue as error:
        raise BadValue(*(Mistake((name, *mistake.path), mistake.phrase) for mistake in error.mistakes)) from None


def _source_to_plain(source: Source) -> dict[str, Plain]:
    plain: dict[str, Plain] = {"title": source.title}
    days: Mapping[str, Day | None] = {"accessed": source.accessed, "verified_on": source.verified_on}
    texts = {"url": source.url, "verified_by": source.verified_by}
    plain |= {key: text for key, text in texts.items() if text}
    plain |= {key: str(day) for key, day in days.items() if day is not None}
    return plain


def _text(plain: Plain) -> Text:
    return {key: str(value) for key, value in plain.items()} if isinstance(plain, dict) else {}


def _items(plain: Plain) -> list[Plain]:
    return plain if isinstance(plain, list) else []


def _lines(plain: Plain) -> tuple[str, ...]:
    return tuple(str(item) for item in _items(plain))


def _number(plain: Plain) -> int:
    return int(plain) if isinstance(plain, int | float | str) else 1
