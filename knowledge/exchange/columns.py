"""A record as one row of a table: a column for each part of each field, both languages, and nothing lost on the way back.

Works on plain data in the form of a fact in a file, so that `knowledge.drafting.read_record` refuses the same things as ever.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.fields import Plain
from knowledge.kinds import Kind
from knowledge.messages import Text

Key = tuple[str, ...]
_TEXT: Final = (("fr", "line"), ("en", "line"))
_SOURCE: Final = tuple((key, "line") for key in ("title", "url", "accessed", "verified_on", "verified_by"))
_PARTS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "text": _TEXT,
    "hour": (("said", "line"), ("zone", "line")),
    "money": (("amount", "line"), ("currency", "line")),
    "recurrence": (("first", "line"), ("months", "line"), ("until", "line")),
    "quantity": (
        *(("value", "line"), ("unit.fr", "line"), ("unit.en", "line"), ("by", "line"), ("progress", "points")),
        *(("progress_unit.fr", "line"), ("progress_unit.en", "line")),
    ),
}
_SOURCE_LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("source", "titre de la source", "title of the source"),
    "url": ("adresse de la source", "address of the source"),
    "accessed": ("source lue le", "source read on"),
    "verified_on": ("vérifié le", "verified on"),
    "verified_by": ("vérifié par", "verified by"),
}
_MAIN: Final[Mapping[str, str]] = {"hour": "said", "money": "amount", "recurrence": "first", "quantity": "value"}
_EMPTY: Final[tuple[Plain, ...]] = (None, "", [], {})
_LISTS: Final = ("names", "people", "places", "reference")
_LABELS: Final[Mapping[str, Text]] = {
    "kind": {"fr": "type de fiche", "en": "kind of record"},
    "title": {"fr": "titre", "en": "title"},
    "summary": {"fr": "résumé", "en": "summary"},
    "aliases": {"fr": "autres noms", "en": "other names"},
    "themes": {"fr": "thèmes", "en": "themes"},
    "note": {"fr": "remarque", "en": "note"},
    "programme": {"fr": "programme", "en": "programme"},
    "other_sources": {"fr": "autres sources", "en": "other sources"},
    "audience": {"fr": "réservé à", "en": "limited to"},
    "owner": {"fr": "responsable", "en": "owner"},
    "stale": {"fr": "langues à revoir", "en": "languages to revise"},
    "reminders": {"fr": "rappels", "en": "reminders"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is its heading, `path` where its value stands in the plain data, `form` how a cell writes it. People also head it
    by its `labels`, or by the `words` with which they ask for it."""

    key: str
    path: Key
    form: str
    labels: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """Every column of a kind, in the order of a file."""
    columns = [Column("id", ("id",), "line"), *_spread("kind", "line"), *_spread("title", "text")]
    columns += [*_spread("summary", "text"), *_spread("status", "line", kind)]
    for spec in kind.fields:
        if spec.name != "status":
            columns += _spread(spec.name, spec.type, kind)
    columns += [*_spread("aliases", "names"), *_spread("themes", "names")]
    columns += [Column(f"source.{part}", ("source", part), form, _SOURCE_LABELS[part]) for part, form in _SOURCE]
    columns += [*_spread("other_sources", "sources"), *_spread("note", "text"), *_spread("programme", "flag")]
    columns += [*_spread("audience", "names"), *_spread("owner", "line"), *_spread("stale", "names")]
    return (*columns, *_spread("reminders", "names"))


def _spread(name: str, field_type: str, kind: Kind | None = None) -> list[Column]:
    spec = kind.field(name) if kind else None
    labels = spec.labels if spec else _LABELS.get(name, {})
    words = tuple(word for spoken in spec.words.values() for word in spoken) if spec else ()
    if field_type not in _PARTS:
        form = "list" if field_type in _LISTS else field_type
        return [Column(name, (name,), form, tuple(labels.values()), words)]
    found = []
    for part, form in _PARTS[field_type]:
        said = [f"{label} {part}" for label in labels.values()]
        if (
            field_type == "text"
        ):  # "Titre" is the title in French, "Title" in English; what is the same in both tells nothing
            said += [label for lang, label in labels.items() if lang == part and len(set(labels.values())) > 1]
        main = part == _MAIN.get(field_type)
        said += labels.values() if main else ()
        found.append(Column(f"{name}.{part}", (name, *part.split(".")), form, tuple(said), words if main else ()))
    return found


def folded(heading: str) -> str:
    """A heading without case, accents, spaces and signs: `Titre (FR)`, `title.fr` and `title_fr` are told apart by letters."""
    parts = unicodedata.normalize("NFKD", heading.lower())
    return "".join(char for char in parts if char.isalnum())


def named(kind: Kind) -> dict[str, Column]:
    """The columns of a kind by each folded name that a heading may have: keys win over labels, labels over words. A word that
    asks for two fields names neither."""
    columns = columns_of(kind)
    asked = Counter(word for column in columns for word in set(map(folded, column.words)))
    names = {folded(word): column for column in columns for word in column.words if asked[folded(word)] == 1}
    names |= {folded(label): column for column in reversed(columns) for label in column.labels}
    return names | {folded(column.key): column for column in columns}


def to_cells(plain: Mapping[str, Plain], kind: Kind) -> dict[str, str]:
    """The cells of a record by column key; what is empty is an empty text."""
    whole = _opened(plain, kind)
    return {column.key: _write(column.form, _dig(whole, column.path)) for column in columns_of(kind)}


def from_cells(cells: Mapping[str, str], kind: Kind) -> dict[Key, Plain]:
    """What the cells of a row give, by its place in the plain data; None for an empty cell."""
    columns = (column for column in columns_of(kind) if column.key in cells)
    return {column.path: _read(column.form, cells[column.key].strip()) for column in columns}


def merged(kept: Mapping[str, Plain], given: Mapping[Key, Plain], kind: Kind) -> dict[str, Plain]:
    """Plain data with what a file gives in its place; what the file says nothing of stays, what it empties goes."""
    plain = _opened(kept, kind)
    for path, value in given.items():
        here = plain
        for part in path[:-1]:
            inside = here.get(part)
            here[part] = inside = dict(inside) if isinstance(inside, dict) else {}
            here = inside
        here[path[-1]] = value
    full = {key: _without_empty(value) for key, value in plain.items()}
    for name in _hours(kind):
        hour = full.get(name)
        if isinstance(hour, dict) and set(hour) == {"said"}:
            full[name] = hour["said"]
    return {key: value for key, value in full.items() if value not in _EMPTY}


def _opened(plain: Mapping[str, Plain], kind: Kind) -> dict[str, Plain]:
    """With the hours that are written in short as the mapping that they are short for."""
    hours: dict[str, Plain] = {name: {"said": plain[name]} for name in _hours(kind) if isinstance(plain.get(name), str)}
    return {**plain, **hours}


def _hours(kind: Kind) -> list[str]:
    return [spec.name for spec in kind.fields if spec.type == "hour"]


def _without_empty(value: Plain) -> Plain:
    if isinstance(value, dict):
        full = {key: _without_empty(inside) for key, inside in value.items()}
        return {key: inside for key, inside in full.items() if inside not in _EMPTY}
    return value


def _dig(plain: Plain, path: Key) -> Plain:
    for part in path:
        plain = plain.get(part) if isinstance(plain, dict) else None
    return plain


def _write(form: str, value: Plain) -> str:
    if value is False or value in _EMPTY:
        return ""
    if form == "points" and isinstance(value, list):
        points = (point for point in value if isinstance(point, dict))
        return joined((f"{point['date']}: {number_text(point['value'])}" for point in points), ";")
    if form == "sources" and isinstance(value, list):
        sources = (source for source in value if isinstance(source, dict))
        return "\n".join(joined((str(one.get(key, "")) for key, _ in _SOURCE), "|") for one in sources)
    if isinstance(value, list):
        return joined((str(item) for item in value), ";")
    return "true" if value is True else number_text(value)


def _read(form: str, text: str) -> Plain:
    if not text:
        return None
    if form == "list":
        return [item for item in parted(text, ";") if item]
    if form == "points":
        pairs = [item.rpartition(":") for item in parted(text, ";") if item]
        return [{"date": date.strip(), "value": value.strip()} for date, _, value in pairs]
    if form == "sources":
        rows = (zip(_SOURCE, parted(line, "|"), strict=False) for line in text.splitlines() if line.strip())
        return [{key: value for (key, _), value in row if value} for row in rows]
    if form == "flag" and folded(text) in ("true", "yes", "oui", "vrai"):
        return True
    return False if form == "flag" and folded(text) in ("false", "no", "non", "faux") else text


def number_text(value: Plain) -> str:
    """A number as people write it, exact to six decimals; anything else as it stands."""
    if isinstance(value, float) and not isinstance(value, bool):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)


def joined(items: Iterable[str], sign: str) -> str:
    """Items in one cell; those that hold the sign stand in double quotes."""
    return f"{sign} ".join(
        '"' + item.replace('"', '""') + '"' if sign in item or item.startswith('"') else item for item in items
    )


def parted(text: str, sign: str) -> list[str]:
    """The items that `joined` put in one cell."""
    pieces = re.findall(
        rf'\s*("(?:[^"]|"")*"(?=\s*(?:{re.escape(sign)}|\Z))|[^{re.escape(sign)}]*)({re.escape(sign)}|\Z)', text
    )
    items = [
        piece[1:-1].replace('""', '"') if len(piece) > 1 and piece[0] == piece[-1] == '"' else piece.strip()
        for piece, _ in pieces
    ]
    return items[:-1] if pieces and pieces[-1] == ("", "") else items
