"""What a question asks about and no record can be."""

from __future__ import annotations

import pytest

from knowledge.questions import strangers
from tests.knowledge.asking import Asker


@pytest.mark.parametrize(
    ("text", "expected"),
    [("notre accord avec le Japon", True), ("our agreement with Portugal", False), ("une exposition au Japon", False)],
)
def test_an_agreement_with_a_country_that_none_joins_is_strange(museum: Asker, text: str, expected: bool) -> None:
    assert strangers.strangers(museum.read(text), museum.state()[0]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Combien de mesures dans le plan cancer ?", True),
        ("What is the budget of the national Alzheimer plan?", True),
        ("Les mesures du troisième plan national maladies rares ?", True),
        ("Le plan vise combien de plateformes ?", False),
        ("What is the budget of the plan?", False),
        ("the plan's cancer indicators", False),
        ("C'est quoi le plan France Médecine Génomique ?", False),
    ],
)
def test_another_plan_than_any_recorded_is_strange(ask: Asker, text: str, expected: bool) -> None:
    assert strangers.another_plan(ask.read(text), ask.state()[0]) is expected


@pytest.mark.parametrize(
    "text", ["Combien de mesures dans le plan cancer ?", "List the measures of the Alzheimer plan"]
)
def test_nothing_is_listed_or_counted_for_another_plan(ask: Asker, text: str) -> None:
    assert ask(text).band == "unknown"
