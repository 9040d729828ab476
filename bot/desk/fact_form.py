"""The inputs of a form for one kind of fact. Pure; knows no blocks.

Every input holds text, a list of chosen values for `choices`, `ticks` and `channels`, or one chosen value for `choice` and
`user`, under a dotted key: the key of the problem that `knowledge.drafting` would report (`title.fr`, `quantity.by`,
`source.url`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.desk.typed import AMONG_COORDINATORS, CHOSEN, LISTS
from knowledge.kinds import FieldSpec, Kind
from knowledge.messages import Phrase, Text
from knowledge.records import COORDINATORS, LANGUAGES
from knowledge.search.text import fold
from knowledge.vocabulary import Vocabulary

Widget = Literal["line", "long", "choice", "choices", "ticks", "user", "channels"]


@dataclass(frozen=True, slots=True)
class Input:
    """One input. `label` is a phrase, or a field's own label; `options` are what there is to choose from, by value."""

    key: str
    label: Phrase | Text
    widget: Widget = "line"
    options: Mapping[str, Text | Phrase] = field(default_factory=dict)
    hint: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What forms offer to choose from, beside what their kind says: themes, countries and facts, each by its value."""

    themes: Vocabulary
    places: Mapping[str, Text] = field(default_factory=dict)
    facts: Mapping[str, Text] = field(default_factory=dict)


def below(*names: str) -> str:
    """A dotted key."""
    return ".".join(names)


def inputs_of(kind: Kind, offer: Offer) -> tuple[Input, ...]:
    """All inputs of the form of a kind, in order."""
    status = kind.field("status")
    first, *others = _texts("title", "line", Phrase)
    found = [replace(first, hint=Phrase("fact.title_hint")), *others, *_texts("summary", "long", Phrase)]
    if status is not None:
        found.append(Input("status", status.labels, "choice", status.choices))
    for spec in kind.fields:
        found += _inputs_of_field(spec, offer) if spec.name != "status" else []
    return (
        *found,
        Input("aliases", Phrase("fact.aliases"), "long", hint=Phrase("fact.one_a_line")),
        Input("themes", Phrase("fact.themes"), "choices", {name: theme.labels for name, theme in offer.themes.items()}),
        Input("source.title", Phrase("fact.source_title"), hint=Phrase("fact.source_hint")),
        Input("source.url", Phrase("fact.source_url")),
        Input("source.accessed", Phrase("fact.source_accessed"), hint=Phrase("fact.accessed_hint")),
        *_texts("note", "long", Phrase),
        Input("stale", Phrase("fact.stale"), "ticks", {lang: Phrase(f"fact.stale_{lang}") for lang in LANGUAGES}),
        Input("owner", Phrase("fact.owner"), "user", hint=Phrase("fact.owner_hint")),
        Input("audience", Phrase("fact.audience"), "channels", hint=Phrase("fact.audience_hint")),
        Input(
            AMONG_COORDINATORS,
            Phrase("fact.audience_private"),
            "ticks",
            {COORDINATORS: Phrase("fact.audience_coordinators")},
        ),
    )


def _texts(key: str, widget: Widget, say: Callable[[str], Phrase]) -> list[Input]:
    return [Input(f"{key}.{lang}", say(f"fact.{key}_{lang}"), widget) for lang in LANGUAGES]


def _inputs_of_field(spec: FieldSpec, offer: Offer) -> list[Input]:
    name = spec.name

    def part(key: str, phrase: str, widget: Widget = "line", hint: str = "") -> Input:
        label = Phrase(phrase, {"label": spec.labels})
        return Input(f"{name}.{key}", label, widget, hint=Phrase(hint) if hint else None)

    if spec.type == "choice":
        return [Input(name, spec.labels, "choice", spec.choices)]
    if spec.type == "text":
        return [part(lang, f"fact.in_{lang}", "long") for lang in LANGUAGES]
    if spec.type in CHOSEN:
        return [Input(name, spec.labels, "choices", offer.places if spec.type == "places" else offer.facts)]
    if spec.type in LISTS:
        return [Input(name, spec.labels, "long", hint=Phrase("fact.one_a_line"))]
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


def offered(one: Input, words: str) -> list[str]:
    """The values of an input whose names in some language begin with these words, then those that hold each of them."""
    wanted = fold(words)
    names = {
        value: [fold(name) for name in (value, *(text.values() if isinstance(text, Mapping) else ()))]
        for value, text in one.options.items()
    }
    first = [value for value, known in names.items() if any(name.startswith(wanted) for name in known)]
    parts = wanted.split()
    held = [value for value, known in names.items() if any(all(part in name for part in parts) for name in known)]
    return list(dict.fromkeys((*first, *held)))


def day_keys(kind: Kind) -> tuple[str, ...]:
    """The keys of the inputs that hold a date."""
    found = [spec.name for spec in kind.fields if spec.type == "day"]
    for spec in kind.fields:
        found += [
            f"{spec.name}.{part}" for part in {"recurrence": ("first", "until"), "quantity": ("by",)}.get(spec.type, ())
        ]
    return (*found, "source.accessed")
