"""What a form of question may look at: the records as they are now, what organises them, and the search over them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final, Protocol

from knowledge.dates import Day
from knowledge.kinds import FieldSpec, Kind
from knowledge.messages import Text
from knowledge.records import Record
from knowledge.search.looks import Hit
from knowledge.search.rank import Reads
from knowledge.search.text import FUNCTION_WORDS_EN, FUNCTION_WORDS_FR, stems, words

WORDING: Final = 5
"""Words of an alias from which on it is a question that was taught, not a name."""
FUNCTION_WORDS: Final = FUNCTION_WORDS_FR | FUNCTION_WORDS_EN
_SMALL: Final = {"fr": FUNCTION_WORDS_FR, "en": FUNCTION_WORDS_EN}
_REMEMBERED: Final = 10_000
"""Words of which the kin is remembered."""


class Searcher(Protocol):
    """The part of `SearchIndex` that questions use."""

    def search(self, text: str, limit: int = 10, among: Collection[str] | None = None) -> list[Hit]: ...

    def considers(self, text: str, ids: Collection[str]) -> bool: ...

    @property
    def reads(self) -> Reads:
        """What is compared now: the figures of a hit are read accordingly."""
        ...

    def knows(self, word: str) -> bool: ...

    def weight(self, word: str) -> float: ...


@dataclass(frozen=True)
class View:
    """A consistent state of the base. `records` holds only what may be shown; `bodies` maps the key of a body to its names
    (folded); `home` is the ISO code of the programme's own country ("we" in an agreement); `places` names countries."""

    records: Mapping[str, Record]
    kinds: Mapping[str, Kind]
    themes: Mapping[str, Text]
    places: Mapping[str, Text]
    bodies: Mapping[str, frozenset[str]]
    index: Searcher
    home: str = "FR"
    touched: Mapping[str, Day] = field(default_factory=dict)
    texts: Callable[[Record], Sequence[str]] = lambda record: tuple(record.summaries.values())
    synonyms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _held: dict[tuple[str, int], tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    _kin: dict[str, frozenset[str]] = field(default_factory=dict)

    def kind(self, record: Record) -> Kind:
        return self.kinds[record.kind]

    def spec(self, record: Record, field: str) -> FieldSpec | None:
        return self.kinds[record.kind].field(field)

    def heading(self, record: Record) -> frozenset[str]:
        """The stems of a record's titles and aliases."""
        return self._stems(record)[0]

    def said(self, record: Record) -> str:
        """Titles and aliases as folded words between spaces, for phrases of several words."""
        return _said((*record.titles.values(), *record.aliases))

    @cached_property
    def headings(self) -> frozenset[str]:
        """The stems of all titles and aliases."""
        return frozenset().union(*(self.heading(record) for record in self.records.values()))

    @cached_property
    def relating(self) -> Mapping[str, tuple[Record, ...]]:
        """By the id of a record, those that name it as related."""
        found: dict[str, list[Record]] = {}
        for record in self.records.values():
            for name in record.values.get("related", ()):
                found.setdefault(name, []).append(record)
        return {name: tuple(records) for name, records in found.items()}

    @cached_property
    def series(self) -> Mapping[tuple[str, ...], tuple[Record, ...]]:
        """The records whose titles begin alike before a colon ("Aim of the watch: …"), two or more, by the telling words of that."""
        found: dict[tuple[str, ...], dict[str, Record]] = {}
        for record in self.records.values():
            for lang, title in record.titles.items():
                head, colon, _ = title.partition(":")
                small = _SMALL.get(lang, frozenset())
                if colon and (said := tuple(word for word in words(head) if word not in small and len(word) > 1)):
                    found.setdefault(said, {})[record.id] = record
        return {said: tuple(held.values()) for said, held in found.items() if len(held) > 1}

    @cached_property
    def small_names(self) -> Mapping[str, frozenset[str]]:
        """The aliases that are made of small words only ("All of Us"), and the records that bear each."""
        found: dict[str, set[str]] = {}
        for record in self.records.values():
            for plain in map(words, record.aliases):
                if len(plain) > 1 and all(word in FUNCTION_WORDS for word in plain):
                    found.setdefault(" ".join(plain), set()).add(record.id)
        return {name: frozenset(bearers) for name, bearers in found.items()}

    @cached_property
    def wordings(self) -> Mapping[frozenset[str], frozenset[str]]:
        """The words of those aliases that are whole questions, and the records that bear each."""
        found: dict[frozenset[str], set[str]] = {}
        for record in self.records.values():
            for alias in record.aliases:
                plain = words(alias)
                if len(plain) >= WORDING or (alias.rstrip().endswith("?") and len(plain) > 1):
                    found.setdefault(frozenset(plain), set()).add(record.id)
        return {key: frozenset(bearers) for key, bearers in found.items()}

    def holds(self, record: Record, word: str, heading: bool = False) -> bool:
        """Whether a record says a word in some form, or a synonym of it; with `heading`, in its titles or aliases. A name made
        of small words counts as one word."""
        if " " in word:
            return record.id in self.small_names.get(word, frozenset())
        return not self.kin(word).isdisjoint(self._stems(record)[0 if heading else 1])

    def begins(self, record: Record, word: str, heading: bool = False) -> bool:
        """Whether a record says a word that begins so ("cardio" of "cardiovasculaire"); with `heading`, in its titles or aliases."""
        return any(key.startswith(word) for key in self._stems(record)[0 if heading else 1])

    def kin(self, word: str) -> frozenset[str]:
        """The stems of a word and of its synonyms."""
        kept = self._kin.get(word)
        if kept is None:
            if len(self._kin) > _REMEMBERED:
                self._kin.clear()
            keys = frozenset(stems(word))
            kept = self._kin[word] = keys.union(*(self.synonyms.get(key, frozenset()) for key in keys))
        return kept

    def _stems(self, record: Record) -> tuple[frozenset[str], frozenset[str]]:
        """The stems of the heading, and of all texts, of a record; kept until it changes."""
        kept = self._held.get((record.id, record.revision))
        if kept is None:
            heading = _all_stems((*record.titles.values(), *record.aliases))
            kept = heading, heading | _all_stems(self.texts(record))
            self._held[(record.id, record.revision)] = kept
        return kept


@lru_cache(maxsize=4096)
def _said(texts: tuple[str, ...]) -> str:
    return " | ".join(f" {' '.join(words(text))} " for text in texts)


def _all_stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(key for text in texts for word in words(text) for key in stems(word))
