"""The history as a chain: each change is sealed together with the seal before it, so that no row can be edited, removed or
moved without breaking those that follow. How many there are, and the last seal, are kept apart: a chain does not show by
itself that its end is missing.

The key is kept apart (`knowledge.storage.keys`). Against somebody who has it and rewrites everything, note the head that
`entente doctor` shows somewhere else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
from collections.abc import Sequence
from typing import Final

from knowledge.ports import Audit, Reseal
from knowledge.storage.codec import checksum, moment_from_text
from knowledge.storage.people import digest

SEALED: Final = 'seq, record_id, "at", "by", verb, reason, before, after, batch, undoes'
Row = Sequence[str | int | None]
_MOST_TOLD: Final = 20


def checked(row: Row) -> str:
    """The checksum that stands beside a row of SEALED."""
    return checksum(*(None if value is None else str(value) for value in row))


def seal(key: str, previous: str, row: Row) -> str:
    """The seal of one row of SEALED after the seal before it ("" for the first)."""
    text = json.dumps([previous, *row], separators=(",", ":"))
    return hmac.new(bytes.fromhex(key), text.encode(), hashlib.sha256).hexdigest()[:32]


def sealed(connection: sqlite3.Connection, row: Row, key: str = "") -> str:
    """The seal of the next row, which becomes the head of the chain. Without a key, the one that older bases hold."""
    count, head = end(connection)
    made = seal(key or _meta(connection, "audit_key"), head, row)
    keep_head(connection, count + 1, made)
    return made


def end(connection: sqlite3.Connection) -> tuple[int, str]:
    """How many changes were written, and the seal of the last one."""
    return int(_meta(connection, "audit_count")), _meta(connection, "audit_head")


def keep_head(connection: sqlite3.Connection, count: int, head: str) -> None:
    values = (("audit_count", str(count)), ("audit_head", head))
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)


def verify(connection: sqlite3.Connection, key: str) -> Audit:
    """Goes through the whole history. Each fault is a line; an altered row is told once, not with all that follow it."""
    faults, previous, last, count = [], "", 0, 0
    latest: dict[str, str] = {}
    for *row, mark in connection.execute(f"SELECT {SEALED}, mark FROM changes ORDER BY seq"):
        count += 1
        if row[0] != last + 1:
            faults.append(f"changes {last + 1} to {row[0] - 1} are missing")
        elif seal(key, previous, row) != mark:
            faults.append(f"change {row[0]} was altered")
        previous, last, latest[row[1]] = mark, row[0], row[7]
    written, head = end(connection)
    if (count, previous) != (written, head):
        faults.append(f"the history ends at change {last}, and {written} were written")
    for record_id, body in connection.execute("SELECT id, body FROM records"):
        if latest.pop(record_id, None) != body:
            faults.append(f"the record {record_id} is not what its history says")
    faults += [f"the record {record_id} is gone" for record_id in latest]
    people = connection.execute("SELECT token, salt, name FROM people WHERE name IS NOT NULL")
    faults += [
        f"the name of the author {token} was altered" for token, salt, name in people if not _is(token, salt, name)
    ]
    reseals = []
    for *told, mark in connection.execute('SELECT "at", why, before, after, mark FROM reseals ORDER BY rowid'):
        reseals.append(Reseal(moment_from_text(told[0]), *told[1:]))
        if seal(key, "reseal", told) != mark:
            faults.append(f"what is written of the reseal of {told[0]} was altered")
    return Audit(count, head, tuple(faults[:_MOST_TOLD]), tuple(reseals))


def _is(token: str, salt: str, name: str) -> bool:
    try:
        return digest(salt, name) == token
    except ValueError:
        return False


def _meta(connection: sqlite3.Connection, key: str) -> str:
    return str(connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()[0])
