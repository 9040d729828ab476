"""The knowledge base: the only class of this package that outsiders use.

Holds no state of its own that the store does not have: records, lexicon and index follow the store's changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

from knowledge.asked import KeptQuestion
from knowledge.dates import Day
from knowledge.gaps import Gap, gaps
from knowledge.kinds import Kind
from knowledge.messages import Phrase
from knowledge.ports import Clock, FactStore
from knowledge.questions import understand
from knowledge.questions.form import Answer, Asked
from knowledge.questions.lexicon import Lexicon
from knowledge.questions.mending import Mender
from knowledge.questions.organisers import Organisers, bodies, build_lexicon, document, synonyms
from knowledge.questions.view import View
from knowledge.records import Change, Record, Write
from knowledge.search.index import Document, SearchIndex
from knowledge.search.meaning import Encoder

__all__ = ["KnowledgeBase", "Organisers"]


class KnowledgeBase:
    """Answers questions from the facts of a store and writes changes to it. Safe to use from any thread."""

    def __init__(
        self,
        store: FactStore,
        organisers: Organisers,
        clock: Clock,
        encoder: Encoder | None = None,
        vectors: Path | None = None,
    ) -> None:
        self._store, self._organisers, self._clock = store, organisers, clock
        self._index = SearchIndex(organisers.glossary, encoder, vectors)
        self._lock = Lock()
        self._seq = 0
        self._records: dict[str, Record] = {}
        self._synonyms = synonyms(organisers.glossary)
        self._held: dict[tuple[str, int], tuple[frozenset[str], frozenset[str]]] = {}
        self._touched: dict[str, Day] = {}
        self._state: tuple[View, Lexicon, Mender] | None = None
        self._catch_up()

    @property
    def kinds(self) -> Mapping[str, Kind]:
        return self._organisers.kinds

    def ask(self, asked: Asked) -> Answer:
        """Answers a question; never raises on any text."""
        view, lexicon, mender = self._catch_up()
        return understand.answer(asked, view, lexicon, mender)

    def show(self, record_id: str, asked: Asked) -> Answer:
        """Answers the question with the fact that a person chose; unknown when it is gone."""
        view, lexicon, mender = self._catch_up()
        return understand.answer_about(record_id, asked, view, lexicon, mender)

    def why(self, asked: Asked) -> tuple[Phrase, ...]:
        """What led to the answer of a question, for a coordinator."""
        view, lexicon, mender = self._catch_up()
        return understand.why(asked, view, lexicon, mender)

    def gaps(self, questions: Iterable[KeptQuestion]) -> tuple[Gap, ...]:
        """The questions among these that still want an answer, put together by what they ask."""
        return gaps(questions, self._synonyms)

    def wait_until_ready(self, seconds: float = 60.0) -> bool:
        """Waits for the meanings of the facts, where an encoder makes them; False when they are not to be had."""
        self._catch_up()
        return self._index.wait_for_meaning(seconds)

    def record(self, record_id: str) -> Record | None:
        self._catch_up()
        return self._records.get(record_id)

    def records(self) -> Sequence[Record]:
        self._catch_up()
        return tuple(self._records.values())

    def load(self, records: Iterable[Record], by: str, reason: str = "") -> Sequence[Change]:
        """Adds records that the store does not hold yet and amends those that differ, in one transaction."""
        held = {record.id: record for record in self._store.records()}
        writes: list[Write] = []
        for record in records:
            old = held.get(record.id)
            if old is None:
                writes.append(Write("add", record, by, reason))
            elif replace(old, revision=record.revision) != record:
                writes.append(Write("amend", record, by, reason, old.revision))
        return self._store.write(writes, self._clock.now()) if writes else ()

    def _catch_up(self) -> tuple[View, Lexicon, Mender]:
        """Brings records, index and lexicon to the store's last change. Cheap when nothing changed."""
        with self._lock:
            if self._state is not None and self._store.last_seq() == self._seq:
                return self._state
            if self._state is None:
                self._seq = self._store.last_seq()
                stored = self._store.records()
                held = len(stored)
                self._records = {record.id: record for record in stored if not record.retired}
                for change in self._store.changes(held) if self._seq > held else ():
                    self._touched[change.record_id] = Day.of(change.at.date())
                self._index.put_all(self._document(record) for record in self._records.values())
            else:
                for change in self._store.changes(self._seq):
                    self._follow(change)
            view = self._view()
            lexicon = build_lexicon(self._organisers, view)
            self._state = view, lexicon, Mender(lexicon, self._index)
            return self._state

    def _follow(self, change: Change) -> None:
        self._seq = change.seq
        self._touched[change.record_id] = Day.of(change.at.date())
        if change.after.retired:
            self._records.pop(change.record_id, None)
            self._index.drop(change.record_id)
        else:
            self._records[change.record_id] = change.after
            self._index.put(self._document(change.after))

    def _view(self) -> View:
        organisers = self._organisers
        return View(
            records=dict(self._records),
            kinds=organisers.kinds,
            themes={name: theme.labels for name, theme in organisers.themes.items()},
            places={code: place.names for code, place in organisers.places.items()},
            bodies=bodies(self._records.values(), organisers.kinds),
            index=self._index,
            home=organisers.home,
            touched=dict(self._touched),
            texts=lambda record: self._document(record).texts,
            synonyms=self._synonyms,
            _held=self._held,
        )

    def _document(self, record: Record) -> Document:
        return document(record, self._organisers)
