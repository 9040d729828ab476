"""A fact says when it was verified, when it wants to be verified again, and when its time is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.dates import Day
from knowledge.questions.form import Asked
from knowledge.records import Record, Source
from knowledge.trust import MOST, remarks, review_state, reviews_due
from tests.knowledge.asking import card, new_base, shipped_organisers, shipped_records

KINDS = shipped_organisers().kinds
PROJECT = KINDS["project"]
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
    facts = [replace(record, owner="camille") for record in shipped_records()[:30]]
    facts += [replace(shipped_records()[40], owner="dominique"), replace(shipped_records()[41], retired=True)]
    asked = {facts[7].id: 50, facts[3].id: 9}
    due = reviews_due(facts, KINDS, asked, date(2028, 6, 1))
    assert set(due) == {"camille", "dominique"}
    assert len(due["camille"]) == MOST
    assert [record.id for record in due["camille"]][:2] == [facts[7].id, facts[3].id]
    assert reviews_due([replace(FACT, owner="camille")], KINDS, {FACT.id: 99}, date(2026, 3, 2)) == {}
