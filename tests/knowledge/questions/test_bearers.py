"""The records that hold what is asked of others."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker


@pytest.mark.parametrize(
    "text",
    [
        "Ils ont lancé Genome of Europe dans quelle ville ?",
        "In which city did they launch the Genome of Europe project?",
    ],
)
def test_the_place_of_a_start_is_that_of_the_kick_off(ask: Asker, text: str) -> None:
    found = ask(text)
    assert (found.facts[0], found.value) == ("kickoff-goe-2024", "Rotterdam")


def test_a_day_that_a_body_has_not_is_offered_of_what_belongs_to_it(ask: Asker) -> None:
    found = ask("L'info day EP PerMed, c'était quelle date ?")
    assert found.band == "unsure" and len(found.facts) > 1
    assert all(fact.startswith("appel-ep-permed") for fact in found.facts)


def test_a_day_that_nothing_of_a_body_has_is_not_recorded(ask: Asker) -> None:
    assert ask("When was the info day of Genomics England?").band != "sure"
