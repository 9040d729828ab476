"""Names of people, in a table of their own. Everywhere else in the history stands a token: the salted digest of the name.

To forget a person is to drop name and salt from that table. The history stays as it was written, with a token that nothing
leads back to a name from; somebody who comes back later gets another one.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from knowledge.records import FORMER_MEMBER
from knowledge.storage.codec import storable
from knowledge.storage.erasing import Eraser


def names(connection: sqlite3.Connection) -> Mapping[str, str]:
    """The name behind each token, FORMER_MEMBER for who was forgotten."""
    rows = connection.execute("SELECT token, name FROM people")
    return {token: FORMER_MEMBER if name is None else name for token, name in rows}


def token_of(connection: sqlite3.Connection, name: str) -> str:
    """The token of a name, made when it is first met; nothing for nobody."""
    if name in ("", FORMER_MEMBER):
        return name
    name = storable(name)
    row = connection.execute("SELECT token FROM people WHERE name = ?", (name,)).fetchone()
    if row is None:
        salt = connection.execute("SELECT hex(randomblob(16))").fetchone()[0]
        row = (digest(salt, name),)
        connection.execute("INSERT INTO people VALUES (?, ?, ?)", (row[0], salt, name))
    return str(row[0])


def known_token(connection: sqlite3.Connection, name: str) -> str:
    """The token of a name that has been met, or nothing."""
    row = connection.execute("SELECT token FROM people WHERE name = ?", (storable(name),)).fetchone()
    return str(row[0]) if row else ""


def digest(salt: str, name: str) -> str:
    return "person:" + hashlib.blake2b(name.encode(), key=bytes.fromhex(salt), digest_size=12).hexdigest()


def swapped(plain: Mapping[str, Any], swap: Callable[[str], str]) -> dict[str, Any]:
    """A record as plain data with each name of a person in it exchanged: its owner, and who verified its sources."""
    found = dict(plain)
    if found.get("owner"):
        found["owner"] = swap(found["owner"])
    if "source" in found:
        found["source"] = _source(found["source"], swap)
    if "other_sources" in found:
        found["other_sources"] = [_source(source, swap) for source in found["other_sources"]]
    return found


def _source(plain: Mapping[str, Any], swap: Callable[[str], str]) -> dict[str, Any]:
    return {**plain, "verified_by": swap(plain["verified_by"])} if plain.get("verified_by") else dict(plain)


def forget(connection: sqlite3.Connection, eraser: Eraser) -> None:
    """Drops a person's names and what their conversations left behind; where others speak of them, FORMER_MEMBER stands."""
    for name in eraser.known:
        connection.execute("UPDATE people SET name = NULL, salt = '' WHERE name = ?", (name,))
        connection.execute("DELETE FROM feedback WHERE person = ?", (name,))
        connection.execute("DELETE FROM coordinators WHERE person = ?", (name,))
        connection.execute('UPDATE coordinators SET "by" = ? WHERE "by" = ?', (FORMER_MEMBER, name))
        connection.execute("DELETE FROM topics WHERE person = ?", (name,))
    for table, column in (("topics", "thread"), ("sightings", "event")):
        keys = [row[0] for row in connection.execute(f"SELECT {column} FROM {table}") if eraser.named_in(row[0])]
        connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(key,) for key in keys])
    for thread, topic in connection.execute("SELECT thread, topic FROM topics").fetchall():
        plain = json.loads(topic)
        if (left := eraser.of_speech(plain)) != plain:
            connection.execute("UPDATE topics SET topic = ? WHERE thread = ?", (json.dumps(left), thread))
