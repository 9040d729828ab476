"""A few facts to look at again: one's own first, the most asked first, never more than five."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.desk.reviewing import ReviewDesk, following
from bot.i18n import Translator
from bot.terminal import render
from knowledge.audience import Viewer
from knowledge.base import KnowledgeBase
from knowledge.messages import Actions, Message
from knowledge.trust import MOST
from tests.knowledge.asking import new_base, shipped_organisers, shipped_records

LATER = date(2028, 6, 1)


def filled() -> KnowledgeBase:
    owners = {place: "UANA" if place < 2 else "UMARC" if place < 9 else "" for place in range(40)}
    return new_base(shipped_organisers(), [replace(shipped_records()[place], owner=owners[place]) for place in owners])


def shown(message: Message) -> list[str]:
    return [part.actions[0].value for part in message.parts if isinstance(part, Actions)]


def test_ones_own_facts_come_first_then_those_that_nobody_looks_after_at_most_five() -> None:
    base, records = filled(), shipped_records()
    asked = {records[1].id: 9, records[20].id: 50}
    desk = ReviewDesk(base, lambda: asked, lambda: LATER)
    mine = shown(desk.batch("UANA"))
    assert len(mine) == MOST
    assert mine[:3] == [records[1].id, records[0].id, records[20].id]
    assert {records[place].id for place in range(2, 9)}.isdisjoint(mine)
    said = render(desk.batch("UANA"), "fr", Translator())
    assert "5 fiches à revoir" in said and "À vérifier" in said


def test_a_fact_limited_to_a_place_is_shown_to_its_owner_and_to_no_other() -> None:
    facts = [replace(record, audience=("C0000000001",)) for record in shipped_records()[:2]]
    base = new_base(shipped_organisers(), [replace(facts[0], owner="UANA"), facts[1]])
    desk = ReviewDesk(base, dict, lambda: LATER)
    assert shown(desk.batch("UANA")) == [facts[0].id]
    assert shown(desk.batch("UMARC")) == []
    assert shown(desk.batch("UMARC", Viewer("C0000000001"))) == [facts[1].id]


def test_what_was_confirmed_is_not_shown_and_nothing_to_do_is_said() -> None:
    base = filled()
    desk = ReviewDesk(base, dict, lambda: LATER)
    first = shown(desk.batch("UANA"))[0]
    base.verify(first, "UANA", LATER)
    assert first not in shown(desk.batch("UANA"))
    fresh = ReviewDesk(new_base(shipped_organisers(), ()), dict, lambda: LATER)
    assert "No fact wants" in render(fresh.batch("UANA"), "en", Translator())


def test_a_fact_passed_on_is_looked_after_by_the_next_person() -> None:
    base = filled()
    desk, record = ReviewDesk(base, dict, lambda: LATER), shipped_records()[0]
    said = render(desk.pass_on(record.id, "UANA", ("UANA", "UMARC", "UZOE"), str.lower), "en", Translator())
    assert said.startswith("umarc looks after") and "next facts to look at" in said
    changed = base.record(record.id)
    assert changed is not None
    assert (changed.owner, changed.titles) == ("UMARC", record.titles)
    assert record.id not in shown(desk.batch("UANA"))
    assert "no other coordinator" in render(desk.pass_on(record.id, "UANA", ("UANA",), str), "en", Translator())
    assert "no longer there" in render(desk.pass_on("no-such-fact", "UANA", ("UMARC",), str), "en", Translator())


@pytest.mark.parametrize(
    ("people", "person", "expected"),
    [("abc", "a", "b"), ("abc", "c", "a"), ("abc", "x", "a"), ("a", "a", ""), ("", "a", ""), ("ab", "b", "a")],
)
def test_the_next_person_goes_round(people: str, person: str, expected: str) -> None:
    assert following(tuple(people), person) == expected


def test_the_weekly_batch_goes_to_owners_who_may_and_in_place_of_the_others_to_one_person() -> None:
    base, records = filled(), shipped_records()
    desk = ReviewDesk(base, dict, lambda: LATER, deputies=("UZOE",))
    standing = {"UANA": True, "UMARC": False, "UZOE": True}
    ana, zoe = desk.weekly("UANA", standing), desk.weekly("UZOE", standing)
    assert ana is not None and zoe is not None
    assert set(shown(ana)) == {records[0].id, records[1].id}
    assert len(shown(zoe)) == MOST and set(shown(zoe)).isdisjoint(shown(ana))
    assert desk.weekly("UMARC", standing) is None
    assert "Your 2 facts to look at this week" in render(ana, "en", Translator())


def test_what_belongs_to_somebody_who_left_is_offered_to_the_others() -> None:
    base, records = filled(), shipped_records()
    desk = ReviewDesk(base, lambda: {records[3].id: 50}, lambda: LATER)
    assert records[3].id not in shown(desk.batch("UANA"))
    assert records[3].id in shown(desk.batch("UANA", standing={"UANA": True, "UMARC": False}))
    assert records[3].id not in shown(desk.batch("UANA", standing={"UANA": True, "UMARC": None}))


def test_a_fact_kept_to_channels_is_asked_of_its_owner_alone() -> None:
    kept = replace(shipped_records()[0], audience=("C0000000001",), owner="UANA")
    desk = ReviewDesk(new_base(shipped_organisers(), [kept]), dict, lambda: LATER)
    assert desk.weekly("UANA", {"UANA": True, "UMARC": True}) is not None
    assert desk.dealt(LATER, {"UANA": False, "UMARC": True}) == {}
