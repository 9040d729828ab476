"""The knowledge base: the only class of this package that outsiders use.

Holds no state of its own that the store does not have: its rooms (records, lexicon and index) follow the store's changes.
What it answers depends on who asks; `record`, `records` and the acts of keeping see every fact and are for those who keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from knowledge import drafting, keeping
from knowledge.asked import KeptQuestion
from knowledge.audience import Viewer
from knowledge.exchange.plain import record_to_plain
from knowledge.exchange.plan import ImportPlan, plan_import
from knowledge.exchange.rows import Row
from knowledge.fields import Plain
from knowledge.gaps import Gap, gaps
from knowledge.keeping import Conflict, NothingToUndo, Overtaken, Preview, Unchanged
from knowledge.kinds import Kind
from knowledge.messages import Phrase
from knowledge.ports import Audit, Clock, KnowledgeStore, RevisionConflict
from knowledge.questions import understand
from knowledge.questions.age import with_age
from knowledge.questions.form import Answer, Asked
from knowledge.questions.organisers import Organisers
from knowledge.records import Change, Draft, Problem, Record, Verb, Write
from knowledge.rooms import Rooms, State
from knowledge.search import duplicates
from knowledge.search.encoder import Encoder
from knowledge.team_glossary import TeamGlossary
from knowledge.trials import Trials

__all__ = ["KnowledgeBase", "Organisers"]


class KnowledgeBase:
    """Answers questions from the facts of a store and writes changes to it. Safe to use from any thread."""

    def __init__(
        self,
        store: KnowledgeStore,
        organisers: Organisers,
        clock: Clock,
        encoder: Encoder | None = None,
        vectors: Path | None = None,
    ) -> None:
        self._store, self._organisers, self._clock = store, organisers, clock
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

    def load(self, records: Iterable[Record], by: str, reason: str = "") -> Sequence[Change]:
        """Adds records that the store does not hold yet and amends those that differ, in one transaction."""
        held = {record.id: record for record in self._store.records()}
        writes: list[Write] = []
        for record in records:
            old = held.get(record.id)
            if old is None:
                writes.append(Write("add", record, by, reason))
            elif replace(old, revision=record.revision) != record:
                writes.append(Write("amend", keeping.amended(old, record), by, reason, old.revision))
        return self._store.write(writes, self._clock.now()) if writes else ()

    def plan_import(self, rows: Iterable[Row], today: date, replacing: bool = False) -> ImportPlan:
        """What the rows of a file would change; with `replacing`, the facts that none of them names are retired."""
        held = {record.id: record for record in self._store.records()}
        return plan_import(rows, held, self.kinds, self._organisers.themes, today, replacing)

    def import_batch(self, plan: ImportPlan, by: str, reason: str = "") -> Sequence[Change] | Conflict:
        """Carries out a plan in one transaction, which `undo` takes back as a whole. A conflict where a fact was changed
        since it was planned: nothing is saved then."""
        writes = plan.writes(by, reason)
        try:
            return self._store.write(writes, self._clock.now()) if writes else ()
        except RevisionConflict as conflict:
            return _told(conflict)

    # Keeping

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

    def add(self, draft: Draft, by: str, reason: str = "") -> Change | Conflict:
        """Saves a new fact."""
        return self._write(Write("add", draft.record, by, reason))

    def amend(self, draft: Draft, by: str, expected_revision: int, reason: str = "") -> Change | Conflict | Unchanged:
        """Saves a fact as it now shall be, over the revision that the person saw."""
        before = self._store.get(draft.record.id)
        if before is None:
            return Conflict(draft.record.id)
        if before.revision == expected_revision and keeping.same(before, draft.record):
            return Unchanged(before)
        return self._write(Write("amend", keeping.amended(before, draft.record), by, reason, expected_revision))

    def retire(
        self, record_id: str, by: str, expected_revision: int, reason: str = ""
    ) -> Change | Conflict | Unchanged:
        """Takes a fact out of every answer; its history stays and it can be restored."""
        return self._set_retired(record_id, True, by, expected_revision, reason)

    def restore(
        self, record_id: str, by: str, expected_revision: int, reason: str = ""
    ) -> Change | Conflict | Unchanged:
        """Puts a retired fact back."""
        return self._set_retired(record_id, False, by, expected_revision, reason)

    def verify(self, record_id: str, by: str, today: date) -> Change | Conflict:
        """Notes that a person found a fact still true today."""
        record = self._store.get(record_id)
        if record is None or record.retired:
            return Conflict(record_id, record)
        return self._write(Write("verify", keeping.verified(record, by, today), by, "", record.revision))

    def stored(self, record_id: str) -> Record | None:
        """The record as the store holds it, also where it is retired."""
        return self._store.get(record_id)

    def retired(self) -> Sequence[Record]:
        """The facts that were taken out and can be restored."""
        return tuple(record for record in self._store.records() if record.retired)

    def history(self, record_id: str) -> Sequence[Change]:
        """Every change of one fact, oldest first."""
        return self._store.history(record_id)

    def undo(self, by: str, batch: int = 0, reason: str = "") -> Sequence[Change] | Overtaken | NothingToUndo:
        """Takes back the last change of a person, or the whole import that it was; or that batch of theirs."""
        number = batch or self._store.last_batch(by)
        changes = self._store.batch(number) if number else ()
        undone = changes and self._undoes(changes[0], number)
        if not changes or undone or changes[0].undoes or any(change.by != by for change in changes):
            return NothingToUndo()
        touched = {change.record_id for change in changes}
        one = self._store.get(changes[0].record_id) if len(touched) == 1 else None
        current = {record.id: record for record in ((one,) if one else self._store.records()) if record.id in touched}
        writes, overtaken = keeping.taken_back(changes, current, by, reason)
        if overtaken:
            return Overtaken(tuple(self._store.history(name)[-1] for name in overtaken))
        try:
            return self._store.write(writes, self._clock.now())
        except RevisionConflict as conflict:
            return Overtaken((conflict.last,) if conflict.last else ())

    def audit(self) -> Audit:
        """Looks whether the history is as it was written."""
        return self._store.audit()

    def forget(self, ids: Sequence[str], names: Sequence[str] = ()) -> None:
        """Forgets a person (`ids`: their id, their pseudonym; `names`: what they are called), in the history and every fact."""
        self._store.erase(ids, names, self._clock.now())
        self._rooms.refresh(self._store)

    def _undoes(self, change: Change, number: int) -> bool:
        return any(later.undoes == number for later in self._store.history(change.record_id))

    def _set_retired(
        self, record_id: str, retired: bool, by: str, expected_revision: int, reason: str
    ) -> Change | Conflict | Unchanged:
        record = self._store.get(record_id)
        if record is None:
            return Conflict(record_id)
        if record.retired is retired:
            return Unchanged(record)
        verb: Verb = "retire" if retired else "restore"
        return self._write(Write(verb, replace(record, retired=retired), by, reason, expected_revision))

    def _write(self, write: Write) -> Change | Conflict:
        try:
            return self._store.write([write], self._clock.now())[0]
        except RevisionConflict as conflict:
            return _told(conflict)

    def _catch_up(self, viewer: Viewer | None = None) -> State:
        """What this viewer is answered from, or (None) everything, at the store's last change."""
        return self._rooms.main.catch_up(self._store) if viewer is None else self._rooms.state(viewer, self._store)


def _told(conflict: RevisionConflict) -> Conflict:
    last = conflict.last
    return Conflict(conflict.record_id, conflict.current, last.by if last else "", last.at if last else None)
