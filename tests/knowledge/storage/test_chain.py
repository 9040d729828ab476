"""Whatever is done to the history behind the store's back is found, and a person forgotten is nowhere in the file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.ports import Audit, Reseal
from knowledge.records import FORMER_MEMBER, Source, Write
from knowledge.storage.codec import checksum
from knowledge.storage.schema import m006_audit, m007_erasures
from knowledge.storage.sqlite import SqliteStore
from tests.plain_codec import PLAIN, a_record

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
CANARY = "UCANARY0123"
PSEUDONYM = "c0ffee00c0ffee00"
NAME = "Zoé Témoin"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "base.db"
    with closing(SqliteStore(found, PLAIN)) as store:
        for number in range(12):
            store.write([Write("add", a_record(f"r-{number:02}"), "camille")], NOW)
        for number in range(12):
            store.write([Write("amend", a_record(f"r-{number:02}", "Mieux"), "dominique", "", 1)], NOW)
    return found


def meddle(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for verb in ("update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS changes_refuse_{verb}")
        for statement in statements:
            connection.execute(statement)


def faults(path: Path) -> Sequence[str]:
    with closing(SqliteStore(path, PLAIN)) as store:
        return store.audit().faults


def test_a_history_that_nobody_touched_is_whole_and_shows_its_head(path: Path) -> None:
    with closing(SqliteStore(path, PLAIN)) as store:
        audit = store.audit()
        assert (audit.count, audit.faults) == (24, ())
        store.write([Write("add", a_record("one-more"), "camille")], NOW)
        later = store.audit()
    assert (later.count, later.faults) == (25, ())
    assert len(audit.head) == len(later.head) == 32
    assert audit.head != later.head


@pytest.mark.parametrize("seq", range(1, 25))
@pytest.mark.parametrize(
    "change", ["reason = 'x'", "verb = 'retire'", "\"by\" = 'other'", "\"at\" = '2020'", "undoes = 99", "batch = 99"]
)
def test_an_edit_of_any_row_is_found_and_named(path: Path, seq: int, change: str) -> None:
    meddle(path, f"UPDATE changes SET {change} WHERE seq = {seq}")
    assert faults(path) == (f"change {seq} was altered",)


@pytest.mark.parametrize("seq", range(1, 25))
def test_a_row_taken_out_is_found_wherever_it_was(path: Path, seq: int) -> None:
    meddle(path, f"DELETE FROM changes WHERE seq = {seq}")
    assert faults(path)


@pytest.mark.parametrize("seq", range(1, 24))
def test_rows_moved_or_renumbered_are_found(path: Path, seq: int) -> None:
    swap = (f"seq = -1 WHERE seq = {seq}", f"seq = {seq} WHERE seq = {seq + 1}", f"seq = {seq + 1} WHERE seq = -1")
    meddle(path, *(f"UPDATE changes SET {step}" for step in swap))
    assert faults(path)


@pytest.mark.parametrize("kept", [0, 1, 12, 23])
def test_a_history_cut_short_is_found_also_when_the_facts_are_put_back_as_they_were(path: Path, kept: int) -> None:
    meddle(path, f"DELETE FROM changes WHERE seq > {kept}")
    found = faults(path)
    assert f"the history ends at change {kept}, and 24 were written" in found


def test_a_fact_rewritten_with_a_right_checksum_is_found_by_its_history(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (body,) = connection.execute("SELECT body FROM records WHERE id = 'r-03'").fetchone()
    body = body.replace("Mieux", "Pire")
    meddle(path, f"UPDATE records SET body = '{body}', checksum = '{checksum('r-03', body)}' WHERE id = 'r-03'")
    assert faults(path) == ("the record r-03 is not what its history says",)
    meddle(path, "PRAGMA foreign_keys=OFF", "DELETE FROM records WHERE id = 'r-03'")
    assert faults(path) == ("the record r-03 is gone",)


def test_an_act_put_on_another_person_is_found(path: Path) -> None:
    meddle(path, "UPDATE people SET name = 'x' WHERE name = 'camille'")
    (fault,) = faults(path)
    assert "the name of the author person:" in fault


def stored(path: Path, *words: str) -> list[str]:
    """Where these words stand: in which column, or in the bytes of which file beside the base, whatever is on its free
    pages; as UTF-8 and as JSON escapes them."""
    found = []
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor:
                found += [f"{table}.{name}" for name, cell in zip(names, row, strict=True) if holds(cell, words)]
    files = [file for file in path.parent.iterdir() if file.is_file()]
    return found + [file.name for file in files if holds(file.read_bytes(), words)]


def holds(cell: object, words: Sequence[str]) -> bool:
    raw = cell if isinstance(cell, bytes) else str(cell).encode()
    forms = {form for word in words for form in (word.encode(), json.dumps(word)[1:-1].encode())}
    return any(form.lower() in raw.lower() for form in forms)


def test_a_person_forgotten_is_nowhere_in_the_file_and_the_history_is_still_whole(path: Path) -> None:
    mine = a_record("mine", f"Vu avec <@{CANARY}>", owner=CANARY, source=Source("Page", verified_by=CANARY))
    mine = replace(mine, other_sources=(Source("Autre", verified_by=NAME),))
    with closing(SqliteStore(path, PLAIN)) as store:
        for number in range(40):
            store.write([Write("add", replace(mine, id=f"mine-{number}"), CANARY, f"import de {NAME}.csv")], NOW)
        store.write([Write("amend", replace(mine, id="mine-1", titles={"fr": "Autre"}), "camille", CANARY, 1)], NOW)
        store.add_feedback("answer", PSEUDONYM, "bad", NOW)
        store.keep_topic(f"C1:{CANARY}", {"facts": ["mine-1"]}, NOW.replace(hour=23))
        store.keep_topic("D1:1.0", {"text": f"{CANARY} ?"}, NOW.replace(hour=23), PSEUDONYM)
        store.keep_topic("C1:1.0", {"text": f"Qui est\n{NAME} ou\n{CANARY} ?"}, NOW.replace(hour=23), "another")
        store.first_sight(f"thanks:{CANARY}:good", NOW)
        store.add_coordinator(CANARY, "camille", NOW)
        store.add_coordinator("sacha", CANARY, NOW)
        store.add_glossary_pair("pacte", "accord", CANARY, NOW)
        store.remove_glossary_pair(1, CANARY, NOW)
        words, before = (CANARY, PSEUDONYM, NAME), store.audit()
        assert {"people.name", "changes.reason", "changes.after", "records.body", "topics.topic"} <= {
            *stored(path, *words)
        }
        store.erase([CANARY, PSEUDONYM], [NAME], NOW)
        assert stored(path, *words) == []
        after = store.audit()
        assert (after.count, after.faults) == (before.count, ())
        assert after.reseals == (Reseal(NOW, "erasure", before.head, after.head),)
        kept = store.get("mine-1")
        assert kept is not None
        assert (kept.owner, kept.source.verified_by) == ("", FORMER_MEMBER)
        assert [change.by for change in store.history("mine-1")] == [FORMER_MEMBER, "camille"]
        store.write([Write("verify", kept, CANARY, "", 2)], NOW)
        assert [change.by for change in store.history("mine-1")] == [FORMER_MEMBER, "camille", CANARY]
        assert store.last_batch(CANARY) == store.last_seq()
        assert store.audit().faults == ()
    with closing(SqliteStore(path, PLAIN)) as store:
        store.erase([CANARY], [], NOW)
        assert len(store.audit().reseals) == 1, "no text held them any more"
    assert stored(path, CANARY) == []


def test_what_a_reader_stands_in_the_way_of_is_wiped_as_soon_as_it_has_gone(path: Path) -> None:
    with closing(SqliteStore(path, PLAIN)) as store:
        store.write([Write("add", a_record("mine"), CANARY)], NOW)
        reader = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM people").fetchone()
        store.erase([CANARY], [], NOW)
        reader.close()
        store.expire(NOW)
        assert stored(path, CANARY) == []


def test_forgetting_a_person_does_not_hide_what_was_altered_before(path: Path) -> None:
    with closing(SqliteStore(path, PLAIN)) as store:
        store.write([Write("add", a_record("mine", f"Vu avec {CANARY}"), "camille")], NOW)
        store.write([Write("add", a_record("other"), "camille")], NOW)
    meddle(path, "UPDATE changes SET batch = 99 WHERE seq = 25", "DELETE FROM changes WHERE seq IN (3, 26)")
    meddle(path, "UPDATE changes SET \"by\" = 'x' WHERE seq = 5")
    before = faults(path)
    with closing(SqliteStore(path, PLAIN)) as store:
        store.erase([CANARY], [], NOW)
    assert faults(path) == before
    assert len(before) > 3


def test_what_is_written_of_an_erasure_cannot_be_changed_unseen(path: Path) -> None:
    with closing(SqliteStore(path, PLAIN)) as store:
        store.write([Write("add", a_record("mine", f"Vu avec {CANARY}"), "camille")], NOW)
        store.erase([CANARY], [], NOW)
    meddle(path, "UPDATE reseals SET before = 'x'")
    (fault,) = faults(path)
    assert "reseal" in fault


def test_a_base_from_before_is_sealed_as_it_is_and_its_names_move_out_of_the_history(path: Path) -> None:
    with closing(SqliteStore(path, PLAIN)) as store:
        store.write([Write("add", a_record("mine", source=Source("Page", verified_by=CANARY)), CANARY)], NOW)
        before = [replace(change) for change in store.changes()]
    names = dict(sqlite3.connect(path).execute("SELECT token, name FROM people").fetchall())
    statements = []
    for token, name in names.items():
        columns = [("changes", '"by"'), ("changes", "before"), ("changes", "after"), ("records", "body")]
        statements += [
            f"UPDATE {table} SET {column} = replace({column}, '{token}', '{name}')" for table, column in columns
        ]
    meddle(path, *statements, "ALTER TABLE changes DROP COLUMN mark", "DROP TABLE people", "DROP TABLE reseals")
    meddle(path, "ALTER TABLE topics DROP COLUMN person")
    trigger = "CREATE TRIGGER changes_refuse_update BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'no'); END"
    late = ", ".join(f"'{step.__name__}'" for step in (m006_audit, m007_erasures))
    gone = f"DELETE FROM _sqlite_migrations WHERE name IN ({late})"
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in (trigger, gone, "DELETE FROM meta WHERE key LIKE 'audit%'"):
            connection.execute(statement)
    path.with_name("base.db.key").unlink()
    with closing(SqliteStore(path, PLAIN)) as store:
        assert store.audit() == Audit(25, store.audit().head, key="base.db.key")
        assert list(store.changes()) == before
        store.erase([CANARY], [], NOW)
        assert stored(path, CANARY) == []
