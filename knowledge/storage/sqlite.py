"""The store in one SQLite file. Every write is on the disk before it is acknowledged; reads never wait for writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from knowledge.ports import StoreUnavailable
from knowledge.records import Change, Record, Write
from knowledge.storage import files
from knowledge.storage.applying import SIGHT_LIFE, applied
from knowledge.storage.codec import Codec, checksum, moment_from_text, moment_to_text, storable
from knowledge.storage.connections import Readers, Writer

T = TypeVar("T")
_CHANGE = 'seq, record_id, "at", "by", verb, reason, before, after, checksum, batch, undoes'
_LAST_SEQ = "SELECT coalesce(max(seq), 0) FROM changes"
_MOST = 2**63 - 1


class SqliteStore:
    """Implements `knowledge.ports.Store`. Raises StoreUnavailable, with one line, when the file cannot be used.

    `read_only` opens beside a running bot: it takes no lock, creates nothing, and refuses every write.
    """

    def __init__(self, path: Path | str, codec: Codec, read_only: bool = False) -> None:
        self._path, self._codec = Path(path).expanduser().resolve(), codec
        self._latest = datetime.min.replace(tzinfo=UTC)
        explain = partial(files.unavailable, self._path)
        self._readers = Readers(partial(files.connect, self._path, read_only=True), explain)
        self._writer = None if read_only else Writer(partial(files.connect, self._path), explain)
        self._lock: files.ProcessLock | None = None
        try:
            if read_only:
                self._open_beside()
            else:
                self._lock = self._claim()
        except (sqlite3.Error, OSError) as error:
            raise explain(error) from error

    def records(self) -> Sequence[Record]:
        with self.borrow() as connection:
            rows = connection.execute("SELECT id, body, checksum FROM records ORDER BY id").fetchall()
        return tuple(self._read_record(row) for row in rows)

    def get(self, record_id: str) -> Record | None:
        with self.borrow() as connection:
            return self._find(connection, record_id)

    def write(self, writes: Sequence[Write], at: datetime) -> Sequence[Change]:
        if not writes:
            return ()

        def save(connection: sqlite3.Connection) -> Sequence[Change]:
            batch = int(connection.execute(_LAST_SEQ).fetchone()[0]) + 1
            return tuple(self._save(connection, write, at, batch) for write in writes)

        return self.run(save)

    def changes(self, since: int = 0) -> Sequence[Change]:
        with self.borrow() as connection:
            return self._changes_where(connection, "seq > ?", min(max(since, 0), _MOST))

    def history(self, record_id: str) -> Sequence[Change]:
        with self.borrow() as connection:
            return self._changes_where(connection, "record_id = ?", storable(record_id))

    def batch(self, number: int) -> Sequence[Change]:
        with self.borrow() as connection:
            return self._changes_where(connection, "batch = ?", max(0, min(number, _MOST)))

    def last_batch(self, by: str) -> int:
        query = (
            'SELECT coalesce(max(batch), 0) FROM changes WHERE "by" = ? AND undoes = 0'
            " AND batch NOT IN (SELECT undoes FROM changes WHERE undoes > 0)"
        )
        with self.borrow() as connection:
            return int(connection.execute(query, (storable(by),)).fetchone()[0])

    def last_seq(self) -> int:
        with self.borrow() as connection:
            return int(connection.execute(_LAST_SEQ).fetchone()[0])

    def topic(self, thread: str, now: datetime) -> Mapping[str, Any] | None:
        self._latest = max(self._latest, now)
        with self.borrow() as connection:
            row = connection.execute(
                "SELECT topic FROM topics WHERE thread = ? AND expires > ?", (storable(thread), moment_to_text(now))
            ).fetchone()
        return dict(json.loads(row[0])) if row else None

    def keep_topic(self, thread: str, topic: Mapping[str, Any], expires: datetime) -> None:
        row = (storable(thread), json.dumps(dict(topic)), moment_to_text(expires))
        latest = moment_to_text(self._latest)

        def keep(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM topics WHERE expires <= ?", (latest,))
            connection.execute("INSERT OR REPLACE INTO topics VALUES (?, ?, ?)", row)

        self.run(keep)

    def first_sight(self, event: str, at: datetime) -> bool:
        row = (storable(event), moment_to_text(at))

        def see(connection: sqlite3.Connection) -> bool:
            connection.execute('DELETE FROM sightings WHERE "at" < ?', (moment_to_text(at - SIGHT_LIFE),))
            return connection.execute("INSERT OR IGNORE INTO sightings VALUES (?, ?)", row).rowcount == 1

        return self.run(see)

    def add_feedback(self, answer: str, person: str, verdict: str, at: datetime) -> None:
        row = (storable(answer), storable(person), storable(verdict), moment_to_text(at))
        self.run(lambda connection: connection.execute("INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?)", row))

    def feedback(self) -> Sequence[tuple[str, str, str]]:
        with self.borrow() as connection:
            return tuple(connection.execute("SELECT answer, person, verdict FROM feedback ORDER BY answer, person"))

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs `work` in the one writing thread, in one transaction that is on the disk before this returns; what it raises
        undoes all of it. Other parts that keep tables of their own in this file write through here."""
        if self._writer is None:
            raise StoreUnavailable(f"{self._path.name} was opened for reading only")
        return self._writer.run(work)

    def borrow(self) -> AbstractContextManager[sqlite3.Connection]:
        """A read-only connection for the length of a `with`."""
        return self._readers.borrow()

    def coordinators(self) -> Sequence[str]:
        with self.borrow() as connection:
            rows = connection.execute('SELECT person FROM coordinators ORDER BY "at", person').fetchall()
        return tuple(str(row[0]) for row in rows)

    def add_coordinator(self, person: str, by: str, at: datetime) -> bool:
        row = (storable(person), storable(by), moment_to_text(at))
        return self.run(
            lambda connection: (
                connection.execute("INSERT OR IGNORE INTO coordinators VALUES (?, ?, ?)", row).rowcount == 1
            )
        )

    def remove_coordinator(self, person: str) -> bool:
        query = "DELETE FROM coordinators WHERE person = ?"
        return self.run(lambda connection: connection.execute(query, (storable(person),)).rowcount == 1)

    def close(self) -> None:
        # The writing connection goes last: only that one can fold the write-ahead log back into the file.
        self._readers.close()
        if self._writer is not None:
            self._writer.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _claim(self) -> files.ProcessLock:
        """Takes the lock, creates or upgrades the base, and has the writing thread open its connection."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = files.ProcessLock(self._path)
        try:
            lock.refuse_loss()
            lock.remember(files.prepare(self._path))
            self.run(lambda connection: None)
        except BaseException:
            lock.release()
            raise
        return lock

    def _open_beside(self) -> None:
        if not files.inspect(self._path):
            raise StoreUnavailable(f"there is no base at {self._path.name} yet")
        files.check(self._path, read_only=True)

    def _save(self, connection: sqlite3.Connection, write: Write, at: datetime, batch: int) -> Change:
        current = self._find(connection, write.record.id)
        seq = int(connection.execute(_LAST_SEQ).fetchone()[0]) + 1
        change = applied(write, current, at, seq, batch, lambda: self._last_of(connection, write.record.id))
        after = self._codec.to_text(change.after)
        before = self._codec.to_text(current) if current else None
        row = (change.seq, change.record_id, moment_to_text(at), change.by, change.verb, change.reason, before, after)
        body = (change.record_id, after, checksum(change.record_id, after))
        connection.execute(
            "INSERT INTO records VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body, checksum = excluded.checksum",
            body,
        )
        connection.execute(
            f"INSERT INTO changes ({_CHANGE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, checksum(*map(_text, row)), change.batch, change.undoes),
        )
        return change

    def _changes_where(self, connection: sqlite3.Connection, condition: str, value: str | int) -> Sequence[Change]:
        query = f"SELECT {_CHANGE} FROM changes WHERE {condition} ORDER BY seq"
        return tuple(self._read_change(row) for row in connection.execute(query, (value,)).fetchall())

    def _last_of(self, connection: sqlite3.Connection, record_id: str) -> Change | None:
        query = f"SELECT {_CHANGE} FROM changes WHERE record_id = ? ORDER BY seq DESC LIMIT 1"
        row = connection.execute(query, (storable(record_id),)).fetchone()
        return self._read_change(row) if row else None

    def _find(self, connection: sqlite3.Connection, record_id: str) -> Record | None:
        query = "SELECT id, body, checksum FROM records WHERE id = ?"
        row = connection.execute(query, (storable(record_id),)).fetchone()
        return self._read_record(row) if row else None

    def _read_record(self, row: tuple[str, str, str]) -> Record:
        record_id, body, mark = row
        if checksum(record_id, body) != mark:
            raise StoreUnavailable(f"the record {record_id} is damaged in {self._path.name}, restore a backup")
        return self._load(record_id, body)

    def _read_change(self, row: tuple[Any, ...]) -> Change:
        *kept, mark, batch, undoes = row
        if checksum(*map(_text, kept)) != mark:
            raise StoreUnavailable(f"change {row[0]} is damaged in {self._path.name}, restore a backup")
        seq, record_id, at, by, verb, reason, before, after = kept
        records = (self._load(record_id, before) if before else None, self._load(record_id, after))
        return Change(seq, record_id, moment_from_text(at), by, verb, *records, reason, batch, undoes)

    def _load(self, record_id: str, text: str) -> Record:
        try:
            return self._codec.from_text(text)
        except (ValueError, LookupError, TypeError) as error:
            why = " ".join(str(error).split())
            raise StoreUnavailable(f"the record {record_id} does not fit the kinds of today: {why}") from error


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)
