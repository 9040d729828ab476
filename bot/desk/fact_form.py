"""The inputs of a form for one kind of fact, and what is typed in them as plain data and back. Pure; knows no blocks.

Every input holds text, a list of chosen values for `choices`, or one chosen value for `choice`, under a dotted key: the
key of the problem that `knowledge.drafting` would report (`title.fr`, `quantity.by`, `source.url`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from knowledge.fields import Plain
from knowledge.kinds import FieldSpec, Kind
from knowledge.messages import Phrase, Text
from knowledge.records import LANGUAGES
from knowledge.vocabulary import Vocabulary

Typed = Mapping[str, str | list[str]]
"""What is in the inputs, by key."""
Widget = Literal["line", "long", "choice", "choices", "user", "channels"]
LISTS: Final = ("names", "people", "places", "reference")
_PARTED: Final = ("places", "reference")
"""Lists whose items hold no comma, so that commas part them too."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input. `label` and `hint` are phrases, or a field's own label with the language it is for (`lang`)."""

    key: str
    label: Phrase | Text
    widget: Widget = "line"
    options: Mapping[str, Text] = field(default_factory=dict)
    hint: Phrase | None = None


def below(*names: str) -> str:
    """A dotted key."""
    return ".".join(names)


def inputs_of(kind: Kind, themes: Vocabulary) -> tuple[Input, ...]:
    """All inputs of the form of a kind, in order."""
    status = kind.field("status")
    found = [*_texts("title", "line", Phrase), *_texts("summary", "long", Phrase)]
    if status is not None:
        found.append(Input("status", status.labels, "choice", status.choices))
    for spec in kind.fields:
        found += _inputs_of_field(spec) if spec.name != "status" else []
    return (
        *found,
        Input("aliases", Phrase("fact.aliases"), "long", hint=Phrase("fact.one_a_line")),
        Input("themes", Phrase("fact.themes"), "choices", {name: theme.labels for name, theme in themes.items()}),
        Input("source.title", Phrase("fact.source_title"), hint=Phrase("fact.source_hint")),
        Input("source.url", Phrase("fact.source_url")),
        Input("source.accessed", Phrase("fact.source_accessed"), hint=Phrase("fact.accessed_hint")),
        *_texts("note", "long", Phrase),
        Input("owner", Phrase("fact.owner"), "user"),
        Input("audience", Phrase("fact.audience"), "line", hint=Phrase("fact.audience_hint")),
    )


def _texts(key: str, widget: Widget, say: Callable[[str], Phrase]) -> list[Input]:
    return [Input(f"{key}.{lang}", say(f"fact.{key}_{lang}"), widget) for lang in LANGUAGES]


def _inputs_of_field(spec: FieldSpec) -> list[Input]:
    name = spec.name

    def part(key: str, phrase: str, widget: Widget = "line", hint: str = "") -> Input:
        label = Phrase(phrase, {"label": spec.labels})
        return Input(f"{name}.{key}", label, widget, hint=Phrase(hint) if hint else None)

    if spec.type == "choice":
        return [Input(name, spec.labels, "choice", spec.choices)]
    if spec.type == "text":
        return [part(lang, f"fact.in_{lang}", "long") for lang in LANGUAGES]
    if spec.type in LISTS:
        hint = {"places": "fact.places_hint", "reference": "fact.reference_hint"}.get(spec.type, "fact.one_a_line")
        return [Input(name, spec.labels, "long", hint=Phrase(hint))]
    if spec.type == "recurrence":
        first, until = part("first", "fact.first", hint="fact.day_hint"), part("until", "fact.until")
        return [first, part("months", "fact.months"), until]
    if spec.type == "quantity":
        units = [part(below("unit", lang), f"fact.unit_{lang}") for lang in LANGUAGES]
        counted = [part(below("progress_unit", lang), f"fact.progress_unit_{lang}") for lang in LANGUAGES]
        by, points = part("by", "fact.by"), part("progress", "fact.progress", "long", "fact.progress_hint")
        return [part("value", "fact.value"), *units, by, points, *counted]
    hints = {
        "day": "fact.day_hint",
        "hour": "fact.hour_hint",
        "money": "fact.money_hint",
        "duration": "fact.duration_hint",
    }
    hint_key = hints.get(spec.type)
    return [Input(name, spec.labels, hint=Phrase(hint_key) if hint_key else None)]


def day_keys(kind: Kind) -> tuple[str, ...]:
    """The keys of the inputs that hold a date."""
    found = [spec.name for spec in kind.fields if spec.type == "day"]
    for spec in kind.fields:
        found += [
            f"{spec.name}.{part}" for part in {"recurrence": ("first", "until"), "quantity": ("by",)}.get(spec.type, ())
        ]
    return (*found, "source.accessed")


def to_typed(plain: Mapping[str, Plain], kind: Kind) -> dict[str, str | list[str]]:
    """The inputs filled with a fact (in the form of a file)."""
    typed: dict[str, str | list[str]] = {}
    for key in ("title", "summary", "note"):
        typed |= _spread(key, plain.get(key))
    for key in ("status", "owner"):
        typed[key] = str(plain.get(key) or "")
    typed["aliases"], typed["audience"] = _lines(plain.get("aliases")), ", ".join(_list(plain.get("audience")))
    typed["themes"] = _list(plain.get("themes"))
    typed |= _spread("source", plain.get("source"), ("title", "url", "accessed"))
    for spec in kind.fields:
        if spec.name != "status":
            typed |= _typed_field(spec, plain.get(spec.name))
    return {key: value for key, value in typed.items() if value}


def _typed_field(spec: FieldSpec, given: Plain) -> dict[str, str | list[str]]:
    if given is None:
        return {}
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
    plain["aliases"], plain["themes"] = _split(_text(typed, "aliases")), list(_chosen(typed, "themes"))
    plain["audience"] = _split(_text(typed, "audience"), commas=True)
    for spec in kind.fields:
        if spec.name != "status" and (value := _plain_field(spec, typed)) not in (None, "", [], {}):
            plain[spec.name] = value
    return {key: value for key, value in plain.items() if value not in ("", [], {})}


def _plain_field(spec: FieldSpec, typed: Typed) -> Plain:
    text = _text(typed, spec.name)
    if spec.type in LISTS:
        return _split(text, commas=spec.type in _PARTED)
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


def _chosen(typed: Typed, key: str) -> list[str]:
    value = typed.get(key, [])
    return value if isinstance(value, list) else [value]


def _split(text: str, commas: bool = False) -> list[Plain]:
    return [item for part in re.split(r"[\n,;]" if commas else r"\n", text) if (item := part.strip())]


def _list(given: Plain) -> list[str]:
    return [str(item) for item in given] if isinstance(given, list) else []


def _lines(given: Plain) -> str:
    return "\n".join(_list(given))


def _number(given: Plain) -> str:
    return str(int(given)) if isinstance(given, float) and given.is_integer() else str(given)
