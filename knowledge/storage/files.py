"""The file of the SQLite store on its disk: is it ours, who holds it, and how to open it.

A file that is not ours is never touched: its header is read as bytes before SQLite opens it. Beside `base.db` stands
`base.db.lock`, which one process holds while it writes and which remembers that the base once held something: SQLite
itself would open an emptied file as a new base without a word.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from pathlib import Path

from knowledge.ports import StoreUnavailable
from knowledge.storage import schema

_MAGIC = b"SQLite format 3\0"
_PRAGMAS = ("secure_delete=ON", "foreign_keys=ON", "busy_timeout=5000", "trusted_schema=OFF")
_REASONS = (
    ("full", "the disk is full, {name} could not be written"),
    ("readonly", "{name} is read-only"),
    ("locked", "{name} is locked by another program"),
    ("not a database", "{name} is not a SQLite file"),
    ("malformed", "{name} is damaged, restore a backup"),
    ("disk i/o", "{name} could not be written or read (disk error or full disk)"),
    ("unable to open", "{name} cannot be opened, check the folder and its rights"),
)


def unavailable(path: Path, error: Exception) -> StoreUnavailable:
    """The one line to show for an error of SQLite or of the disk."""
    if isinstance(error, OSError):
        return StoreUnavailable(f"{path.name} cannot be used: {error.strerror or error}")
    text = str(error).lower()
    sentence = next((sentence for sign, sentence in _REASONS if sign in text), "{name} cannot be used: " + str(error))
    return StoreUnavailable(sentence.replace("{name}", path.name))


def connect(path: Path, read_only: bool = False) -> sqlite3.Connection:
    """A connection that leaves transactions to its caller and may be handed from thread to thread, one at a time."""
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in (*_PRAGMAS, "query_only=ON" if read_only else "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        if not read_only and connection.execute("PRAGMA journal_mode=WAL").fetchone()[0] != "wal":
            raise StoreUnavailable(f"the folder of {path.name} does not allow safe writing (a network drive?)")
    except BaseException:
        connection.close()
        raise
    return connection


def inspect(path: Path) -> bool:
    """Whether a base is there. False: no file, or an empty one. StoreUnavailable: the file is not ours."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return False
    if not header:
        return False
    if not header.startswith(_MAGIC):
        raise StoreUnavailable(f"{path.name} is not a SQLite file; it was left as it is")
    if int.from_bytes(header[68:72], "big") != schema.APPLICATION_ID:
        raise StoreUnavailable(f"{path.name} belongs to another program; it was left as it is")
    return True


def check(path: Path, read_only: bool) -> None:
    """Refuses, without writing to it, a base of ours that this version cannot use."""
    connection = connect(path, read_only=True)
    try:
        if schema.unknown_migrations(connection):
            raise StoreUnavailable(f"{path.name} was written by a newer version of Entente; install that version")
        if read_only and not schema.is_current(connection):
            raise StoreUnavailable(f"{path.name} needs an upgrade: start the bot once")
        if not read_only and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise StoreUnavailable(f"{path.name} is damaged, restore a backup")
    finally:
        connection.close()


def prepare(path: Path) -> str:
    """Creates the base or brings it up to date, and returns its install id. The caller holds the lock."""
    if inspect(path):
        _undo_what_was_cut_short(path)
    if inspect(path):
        check(path, read_only=False)
    else:
        _mark_as_ours(path)
    connection = connect(path)
    try:
        schema.upgrade(connection)
        return schema.install_id(connection)
    finally:
        connection.close()


def _undo_what_was_cut_short(path: Path) -> None:
    """Rolls back what a process was doing when it was killed before write-ahead logging was on: a connection that only reads
    may not. Where that was the creation of the base, the file is empty after it."""
    if path.with_name(f"{path.name}-journal").exists():
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA schema_version")
        finally:
            connection.close()


def _mark_as_ours(path: Path) -> None:
    # The mark goes into the header in the very first transaction, before write-ahead logging: a base cut short while it
    # is being created is still recognised as ours.
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
    finally:
        connection.close()


class ProcessLock:
    """Held by the one process that may write to the base. Remembers, in its file, that the base exists."""

    def __init__(self, path: Path) -> None:
        self._base = path
        self._file = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._file)
            raise StoreUnavailable(f"another Entente is already using {path.name}") from error

    def known(self) -> str:
        """The install id of the base that was here, or nothing."""
        return os.pread(self._file, 200, 0).decode("ascii", "replace").strip()

    def refuse_loss(self) -> None:
        """An empty or missing file where a base was known is an accident, not a first start."""
        if self.known() and not inspect(self._base):
            name = self._base.name
            raise StoreUnavailable(f"{name} held a base and is now empty or gone: restore it, or remove {name}.lock")

    def remember(self, install_id: str) -> None:
        if self.known() != install_id:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, f"{install_id}\n".encode(), 0)

    def release(self) -> None:
        os.close(self._file)
