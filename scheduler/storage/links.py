"""The addresses of calendars: in memory, or in the file of the facts, in a set of migrations of their own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import astuple, replace
from threading import Lock
from typing import TYPE_CHECKING

from scheduler.ports import Database
from scheduler.values import Link, Scope

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables

NAME = "calendars"


class MemoryLinks:
    """Implements `scheduler.ports.Links`, for as long as the process runs."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._links: dict[int, Link] = {}

    def link(self, number: int) -> Link | None:
        return self._links.get(number)

    def ensure(self, scope: Scope, lang: str, token: str) -> Link:
        with self._lock:
            known = next((one for one in self._links.values() if (one.scope, one.lang) == (scope, lang)), None)
            made = known or Link(len(self._links) + 1, scope, lang, token)
            self._links[made.number] = made
            return made

    def renew(self, scope: Scope, make: Callable[[], str]) -> int:
        with self._lock:
            found = [one for one in self._links.values() if one.scope == scope]
            self._links |= {one.number: replace(one, token=make()) for one in found}
            return len(found)


class SqliteLinks:
    """Implements `scheduler.ports.Links` on the database that keeps the facts."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.run(_upgrade)

    def link(self, number: int) -> Link | None:
        with self._database.borrow() as connection:
            row = connection.execute(
                "SELECT id, scope, lang, token FROM calendar_links WHERE id = ?", (number,)
            ).fetchone()
        return _link(row) if row else None

    def ensure(self, scope: Scope, lang: str, token: str) -> Link:
        def work(connection: sqlite3.Connection) -> Link:
            asked = (_text(scope), lang)
            connection.execute(
                "INSERT INTO calendar_links (scope, lang, token) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (*asked, token),
            )
            row = connection.execute(
                "SELECT id, scope, lang, token FROM calendar_links WHERE scope = ? AND lang = ?", asked
            ).fetchone()
            return _link(row)

        return self._database.run(work)

    def renew(self, scope: Scope, make: Callable[[], str]) -> int:
        def work(connection: sqlite3.Connection) -> int:
            rows = connection.execute("SELECT id FROM calendar_links WHERE scope = ?", (_text(scope),)).fetchall()
            for (number,) in rows:
                connection.execute("UPDATE calendar_links SET token = ? WHERE id = ?", (make(), number))
            return len(rows)

        return self._database.run(work)


def _m001_links(db: Tables) -> None:
    """One row an address. A number is never given twice, so that an old address can never open another calendar."""
    db.conn.execute(
        "CREATE TABLE calendar_links (id INTEGER PRIMARY KEY AUTOINCREMENT, scope TEXT NOT NULL, lang TEXT NOT NULL,"
        " token TEXT NOT NULL, UNIQUE (scope, lang))"
    )


def _upgrade(connection: sqlite3.Connection) -> None:
    from sqlite_utils import Database as Tables
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(NAME)
    migrations()(_m001_links)
    migrations.apply(Tables(connection, execute_plugins=False))


def _text(scope: Scope) -> str:
    return json.dumps(astuple(scope), separators=(",", ":"))


def _link(row: tuple[int, str, str, str]) -> Link:
    number, scope, lang, token = row
    return Link(number, Scope(*json.loads(scope)), lang, token)
