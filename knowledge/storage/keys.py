"""The key that seals the history, kept apart from the file that it protects: whoever edits the base alone cannot seal it again.

It is given with the environment, or lies in a file that only its owner may read; in the base stands its fingerprint, to
tell another key from an altered history. A base that holds its key itself, as older ones do, gives it away at the first
start. Where the key is gone the bot goes on with a new one: the history is sealed with it as it stands, and that is written
down, with the last seal that it had.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from knowledge.ports import StoreUnavailable
from knowledge.storage import chain, rewriting
from knowledge.storage.codec import moment_to_text

_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FINGERPRINT: Final = "audit_key_id"
_INSIDE: Final = "audit_key"


@dataclass(frozen=True, slots=True)
class SealKey:
    """Where the key is: `given` itself, as any text (from `place`, a name to show), or in a `file` (None: beside the base,
    with `.key` behind its name). `at` is the moment of this start, in UTC."""

    given: str = ""
    place: str = ""
    file: Path | None = None
    at: datetime = _NEVER

    def beside(self, base: Path) -> Path:
        return self.file or base.with_name(base.name + ".key")

    def shown(self, base: Path) -> str:
        """Where it is, for whoever looks after the machine."""
        return self.place if self.given else self.beside(base).name

    def read(self, base: Path) -> str:
        """The key as 64 hexadecimal digits, "" where there is none yet. Raises StoreUnavailable for a file that is no key."""
        if self.given:
            return hashlib.sha256(self.given.encode()).hexdigest()
        return _in_file(self.beside(base))

    def is_open(self, base: Path) -> bool:
        """Whether others than its owner may read the file."""
        file = self.beside(base)
        return not self.given and file.exists() and bool(file.stat().st_mode & 0o077)


BESIDE: Final = SealKey()
"""A key in a file beside the base."""


def settle(connection: sqlite3.Connection, key: SealKey, base: Path) -> str:
    """The key to seal with from now on: moved out of the base, changed or made where need be. Returns it as hexadecimal digits.
    In a transaction of the caller."""
    inside, known, wanted = _meta(connection, _INSIDE), _meta(connection, _FINGERPRINT), key.read(base)
    if known and wanted and fingerprint(wanted) == known:
        return wanted
    if not wanted:
        wanted = inside or os.urandom(32).hex()
        _write(key.beside(base), wanted)
    beside = _in_file(key.beside(base))
    before = inside or (beside if known and fingerprint(beside) == known else None)
    if before != wanted:
        why = "another key" if before else "its key was gone, nothing could be checked"
        rewriting.rewrite(connection, lambda row: row, moment_to_text(key.at), why, (before, wanted))
    connection.execute("DELETE FROM meta WHERE key = ?", (_INSIDE,))
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_FINGERPRINT, fingerprint(wanted)))
    return wanted


def is_inside(connection: sqlite3.Connection) -> bool:
    """Whether the base holds its key itself."""
    return bool(_meta(connection, _INSIDE))


def fits(connection: sqlite3.Connection, key: str) -> bool:
    """Whether the history was sealed with this key."""
    return bool(key) and fingerprint(key) == _meta(connection, _FINGERPRINT)


def fingerprint(key: str) -> str:
    return chain.seal(key, "fingerprint", ()) if key else ""


def _in_file(file: Path) -> str:
    try:
        text = file.read_text("ascii").strip()
        if len(bytes.fromhex(text)) == 32:
            return text.lower()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise StoreUnavailable(f"{file.name}, which seals the history, cannot be read: {error.strerror}") from error
    except ValueError:
        pass
    raise StoreUnavailable(f"{file.name} does not hold the key of the history: put it back, or move that file away")


def _write(file: Path, key: str) -> None:
    """On the disk before the base counts on it, and for its owner's eyes only."""
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(made, f"{key}\n".encode())
            os.fsync(made)
        finally:
            os.close(made)
    except OSError as error:
        raise StoreUnavailable(f"{file.name}, which seals the history, cannot be written: {error.strerror}") from error


def _meta(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (name,)).fetchone()
    return str(row[0]) if row else ""
