"""The thread that writes, the connections that read."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from knowledge.ports import StoreUnavailable
from knowledge.storage import connections, files
from knowledge.storage.connections import Readers, Writer


class Abrupt(BaseException):
    """What ends a thread without being an error of its work."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "base.db"
    files.prepare(path)
    return path


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    opened = Writer(partial(files.connect, path), partial(files.unavailable, path))
    yield opened
    opened.close()


@pytest.fixture
def readers(path: Path) -> Iterator[Readers]:
    opened = Readers(partial(files.connect, path, read_only=True), partial(files.unavailable, path))
    yield opened
    opened.close()


def mark(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO meta VALUES ('mark', 'x')")


def is_marked(readers: Readers) -> bool:
    with readers.borrow() as connection:
        return connection.execute("SELECT 1 FROM meta WHERE key = 'mark'").fetchone() is not None


def test_connections_are_set_up_for_durability(writer: Writer, readers: Readers) -> None:
    def pragmas(connection: sqlite3.Connection) -> tuple[object, ...]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema", "query_only")
        return tuple(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)

    assert writer.run(pragmas) == ("wal", 2, 1, 5000, 0, 0)
    with readers.borrow() as connection:
        assert pragmas(connection) == ("wal", 2, 1, 5000, 0, 1)


def test_a_lent_connection_cannot_write(readers: Readers) -> None:
    with pytest.raises(StoreUnavailable, match="base.db is read-only"), readers.borrow() as connection:
        mark(connection)


def test_a_job_is_in_the_file_when_it_returns(writer: Writer, readers: Readers) -> None:
    writer.run(mark)
    assert is_marked(readers)


def test_a_job_that_fails_half_way_is_undone(writer: Writer, readers: Readers) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        mark(connection)
        raise LookupError("half way")

    with pytest.raises(LookupError, match="half way"):
        writer.run(fail)
    assert not is_marked(readers)
    writer.run(mark)


def test_a_thread_that_dies_is_said_its_work_undone_and_itself_replaced(
    writer: Writer, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    died = []
    monkeypatch.setattr(threading, "excepthook", lambda args: died.append((args.exc_type, args.thread)))

    def die(connection: sqlite3.Connection) -> threading.Thread:
        mark(connection)
        raise Abrupt

    thread = writer.run(lambda connection: threading.current_thread())
    with pytest.raises(StoreUnavailable, match="try again"):
        writer.run(die)
    thread.join()
    assert died == [(Abrupt, thread)]
    assert not is_marked(readers)
    writer.run(mark)
    assert is_marked(readers)


def test_jobs_behind_one_that_kills_the_thread_are_refused_not_forgotten(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", lambda args: None)
    started, go = threading.Event(), threading.Event()
    refused: list[str] = []

    def die(connection: sqlite3.Connection) -> None:
        started.set()
        go.wait(10)
        raise Abrupt

    def submit(work: object) -> None:
        with pytest.raises(StoreUnavailable) as caught:
            writer.run(work)  # type: ignore[arg-type]
        refused.append(caught.value.reason)

    writing = writer.run(lambda connection: threading.current_thread())
    first = threading.Thread(target=submit, args=(die,))
    first.start()
    started.wait(10)
    others = [threading.Thread(target=submit, args=(mark,)) for _ in range(5)]
    for other in others:
        other.start()
    while writer.waiting < 5:
        pass
    go.set()
    for thread in (first, *others, writing):
        thread.join(10)
    assert refused == ["writing stopped unexpectedly, try again"] * 6


def test_more_jobs_than_can_wait_are_refused(writer: Writer, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "WAITING_LIMIT", 1)
    small = Writer(partial(files.connect, path), partial(files.unavailable, path))
    started, go = threading.Event(), threading.Event()

    def wait(connection: sqlite3.Connection) -> None:
        started.set()
        go.wait(10)

    busy = [threading.Thread(target=small.run, args=(wait,)) for _ in range(2)]
    busy[0].start()
    started.wait(10)
    busy[1].start()
    while small.waiting < 1:
        pass
    with pytest.raises(StoreUnavailable, match="too many"):
        small.run(mark)
    go.set()
    small.close()


def test_a_base_that_cannot_be_opened_is_tried_again_at_the_next_job(
    writer: Writer, readers: Readers, path: Path
) -> None:
    hidden = path.rename(path.with_name("away.db"))
    with pytest.raises(StoreUnavailable, match="base.db cannot be opened"):
        writer.run(mark)
    with pytest.raises(StoreUnavailable, match="base.db cannot be opened"):
        is_marked(readers)
    hidden.rename(path)
    writer.run(mark)
    assert is_marked(readers)


def test_a_lock_held_by_another_program_is_said_when_patience_ends(path: Path) -> None:
    def impatient() -> sqlite3.Connection:
        connection = files.connect(path)
        connection.execute("PRAGMA busy_timeout=20")
        return connection

    other = files.connect(path)
    other.execute("BEGIN IMMEDIATE")
    writer = Writer(impatient, partial(files.unavailable, path))
    with pytest.raises(StoreUnavailable, match="base.db is locked by another program"):
        writer.run(mark)
    other.execute("ROLLBACK")
    writer.run(mark)
    writer.close()
    other.close()
