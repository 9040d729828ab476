"""Whole questions among the names of a record are answered by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.base import KnowledgeBase
from knowledge.questions.form import Answer, Asked
from tests.knowledge.asking import museum_organisers, museum_records, new_base

TAUGHT = "Combien de platine dans le télescope Hubble ?"


def base_with(*taught: int) -> KnowledgeBase:
    """The museums, the records at these places taught the question."""
    records = list(museum_records())
    for place in taught:
        records[place] = replace(records[place], aliases=(*records[place].aliases, TAUGHT))
    return new_base(museum_organisers(), records)


@pytest.fixture
def base() -> KnowledgeBase:
    return base_with(0)


def ask(base: KnowledgeBase, text: str) -> Answer:
    return base.ask(Asked(text, date(2026, 11, 25)))


@pytest.mark.parametrize(
    "asked", [TAUGHT, TAUGHT.lower().rstrip(" ?"), "Bonjour, combien de platine dans le telescope hubble svp"]
)
def test_a_taught_question_is_answered_surely_however_it_is_typed(base: KnowledgeBase, asked: str) -> None:
    answer = ask(base, asked)
    assert (answer.band, answer.facts[0]) == ("sure", museum_records()[0].id)


def test_a_wording_that_two_records_bear_decides_nothing() -> None:
    assert ask(base_with(0, 1), TAUGHT).band != "sure"
