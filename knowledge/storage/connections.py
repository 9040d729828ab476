"""One thread that writes and a handful of connections that read: who may touch SQLite, and when.

A single writing connection cannot meet "database is locked" among our own threads, and never runs a checkpoint against
another writer (which SQLite before 3.51.3 may answer with a damaged file).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from queue import Empty, Full, Queue
from threading import Lock, Thread
from typing import Any, Generic, TypeVar

from knowledge.ports import StoreUnavailable

T = TypeVar("T")
Connect = Callable[[], sqlite3.Connection]
Explain = Callable[[Exception], StoreUnavailable]
WAITING_LIMIT = 1000
IDLE_READERS = 8


class _Job(Generic[T]):
    """A piece of work and the reply that its caller waits for."""

    def __init__(self, work: Callable[[sqlite3.Connection], T], in_transaction: bool) -> None:
        self.work, self.in_transaction = work, in_transaction
        self.reply: Future[T] = Future()

    def run(self, connection: sqlite3.Connection) -> None:
        """The work in one transaction, committed before the caller hears of it. BEGIN IMMEDIATE takes the lock at once: a
        deferred BEGIN that later finds it taken fails without waiting."""
        if not self.in_transaction:
            self.reply.set_result(self.work(connection))
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = self.work(connection)
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                connection.rollback()
            raise
        self.reply.set_result(result)


class Writer:
    """Runs jobs one after another in a thread of its own. A thread that dies is replaced at the next job."""

    def __init__(self, connect: Connect, explain: Explain) -> None:
        self._connect, self._explain = connect, explain
        self._jobs: Queue[_Job[Any] | None] = Queue(WAITING_LIMIT)
        self._lock = Lock()
        self._thread: Thread | None = None
        self._closed = False

    def run(self, work: Callable[[sqlite3.Connection], T], in_transaction: bool = True) -> T:
        """Waits for the result. Errors of SQLite come out as StoreUnavailable, those of `work` itself as they are; in both
        cases nothing was written."""
        job = _Job(work, in_transaction)
        with self._lock:
            if self._closed:
                raise StoreUnavailable("the store is closed")
            if self._thread is None:
                self._thread = Thread(target=self._serve, name="entente-writer", daemon=True)
                self._thread.start()
            try:
                self._jobs.put_nowait(job)
            except Full:
                raise StoreUnavailable("too many changes are waiting to be written") from None
        return job.reply.result()

    @property
    def waiting(self) -> int:
        """How many jobs stand in the queue, without the one at hand."""
        return self._jobs.qsize()

    def close(self) -> None:
        """Finishes the jobs that wait, then stops."""
        with self._lock:
            self._closed = True
            thread = self._thread
        if thread is not None:
            self._jobs.put(None)
            thread.join()

    def _serve(self) -> None:
        connection: sqlite3.Connection | None = None
        job: _Job[Any] | None = None
        try:
            while (job := self._jobs.get()) is not None:
                try:
                    connection = connection or self._connect()
                    job.run(connection)
                except (sqlite3.Error, OSError) as error:
                    # A connection that met a full or failing disk is not trusted again; the next job opens another.
                    if connection is not None:
                        connection.close()
                    connection = None
                    job.reply.set_exception(self._explain(error))
                except Exception as error:  # noqa: BLE001 - the caller, who waits, is the one to handle it
                    job.reply.set_exception(error)
        finally:
            self._bury(job)
            if connection is not None:
                connection.close()

    def _bury(self, job: _Job[Any] | None) -> None:
        """Nobody may wait for a thread that is gone: the job at hand and those behind it fail."""
        with self._lock:
            self._thread = None
            while job is not None or not self._jobs.empty():
                if job is not None and not job.reply.done():
                    job.reply.set_exception(StoreUnavailable("writing stopped unexpectedly, try again"))
                try:
                    job = self._jobs.get_nowait()
                except Empty:
                    job = None


class Readers:
    """Lends read-only connections, each to one thread at a time. They cannot write, nor run a checkpoint."""

    def __init__(self, connect: Connect, explain: Explain) -> None:
        self._connect, self._explain = connect, explain
        self._idle: list[sqlite3.Connection] = []
        self._lock = Lock()
        self._closed = False

    @contextmanager
    def borrow(self) -> Iterator[sqlite3.Connection]:
        connection = self._take()
        try:
            yield connection
        except sqlite3.Error as error:
            connection.close()
            raise self._explain(error) from error
        except BaseException:
            connection.close()
            raise
        with self._lock:
            keep = not self._closed and len(self._idle) < IDLE_READERS
            if keep:
                self._idle.append(connection)
        if not keep:
            connection.close()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise StoreUnavailable("the store is closed")
            if self._idle:
                return self._idle.pop()
        try:
            return self._connect()
        except (sqlite3.Error, OSError) as error:
            raise self._explain(error) from error
