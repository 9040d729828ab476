"""The tables of the SQLite store, as named migrations that run in order and are recorded in the file.

A migration that has been released is never edited: a new one is added below. All that are pending run in one
transaction, so that an upgrade cut short leaves the file as it was.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

APPLICATION_ID = 0x454E5454
"""Marks the file as ours (the letters ENTT), at byte 68 of its header."""

knowledge = Migrations("knowledge")


@knowledge()
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


@knowledge()
def m002_conversations(db: Database) -> None:
    """What threads are about, deliveries already seen, ratings of answers."""
    db.conn.execute("CREATE TABLE topics (thread TEXT PRIMARY KEY, topic TEXT NOT NULL, expires TEXT NOT NULL)")
    db.conn.execute('CREATE TABLE sightings (event TEXT PRIMARY KEY, "at" TEXT NOT NULL)')
    db.conn.execute(
        'CREATE TABLE feedback (answer TEXT NOT NULL, person TEXT NOT NULL, verdict TEXT NOT NULL, "at" TEXT NOT NULL,'
        " PRIMARY KEY (answer, person))"
    )


def unknown_migrations(db: Database) -> tuple[str, ...]:
    """Names that a newer version has applied to this file and that this version has never heard of."""
    blank = Database(memory=True, execute_plugins=False)
    known = {migration.name for migration in knowledge.pending(blank)}
    blank.close()
    return tuple(migration.name for migration in knowledge.applied(db) if migration.name not in known)


def is_current(db: Database) -> bool:
    return not knowledge.pending(db)


def upgrade(db: Database) -> None:
    """Runs what is pending, all or nothing. The caller has checked that nothing is unknown."""
    if is_current(db):
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        knowledge.apply(db)
        db.conn.execute("COMMIT")
    except BaseException:
        db.conn.rollback()
        raise


def install_id(db: Database) -> str:
    return str(db.conn.execute("SELECT value FROM meta WHERE key = 'install_id'").fetchone()[0])
