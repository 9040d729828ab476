"""A fact written on one line: "JTC2028 closes 2028-03-05 source https://…". Pure.

What stands before the first word that names a field is the title; each such word takes what follows it, until the next.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.desk.fact_form import below
from bot.desk.typed import Typed
from knowledge.kinds import FieldSpec, Kind
from knowledge.search.text import fold

_SOURCE = ("source",)
_STATUS = ("status", "statut")


def read_line(line: str, kind: Kind, lang: str) -> Typed:
    """The inputs of a form that a line fills; a word for no field stays part of what it stands in."""
    names = _field_words(kind)
    found: dict[str, list[str]] = {"title": []}
    key = "title"
    words = line.split()
    place = 0
    while place < len(words):
        length, named = _named(words, place, names)
        # What stands first, or right after the name of a field, is a value whatever it could name: "status open".
        if named and found[key] and named not in found:
            key = named
            found[key] = []
            place += length
            continue
        found[key].append(words[place])
        place += 1
    return _typed({name: " ".join(said) for name, said in found.items() if said}, kind, lang)


def _named(words: list[str], place: int, names: dict[str, str]) -> tuple[int, str]:
    for length in (3, 2, 1):
        said = fold(" ".join(words[place : place + length])).rstrip(":")
        if len(words) >= place + length and said in names:
            return length, names[said]
    return 0, ""


def _field_words(kind: Kind) -> dict[str, str]:
    """The words that name each input: the label, the field's own name, and how people ask for it in one to three words."""
    names: dict[str, str] = {}
    for spec in kind.fields:
        own = (spec.name, spec.name.replace("_", " "), *spec.labels.values())
        for word in (*own, *(word for words in spec.words.values() for word in words)):
            names.setdefault(fold(word), spec.name)
    for spec in kind.fields:
        names |= {fold(word): spec.name for word in (spec.name, *spec.labels.values())}
    return names | dict.fromkeys(_SOURCE, "source") | dict.fromkeys(_STATUS, "status")


def _typed(found: dict[str, str], kind: Kind, lang: str) -> Typed:
    typed: dict[str, str | list[str]] = {}
    for name, text in found.items():
        spec = kind.field(name)
        if name == "title":
            typed[below("title", lang)] = text
        elif name == "source":
            typed |= _source(text)
        elif name == "status" or (spec and spec.type == "choice"):
            typed[name] = _choice(spec, text)
        elif spec is not None:
            first = {"text": f"{name}.{lang}", "quantity": f"{name}.value", "recurrence": f"{name}.first"}
            typed[first.get(spec.type, name)] = text
    return typed


def _source(text: str) -> dict[str, str | list[str]]:
    """An address, with a title before or after it; without one, its host stands for the title."""
    address = re.search(r"https?://\S+", text)
    if not address:
        return {"source.title": text}
    title = " ".join(text.replace(address[0], " ").split())
    try:
        host = urlsplit(address[0]).hostname or ""
    except ValueError:
        host = ""
    return {"source.title": title or host, "source.url": address[0]}


def _choice(spec: FieldSpec | None, text: str) -> str:
    """The choice that a label or a word stands for; what was typed where there is none."""
    for value, labels in (spec.choices if spec else {}).items():
        words = spec.choice_words.get(value, {}) if spec else {}
        known = (value, *labels.values(), *(word for said in words.values() for word in said))
        if fold(text) in {fold(word) for word in known}:
            return value
    return text
