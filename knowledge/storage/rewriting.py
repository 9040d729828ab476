"""The only place where the history is changed: to take a person out of it, or to seal it with another key.

What was whole is whole again afterwards, what was not is still seen: a row whose seal did not fit keeps it, and a head that
did not fit stays. Each time is written down with the last seal before and after, for whoever noted the one before.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from knowledge.storage import chain
from knowledge.storage.codec import checksum
from knowledge.storage.erasing import Eraser

_REFUSED = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'changes'"
_UPDATE = "UPDATE changes SET reason = ?, before = ?, after = ?, checksum = ?, mark = ? WHERE seq = ?"


def erase(connection: sqlite3.Connection, eraser: Eraser, at: str, key: str) -> None:
    """Takes a person out of what facts said and why they were changed; nothing is sealed again where nothing was found."""

    def without(row: chain.Row) -> chain.Row:
        *start, reason, before, after, batch, undoes = row
        bodies = (_cleaned(body, eraser) for body in (before, after))
        return (*start, eraser.of_speech(reason), *bodies, batch, undoes)

    for record_id, body in connection.execute("SELECT id, body FROM records").fetchall():
        if (text := _cleaned(body, eraser)) != body:
            values = (text, checksum(record_id, text), record_id)
            connection.execute("UPDATE records SET body = ?, checksum = ? WHERE id = ?", values)
    rewrite(connection, without, at, "erasure", (key, key))


def rewrite(
    connection: sqlite3.Connection,
    change: Callable[[chain.Row], chain.Row],
    at: str,
    why: str,
    keys: tuple[str | None, str],
) -> None:
    """Puts what `change` makes of each row in its place, and seals what follows the first that differs. `keys` are the one that
    it was sealed with (None: it is gone, and every seal is taken for right) and the one to seal with."""
    (before, key), (written, head) = keys, chain.end(connection)
    query = f"SELECT {chain.SEALED}, mark FROM changes ORDER BY seq"
    old, new, updates = "", "", []
    for *row, mark in connection.execute(query):
        becomes = change(row)
        fits = before is None or chain.seal(before, old, row) == mark
        old, new = mark, chain.seal(key, new, becomes) if fits else mark
        if list(becomes) != row or new != mark:
            updates.append((*becomes[5:8], chain.checked(becomes), new, row[0]))
    if not updates:
        return
    refusals = connection.execute(_REFUSED).fetchall()
    for name, _ in refusals:
        connection.execute(f"DROP TRIGGER {name}")
    connection.executemany(_UPDATE, updates)
    for _, trigger in refusals:
        connection.execute(trigger)
    if old == head:
        chain.keep_head(connection, written, new)
    if before != key:
        _seal_reseals(connection, before, key)
    row = (at, why, head, new)
    connection.execute("INSERT INTO reseals VALUES (?, ?, ?, ?, ?)", (*row, chain.seal(key, "reseal", row)))


def _seal_reseals(connection: sqlite3.Connection, before: str | None, key: str) -> None:
    for number, *row, mark in connection.execute(
        'SELECT rowid, "at", why, before, after, mark FROM reseals'
    ).fetchall():
        if before is None or chain.seal(before, "reseal", row) == mark:
            values = (chain.seal(key, "reseal", row), number)
            connection.execute("UPDATE reseals SET mark = ? WHERE rowid = ?", values)


def _cleaned(body: str | int | None, eraser: Eraser) -> str | None:
    """A stored record without the ids of that person; the very same text where they are not in it."""
    if not isinstance(body, str):
        return None
    plain = json.loads(body)
    left = eraser.of_fact(plain)
    return body if left == plain else json.dumps(left, separators=(",", ":"))
