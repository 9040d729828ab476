"""What only the SQLite store does: survive crashes, refuse files that are not its own, share its file safely."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.ports import StoreUnavailable
from knowledge.records import Record, Write
from knowledge.storage import Codec, schema
from knowledge.storage.sqlite import SqliteStore
from tests.plain_codec import PLAIN, a_record

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ROOT = Path(__file__).parents[3]
CHILD = """
import sys
from datetime import UTC, datetime
from knowledge.ports import StoreUnavailable
from knowledge.records import Write
from knowledge.storage import open_store
from tests.plain_codec import PLAIN, a_record
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "base.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(path, PLAIN)
    yield opened
    opened.close()


def add(store: SqliteStore, record_id: str) -> None:
    store.write([Write("add", a_record(record_id), "camille")], NOW)


def ids(store: SqliteStore) -> list[str]:
    return [record.id for record in store.records()]


def child(code: str, *args: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD + code, *map(str, args)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def refusal(path: Path, read_only: bool = False) -> str:
    with pytest.raises(StoreUnavailable) as caught:
        SqliteStore(path, PLAIN, read_only)
    assert "\n" not in caught.value.reason
    return caught.value.reason


def edit(path: Path, *statements: str) -> None:
    """Changes the file behind the store's back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_facts_outlive_the_store_and_the_folder_is_made_on_the_first_start(tmp_path: Path) -> None:
    path = tmp_path / "some" / "new folder é%20?" / "base.db"
    with closing(SqliteStore(path, PLAIN)) as first:
        add(first, "a-un")
        first.keep_topic("C1:1.0", {"facts": ["a-un"]}, NOW.replace(hour=20))
    with closing(SqliteStore(path, PLAIN)) as second:
        assert ids(second) == ["a-un"]
        assert second.topic("C1:1.0", NOW) == {"facts": ["a-un"]}
        assert second.last_seq() == 1
    assert sorted(file.name for file in path.parent.iterdir()) == ["base.db", "base.db.key", "base.db.lock"]


@pytest.mark.parametrize("statement", ["UPDATE changes SET by = 'x'", "DELETE FROM changes"])
def test_the_list_of_changes_cannot_be_rewritten(path: Path, store: SqliteStore, statement: str) -> None:
    add(store, "a-un")
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        edit(path, statement)
    assert store.changes()[0].by == "camille"


def test_a_process_killed_while_it_writes_loses_nothing_that_it_acknowledged(path: Path) -> None:
    code = """
store, turn = open_store(sys.argv[1], PLAIN), int(sys.argv[2])
number = 0
while True:
    batch = [Write("add", a_record(f"{turn}-{number}-{part}"), "camille") for part in "ab"]
    store.write(batch, NOW)
    print(f"{turn}-{number}", flush=True)
    number += 1
"""
    acknowledged: list[str] = []
    for turn in range(4):
        process = child(code, path, turn)
        assert process.stdout is not None
        acknowledged += [process.stdout.readline().strip() for _ in range(10 + 15 * turn)]
        process.send_signal(signal.SIGKILL)
        rest, errors = process.communicate()
        assert errors == ""
        acknowledged += [line for line in rest.split("\n")[:-1] if line]
        with closing(SqliteStore(path, PLAIN)) as store:
            kept = ids(store)
            assert {f"{name}-{part}" for name in acknowledged for part in "ab"} <= set(kept)
            assert len(kept) % 2 == 0, "half of a batch was kept"
            assert store.last_seq() == len(kept)
            assert store.audit().faults == ()
            assert {change.record_id for change in store.changes()} == set(kept)
    assert len(acknowledged) >= 130


def test_a_base_whose_creation_was_cut_short_is_made_whole_at_the_next_start(path: Path) -> None:
    # What a process leaves that is killed before write-ahead logging is on: a file of ours, and a journal to roll back.
    code = """
import os, sqlite3
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute(f"PRAGMA application_id={sys.argv[2]}")
connection.execute("PRAGMA cache_size=2")
connection.execute("BEGIN")
connection.execute("CREATE TABLE half (x)")
for _ in range(100):
    connection.execute("INSERT INTO half VALUES (zeroblob(3000))")
os._exit(0)
"""
    child(code, path, schema.APPLICATION_ID).communicate()
    assert path.with_name("base.db-journal").exists()
    with closing(SqliteStore(path, PLAIN)) as store:
        add(store, "a-un")
        assert ids(store) == ["a-un"]


def test_a_disk_that_is_full_is_said_changes_nothing_and_is_recovered_from(path: Path) -> None:
    code = """
import resource, os
store = open_store(sys.argv[1], PLAIN)
store.write([Write("add", a_record("before"), "camille")], NOW)
refused = 0
for extra in range(0, 60000, 997):
    biggest = max(os.path.getsize(sys.argv[1] + end) for end in ("", "-wal"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (biggest + extra, resource.RLIM_INFINITY))
    batch = [Write("add", a_record(f"batch-{extra}-{part}"), "camille") for part in range(20)]
    try:
        store.write(batch, NOW)
    except StoreUnavailable as error:
        refused += 1
        assert "full" in error.reason and "\\n" not in error.reason, error.reason
        assert store.get("before") and store.get(batch[0].record.id) is None
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        store.write(batch, NOW)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert len(store.records()) == store.last_seq() and store.last_seq() % 20 == 1
store.close()
print(refused, store and "done")
"""
    output, errors = child(code, path).communicate()
    assert errors == ""
    refused, done = output.split()
    assert done == "done"
    assert int(refused) >= 20
    with closing(SqliteStore(path, PLAIN)) as store:
        assert len(ids(store)) == 1 + 20 * 61


def test_eight_threads_that_write_and_read_at_once_meet_no_error(path: Path, store: SqliteStore) -> None:
    def work(person: int) -> None:
        for turn in range(50):
            add(store, f"r-{person}-{turn}")
            store.keep_topic(f"C{turn}", {"facts": [f"r-{person}-{turn}"]}, NOW.replace(hour=20))
            assert store.get(f"r-{person}-{turn}")
            assert store.first_sight(f"Ev-{person}-{turn}", NOW)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert store.last_seq() == len(store.records()) == 400


def test_a_base_is_used_by_one_bot_at_a_time(path: Path, store: SqliteStore) -> None:
    assert refusal(path) == "another Entente is already using base.db"
    link = path.with_name("other.db")
    link.symlink_to(path)
    assert "already using" in refusal(link)
    store.close()
    SqliteStore(path, PLAIN).close()


def test_a_bot_in_another_process_is_noticed_and_its_end_frees_the_base(path: Path) -> None:
    process = child("open_store(sys.argv[1], PLAIN); print('open', flush=True); sys.stdin.read()", path)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    assert "already using" in refusal(path)
    process.kill()
    process.communicate()
    SqliteStore(path, PLAIN).close()


def test_a_reader_beside_a_running_bot_sees_each_fact_as_it_is_written(path: Path, store: SqliteStore) -> None:
    add(store, "a-un")
    with closing(SqliteStore(path, PLAIN, read_only=True)) as beside:
        assert ids(beside) == ["a-un"]
        add(store, "b-deux")
        assert ids(beside) == ["a-un", "b-deux"]
        with pytest.raises(StoreUnavailable, match="reading only"):
            add(beside, "c-trois")
        with pytest.raises(StoreUnavailable, match="reading only"):
            beside.keep_topic("C1:1.0", {}, NOW)
    add(store, "c-trois")
    assert store.last_seq() == 3


def test_a_reader_alone_creates_no_base_and_changes_none(path: Path) -> None:
    assert refusal(path, read_only=True) == "there is no base at base.db yet"
    assert list(path.parent.iterdir()) == []
    with closing(SqliteStore(path, PLAIN)) as store:
        add(store, "a-un")
    before = path.read_bytes()
    with closing(SqliteStore(path, PLAIN, read_only=True)) as reader:
        assert ids(reader) == ["a-un"]
    assert path.read_bytes() == before
    SqliteStore(path, PLAIN).close()


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("content", [b"hello", b"\0" * 5000, b"SQLite format 3\0" + b"\7" * 5000, b"name;date\n" * 900])
def test_a_file_that_is_no_base_is_refused_and_left_as_it_was(path: Path, content: bytes, read_only: bool) -> None:
    path.write_bytes(content)
    assert "left as it is" in refusal(path, read_only)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused_and_left_as_it_was(path: Path) -> None:
    edit(path, "CREATE TABLE records (id TEXT)", "INSERT INTO records VALUES ('theirs')")
    before = path.read_bytes()
    assert refusal(path) == "base.db belongs to another program; it was left as it is"
    assert path.read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
def test_a_base_of_a_newer_version_is_refused_and_left_as_it_was(path: Path, read_only: bool) -> None:
    SqliteStore(path, PLAIN).close()
    edit(
        path,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('knowledge', 'm999_later', '2030')",
    )
    before = path.read_bytes()
    assert refusal(path, read_only) == "base.db was written by a newer version of Entente; install that version"
    assert path.read_bytes() == before


def test_the_migrations_of_another_part_in_the_same_file_are_no_concern(path: Path) -> None:
    SqliteStore(path, PLAIN).close()
    edit(
        path,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('outbox', 'm001_outbox', '2030')",
    )
    SqliteStore(path, PLAIN).close()


def older_base(path: Path) -> None:
    """A base as it was before conversations were kept."""
    with closing(SqliteStore(path, PLAIN)) as store:
        add(store, "a-un")
    tables = [f"DROP TABLE {table}" for table in ("topics", "sightings", "feedback")]
    edit(path, *tables, "DELETE FROM _sqlite_migrations WHERE name = 'm002_conversations'")


def test_an_older_base_is_upgraded_and_keeps_its_facts(path: Path) -> None:
    older_base(path)
    assert refusal(path, read_only=True) == "base.db needs an upgrade: start the bot once"
    with closing(SqliteStore(path, PLAIN)) as store:
        assert ids(store) == ["a-un"]
        assert store.first_sight("Ev1", NOW)
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'knowledge'").fetchall()
    assert [name for (name,) in names] == [step.__name__ for step in schema.STEPS]


def test_an_upgrade_that_fails_leaves_the_older_base_whole(path: Path) -> None:
    older_base(path)
    edit(path, "CREATE TABLE feedback (in_the_way TEXT)")
    assert "feedback" in refusal(path)
    with closing(sqlite3.connect(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "topics" not in tables
    edit(path, "DROP TABLE feedback")
    with closing(SqliteStore(path, PLAIN)) as store:
        assert ids(store) == ["a-un"]


@pytest.mark.parametrize("emptied", [True, False])
def test_a_base_that_was_emptied_or_lost_is_not_taken_for_a_first_start(path: Path, emptied: bool) -> None:
    with closing(SqliteStore(path, PLAIN)) as store:
        add(store, "a-un")
    if emptied:
        path.write_bytes(b"")
    else:
        path.unlink()
    assert refusal(path) == "base.db held a base and is now empty or gone: restore it, or remove base.db.lock"
    assert path.exists() is emptied
    path.with_name("base.db.lock").unlink()
    with closing(SqliteStore(path, PLAIN)) as store:
        assert ids(store) == []


def test_an_empty_file_that_was_never_a_base_becomes_one(path: Path) -> None:
    path.touch()
    with closing(SqliteStore(path, PLAIN)) as store:
        add(store, "a-un")


def test_a_start_cut_short_after_the_file_was_marked_is_taken_up_again(path: Path) -> None:
    edit(path, "PRAGMA application_id=1162761300")
    with closing(SqliteStore(path, PLAIN)) as store:
        add(store, "a-un")
        assert ids(store) == ["a-un"]


@pytest.mark.parametrize("table", ["records", "changes"])
def test_a_letter_changed_in_the_file_is_noticed_and_never_told_as_a_fact(path: Path, table: str) -> None:
    with closing(SqliteStore(path, PLAIN)) as store:
        add(store, "a-un")
    column = "body" if table == "records" else "after"
    edit(
        path,
        "DROP TRIGGER changes_refuse_update",
        f"UPDATE {table} SET {column} = replace({column}, '2023-11-16', '2023-11-17')",
    )
    with closing(SqliteStore(path, PLAIN)) as store:
        read = store.records if table == "records" else store.changes
        with pytest.raises(StoreUnavailable, match="is damaged in base.db, restore a backup"):
            read()


def test_a_file_with_a_broken_page_is_refused_at_the_start(path: Path) -> None:
    with closing(SqliteStore(path, PLAIN)) as store:
        for number in range(60):
            add(store, f"r-{number}")
    content = bytearray(path.read_bytes())
    content[2 * 4096 : 3 * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    assert "damaged" in refusal(path)
    assert path.read_bytes() == content


def test_a_truncated_file_is_refused_or_read_right_never_read_wrong(path: Path) -> None:
    with closing(SqliteStore(path, PLAIN)) as store:
        for number in range(60):
            add(store, f"r-{number:02}")
        expected = list(store.records())
    whole, refused = path.read_bytes(), []
    for size in range(100, len(whole), 4096 * 3 + 17):
        path.write_bytes(whole[:size])
        try:
            with closing(SqliteStore(path, PLAIN)) as store:
                assert list(store.records()) == expected
        except StoreUnavailable as error:
            refused.append(error.reason)
    assert refused
    assert not any("\n" in reason for reason in refused)


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "base.db cannot be used" in refusal(tmp_path / "file" / "base.db")
    assert "cannot be used: Is a directory" in refusal(tmp_path)


def test_a_codec_that_fails_is_its_own_error_and_the_store_goes_on(path: Path) -> None:
    def dump(record: object) -> dict[str, object]:
        raise LookupError("no such field")

    with closing(SqliteStore(path, replace(PLAIN, dump=dump))) as store:
        with pytest.raises(LookupError):
            add(store, "a-un")
        assert store.first_sight("Ev1", NOW)
        assert store.last_seq() == 0


def test_a_record_that_no_longer_fits_its_kind_is_named_in_one_line(path: Path) -> None:
    def load(plain: object) -> Record:
        raise ValueError("no such field:\n  signed")

    with closing(SqliteStore(path, replace(PLAIN, load=load))) as store:
        add(store, "a-un")
        for read in (store.records, store.changes):
            with pytest.raises(
                StoreUnavailable, match="^the record a-un does not fit the kinds of today: no such field: signed$"
            ):
                read()


def test_a_closing_store_first_finishes_what_waits(path: Path) -> None:
    store = SqliteStore(path, PLAIN)
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(add, store, f"r-{number}") for number in range(60)]
        waiting[0].result()
        store.close()
    acknowledged = [number for number, job in enumerate(waiting) if job.exception() is None]
    refused = [job.exception() for job in waiting if job.exception() is not None]
    assert all(isinstance(error, StoreUnavailable) for error in refused)
    with closing(SqliteStore(path, PLAIN)) as again:
        assert set(ids(again)) == {f"r-{number}" for number in acknowledged}


def test_the_store_decides_the_revision_even_when_the_codec_drops_it(path: Path) -> None:
    forgetful = Codec(lambda record: {**PLAIN.dump(record), "revision": 0, "retired": False}, PLAIN.load)
    with closing(SqliteStore(path, forgetful)) as store:
        add(store, "a-un")
        gone = replace(a_record("a-un"), retired=True)
        store.write([Write("retire", gone, "camille", expected_revision=1)], NOW)
        kept = store.get("a-un")
    assert kept == replace(gone, revision=2)


def test_another_part_keeps_its_own_table_in_the_same_file_all_or_nothing(store: SqliteStore) -> None:
    store.run(lambda connection: connection.execute("CREATE TABLE outbox (key TEXT PRIMARY KEY)"))

    def put_twice(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO outbox VALUES ('one')")
        raise LookupError("stopped half-way")

    with pytest.raises(LookupError):
        store.run(put_twice)
    with store.borrow() as connection:
        assert connection.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
        with pytest.raises(sqlite3.OperationalError):
            connection.execute("INSERT INTO outbox VALUES ('one')")
