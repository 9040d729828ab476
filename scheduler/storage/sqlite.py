"""The outbox in the SQLite file of the facts: a claim and a change of a fact can never pass each other unseen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import TypeVar

from scheduler.outbox import OVER, acted, asked_for, claimed, planned, without
from scheduler.ports import Database
from scheduler.storage import schema
from scheduler.storage.codec import (
    from_text,
    outage_from_text,
    outage_to_text,
    request_from_text,
    request_to_text,
    to_text,
)
from scheduler.values import Act, Due, Entry, Outage, Request

_WAITING = "SELECT body FROM occurrences WHERE state IN ('pending', 'sending') AND due_at <= ? ORDER BY due_at, id"
_OVER = "SELECT body FROM occurrences WHERE key >= ? AND key < ? AND state IN (?, ?, ?) ORDER BY key DESC LIMIT ?"
_EVER = "9999"
T = TypeVar("T")
_LAST_SEQ = "SELECT coalesce(max(seq), 0) FROM changes"


class SqliteOutbox:
    """Implements `scheduler.ports.Outbox` on the database that keeps the facts. With `writes` off the tables are only read, and
    may be missing."""

    def __init__(self, database: Database, writes: bool = True) -> None:
        self._database = database
        self._version = count(1)
        self._last_version = 0
        if writes:
            database.run(schema.upgrade)

    def plan(self, dues: Collection[Due], withdrawn: Collection[str], planned_until: datetime) -> int:
        def work(connection: sqlite3.Connection) -> int:
            added = 0
            for due in dues:
                entry = _find(connection, due.key)
                after = planned(entry, due, planned_until)
                if entry is None:
                    added += _add(connection, due)
                elif after is not None:
                    _save(connection, after)
                    added += entry.state != "pending"
            for key in withdrawn:
                entry = _find(connection, key)
                if entry is not None and entry.state == "pending":
                    _save(connection, replace(entry, state="cancelled"))
            # A base that has planned before this was noted has begun long ago.
            for name in ("planned_until",) if _noted(connection, "planned_until") else ("began", "planned_until"):
                _note(connection, name, planned_until.isoformat())
            return added

        return self._database.run(work)

    def planned_until(self) -> datetime | None:
        noted = self._noted("planned_until")
        return datetime.fromisoformat(noted) if noted else None

    def began(self) -> datetime | None:
        noted = self._noted("began")
        return datetime.fromisoformat(noted) if noted else None

    def outage(self) -> Outage | None:
        noted = self._noted("outage")
        return outage_from_text(noted) if noted else None

    def set_outage(self, outage: Outage | None) -> None:
        text = outage_to_text(outage) if outage else ""
        self._database.run(lambda connection: _note(connection, "outage", text))

    def _noted(self, name: str) -> str:
        with self._database.borrow() as connection:
            return _noted(connection, name)

    def get(self, key: str) -> Entry | None:
        with self._database.borrow() as connection:
            return _find(connection, key)

    def waiting(self, until: datetime | None = None) -> Sequence[Entry]:
        with self._database.borrow() as connection:
            return _waiting(connection, until)

    def version(self) -> int:
        return self._last_version

    def _change(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Work whose outcome planning has to look at."""
        done = self._database.run(work)
        self._last_version = next(self._version)
        return done

    def claim(self, keys: Sequence[str], now: datetime, lease_until: datetime, last_seq: int) -> Sequence[Entry]:
        def work(connection: sqlite3.Connection) -> Sequence[Entry]:
            found = [entry for key in keys if (entry := _find(connection, key)) and entry.state == "pending"]
            changed = int(connection.execute(_LAST_SEQ).fetchone()[0]) != last_seq
            if len(found) < len(keys) or changed:
                return ()
            taken = [claimed(entry, now, lease_until, keys) for entry in found]
            for entry in taken:
                _save(connection, entry)
            return taken

        return self._database.run(work)

    def settle(self, entries: Sequence[Entry], reports: Sequence[Due] = ()) -> bool:
        def work(connection: sqlite3.Connection) -> bool:
            kept = [_find(connection, entry.due.key) for entry in entries]
            current = [entry for entry in kept if entry is not None and entry.state in ("pending", "sending")]
            if len(current) < len(entries):
                return False
            for entry, before in zip(entries, current, strict=True):
                _save(connection, replace(entry, acts=before.acts))
            for due in reports:
                _add(connection, due)
            return True

        return self._change(work)

    def sent(self, since: datetime) -> Sequence[Entry]:
        with self._database.borrow() as connection:
            rows = connection.execute(
                "SELECT body FROM occurrences WHERE state = 'sent' AND due_at >= ? ORDER BY due_at, id", (_text(since),)
            ).fetchall()
        return [from_text(row[0]) for row in rows]

    def over(self, prefix: str, most: int) -> Sequence[Entry]:
        # The keys that begin so are those from the prefix up to its last letter raised by one, which the index finds.
        end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        with self._database.borrow() as connection:
            rows = connection.execute(_OVER, (prefix, end, *OVER, most)).fetchall()
        return [from_text(row[0]) for row in rows]

    def act(self, key: str, act: Act) -> Entry | None:
        def work(connection: sqlite3.Connection) -> Entry | None:
            entry = _find(connection, key)
            if entry is None:
                return None
            after = acted(entry, act)
            _save(connection, after)
            return after

        return self._change(work)

    def add_request(self, request: Request) -> Request:
        def work(connection: sqlite3.Connection) -> Request:
            row = (request.person, request_to_text(request))
            added = connection.execute("INSERT INTO reminder_requests (person, body) VALUES (?, ?)", row)
            return replace(request, id=str(added.lastrowid))

        return self._change(work)

    def requests(self, person: str = "") -> Sequence[Request]:
        with self._database.borrow() as connection:
            rows = connection.execute(
                "SELECT id, body FROM reminder_requests WHERE ? IN ('', person) ORDER BY id", (person,)
            ).fetchall()
        return [request_from_text(str(number), body) for number, body in rows]

    def cancel_request(self, request_id: str, person: str) -> bool:
        def work(connection: sqlite3.Connection) -> bool:
            gone = connection.execute(
                "DELETE FROM reminder_requests WHERE CAST(id AS TEXT) = ? AND person = ?", (request_id, person)
            )
            for entry in _waiting(connection) if gone.rowcount else ():
                if asked_for(entry, request_id):
                    _save(connection, replace(entry, state="cancelled"))
            return bool(gone.rowcount)

        return self._change(work)

    def forget(self, person: str) -> int:
        def work(connection: sqlite3.Connection) -> int:
            for (body,) in connection.execute("SELECT body FROM occurrences").fetchall():
                entry = from_text(body)
                if (left := without(entry, person)) is None:
                    connection.execute("DELETE FROM occurrences WHERE key = ?", (entry.due.key,))
                elif left != entry:
                    _save(connection, left)
            return connection.execute("DELETE FROM reminder_requests WHERE person = ?", (person,)).rowcount

        return self._change(work)


def _waiting(connection: sqlite3.Connection, until: datetime | None = None) -> list[Entry]:
    last = _text(until) if until else _EVER
    return [from_text(row[0]) for row in connection.execute(_WAITING, (last,)).fetchall()]


def _note(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO outbox_state VALUES (?, ?)", (name, value))


def _noted(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM outbox_state WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def _find(connection: sqlite3.Connection, key: str) -> Entry | None:
    row = connection.execute("SELECT body FROM occurrences WHERE key = ?", (key,)).fetchone()
    return from_text(row[0]) if row else None


def _add(connection: sqlite3.Connection, due: Due) -> int:
    row = (due.key, "pending", _text(due.at), to_text(Entry(due)))
    return connection.execute(
        "INSERT OR IGNORE INTO occurrences (key, state, due_at, body) VALUES (?, ?, ?, ?)", row
    ).rowcount


def _save(connection: sqlite3.Connection, entry: Entry) -> None:
    connection.execute(
        "UPDATE occurrences SET state = ?, due_at = ?, body = ? WHERE key = ?",
        (entry.state, _text(entry.due.at), to_text(entry), entry.due.key),
    )


def _text(moment: datetime) -> str:
    """UTC with a fixed width, so that texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
