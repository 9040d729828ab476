"""The facts that one sort of viewer may see, with the search over them and the words that name things among them.

Each sort of viewer has a room of its own, so that what they may not see is not merely left out of an answer: nothing that
leads to the answer (counts, rarity of words, spelling, suggestions) has ever heard of it. Where no fact is limited, there
is one room for all.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

from knowledge.audience import Viewer, visible
from knowledge.dates import Day
from knowledge.glossary_pairs import GlossaryPair
from knowledge.ports import KnowledgeStore
from knowledge.questions.lexicon import Lexicon
from knowledge.questions.mending import Mender
from knowledge.questions.organisers import Organisers, bodies, build_lexicon, document, shared_lexicon, synonyms
from knowledge.questions.view import View
from knowledge.records import COORDINATORS, Change, Record
from knowledge.search.encoder import Encoder
from knowledge.search.index import Document, SearchIndex

MOST_ROOMS: Final = 8
"""Rooms kept beside the main one; the one that was asked least recently makes place."""
_MANY: Final = 20


Glossary = tuple[tuple[str, ...], ...]
"""Groups of phrases that mean the same."""


class State(NamedTuple):
    """What a question is answered from."""

    view: View
    lexicon: Lexicon
    mender: Mender


class Room:
    """Follows the changes of a store, for one viewer or (None) with every fact. Safe to use from any thread."""

    def __init__(
        self,
        organisers: Organisers,
        viewer: Viewer | None = None,
        encoder: Encoder | None = None,
        vectors: Path | None = None,
    ) -> None:
        self._organisers, self._viewer = organisers, viewer
        self._shared = shared_lexicon(organisers)
        self.index = SearchIndex(organisers.glossary, encoder, vectors)
        self._lock = Lock()
        self._seq = 0
        self.records: dict[str, Record] = {}
        self.glossary: Glossary = tuple(organisers.glossary)
        self.synonyms = synonyms(self.glossary)
        self._pairs_seen = 0
        self._held: dict[tuple[str, int], tuple[frozenset[str], frozenset[str]]] = {}
        self._touched: dict[str, Day] = {}
        self._state: State | None = None
        self.audiences: frozenset[str] = frozenset()

    def catch_up(self, store: KnowledgeStore) -> State:
        """Brings records, index and lexicon to the store's last change. Cheap when nothing changed."""
        with self._lock:
            return self._caught_up(store)

    def refresh(self, store: KnowledgeStore) -> None:
        """Reads the records again where they differ without a change in the history: a person was forgotten."""
        with self._lock:
            self._caught_up(store)
            self.records = {record.id: record for record in store.records() if self._shows(record)}
            self._state = self._made()

    @contextmanager
    def with_draft(self, record: Record, store: KnowledgeStore) -> Iterator[State]:
        """The state as it would be with this record, for as long as the `with` lasts; nobody else gets to see it."""
        with self._lock:
            self._caught_up(store)
            kept = self.records.get(record.id)
            try:
                self._put(record)
                yield self._made()
            finally:
                self._drop(record.id)
                if kept is not None:
                    self._put(kept)

    @contextmanager
    def with_pair(self, sides: tuple[str, str], store: KnowledgeStore) -> Iterator[State]:
        """The state as it would be with this pair in the glossary, for as long as the `with` lasts."""
        with self._lock:
            self._caught_up(store)
            kept = self.glossary
            try:
                self._learn((*kept, sides))
                yield self._made()
            finally:
                self._learn(kept)

    def _with_pairs(self, pairs: Sequence[GlossaryPair]) -> Glossary:
        return (*self._organisers.glossary, *(pair.sides for pair in pairs if pair.in_force))

    def _learn(self, glossary: Glossary) -> None:
        self.glossary, self.synonyms = glossary, synonyms(glossary)
        self.index.learn_glossary(glossary)

    def _caught_up(self, store: KnowledgeStore) -> State:
        pairs, seq = store.glossary_version(), store.last_seq()
        if self._state is not None and (seq, pairs) == (self._seq, self._pairs_seen):
            return self._state
        if pairs != self._pairs_seen:
            self._learn(self._with_pairs(store.glossary_pairs()))
            self._pairs_seen = pairs
        if self._state is None:
            self._enter(store)
        else:
            self._follow(store.changes(self._seq))
        self.audiences = frozenset(name for record in self.records.values() for name in record.audience)
        self._state = self._made()
        return self._state

    def _enter(self, store: KnowledgeStore) -> None:
        self._seq = store.last_seq()
        stored = store.records()
        self.records = {record.id: record for record in stored if self._shows(record)}
        for change in store.changes(len(stored)) if self._seq > len(stored) else ():
            self._touch(change)
        self.index.put_all(self._document(record) for record in self.records.values())

    def _follow(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self._seq = change.seq
            self._touch(change)
        latest = {change.record_id: change.after for change in changes}
        shown = {name: record for name, record in latest.items() if self._shows(record)}
        for name in latest.keys() - shown.keys():
            self._drop(name)
        if len(shown) < _MANY:
            for record in shown.values():
                self._put(record)
        else:  # an import: read at once, or the next question would wait for seconds
            self.records |= shown
            self._held = {key: kept for key, kept in self._held.items() if key[0] not in shown}
            self.index.put_all(self._document(record) for record in shown.values())

    def _shows(self, record: Record) -> bool:
        return not record.retired and (self._viewer is None or visible(record, self._viewer))

    def _touch(self, change: Change) -> None:
        if change.verb != "verify":  # a fact found still true is no news
            self._touched[change.record_id] = Day.of(change.at.date())

    def _put(self, record: Record) -> None:
        self._held.pop((record.id, record.revision), None)
        self.records[record.id] = record
        self.index.put(self._document(record))

    def _drop(self, record_id: str) -> None:
        gone = self.records.pop(record_id, None)
        if gone is not None:
            self._held.pop((gone.id, gone.revision), None)
        self.index.drop(record_id)

    def _made(self) -> State:
        organisers = self._organisers
        view = View(
            records=dict(self.records),
            kinds=organisers.kinds,
            themes={name: theme.labels for name, theme in organisers.themes.items()},
            places={code: place.names for code, place in organisers.places.items()},
            bodies=bodies(self.records.values(), organisers.kinds),
            index=self.index,
            home=organisers.home,
            touched={name: day for name, day in self._touched.items() if name in self.records},
            texts=lambda record: self._document(record).texts,
            synonyms=self.synonyms,
            _held=self._held,
        )
        lexicon = build_lexicon(self._shared, view)
        return State(view, lexicon, Mender(lexicon, self.index))

    def _document(self, record: Record) -> Document:
        return document(record, self._organisers)


class Rooms:
    """The main room, with every fact, and one for each sort of viewer who may see less."""

    def __init__(self, organisers: Organisers, encoder: Encoder | None = None, vectors: Path | None = None) -> None:
        self._organisers, self._encoder, self._vectors = organisers, encoder, vectors
        self.main = Room(organisers, None, encoder, vectors)
        self._lock = Lock()
        self._others: OrderedDict[Viewer, Room] = OrderedDict()

    def state(self, viewer: Viewer, store: KnowledgeStore) -> State:
        """What this viewer may be answered from, now."""
        state = self.main.catch_up(store)
        audiences = self.main.audiences
        if not audiences:
            return state
        place = viewer.place if viewer.place in audiences else ""
        trusted = viewer.coordinator and viewer.private and COORDINATORS in audiences
        return self._room(Viewer(place, True, trusted)).catch_up(store)

    def refresh(self, store: KnowledgeStore) -> None:
        """See `Room.refresh`."""
        with self._lock:
            rooms = (self.main, *self._others.values())
        for room in rooms:
            room.refresh(store)

    def _room(self, viewer: Viewer) -> Room:
        with self._lock:
            room = self._others.pop(viewer, None)
            if room is None:
                room = Room(self._organisers, viewer, self._encoder, self._vectors)
            self._others[viewer] = room
            while len(self._others) > MOST_ROOMS:
                self._others.popitem(last=False)
            return room
