"""The file that everything shares: opened once, written by one thread, read by many, closed in the right order."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TypeVar

from knowledge.ports import StoreUnavailable
from knowledge.storage import files
from knowledge.storage.connections import Readers, Writer

T = TypeVar("T")


class SqliteDatabase:
    """One base. Raises StoreUnavailable, with one line, when the file cannot be used.

    `read_only` opens beside a running bot: it takes no lock, creates nothing, and refuses every write.
    """

    def __init__(self, path: Path | str, read_only: bool = False) -> None:
        self._path = Path(path).expanduser().resolve()
        explain = partial(files.unavailable, self._path)
        self._readers = Readers(partial(files.connect, self._path, read_only=True), explain)
        self._writer = None if read_only else Writer(partial(files.connect, self._path), explain)
        self._lock: files.ProcessLock | None = None
        self._owed = False
        try:
            if read_only:
                self._open_beside()
            else:
                self._lock = self._claim()
        except (sqlite3.Error, OSError) as error:
            raise explain(error) from error

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs `work` in the one writing thread, in one transaction that is on the disk before this returns; what it raises
        undoes all of it. Other parts that keep tables of their own in this file write through here."""
        if self._writer is None:
            raise StoreUnavailable(f"{self._path.name} was opened for reading only")
        return self._writer.run(work)

    def wipe(self) -> None:
        """Leaves on the disk nothing of what was deleted: pages may hold a copy of a row that was moved within them, so each is
        written anew, and the write-ahead log, where older ones stand, is emptied. Where another program reads in it just then,
        that is owed until the next `wipe_what_is_owed`, or until the base is closed."""

        def clean(connection: sqlite3.Connection) -> bool:
            connection.execute("VACUUM")
            return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])

        if self._writer is not None:
            self._owed = True
            self._owed = self._writer.run(clean, in_transaction=False)

    def wipe_what_is_owed(self) -> None:
        if self._owed:
            self.wipe()

    def borrow(self) -> AbstractContextManager[sqlite3.Connection]:
        """A read-only connection for the length of a `with`."""
        return self._readers.borrow()

    def close(self) -> None:
        # The writing connection goes last: only that one can fold the write-ahead log back into the file.
        self._readers.close()
        if self._writer is not None:
            self._writer.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _claim(self) -> files.ProcessLock:
        """Takes the lock, creates or upgrades the base, and has the writing thread open its connection."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = files.ProcessLock(self._path)
        try:
            lock.refuse_loss()
            lock.remember(files.prepare(self._path))
            self.run(lambda connection: None)
        except BaseException:
            lock.release()
            raise
        return lock

    def _open_beside(self) -> None:
        if not files.inspect(self._path):
            raise StoreUnavailable(f"there is no base at {self._path.name} yet")
        files.check(self._path, read_only=True)
