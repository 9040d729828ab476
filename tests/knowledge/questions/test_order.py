"""Which way in time a question looks."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.questions import order
from tests.knowledge.asking import Asker


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Quel est le prochain événement ?", order.Order(ahead=True, behind=False, past=False)),
        ("What is coming up?", order.Order(ahead=True, behind=False, past=False)),
        ("Quel est le dernier accord signé ?", order.Order(ahead=False, behind=True, past=False)),
        ("Which call has just closed?", order.Order(ahead=False, behind=True, past=False)),
        ("Which deadlines have passed?", order.Order(ahead=False, behind=False, past=True)),
        ("Which deadlines have not passed yet?", order.Order(ahead=True, behind=False, past=False)),
        ("Quels appels en 2024 ?", order.Order(ahead=False, behind=False, past=False)),
    ],
)
def test_a_question_looks_ahead_or_back_or_neither(ask: Asker, text: str, way: order.Order) -> None:
    assert order.asked(ask.read(text)) == way


@pytest.mark.parametrize("text", ["Who wrote « Preparing the next step » ?", "How is Our Future Health doing?"])
def test_a_name_that_speaks_of_the_future_does_not_look_ahead(ask: Asker, text: str) -> None:
    assert not order.asked(ask.read(text)).ahead


@pytest.mark.parametrize(
    "text",
    [
        "Which targets have a deadline that has not passed yet?",
        "Quelles cibles n'ont pas encore dépassé leur échéance ?",
    ],
)
def test_a_deadline_that_has_not_passed_lies_ahead(ask: Asker, text: str) -> None:
    found = ask(text, date(2026, 2, 2))
    assert (
        found.band == "sure"
        and "cible-goe-100000" in (found.set or ())
        and "cible-danemark-60000" not in (found.set or ())
    )
