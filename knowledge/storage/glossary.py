"""Pairs of words added to the glossary, in the file of the base. People stand there as tokens, as in the history of facts."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from knowledge.glossary_pairs import GlossaryPair
from knowledge.storage import people
from knowledge.storage.codec import moment_from_text, moment_to_text, storable
from knowledge.storage.database import SqliteDatabase
from knowledge.storage.erasing import Eraser

_COLUMNS = 'said, means, "by", "at", number, removed_by, removed_at'
_MOST = 2**63 - 1


class SqliteGlossary(SqliteDatabase):
    """Implements `knowledge.ports.GlossaryStore`."""

    def glossary_pairs(self) -> Sequence[GlossaryPair]:
        with self.borrow() as connection:
            names = people.names(connection)
            rows = connection.execute(f"SELECT {_COLUMNS} FROM glossary ORDER BY number").fetchall()
        return tuple(_read(row, names) for row in rows)

    def glossary_version(self) -> int:
        with self.borrow() as connection:
            return int(connection.execute("SELECT count(*) + count(removed_at) FROM glossary").fetchone()[0])

    def add_glossary_pair(self, said: str, means: str, by: str, at: datetime) -> GlossaryPair | None:
        said, means = storable(said), storable(means)

        def add(connection: sqlite3.Connection) -> GlossaryPair | None:
            row = (said, means, people.token_of(connection, by), moment_to_text(at))
            made = connection.execute(
                'INSERT OR IGNORE INTO glossary (said, means, "by", "at") VALUES (?, ?, ?, ?)', row
            )
            return _find(connection, made.lastrowid) if made.rowcount else None

        return self.run(add)

    def remove_glossary_pair(self, number: int, by: str, at: datetime) -> GlossaryPair | None:
        def remove(connection: sqlite3.Connection) -> GlossaryPair | None:
            row = (people.token_of(connection, by), moment_to_text(at), max(0, min(number, _MOST)))
            query = "UPDATE glossary SET removed_by = ?, removed_at = ? WHERE number = ? AND removed_at IS NULL"
            return _find(connection, number) if connection.execute(query, row).rowcount else None

        return self.run(remove)


def forget(connection: sqlite3.Connection, eraser: Eraser) -> None:
    """Where pairs name this person, FORMER_MEMBER stands afterwards. Who added them stands as a token already."""
    for number, *sides in connection.execute("SELECT number, said, means FROM glossary").fetchall():
        if (left := eraser.of_speech(sides)) != sides:
            connection.execute("UPDATE OR REPLACE glossary SET said = ?, means = ? WHERE number = ?", (*left, number))


def _find(connection: sqlite3.Connection, number: int | None) -> GlossaryPair:
    row = connection.execute(f"SELECT {_COLUMNS} FROM glossary WHERE number = ?", (number,)).fetchone()
    return _read(row, people.names(connection))


def _read(row: tuple[Any, ...], names: Mapping[str, str]) -> GlossaryPair:
    said, means, by, at, number, removed_by, removed_at = row
    moment = moment_from_text(removed_at) if removed_at else None
    return GlossaryPair(
        said, means, names.get(by, by), moment_from_text(at), number, names.get(removed_by, removed_by), moment
    )
