"""A store in memory: for tests and the playground. Keeps every promise of the port except to survive the process."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from threading import Lock
from typing import Any

from knowledge.glossary_pairs import GlossaryPair
from knowledge.ports import Audit, StoreUnavailable
from knowledge.records import FORMER_MEMBER, Change, Record, Source, Write
from knowledge.storage.applying import SIGHT_LIFE, applied
from knowledge.storage.codec import storable
from knowledge.storage.erasing import Eraser


class MemoryStore:
    """Implements `knowledge.ports.Store`. One lock guards everything; no call takes long."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._closed = False
        self._records: dict[str, Record] = {}
        self._changes: list[Change] = []
        self._topics: dict[str, tuple[str, datetime, str]] = {}
        self._latest = datetime.min.replace(tzinfo=UTC)
        self._sights: dict[str, datetime] = {}
        self._feedback: dict[tuple[str, str], str] = {}
        self._coordinators: list[str] = []
        self._pairs: list[GlossaryPair] = []

    def records(self) -> Sequence[Record]:
        with self._opened():
            return tuple(self._records[record_id] for record_id in sorted(self._records))

    def ids(self) -> Collection[str]:
        with self._opened():
            return frozenset(self._records)

    def get(self, record_id: str) -> Record | None:
        with self._opened():
            return self._records.get(storable(record_id))

    def write(self, writes: Sequence[Write], at: datetime) -> Sequence[Change]:
        with self._opened():
            records, changes = dict(self._records), list(self._changes)
            first = len(changes) + 1
            for write in writes:
                record_id = storable(write.record.id)
                last = partial(_last_of, changes, record_id)
                change = applied(write, records.get(record_id), at, len(changes) + 1, first, last)
                records[change.record_id] = change.after
                changes.append(change)
            made = changes[len(self._changes) :]
            self._records, self._changes = records, changes
            return tuple(made)

    def changes(self, since: int = 0) -> Sequence[Change]:
        with self._opened():
            return tuple(self._changes[max(since, 0) :])

    def last_seq(self) -> int:
        with self._opened():
            return len(self._changes)

    def history(self, record_id: str) -> Sequence[Change]:
        with self._opened():
            return tuple(change for change in self._changes if change.record_id == storable(record_id))

    def batch(self, number: int) -> Sequence[Change]:
        with self._opened():
            return tuple(change for change in self._changes if change.batch == number)

    def last_batch(self, by: str) -> int:
        with self._opened():
            undone = {change.undoes for change in self._changes}
            own = (change for change in reversed(self._changes) if change.by == storable(by) and not change.undoes)
            return next((change.batch for change in own if change.batch not in undone), 0)

    def audit(self) -> Audit:
        with self._opened():
            return Audit(len(self._changes))

    def erase(self, ids: Sequence[str], names: Sequence[str], at: datetime) -> None:
        eraser = Eraser(ids, names)
        gone = set(eraser.known)

        def without(record: Record) -> Record:
            said: Record = eraser.of_fact(_nobody(record, gone))
            return said

        with self._opened():
            self._records = {key: without(record) for key, record in self._records.items()}
            self._changes = [
                replace(
                    change,
                    by=FORMER_MEMBER if change.by in gone else change.by,
                    reason=eraser.of_speech(change.reason),
                    before=without(change.before) if change.before else None,
                    after=without(change.after),
                )
                for change in self._changes
            ]
            self._feedback = {key: kept for key, kept in self._feedback.items() if key[1] not in gone}
            self._topics = {
                thread: (json.dumps(eraser.of_speech(json.loads(topic))), expires, person)
                for thread, (topic, expires, person) in self._topics.items()
                if person not in gone and not eraser.named_in(thread)
            }
            self._sights = {key: seen for key, seen in self._sights.items() if not eraser.named_in(key)}
            self._coordinators = [person for person in self._coordinators if person not in gone]
            self._pairs = [_unsigned(pair, eraser) for pair in self._pairs]

    def topic(self, thread: str, now: datetime) -> Mapping[str, Any] | None:
        with self._opened():
            self._latest = max(self._latest, now)
            text, expires, _ = self._topics.get(storable(thread), ("", now, ""))
            return dict(json.loads(text)) if expires > now else None

    def keep_topic(self, thread: str, topic: Mapping[str, Any], expires: datetime, person: str = "") -> None:
        with self._opened():
            self._topics = {key: kept for key, kept in self._topics.items() if kept[1] > self._latest}
            self._topics[storable(thread)] = (json.dumps(dict(topic)), expires, storable(person))

    def first_sight(self, event: str, at: datetime) -> bool:
        with self._opened():
            self._sights = {key: seen for key, seen in self._sights.items() if seen >= at - SIGHT_LIFE}
            first = storable(event) not in self._sights
            self._sights.setdefault(storable(event), at)
            return first

    def expire(self, now: datetime) -> None:
        with self._opened():
            self._topics = {key: kept for key, kept in self._topics.items() if kept[1] > now}
            self._sights = {key: seen for key, seen in self._sights.items() if seen >= now - SIGHT_LIFE}

    def add_feedback(self, answer: str, person: str, verdict: str, at: datetime) -> None:
        with self._opened():
            self._feedback[storable(answer), storable(person)] = storable(verdict)

    def feedback(self) -> Sequence[tuple[str, str, str]]:
        with self._opened():
            return tuple((*key, self._feedback[key]) for key in sorted(self._feedback))

    def coordinators(self) -> Sequence[str]:
        with self._opened():
            return tuple(self._coordinators)

    def add_coordinator(self, person: str, by: str, at: datetime) -> bool:
        with self._opened():
            new = storable(person) not in self._coordinators
            self._coordinators += [storable(person)] if new else []
            return new

    def remove_coordinator(self, person: str) -> bool:
        with self._opened():
            known = storable(person) in self._coordinators
            self._coordinators = [kept for kept in self._coordinators if kept != storable(person)]
            return known

    def glossary_pairs(self) -> Sequence[GlossaryPair]:
        with self._opened():
            return tuple(self._pairs)

    def glossary_version(self) -> int:
        with self._opened():
            return len(self._pairs) + sum(not pair.in_force for pair in self._pairs)

    def add_glossary_pair(self, said: str, means: str, by: str, at: datetime) -> GlossaryPair | None:
        said, means = storable(said), storable(means)
        with self._opened():
            if any(pair.in_force and pair.sides == (said, means) for pair in self._pairs):
                return None
            self._pairs.append(GlossaryPair(said, means, storable(by), at, len(self._pairs) + 1))
            return self._pairs[-1]

    def remove_glossary_pair(self, number: int, by: str, at: datetime) -> GlossaryPair | None:
        with self._opened():
            if not 0 < number <= len(self._pairs) or not self._pairs[number - 1].in_force:
                return None
            gone = replace(self._pairs[number - 1], removed_by=storable(by), removed_at=at)
            self._pairs[number - 1] = gone
            return gone

    def close(self) -> None:
        self._closed = True

    def _opened(self) -> Lock:
        if self._closed:
            raise StoreUnavailable("the store is closed")
        return self._lock


def _last_of(changes: Sequence[Change], record_id: str) -> Change | None:
    return next((change for change in reversed(changes) if change.record_id == record_id), None)


def _unsigned(pair: GlossaryPair, eraser: Eraser) -> GlossaryPair:
    by, removed_by = (FORMER_MEMBER if name in eraser.known else name for name in (pair.by, pair.removed_by))
    said, means = map(eraser.of_speech, pair.sides)
    return replace(pair, said=said, means=means, by=by, removed_by=removed_by)


def _nobody(record: Record, gone: Collection[str]) -> Record:
    """The record with these people as neither its owner nor those who verified it."""

    def source(one: Source) -> Source:
        return replace(one, verified_by=FORMER_MEMBER) if one.verified_by in gone else one

    owner = "" if record.owner in gone else record.owner
    return replace(
        record, owner=owner, source=source(record.source), other_sources=tuple(map(source, record.other_sources))
    )
