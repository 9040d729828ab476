"""Where the key of the history is, what becomes of it, and that without it nobody seals the history again unseen."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.ports import Audit, Reseal, StoreUnavailable
from knowledge.records import Write
from knowledge.storage import chain
from knowledge.storage.keys import SealKey
from knowledge.storage.sqlite import SqliteStore
from tests.plain_codec import PLAIN, a_record

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
BESIDE, GIVEN = SealKey(at=NOW), SealKey("a passphrase of the team", "ENTENTE_HISTORY_KEY", at=NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "base.db"
    with closing(SqliteStore(found, PLAIN)) as store:
        for number in range(5):
            store.write([Write("add", a_record(f"r-{number}"), "camille")], NOW)
    return found


@pytest.fixture
def key(path: Path) -> Path:
    return path.with_name("base.db.key")


def audit(path: Path, key: SealKey = BESIDE, *, writes: bool = True) -> Audit:
    with closing(SqliteStore(path, PLAIN, not writes, key)) as store:
        return store.audit()


def meddle(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in ("DROP TRIGGER IF EXISTS changes_refuse_update", *statements):
            connection.execute(statement)


def test_the_key_lies_beside_the_base_for_its_owner_alone_and_nowhere_in_it(path: Path, key: Path) -> None:
    assert key.stat().st_mode & 0o777 == 0o600
    text = key.read_text().strip()
    assert len(text) == 64
    assert text.encode() not in path.read_bytes()
    assert (audit(path).faults, audit(path).key, audit(path).reseals) == ((), "base.db.key", ())


def test_a_base_that_holds_its_key_gives_it_away_and_stays_as_it_was(path: Path, key: Path) -> None:
    held, before = key.read_text().strip(), audit(path)
    key.unlink()
    fingerprint = "DELETE FROM meta WHERE key = 'audit_key_id'"
    meddle(path, fingerprint, f"INSERT INTO meta VALUES ('audit_key', '{held}')")
    assert held.encode() in path.read_bytes()
    with closing(SqliteStore(path, PLAIN)) as store:
        files = [path, path.with_name("base.db-wal")]
        assert not any(held.encode() in file.read_bytes() for file in files)
        assert store.audit() == before
    assert key.read_text().strip() == held


def test_a_key_that_is_given_needs_no_file(tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    with closing(SqliteStore(path, PLAIN, seal_key=GIVEN)) as store:
        store.write([Write("add", a_record(), "camille")], NOW)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["base.db", "base.db.lock"]
    assert (audit(path, GIVEN).faults, audit(path, GIVEN).key) == ((), "ENTENTE_HISTORY_KEY")


def test_a_file_on_another_disk_holds_the_key_as_well(tmp_path: Path) -> None:
    (tmp_path / "safe").mkdir()
    named = SealKey(file=tmp_path / "safe" / "history.key")
    assert audit(tmp_path / "base.db", named).key == "history.key"
    assert [file.name for file in (tmp_path / "safe").iterdir()] == ["history.key"]


def test_another_key_seals_the_history_again_and_the_last_seal_before_is_told(path: Path) -> None:
    before = audit(path)
    after = audit(path, GIVEN)
    assert after.faults == ()
    assert after.reseals == (Reseal(NOW, "another key", before.head, after.head),)
    assert audit(path, GIVEN) == after, "once"


def test_what_was_altered_before_is_still_seen_with_another_key(path: Path) -> None:
    meddle(path, "UPDATE changes SET verb = 'retire' WHERE seq = 2")
    assert audit(path, GIVEN).faults == ("change 2 was altered",)


def test_without_its_key_the_bot_goes_on_and_says_that_nothing_before_could_be_checked(path: Path, key: Path) -> None:
    before = audit(path)
    key.unlink()
    after = audit(path)
    assert after.faults == ()
    ((at, why),) = [(one.at, one.why) for one in after.reseals]
    assert (at, why) == (NOW, "its key was gone, nothing could be checked")
    assert after.reseals[0].before == before.head
    third = audit(path, GIVEN)
    assert [one.why for one in third.reseals] == [why, "another key"]
    assert third.faults == ()


def test_who_can_edit_the_base_alone_cannot_seal_it_again(path: Path) -> None:
    guessed, previous = "00" * 32, ""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER changes_refuse_update")
        for *row, _ in connection.execute(f"SELECT {chain.SEALED}, mark FROM changes ORDER BY seq").fetchall():
            row[4] = "amend"
            previous = chain.seal(guessed, previous, row)
            values = ("amend", chain.checked(row), previous, row[0])
            connection.execute("UPDATE changes SET verb = ?, checksum = ?, mark = ? WHERE seq = ?", values)
        chain.keep_head(connection, 5, previous)
    assert audit(path).faults == tuple(f"change {number} was altered" for number in range(1, 6))


def test_a_reader_without_the_key_answers_and_says_that_it_cannot_check(path: Path, key: Path) -> None:
    key.unlink()
    with closing(SqliteStore(path, PLAIN, read_only=True)) as store:
        assert len(store.records()) == 5
        (fault,) = store.audit().faults
    assert "base.db.key" in fault and "cannot be checked" in fault
    assert not key.exists()


@pytest.mark.parametrize("text", ["", "hello", "ff" * 31, "\xff\xfe"])
def test_a_file_that_holds_no_key_is_told_in_a_line_and_left_as_it_is(path: Path, key: Path, text: str) -> None:
    key.write_text(text)
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="base.db.key does not hold the key"):
        SqliteStore(path, PLAIN)
    assert (key.read_text(), path.read_bytes()) == (text, before)
    (fault,) = audit(path, writes=False).faults
    assert "base.db.key does not hold the key" in fault
    key.unlink()
    assert audit(path).count == 5, "the lock was given back"


def test_a_key_that_others_can_read_is_told(path: Path, key: Path) -> None:
    key.chmod(0o644)
    assert audit(path).faults == ("base.db.key can be read by others: chmod 600 base.db.key",)


def test_a_folder_where_no_key_can_be_written_is_told_in_a_line_and_nothing_is_kept(tmp_path: Path) -> None:
    nowhere = SealKey(file=tmp_path / "missing" / "history.key")
    with pytest.raises(StoreUnavailable, match="history.key, which seals the history, cannot be written"):
        SqliteStore(tmp_path / "base.db", PLAIN, seal_key=nowhere)
    assert audit(tmp_path / "base.db").faults == ()
