"""What is new: facts whose dates lie in the period, and facts that were changed in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from knowledge.records import Write
from knowledge.storage.memory import MemoryStore
from tests.knowledge.asking import (
    MUSEUM_DAY,
    Asker,
    listed,
    museum_organisers,
    museum_records,
    new_base,
    noted,
    said,
)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("What's new in Portugal?", {"expo-reserve", "pret-belgique-portugal"}),
        ("Quoi de neuf en Belgique ?", {"expo-horloges", "expo-verre", "journee-caisses", "pret-belgique-portugal"}),
    ],
)
def test_what_happened_lately_is_listed(museum: Asker, text: str, facts: set[str]) -> None:
    answer = museum(text)
    assert (answer.band, answer.form, set(answer.facts)) == ("sure", "changes", facts)
    assert listed(answer) == list(answer.facts) and answer.count == len(facts)
    assert "answer.period" in noted(answer)


@pytest.mark.parametrize("text", ["Quoi de neuf en Suède ?", "What's new in Sweden?"])
def test_the_latest_comes_first(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.facts[0] == "plenary-ga4gh-uppsala-2025"


@pytest.mark.parametrize("text", ["What changed since yesterday?", "Qu'est-ce qui a changé depuis hier ?"])
def test_nothing_new_is_said_plainly(museum: Asker, text: str) -> None:
    answer = museum(text)
    assert answer.band == "unknown" and "changes.none" in said(answer)


def test_a_fact_changed_today_is_new_today() -> None:
    store = MemoryStore()
    asker = Asker(new_base(museum_organisers(), museum_records(), store), MUSEUM_DAY)
    old = next(record for record in museum_records() if record.id == "cible-climat")
    moment = datetime(2031, 5, 20, 8, 0, tzinfo=UTC)
    store.write([Write("amend", replace(old, status="achieved"), "tests", "", old.revision)], moment)
    assert asker("What changed since yesterday?").facts == ("cible-climat",)


@pytest.mark.parametrize(
    "text", ["Résume la semaine", "recap of the week please", "Qu'est-ce qui a bougé depuis hier ?"]
)
def test_a_week_in_short_is_about_that_week(museum: Asker, text: str) -> None:
    answer = museum(text)
    assert (answer.form, answer.band) == ("changes", "unknown")


@pytest.mark.parametrize(
    "text",
    [
        "did anything change last month?",
        "what have I missed since October?",
        "du nouveau depuis octobre ?",
        "any updates since October?",
    ],
)
def test_news_are_asked_for_in_many_ways(ask: Asker, text: str) -> None:
    assert ask(text).form == "changes"
