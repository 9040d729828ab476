"""What conversations leave behind, and who may change facts: topics, deliveries seen, ratings, coordinators."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from knowledge.storage.applying import SIGHT_LIFE
from knowledge.storage.codec import moment_to_text, storable
from knowledge.storage.database import SqliteDatabase


class SqliteConversations(SqliteDatabase):
    """Implements `knowledge.ports.ThreadStore` and `CoordinatorStore`."""

    def __init__(self, path: Path | str, read_only: bool = False) -> None:
        super().__init__(path, read_only)
        self._latest = datetime.min.replace(tzinfo=UTC)

    def topic(self, thread: str, now: datetime) -> Mapping[str, Any] | None:
        self._latest = max(self._latest, now)
        with self.borrow() as connection:
            row = connection.execute(
                "SELECT topic FROM topics WHERE thread = ? AND expires > ?", (storable(thread), moment_to_text(now))
            ).fetchone()
        return dict(json.loads(row[0])) if row else None

    def keep_topic(self, thread: str, topic: Mapping[str, Any], expires: datetime, person: str = "") -> None:
        row = (storable(thread), json.dumps(dict(topic)), moment_to_text(expires), storable(person))
        latest = moment_to_text(self._latest)

        def keep(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM topics WHERE expires <= ?", (latest,))
            connection.execute("INSERT OR REPLACE INTO topics VALUES (?, ?, ?, ?)", row)

        self.run(keep)

    def first_sight(self, event: str, at: datetime) -> bool:
        row = (storable(event), moment_to_text(at))

        def see(connection: sqlite3.Connection) -> bool:
            connection.execute('DELETE FROM sightings WHERE "at" < ?', (moment_to_text(at - SIGHT_LIFE),))
            return connection.execute("INSERT OR IGNORE INTO sightings VALUES (?, ?)", row).rowcount == 1

        return self.run(see)

    def expire(self, now: datetime) -> None:
        def drop(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM topics WHERE expires <= ?", (moment_to_text(now),))
            connection.execute('DELETE FROM sightings WHERE "at" < ?', (moment_to_text(now - SIGHT_LIFE),))

        self.run(drop)
        self.wipe_what_is_owed()

    def add_feedback(self, answer: str, person: str, verdict: str, at: datetime) -> None:
        row = (storable(answer), storable(person), storable(verdict), moment_to_text(at))
        self.run(lambda connection: connection.execute("INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?)", row))

    def feedback(self) -> Sequence[tuple[str, str, str]]:
        with self.borrow() as connection:
            return tuple(connection.execute("SELECT answer, person, verdict FROM feedback ORDER BY answer, person"))

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
