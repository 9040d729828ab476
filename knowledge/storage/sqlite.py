"""The store in one SQLite file. Every write is on the disk before it is acknowledged; reads never wait for writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from knowledge.ports import Audit, StoreUnavailable
from knowledge.records import FORMER_MEMBER, Change, Record, Write
from knowledge.storage import chain, glossary, keys, people, rewriting
from knowledge.storage.applying import applied
from knowledge.storage.codec import Codec, checksum, moment_from_text, moment_to_text, storable
from knowledge.storage.conversations import SqliteConversations
from knowledge.storage.erasing import Eraser
from knowledge.storage.glossary import SqliteGlossary
from knowledge.storage.keys import BESIDE, SealKey

T = TypeVar("T")
_CHANGE = f"{chain.SEALED}, checksum"
_LAST_SEQ = "SELECT coalesce(max(seq), 0) FROM changes"
_MOST = 2**63 - 1


class SqliteStore(SqliteConversations, SqliteGlossary):
    """Implements `knowledge.ports.Store`. In records and changes stand tokens for people, put there and read here."""

    def __init__(self, path: Path | str, codec: Codec, read_only: bool = False, seal_key: SealKey = BESIDE) -> None:
        super().__init__(path, read_only)
        self._codec, self._seal_key = codec, seal_key
        try:
            self._key = "" if read_only else self._settled()
        except BaseException:
            self.close()
            raise

    def records(self) -> Sequence[Record]:
        with self.borrow() as connection:
            names = people.names(connection)
            rows = connection.execute("SELECT id, body, checksum FROM records ORDER BY id").fetchall()
        return tuple(self._read_record(row, names) for row in rows)

    def ids(self) -> Collection[str]:
        with self.borrow() as connection:
            return frozenset(row[0] for row in connection.execute("SELECT id FROM records"))

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
            return int(connection.execute(query, (people.known_token(connection, by),)).fetchone()[0])

    def last_seq(self) -> int:
        with self.borrow() as connection:
            return int(connection.execute(_LAST_SEQ).fetchone()[0])

    def audit(self) -> Audit:
        place = self._seal_key.shown(self._path)
        with self.borrow() as connection:
            count, head = chain.end(connection)
            try:
                key = self._key or self._seal_key.read(self._path)
            except StoreUnavailable as error:
                return Audit(count, head, (error.reason,), key=place)
            if not keys.fits(connection, key):
                missing = f"the key that the history was sealed with is not in {place}, so it cannot be checked"
                return Audit(count, head, (missing,), key=place)
            found = chain.verify(connection, key)
        if self._seal_key.is_open(self._path):
            found = replace(found, faults=(*found.faults, f"{place} can be read by others: chmod 600 {place}"))
        return replace(found, key=place)

    def erase(self, ids: Sequence[str], names: Sequence[str], at: datetime) -> None:
        eraser = Eraser(ids, names)

        def forget(connection: sqlite3.Connection) -> None:
            people.forget(connection, eraser)
            glossary.forget(connection, eraser)
            rewriting.erase(connection, eraser, moment_to_text(at), self._key)

        self.run(forget)
        self.wipe()

    def _settled(self) -> str:
        """The key to seal with. Where it lay in the base until now, no trace of it stays there."""
        held = self.run(keys.is_inside)
        key = self.run(lambda connection: keys.settle(connection, self._seal_key, self._path))
        if held:
            self.wipe()
        return key

    def _save(self, connection: sqlite3.Connection, write: Write, at: datetime, batch: int) -> Change:
        current = self._find(connection, write.record.id)
        seq = int(connection.execute(_LAST_SEQ).fetchone()[0]) + 1
        change = applied(write, current, at, seq, batch, lambda: self._last_of(connection, write.record.id))
        tokens = partial(people.swapped, swap=partial(people.token_of, connection))
        after = self._codec.to_text(change.after, tokens)
        before = self._codec.to_text(current, tokens) if current else None
        by = people.token_of(connection, change.by)
        row = (
            seq,
            change.record_id,
            moment_to_text(at),
            by,
            change.verb,
            change.reason,
            before,
            after,
            batch,
            write.undoes,
        )
        connection.execute(
            "INSERT INTO records VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body, checksum = excluded.checksum",
            (change.record_id, after, checksum(change.record_id, after)),
        )
        connection.execute(
            f"INSERT INTO changes ({_CHANGE}, mark) VALUES ({', '.join('?' * (len(row) + 2))})",
            (*row, chain.checked(row), chain.sealed(connection, row, self._key)),
        )
        return change

    def _changes_where(self, connection: sqlite3.Connection, condition: str, value: str | int) -> Sequence[Change]:
        names = people.names(connection)
        query = f"SELECT {_CHANGE} FROM changes WHERE {condition} ORDER BY seq"
        return tuple(self._read_change(row, names) for row in connection.execute(query, (value,)).fetchall())

    def _last_of(self, connection: sqlite3.Connection, record_id: str) -> Change | None:
        query = f"SELECT {_CHANGE} FROM changes WHERE record_id = ? ORDER BY seq DESC LIMIT 1"
        row = connection.execute(query, (storable(record_id),)).fetchone()
        return self._read_change(row, people.names(connection)) if row else None

    def _find(self, connection: sqlite3.Connection, record_id: str) -> Record | None:
        query = "SELECT id, body, checksum FROM records WHERE id = ?"
        row = connection.execute(query, (storable(record_id),)).fetchone()
        return self._read_record(row, people.names(connection)) if row else None

    def _read_record(self, row: tuple[str, str, str], names: Mapping[str, str]) -> Record:
        record_id, body, mark = row
        if checksum(record_id, body) != mark:
            raise StoreUnavailable(f"the record {record_id} is damaged in {self._path.name}, restore a backup")
        return self._load(record_id, body, names)

    def _read_change(self, row: tuple[Any, ...], names: Mapping[str, str]) -> Change:
        *kept, mark = row
        if chain.checked(kept) != mark:
            raise StoreUnavailable(f"change {row[0]} is damaged in {self._path.name}, restore a backup")
        seq, record_id, at, by, verb, reason, before, after, batch, undoes = kept
        records = (self._load(record_id, before, names) if before else None, self._load(record_id, after, names))
        return Change(seq, record_id, moment_from_text(at), names.get(by, by), verb, *records, reason, batch, undoes)

    def _load(self, record_id: str, text: str, names: Mapping[str, str]) -> Record:
        try:
            record = self._codec.from_text(text, partial(people.swapped, swap=lambda token: names.get(token, token)))
        except (ValueError, LookupError, TypeError) as error:
            why = " ".join(str(error).split())
            raise StoreUnavailable(f"the record {record_id} does not fit the kinds of today: {why}") from error
        return replace(record, owner="") if record.owner == FORMER_MEMBER else record
