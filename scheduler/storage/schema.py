"""The tables of the outbox, a set of migrations of their own in the file of the facts."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

NAME = "outbox"


def m001_occurrences(db: Database) -> None:
    """One row an occurrence, each key once; and what the last tick has planned."""
    db.conn.execute(
        "CREATE TABLE occurrences (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, state TEXT NOT NULL,"
        " due_at TEXT NOT NULL, body TEXT NOT NULL)"
    )
    db.conn.execute("CREATE INDEX occurrences_by_state ON occurrences (state, due_at, id)")
    db.conn.execute("CREATE TABLE outbox_state (name TEXT PRIMARY KEY, value TEXT NOT NULL)")


def m002_requests(db: Database) -> None:
    """The reminders that people asked for. A number is never given twice."""
    db.conn.execute(
        "CREATE TABLE reminder_requests (id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL, body TEXT NOT NULL)"
    )


def upgrade(connection: sqlite3.Connection) -> None:
    """Runs what is pending inside the transaction of the caller."""
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(NAME)
    for migration in (m001_occurrences, m002_requests):
        migrations()(migration)
    migrations.apply(Database(connection, execute_plugins=False))
