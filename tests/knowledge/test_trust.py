"""A fact says when it was verified, when it wants to be verified again, and when its time is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge.dates import Day
from knowledge.messages import Listing
from knowledge.questions.form import Asked
from knowledge.records import Record, Source
from knowledge.trust import MOST, dealt, remarks, review_state, wanting
from tests.knowledge.asking import card, new_base, shipped_organisers, shipped_records

KINDS = shipped_organisers().kinds
PROJECT = KINDS["project"]
LATER = date(2028, 6, 1)
FACT = Record(
    "projet-essai",
    "project",
    {"fr": "Projet d’essai Zwerfbeeld", "en": "Zwerfbeeld trial project"},
    {"fr": "Un projet.", "en": "A project."},
    Source("Page", accessed=Day(2026, 1, 10), verified_on=Day(2026, 3, 1), verified_by="Camille"),
    values={"ends": Day(2026, 12, 31)},
    status="active",
)


@pytest.mark.parametrize(
    ("today", "state", "said"),
    [
        (date(2026, 3, 1), "verified", ["card.verified"]),
        (date(2026, 8, 28), "verified", ["card.verified"]),
        (date(2026, 8, 29), "due", ["card.due"]),
        (date(2026, 12, 31), "due", ["card.due"]),
        (date(2027, 1, 1), "past", ["card.past"]),
    ],
)
def test_the_same_fact_at_five_days_says_five_things(today: date, state: str, said: list[str]) -> None:
    assert review_state(FACT, PROJECT, today) == state
    assert [phrase.key for phrase in remarks(FACT, PROJECT, today)] == said
    base = new_base(shipped_organisers(), [FACT])
    answer = base.ask(Asked("C'est quoi Zwerfbeeld ?", today))
    assert [phrase.key for phrase in card(answer).remarks] == said
    assert [phrase.key for phrase in card(base.show(FACT.id, Asked("Zwerfbeeld ?", today))).remarks] == said


def test_a_fact_that_is_over_and_says_so_pretends_nothing() -> None:
    over = replace(FACT, status="completed", source=replace(FACT.source, verified_on=Day(2027, 1, 1)))
    assert review_state(over, PROJECT, date(2027, 2, 1)) == "verified"


def test_a_fact_past_its_last_day_no_longer_pretends_unless_somebody_confirmed_it_since() -> None:
    today = date(2027, 2, 1)
    base = new_base(shipped_organisers(), [FACT])
    shown = card(base.ask(Asked("C'est quoi Zwerfbeeld ?", today)))
    assert shown.status is None and shown.remarks[0].args["status"]["fr"] == "actif"
    listed = base.ask(Asked("Quels projets sont actifs ?", today)).message
    (item,) = next(part for part in listed.parts if isinstance(part, Listing)).items
    assert item.detail is not None and item.detail.key in ("card.past_item", "card.past_item_of")

    read = replace(FACT, source=replace(FACT.source, accessed=Day(2027, 1, 20)))
    assert review_state(read, PROJECT, today) == "past", "a page that was read again may be as old as before"
    since = replace(FACT, source=replace(FACT.source, verified_on=Day(2027, 1, 20)))
    assert review_state(since, PROJECT, today) == "verified"
    confirmed = new_base(shipped_organisers(), [since])
    assert card(confirmed.ask(Asked("C'est quoi Zwerfbeeld ?", today))).status == {"fr": "actif", "en": "active"}


def test_a_fact_nobody_has_looked_at_says_so_and_a_kind_without_interval_never_does() -> None:
    unseen = replace(FACT, source=Source("Lettre"), values={})
    assert [phrase.key for phrase in remarks(unseen, PROJECT, date(2026, 3, 1))] == ["card.never"]
    assert remarks(unseen, replace(PROJECT, review=0), date(2036, 3, 1)) == ()


def test_a_source_read_lately_counts_as_verified_without_a_name() -> None:
    read = replace(FACT, source=Source("Page", accessed=Day(2026, 3, 1)))
    assert review_state(read, PROJECT, date(2026, 3, 2)) == "verified"
    assert remarks(read, PROJECT, date(2026, 3, 2)) == ()


def test_a_text_older_than_its_other_language_is_marked() -> None:
    marked = replace(FACT, stale=("en",))
    assert [phrase.key for phrase in remarks(marked, PROJECT, date(2026, 3, 1))] == ["card.verified", "card.stale.en"]


def test_every_kind_that_ships_says_how_often_its_facts_want_a_look() -> None:
    assert all(30 <= kind.review <= 365 for kind in KINDS.values())


def test_nobody_is_asked_to_look_at_more_than_five_and_what_is_asked_most_comes_first() -> None:
    facts = [replace(record, owner="UANA") for record in shipped_records()[:30]]
    facts += [replace(shipped_records()[40], owner="UMARC"), replace(shipped_records()[41], retired=True)]
    asked = {facts[7].id: 50, facts[3].id: 9}
    ranked = wanting(facts, KINDS, asked, LATER)
    due = dealt(ranked, ("UANA", "UMARC"), LATER)
    assert {person: len(found) for person, found in due.items()} == {"UANA": MOST, "UMARC": 1}
    assert [record.id for record in due["UANA"]][:2] == [facts[7].id, facts[3].id]
    assert wanting([replace(FACT, owner="UANA")], KINDS, {FACT.id: 99}, date(2026, 3, 2)) == []


def test_each_fact_without_an_owner_who_may_goes_to_one_person_alone() -> None:
    facts = [
        replace(one, owner=owner) for one, owner in zip(shipped_records(), ("", "UGONE", "camille") * 3, strict=False)
    ]
    due = dealt(wanting(facts, KINDS, {}, LATER), ("UANA", "UMARC"), LATER)
    given = [record.id for found in due.values() for record in found]
    assert len(given) == len(set(given)) == 9 and set(due) == {"UANA", "UMARC"}
    assert dealt(facts, (), LATER) == {}


def test_deputies_are_asked_before_the_others_as_long_as_they_may() -> None:
    facts = [replace(one, owner="UGONE") for one in shipped_records()[:3]]
    assert set(dealt(facts, ("UANA", "UMARC"), LATER, ("UMARC", "UGONE"))) == {"UMARC"}
    assert set(dealt(facts, ("UANA",), LATER, ("UMARC",))) == {"UANA"}


def test_nobody_stands_in_for_an_owner_while_it_is_not_known_whether_they_left() -> None:
    facts = [replace(one, owner="UZOE") for one in shipped_records()[:3]]
    assert dealt(facts, ("UANA",), LATER, unsure=("UZOE",)) == {}


def test_who_stands_in_stays_the_same_all_week_whatever_else_is_confirmed_and_changes_with_the_weeks() -> None:
    facts, people = list(shipped_records()[:8]), ("UANA", "UMARC", "UZOE")

    def holder(day: date, left: list[Record]) -> str:
        return next(person for person, found in dealt(left, people, day).items() if facts[0] in found)

    monday = date(2028, 6, 5)
    assert {holder(monday + timedelta(days=day), facts[: 8 - day]) for day in range(7)} == {holder(monday, facts)}
    assert {holder(monday + timedelta(weeks=week), facts) for week in range(12)} == set(people)


def test_a_quarter_of_weekly_looks_confirms_what_is_asked_most_and_burdens_nobody() -> None:
    facts = {one.id: replace(one, owner="UGONE") for one in shipped_records()}
    asked = {name: 40 - place for place, name in enumerate(sorted(facts)[:20])}
    people, day = ("UANA", "UMARC", "UZOE", "ULEA"), date(2028, 6, 5)
    for week in range(13):
        today = day + timedelta(weeks=week)
        for found in dealt(wanting(facts.values(), KINDS, asked, today), people, today).values():
            assert len(found) <= MOST
            for record in found:
                source = replace(record.source, verified_on=Day.of(today))
                facts[record.id] = replace(record, source=source, status="completed")
        if week:
            late = wanting([facts[name] for name in asked], KINDS, asked, today)
            assert late == [], week


def test_what_misleads_comes_first_and_what_is_over_anyway_last() -> None:
    unseen = replace(FACT, source=Source("Page", accessed=Day(2026, 1, 10)))
    facts = [
        replace(unseen, id="a-over", status="completed"),
        replace(unseen, id="b-going-on", values={}),
        replace(unseen, id="c-misleading", status="active"),
    ]
    ranked = wanting(facts, KINDS, {}, date(2027, 6, 1))
    assert [record.id for record in ranked] == ["c-misleading", "b-going-on", "a-over"]
    asked = wanting(facts, KINDS, {"a-over": 20}, date(2027, 6, 1))
    assert asked[0].id == "a-over", "what is asked most comes first all the same"
