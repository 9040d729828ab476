"""An import keeps what its file does not speak of, finds a fact by its title, and is taken back as a whole."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest

from knowledge.base import KnowledgeBase
from knowledge.exchange.csv_files import read_csv
from knowledge.exchange.plan import ImportPlan, plan_import
from knowledge.keeping import Conflict
from knowledge.records import Record, Source, Write
from knowledge.storage.memory import MemoryStore
from tests.knowledge.asking import StillClock, new_base, shipped_organisers

TODAY = date(2026, 11, 25)
ONE = Record(
    "appel-un",
    "call",
    {"fr": "Appel un", "en": "Call one"},
    {},
    Source("Page"),
    values={"gone_field": {"said": "kept"}},
    audience=("coordinators",),
    owner="U0ANA",
    reminders=("30d",),
)


class Desk:
    """A base of its own, and the store behind it."""

    def __init__(self, *records: Record) -> None:
        self.store = MemoryStore()
        self.store.write([Write("add", record, "tests") for record in records], StillClock().now())
        self.base: KnowledgeBase = new_base(shipped_organisers(), (), self.store)

    def plan(self, table: str, *, replacing: bool = False) -> ImportPlan:
        read = read_csv(table, self.base.kinds)
        assert read.problems == ()
        return self.base.plan_import(read.rows, TODAY, replacing)

    def kept(self) -> dict[str, Record]:
        return {record.id: replace(record, revision=1) for record in self.store.records()}


def keys(plan: ImportPlan) -> list[str]:
    phrases = [problem.phrase for problem in plan.refused]
    return [phrase.args["problem"].key if phrase.key == "problem.suggesting" else phrase.key for phrase in phrases]


def test_what_the_file_has_no_column_for_is_kept_also_a_field_of_the_past() -> None:
    desk = Desk(ONE)
    plan = desk.plan("kind,id,title.fr\ncall,appel-un,Appel 1\n")
    ((_, after),) = plan.changed
    assert after == replace(ONE, titles={"fr": "Appel 1", "en": "Call one"}, stale=("en",))


def test_an_empty_cell_empties_its_value_alone() -> None:
    plan = Desk(ONE).plan("kind,id,title.en,audience,owner,reminders\ncall,appel-un,,,,\n")
    ((_, after),) = plan.changed
    expected = replace(ONE, titles={"fr": "Appel un"}, audience=(), owner="", reminders=())
    assert replace(after, stale=()) == expected


def test_a_row_without_id_is_the_fact_of_its_title_or_a_new_one_named_after_it() -> None:
    plan = Desk(ONE).plan("kind,title.en,source.title\ncall,Call one,Other page\ncall,Call two,Page\n")
    assert [after.source.title for _, after in plan.changed] == ["Other page"]
    assert [record.id for record in plan.new] == ["call-two"]


def test_a_new_id_keeps_clear_of_those_that_are_taken() -> None:
    plan = Desk(ONE).plan("kind,title.fr,source.title\nevent,Appel un,Page\n")
    assert [record.id for record in plan.new] == ["appel-un-2"]


def test_a_title_that_two_facts_have_is_refused_until_the_id_says_which() -> None:
    desk = Desk(ONE, replace(ONE, id="appel-un-bis"))
    assert keys(desk.plan("kind,title.fr,note.fr\ncall,Appel un,x\n")) == ["exchange.title_of_several"]
    twice = "kind,title.fr,source.title\ncall,Nouveau,Page\ncall,Nouveau,Page\n"
    assert keys(desk.plan(twice)) == ["exchange.title_twice"]


def test_a_source_read_on_a_day_to_come_is_refused() -> None:
    table = "kind,id,title.fr,source.title,source.accessed\ncall,x,X,Page,2026-11-26\n"
    plan = Desk().plan(table)
    assert keys(plan) == ["problem.day_to_come"] and plan.refused[0].field == "source.accessed"


@pytest.mark.parametrize("replacing", [False, True])
def test_a_whole_import_is_taken_back_by_one_undo(replacing: bool) -> None:
    other, past = replace(ONE, id="autre", titles={"fr": "Autre"}), replace(ONE, id="passe", retired=True)
    desk = Desk(ONE, other, past)
    before = desk.kept()
    table = "kind,id,title.fr,source.title\ncall,appel-un,Appel 1,Page\ncall,neuf,Neuf,Page\ncall,passe,Passé,Page\n"
    changes = desk.base.import_batch(desk.plan(table, replacing=replacing), "ana", "import")
    assert not isinstance(changes, Conflict)
    assert len({change.batch for change in changes}) == 1
    assert [change.verb for change in changes] == ["add", "amend", "restore", *(["retire"] if replacing else [])]
    assert desk.kept()["appel-un"].titles["fr"] == "Appel 1"
    desk.base.undo("ana")
    after = desk.kept()
    assert after.pop("neuf").retired
    assert after == before


def test_an_import_over_a_fact_changed_since_saves_nothing() -> None:
    desk = Desk(ONE)
    plan = desk.plan("kind,id,title.fr,source.title\ncall,neuf,Neuf,Page\ncall,appel-un,Appel 1,Page\n")
    desk.store.write([Write("amend", replace(ONE, owner="U0BEN"), "ben", "", 1)], StillClock().now())
    conflict = desk.base.import_batch(plan, "ana")
    assert isinstance(conflict, Conflict) and conflict.by == "ben"
    assert set(desk.kept()) == {"appel-un"}


def test_a_fact_of_a_kind_of_the_past_is_not_retired_by_a_file_that_cannot_name_it() -> None:
    known = shipped_organisers()
    held = {"vieux": replace(ONE, id="vieux", kind="bygone"), "appel-un": ONE}
    read = read_csv("kind,id,title.fr,source.title\ncall,neuf,Neuf,Page\n", known.kinds)
    plan = plan_import(read.rows, held, known.kinds, known.themes, TODAY, replacing=True)
    assert [record.id for record in plan.retired] == ["appel-un"]


def test_a_file_whose_references_all_lead_nowhere_is_refused_in_good_time() -> None:
    rows = "".join(f"call,fact-{number},T{number},Page,facd-{number}\n" for number in range(2_000))
    start = time.monotonic()
    plan = Desk().plan("kind,id,title.fr,source.title,related\n" + rows)
    assert time.monotonic() - start < 10
    assert plan.new == () and set(keys(plan)) == {"problem.unknown_reference"} and len(plan.refused) == 2_000
