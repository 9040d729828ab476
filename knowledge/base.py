"""The knowledge base: the only class of this package that outsiders use.

Holds no state of its own that the store does not have: its rooms (records, lexicon and index) follow the store's changes.
What it answers depends on who asks; `record`, `records` and the acts of keeping see every fact and are for those who keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from knowledge import drafting
from knowledge.asked import KeptQuestion
from knowledge.audience import Viewer
from knowledge.exchange.plain import record_to_plain
from knowledge.exchange.plan import ImportPlan, plan_import
from knowledge.exchange.rows import Row
from knowledge.fields import Plain
from knowledge.gaps import Gap, gaps
from knowledge.keeper import Keeper
from knowledge.keeping import Preview
from knowledge.kinds import Kind
from knowledge.messages import Card, Phrase
from knowledge.ports import Clock, KnowledgeStore
from knowledge.questions import understand
from knowledge.questions.age import aged, with_age
from knowledge.questions.form import Answer, Asked
from knowledge.questions.organisers import Organisers
from knowledge.questions.say import card
from knowledge.records import Draft, Problem, Record
from knowledge.rooms import Rooms, State
from knowledge.search import duplicates
from knowledge.search.encoder import Encoder
from knowledge.team_glossary import TeamGlossary
from knowledge.trials import Trials

__all__ = ["KnowledgeBase", "Organisers"]


class KnowledgeBase(Keeper):
    """Answers questions from the facts of a store and writes changes to it. Safe to use from any thread."""

    def __init__(
        self,
        store: KnowledgeStore,
        organisers: Organisers,
        clock: Clock,
        encoder: Encoder | None = None,
        vectors: Path | None = None,
    ) -> None:
        super().__init__(store, clock)
        self._store, self._organisers = store, organisers
        self._rooms = Rooms(organisers, encoder, vectors)
        self._trials = Trials(organisers, store)
        self.glossary = TeamGlossary(store, clock, self._rooms.main, self._trials)
        self._catch_up()

    @property
    def kinds(self) -> Mapping[str, Kind]:
        return self._organisers.kinds

    def ask(self, asked: Asked) -> Answer:
        """Answers a question; never raises on any text."""
        view, lexicon, mender = self._catch_up(asked.viewer)
        return with_age(understand.answer(asked, view, lexicon, mender), view, asked.today)

    def show(self, record_id: str, asked: Asked) -> Answer:
        """Answers the question with the fact that a person chose; unknown when it is gone."""
        view, lexicon, mender = self._catch_up(asked.viewer)
        return with_age(understand.answer_about(record_id, asked, view, lexicon, mender), view, asked.today)

    def why(self, asked: Asked) -> tuple[Phrase, ...]:
        """What led to the answer of a question, for a coordinator."""
        view, lexicon, mender = self._catch_up(asked.viewer)
        return understand.why(asked, view, lexicon, mender)

    def gaps(self, questions: Iterable[KeptQuestion]) -> tuple[Gap, ...]:
        """The questions among these that still want an answer, put together by what they ask."""
        self._catch_up()
        return gaps(questions, self._rooms.main.synonyms)

    def wait_until_ready(self, seconds: float = 60.0) -> bool:
        """Waits for the meanings of the facts, where an encoder makes them; False when they are not to be had."""
        self._catch_up()
        return self._rooms.main.index.wait_for_meaning(seconds)

    def record(self, record_id: str) -> Record | None:
        return self._catch_up().view.records.get(record_id)

    def records(self) -> Sequence[Record]:
        return tuple(self._catch_up().view.records.values())

    def card(self, record_id: str, today: date) -> Card | None:
        """A fact as its answer shows it; None when it is gone."""
        view = self._catch_up().view
        record = view.records.get(record_id)
        return aged(card(record, view), record, view, today) if record is not None else None

    def plan_import(self, rows: Iterable[Row], today: date, replacing: bool = False) -> ImportPlan:
        """What the rows of a file would change; with `replacing`, the facts that none of them names are retired."""
        held = {record.id: record for record in self._store.records()}
        return plan_import(rows, held, self.kinds, self._organisers.themes, today, replacing)

    def check(
        self, kind: str, inputs: Mapping[str, Plain], today: date, editing: str = ""
    ) -> Draft | tuple[Problem, ...]:
        """A draft of what a person gave, or every problem in it. With `editing`, what is not given stays as it is in that
        record; a key that is given empty is emptied."""
        taken, given = self._store.ids(), dict(inputs)
        old = self._store.get(editing) if editing else None
        if old is not None:
            kept = record_to_plain(old, self.kinds)
            given = {key: value for key, value in kept.items() if key not in ("revision", "retired")} | given
            given["id"], kind = old.id, kind or old.kind
            found = drafting.check(kind, given, self.kinds, self._organisers.themes, today, taken)
            return (
                replace(found, record=replace(found.record, retired=old.retired)) if isinstance(found, Draft) else found
            )
        found = drafting.check(kind, given, self.kinds, self._organisers.themes, today, taken)
        if isinstance(found, Draft) and found.record.id in taken:
            return (Problem("id", Phrase("problem.id_taken", {"value": found.record.id})),)
        return found

    def similar(self, draft: Draft) -> tuple[Record, ...]:
        """The facts of the same kind that this draft may repeat, the likest first."""
        record, main = draft.record, self._catch_up()
        names = tuple(record.titles.values())
        near = {hit.id for title in names for hit in main.view.index.search(title[:300], 20)} - {record.id}
        found = [main.view.records[name] for name in near if name in main.view.records]
        rated = [
            (duplicates.likeness(names, other.titles.values()), other) for other in found if other.kind == record.kind
        ]
        alike = [(score, other) for score, other in rated if score >= duplicates.CUTOFF]
        return tuple(other for _, other in sorted(alike, key=lambda pair: (-pair[0], pair[1].id)))

    def preview(self, draft: Draft, questions: Iterable[str], today: date) -> Preview:
        """Which of these questions the draft would answer that have no sure answer now, and which it would take from another
        fact."""
        return self._trials.of_record(draft.record, questions, today)

    def forget(self, ids: Sequence[str], names: Sequence[str] = ()) -> None:
        """Forgets a person (`ids`: their id, their pseudonym; `names`: what they are called), in the history and every fact."""
        self._store.erase(ids, names, self._clock.now())
        self._rooms.refresh(self._store)

    def _catch_up(self, viewer: Viewer | None = None) -> State:
        """What this viewer is answered from, or (None) everything, at the store's last change."""
        return self._rooms.main.catch_up(self._store) if viewer is None else self._rooms.state(viewer, self._store)
