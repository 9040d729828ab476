"""What organises the facts, and what follows from it: the text that is searched, and the words that name things.

Derived from kinds, themes, countries, glossary and the records; nothing here is written for one base.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.countries import Country
from knowledge.field_types import TYPES
from knowledge.kinds import Kind
from knowledge.questions.describe import head
from knowledge.questions.lexicon import Lexicon, Topic, words
from knowledge.questions.reading import FUNCTION_WORDS
from knowledge.questions.selection import city
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.index import Document
from knowledge.search.text import fold, stems
from knowledge.vocabulary import Theme


@dataclass(frozen=True)
class Organisers:
    """What organises the facts, all read from files: kinds, themes, places, and groups of words that mean the same."""

    kinds: Mapping[str, Kind]
    themes: Mapping[str, Theme]
    places: Mapping[str, Country]
    glossary: Sequence[tuple[str, ...]] = ()
    home: str = "FR"


def document(record: Record, organisers: Organisers) -> Document:
    """What of a record is searched: titles, aliases, and the words of everything else it states."""
    kind = organisers.kinds[record.kind]
    texts = [*record.summaries.values()]
    for name, value in record.values.items():
        spec = kind.field(name)
        if spec is not None and spec.type not in ("reference", "day", "places"):
            texts.append(" ; ".join(TYPES[spec.type].words(value)))
    for code in record.values.get("countries", ()):
        place = organisers.places.get(code)
        if place is not None:
            texts.append(" ; ".join((*place.names.values(), *place.words)))
    texts += [
        " ; ".join(organisers.themes[name].labels.values()) for name in record.themes if name in organisers.themes
    ]
    texts += [" ; ".join((*kind.labels.values(), *(word for phrases in kind.words.values() for word in phrases)))]
    texts += [*record.note.values()]
    return Document(record.id, tuple(record.titles.values()), record.aliases, tuple(text for text in texts if text))


def synonyms(glossary: Sequence[tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """For the stem of each word of the glossary, the stems of the single words that mean the same."""
    found: dict[str, frozenset[str]] = {}
    for group in glossary:
        alone = [plain[0] for phrase in group if len(plain := words(phrase)) == 1]
        keys = frozenset(key for word in alone for key in stems(word))
        for key in keys:
            found[key] = found.get(key, frozenset()) | keys
    return found


def bodies(records: Iterable[Record], kinds: Mapping[str, Kind]) -> dict[str, frozenset[str]]:
    """Bodies named in the facts, by folded name: each with all names it goes by, where a record of it says so."""
    records = tuple(records)
    named = {fold(name) for record in records for name in record.values.get("organisations", ())}
    known = {name: frozenset({name}) for name in named}
    for record in records:
        if not kinds[record.kind].bodies:
            continue
        own = {fold(text) for text in (*record.aliases, *map(head, record.titles.values()))}
        for name in own & named:
            known[name] = known[name] | (own & named)
    return known


Naming = tuple[Topic, str, Iterable[str], bool]
"""A sort of thing, the thing, the words for it, and whether they are names that match as spelled."""


def shared_lexicon(organisers: Organisers) -> Lexicon:
    """Every word that names a kind, field, status, theme or place, whatever the facts."""
    return _filled(Lexicon(), (*_of_kinds(organisers.kinds), *_of_vocabulary(organisers)))


def build_lexicon(shared: Lexicon, view: View) -> Lexicon:
    """What is shared, and the words that name a city or body of these facts."""
    return _filled(shared.copy(), _of_records(view))


def _filled(lexicon: Lexicon, namings: Iterable[Naming]) -> Lexicon:
    for topic, value, phrases, name in namings:
        lexicon.add(topic, value, phrases, name=name)
    return lexicon


def _of_kinds(kinds: Mapping[str, Kind]) -> Iterator[Naming]:
    for name, kind in kinds.items():
        for phrases in (*kind.words.values(), *kind.group_words.values(), *kind.narrower.values()):
            yield "kind", name, phrases, False
        for phrases in kind.narrower.values():
            yield "narrower", name, phrases, False
        for spec in kind.fields:
            yield from (("field", spec.name, phrases, False) for phrases in spec.words.values())
            for status, choices in spec.choice_words.items():
                yield from (("status", status, phrases, False) for phrases in choices.values())


def _of_vocabulary(organisers: Organisers) -> Iterator[Naming]:
    for name, theme in organisers.themes.items():
        yield from (("theme", name, phrases, False) for phrases in theme.words.values())
    for code, place in organisers.places.items():
        yield "country", code, (*place.names.values(), *place.words, *place.prefixes), True


def _of_records(view: View) -> Iterator[Naming]:
    for record in view.records.values():
        location = record.values.get("location")
        if isinstance(location, Mapping):
            yield "city", city(location), location.values(), True
        for name in record.values.get("organisations", ()):
            if fold(name) not in FUNCTION_WORDS:
                yield "body", fold(name), (name,), True
        if view.kind(record).bodies:
            own = (*record.aliases, *map(head, record.titles.values()))
            for key in sorted({fold(text) for text in own} & view.bodies.keys()):
                yield "body", key, own, True
