"""What is in the inputs of a form (`bot.desk.fact_form`) as plain data, in the form of a fact in a file, and back. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from knowledge.fields import Plain
from knowledge.kinds import FieldSpec, Kind
from knowledge.records import COORDINATORS, LANGUAGES

Typed = Mapping[str, str | list[str]]
"""What is in the inputs, by key."""
LISTS: Final = ("names", "people")
CHOSEN: Final = ("places", "reference")
"""Lists of what there is to choose from: countries, other facts."""
AMONG_COORDINATORS: Final = "audience.coordinators"


def to_typed(plain: Mapping[str, Plain], kind: Kind) -> dict[str, str | list[str]]:
    """The inputs filled with a fact (in the form of a file)."""
    typed: dict[str, str | list[str]] = {}
    for key in ("title", "summary", "note"):
        typed |= _spread(key, plain.get(key))
    for key in ("status", "owner"):
        typed[key] = str(plain.get(key) or "")
    typed["aliases"], typed["themes"] = _lines(plain.get("aliases")), _list(plain.get("themes"))
    typed["stale"] = _list(plain.get("stale"))
    audience = _list(plain.get("audience"))
    typed["audience"] = [place for place in audience if place != COORDINATORS]
    typed[AMONG_COORDINATORS] = [place for place in audience if place == COORDINATORS]
    typed |= _spread("source", plain.get("source"), ("title", "url", "accessed"))
    for spec in kind.fields:
        if spec.name != "status":
            typed |= _typed_field(spec, plain.get(spec.name))
    return {key: value for key, value in typed.items() if value}


def _typed_field(spec: FieldSpec, given: Plain) -> dict[str, str | list[str]]:
    if given is None:
        return {}
    if spec.type in CHOSEN:
        return {spec.name: _list(given)}
    if spec.type in LISTS:
        return {spec.name: _lines(given)}
    if not isinstance(given, dict):
        return {spec.name: str(given)}
    if spec.type == "money":
        return {spec.name: f"{_number(given.get('amount'))} {given.get('currency', '')}".strip()}
    if spec.type == "hour":
        return {spec.name: f"{given.get('said', '')} | {given.get('zone', '')}"}
    typed: dict[str, str | list[str]] = {}
    for key, value in given.items():
        if isinstance(value, dict):
            typed |= _spread(f"{spec.name}.{key}", value)
        elif key == "progress" and isinstance(value, list):
            points = [point for point in value if isinstance(point, dict)]
            typed[f"{spec.name}.{key}"] = "\n".join(f"{point['date']} : {_number(point['value'])}" for point in points)
        elif value is not None:
            typed[f"{spec.name}.{key}"] = _number(value)
    return typed


def from_typed(typed: Typed, kind: Kind) -> dict[str, Plain]:
    """What is in the inputs as plain data, in the form of a fact in a file; nothing is checked here."""
    plain: dict[str, Plain] = {}
    for key in ("title", "summary", "note", "source"):
        if gathered := _gather(typed, key):
            plain[key] = gathered
    for key in ("id", "status", "owner"):
        if text := _text(typed, key):
            plain[key] = text
    plain["aliases"], plain["themes"] = _split(_text(typed, "aliases")), list(chosen(typed.get("themes")))
    plain["stale"] = list(chosen(typed.get("stale")))
    plain["audience"] = [*chosen(typed.get("audience")), *chosen(typed.get(AMONG_COORDINATORS))]
    for spec in kind.fields:
        if spec.name != "status" and (value := _plain_field(spec, typed)) not in (None, "", [], {}):
            plain[spec.name] = value
    return {key: value for key, value in plain.items() if value not in ("", [], {})}


def _plain_field(spec: FieldSpec, typed: Typed) -> Plain:
    text = _text(typed, spec.name)
    if spec.type in CHOSEN:
        return list(chosen(typed.get(spec.name)))
    if spec.type in LISTS:
        return _split(text)
    if spec.type == "hour" and "|" in text:
        said, _, zone = text.rpartition("|")
        return {"said": said.strip(), "zone": zone.strip()}
    if spec.type == "quantity":
        found = {key: value for key in ("value", "by") if (value := _text(typed, f"{spec.name}.{key}"))}
        units = {key: unit for key in ("unit", "progress_unit") if (unit := _gather(typed, f"{spec.name}.{key}"))}
        points: list[Plain] = [
            _point(line) for line in _split(_text(typed, f"{spec.name}.progress")) if isinstance(line, str)
        ]
        return {**found, **units, **({"progress": points} if points else {})}
    return _gather(typed, spec.name) if spec.type in ("recurrence", "text") else text


def _point(line: str) -> Plain:
    """A figure observed on a day, from "2026-03 : 12"."""
    day, mark, value = line.partition(":") if ":" in line else line.partition("=")
    return {"date": day.strip(), "value": value.strip()} if mark else line


def _gather(typed: Typed, key: str) -> dict[str, Plain]:
    """The inputs below a key, by the last part of theirs."""
    start = f"{key}."
    return {name.removeprefix(start): text for name in typed if name.startswith(start) and (text := _text(typed, name))}


def _spread(key: str, given: Plain, names: tuple[str, ...] = ()) -> dict[str, str | list[str]]:
    if not isinstance(given, dict):
        return {f"{key}.{lang}": str(given) for lang in LANGUAGES} if given else {}
    return {f"{key}.{name}": str(text) for name, text in given.items() if text and (not names or name in names)}


def _text(typed: Typed, key: str) -> str:
    value = typed.get(key, "")
    return value.strip() if isinstance(value, str) else ""


def chosen(value: str | list[str] | None) -> list[str]:
    """The values in an input of which several may be chosen; commas part those that were typed."""
    given = value if isinstance(value, list) else re.split(r"[\n,;]", value or "")
    return [item for part in given if (item := part.strip())]


def _split(text: str) -> list[Plain]:
    return [item for part in text.split("\n") if (item := part.strip())]


def _list(given: Plain) -> list[str]:
    return [str(item) for item in given] if isinstance(given, list) else []


def _lines(given: Plain) -> str:
    return "\n".join(_list(given))


def _number(given: Plain) -> str:
    return str(int(given)) if isinstance(given, float) and given.is_integer() else str(given)
