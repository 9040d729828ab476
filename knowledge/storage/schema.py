"""The tables of the SQLite store, as named migrations that run in order and are recorded in the file.

A migration that has been released is never edited: a new one is added below, and its name in STEPS. All that are pending
run in one transaction, so that an upgrade cut short leaves the file as it was. Where none is pending, the library that runs
them is not even loaded: it takes as long as reading the base.
"""

from __future__ import annotations

import json
import sqlite3
from functools import partial
from typing import TYPE_CHECKING

from knowledge.storage import chain, people
from knowledge.storage.codec import checksum

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x454E5454
"""Marks the file as ours (the letters ENTT), at byte 68 of its header."""

NAME = "knowledge"
"""What these migrations are called together in the file."""


def m001_facts(db: Database) -> None:
    """Records as JSON text, and the list of changes that only ever grows."""
    db.conn.execute("CREATE TABLE records (id TEXT PRIMARY KEY, body TEXT NOT NULL, checksum TEXT NOT NULL)")
    db.conn.execute(
        'CREATE TABLE changes (seq INTEGER PRIMARY KEY, record_id TEXT NOT NULL REFERENCES records (id), "at" TEXT NOT NULL,'
        ' "by" TEXT NOT NULL, verb TEXT NOT NULL, reason TEXT NOT NULL, before TEXT, after TEXT NOT NULL,'
        " checksum TEXT NOT NULL)"
    )
    db.conn.execute("CREATE INDEX changes_of_record ON changes (record_id, seq)")
    for verb in ("UPDATE", "DELETE"):
        db.conn.execute(
            f"CREATE TRIGGER changes_refuse_{verb.lower()} BEFORE {verb} ON changes"
            " BEGIN SELECT RAISE(ABORT, 'the list of changes only grows'); END"
        )
    db.conn.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    db.conn.execute("INSERT INTO meta VALUES ('install_id', lower(hex(randomblob(16))))")


def m002_conversations(db: Database) -> None:
    """What threads are about, deliveries already seen, ratings of answers."""
    db.conn.execute("CREATE TABLE topics (thread TEXT PRIMARY KEY, topic TEXT NOT NULL, expires TEXT NOT NULL)")
    db.conn.execute('CREATE TABLE sightings (event TEXT PRIMARY KEY, "at" TEXT NOT NULL)')
    db.conn.execute(
        'CREATE TABLE feedback (answer TEXT NOT NULL, person TEXT NOT NULL, verdict TEXT NOT NULL, "at" TEXT NOT NULL,'
        " PRIMARY KEY (answer, person))"
    )


def m003_batches(db: Database) -> None:
    """Which transaction a change came in, and which one it takes back. Older changes each count as their own."""
    db.conn.execute("DROP TRIGGER changes_refuse_update")
    db.conn.execute("ALTER TABLE changes ADD COLUMN batch INTEGER NOT NULL DEFAULT 0")
    db.conn.execute("ALTER TABLE changes ADD COLUMN undoes INTEGER NOT NULL DEFAULT 0")
    db.conn.execute("UPDATE changes SET batch = seq")
    db.conn.execute('CREATE INDEX changes_of_person ON changes ("by", batch)')
    db.conn.execute("CREATE INDEX changes_of_batch ON changes (batch)")
    db.conn.execute(
        "CREATE TRIGGER changes_refuse_update BEFORE UPDATE ON changes"
        " BEGIN SELECT RAISE(ABORT, 'the list of changes only grows'); END"
    )


def m004_questions(db: Database) -> None:
    """Questions as they were asked, what became of them, and where their askers can be told."""
    db.conn.execute(
        'CREATE TABLE questions (seq INTEGER PRIMARY KEY AUTOINCREMENT, "at" TEXT NOT NULL, text TEXT NOT NULL,'
        " lang TEXT NOT NULL, band TEXT NOT NULL, form TEXT NOT NULL, fact TEXT NOT NULL, person TEXT NOT NULL,"
        " thread TEXT NOT NULL, answer TEXT NOT NULL, verdict TEXT NOT NULL, outcome TEXT NOT NULL)"
    )
    db.conn.execute('CREATE INDEX questions_by_moment ON questions ("at")')
    db.conn.execute("CREATE INDEX questions_of_answer ON questions (answer, person)")


def m005_coordinators(db: Database) -> None:
    """Those who may change facts, beside those of the configuration, and who added them."""
    db.conn.execute('CREATE TABLE coordinators (person TEXT PRIMARY KEY, "by" TEXT NOT NULL, "at" TEXT NOT NULL)')


def m006_audit(db: Database) -> None:
    """Names of people in a table of their own, and every change sealed together with the one before it."""
    connection = db.conn
    connection.execute("CREATE TABLE people (token TEXT PRIMARY KEY, salt TEXT NOT NULL, name TEXT UNIQUE)")
    connection.execute("INSERT INTO meta VALUES ('audit_key', lower(hex(randomblob(32))))")
    connection.execute("DROP TRIGGER changes_refuse_update")
    connection.execute("ALTER TABLE changes ADD COLUMN mark TEXT NOT NULL DEFAULT ''")
    token = partial(people.token_of, connection)

    def unnamed(text: str | None) -> str | None:
        if text is None:
            return None
        envelope = json.loads(text)
        envelope["record"] = people.swapped(envelope["record"], token)
        return json.dumps(envelope, separators=(",", ":"))

    chain.keep_head(connection, 0, "")
    update = 'UPDATE changes SET "by" = ?, before = ?, after = ?, checksum = ?, mark = ? WHERE seq = ?'
    for row in connection.execute(f"SELECT {chain.SEALED} FROM changes ORDER BY seq").fetchall():
        by, before, after = token(row[3]), unnamed(row[6]), unnamed(row[7])
        sealed = (*row[:3], by, *row[4:6], before, after, *row[8:])
        mark = checksum(*(None if value is None else str(value) for value in sealed))
        connection.execute(update, (by, before, after, mark, chain.sealed(connection, sealed), row[0]))
    for record_id, body in connection.execute("SELECT id, body FROM records").fetchall():
        text = unnamed(body)
        values = (text, checksum(record_id, text), record_id)
        connection.execute("UPDATE records SET body = ?, checksum = ? WHERE id = ?", values)
    connection.execute(
        "CREATE TRIGGER changes_refuse_update BEFORE UPDATE ON changes"
        " BEGIN SELECT RAISE(ABORT, 'the list of changes only grows'); END"
    )


def m007_erasures(db: Database) -> None:
    """Whose a topic is, and when and why the history was sealed again."""
    db.conn.execute("ALTER TABLE topics ADD COLUMN person TEXT NOT NULL DEFAULT ''")
    db.conn.execute(
        'CREATE TABLE reseals ("at" TEXT NOT NULL, why TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,'
        " mark TEXT NOT NULL)"
    )


def m008_glossary(db: Database) -> None:
    """Pairs of words added to the glossary, by whom and when; one that was taken out keeps its row."""
    db.conn.execute(
        'CREATE TABLE glossary (number INTEGER PRIMARY KEY, said TEXT NOT NULL, means TEXT NOT NULL, "by" TEXT NOT NULL,'
        " \"at\" TEXT NOT NULL, removed_by TEXT NOT NULL DEFAULT '', removed_at TEXT)"
    )
    db.conn.execute("CREATE UNIQUE INDEX glossary_in_force ON glossary (said, means) WHERE removed_at IS NULL")


STEPS = (
    *(m001_facts, m002_conversations, m003_batches, m004_questions, m005_coordinators, m006_audit),
    *(m007_erasures, m008_glossary),
)
_NAMES = frozenset(step.__name__ for step in STEPS)


def applied(connection: sqlite3.Connection) -> frozenset[str]:
    """The names of the migrations that this file has seen."""
    listed = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
    if connection.execute(listed).fetchone() is None:
        return frozenset()
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (NAME,))
    return frozenset(row[0] for row in rows)


def unknown_migrations(connection: sqlite3.Connection) -> frozenset[str]:
    """Names that a newer version has applied to this file and that this version has never heard of."""
    return applied(connection) - _NAMES


def is_current(connection: sqlite3.Connection) -> bool:
    return applied(connection) >= _NAMES


def upgrade(connection: sqlite3.Connection) -> None:
    """Runs what is pending, all or nothing. The caller has checked that nothing is unknown."""
    if is_current(connection):
        return
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(NAME)
    for step in STEPS:
        migrations()(step)
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(Database(connection, execute_plugins=False))
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def install_id(connection: sqlite3.Connection) -> str:
    return str(connection.execute("SELECT value FROM meta WHERE key = 'install_id'").fetchone()[0])
