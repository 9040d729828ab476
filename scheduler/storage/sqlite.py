"""The outbox in the SQLite file of the facts: a claim and a change of a fact can never pass each other unseen."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from scheduler.outbox import claimed
from scheduler.ports import Database
from scheduler.storage import schema
from scheduler.storage.codec import from_text, to_text
from scheduler.values import Due, Entry

_LAST_SEQ = "SELECT coalesce(max(seq), 0) FROM changes"


class SqliteOutbox:
    """Implements `scheduler.ports.Outbox` on the database that keeps the facts."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.run(schema.upgrade)

    def plan(self, dues: Collection[Due], withdrawn: Collection[str], planned_until: datetime) -> int:
        def work(connection: sqlite3.Connection) -> int:
            added = 0
            for due in dues:
                entry = _find(connection, due.key)
                if entry is None:
                    added += _add(connection, due)
                elif entry.state == "pending" and entry.due != due:
                    _save(connection, replace(entry, due=due))
            for key in withdrawn:
                entry = _find(connection, key)
                if entry is not None and entry.state == "pending":
                    _save(connection, replace(entry, state="cancelled"))
            connection.execute(
                "INSERT OR REPLACE INTO outbox_state VALUES ('planned_until', ?)", (planned_until.isoformat(),)
            )
            return added

        return self._database.run(work)

    def planned_until(self) -> datetime | None:
        with self._database.borrow() as connection:
            row = connection.execute("SELECT value FROM outbox_state WHERE name = 'planned_until'").fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def get(self, key: str) -> Entry | None:
        with self._database.borrow() as connection:
            return _find(connection, key)

    def waiting(self) -> Sequence[Entry]:
        with self._database.borrow() as connection:
            rows = connection.execute(
                "SELECT body FROM occurrences WHERE state IN ('pending', 'sending') ORDER BY due_at, id"
            ).fetchall()
        return [from_text(row[0]) for row in rows]

    def claim(self, key: str, now: datetime, lease_until: datetime, last_seq: int) -> Entry | None:
        def work(connection: sqlite3.Connection) -> Entry | None:
            entry = _find(connection, key)
            changed = int(connection.execute(_LAST_SEQ).fetchone()[0]) != last_seq
            if entry is None or entry.state != "pending" or changed:
                return None
            taken = claimed(entry, now, lease_until)
            _save(connection, taken)
            return taken

        return self._database.run(work)

    def settle(self, entry: Entry, reports: Sequence[Due] = ()) -> bool:
        def work(connection: sqlite3.Connection) -> bool:
            current = _find(connection, entry.due.key)
            if current is None or current.state not in ("pending", "sending"):
                return False
            _save(connection, entry)
            for due in reports:
                _add(connection, due)
            return True

        return self._database.run(work)

    def sent(self, since: datetime) -> Sequence[Entry]:
        with self._database.borrow() as connection:
            rows = connection.execute(
                "SELECT body FROM occurrences WHERE state = 'sent' AND due_at >= ? ORDER BY due_at, id", (_text(since),)
            ).fetchall()
        return [from_text(row[0]) for row in rows]


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
