"""What is written to the facts and read of their history: every act is one transaction of the store, or a value that says why
it was not done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from knowledge import keeping
from knowledge.exchange.plan import ImportPlan
from knowledge.keeping import Conflict, NothingToUndo, Overtaken, Unchanged
from knowledge.ports import Audit, Clock, FactStore, RevisionConflict
from knowledge.records import Change, Draft, Record, Verb, Write


class Keeper:
    """Keeps the facts of a store. Safe to use from any thread. Each act raises StoreUnavailable where the store cannot write."""

    def __init__(self, store: FactStore, clock: Clock) -> None:
        self._facts, self._clock = store, clock

    def load(self, records: Iterable[Record], by: str, reason: str = "") -> Sequence[Change]:
        """Adds records that the store does not hold yet and amends those that differ, in one transaction."""
        held = {record.id: record for record in self._facts.records()}
        writes: list[Write] = []
        for record in records:
            old = held.get(record.id)
            if old is None:
                writes.append(Write("add", record, by, reason))
            elif replace(old, revision=record.revision) != record:
                writes.append(Write("amend", keeping.amended(old, record), by, reason, old.revision))
        return self._facts.write(writes, self._clock.now()) if writes else ()

    def import_batch(self, plan: ImportPlan, by: str, reason: str = "") -> Sequence[Change] | Conflict:
        """Carries out a plan in one transaction, which `undo` takes back as a whole. A conflict where a fact was changed
        since it was planned: nothing is saved then."""
        writes = plan.writes(by, reason)
        try:
            return self._facts.write(writes, self._clock.now()) if writes else ()
        except RevisionConflict as conflict:
            return _told(conflict)

    def add(self, draft: Draft, by: str, reason: str = "") -> Change | Conflict:
        """Saves a new fact."""
        return self._write(Write("add", draft.record, by, reason))

    def amend(self, draft: Draft, by: str, expected_revision: int, reason: str = "") -> Change | Conflict | Unchanged:
        """Saves a fact as it now shall be, over the revision that the person saw."""
        before = self._facts.get(draft.record.id)
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
        record = self._facts.get(record_id)
        if record is None or record.retired:
            return Conflict(record_id, record)
        return self._write(Write("verify", keeping.verified(record, by, today), by, "", record.revision))

    def stored(self, record_id: str) -> Record | None:
        """The record as the store holds it, also where it is retired."""
        return self._facts.get(record_id)

    def retired(self) -> Sequence[Record]:
        """The facts that were taken out and can be restored."""
        return tuple(record for record in self._facts.records() if record.retired)

    def history(self, record_id: str) -> Sequence[Change]:
        """Every change of one fact, oldest first."""
        return self._facts.history(record_id)

    def undo(self, by: str, batch: int = 0, reason: str = "") -> Sequence[Change] | Overtaken | NothingToUndo:
        """Takes back the last change of a person, or the whole import that it was; or that batch of theirs."""
        number = batch or self._facts.last_batch(by)
        changes = self._facts.batch(number) if number else ()
        undone = changes and self._undoes(changes[0], number)
        if not changes or undone or changes[0].undoes or any(change.by != by for change in changes):
            return NothingToUndo()
        touched = {change.record_id for change in changes}
        one = self._facts.get(changes[0].record_id) if len(touched) == 1 else None
        current = {record.id: record for record in ((one,) if one else self._facts.records()) if record.id in touched}
        writes, overtaken = keeping.taken_back(changes, current, by, reason)
        if overtaken:
            return Overtaken(tuple(self._facts.history(name)[-1] for name in overtaken))
        try:
            return self._facts.write(writes, self._clock.now())
        except RevisionConflict as conflict:
            return Overtaken((conflict.last,) if conflict.last else ())

    def audit(self) -> Audit:
        """Looks whether the history is as it was written."""
        return self._facts.audit()

    def _undoes(self, change: Change, number: int) -> bool:
        return any(later.undoes == number for later in self._facts.history(change.record_id))

    def _set_retired(
        self, record_id: str, retired: bool, by: str, expected_revision: int, reason: str
    ) -> Change | Conflict | Unchanged:
        record = self._facts.get(record_id)
        if record is None:
            return Conflict(record_id)
        if record.retired is retired:
            return Unchanged(record)
        verb: Verb = "retire" if retired else "restore"
        return self._write(Write(verb, replace(record, retired=retired), by, reason, expected_revision))

    def _write(self, write: Write) -> Change | Conflict:
        try:
            return self._facts.write([write], self._clock.now())[0]
        except RevisionConflict as conflict:
            return _told(conflict)


def _told(conflict: RevisionConflict) -> Conflict:
    last = conflict.last
    return Conflict(conflict.record_id, conflict.current, last.by if last else "", last.at if last else None)
