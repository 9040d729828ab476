"""The one after and the one before."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.questions import neighbours
from tests.knowledge.asking import WINTER, Asker

SWEDISH = "Quels accords avec la Suède ?"


@pytest.mark.parametrize(
    "then",
    ["et la suivante ?", "celle d'après ?", "et ensuite ?", "and the one after?", "the next one"],
)
def test_the_deadline_after_the_next_is_the_next_but_one(ask: Asker, then: str) -> None:
    first, after = ask.thread("Prochaine échéance ?", then, today=WINTER)
    assert (first.facts, after.facts) == (("appel-ep-permed-jtc2026",), ("appel-erdera-jtc2026",))
    assert (after.band, after.value) == ("sure", "2026-02-12")


def test_one_goes_on_from_there(ask: Asker) -> None:
    *_, third = ask.thread("What is the next deadline?", "and the one after?", "and after that?", today=WINTER)
    assert third.facts == ("appel-ep-permed-twinning-2026",)


def test_another_field_in_between_does_not_lose_the_thread(ask: Asker) -> None:
    *_, after = ask.thread(
        "What's the next event?", "where is it?", "and the one after that?", today=date(2024, 10, 21)
    )
    assert after.facts == ("assemblee-gdi-lisbonne-2024",)


@pytest.mark.parametrize(
    ("first", "then", "fact"),
    [
        ("Où était la première conférence ICPerMed ?", "et la suivante ?", "icpermed-conf-2021"),
        ("Where was the second ICPerMed conference?", "and the previous one?", "icpermed-conf-berlin-2018"),
        ("Le budget de JTC2020 d'ERA PerMed ?", "et l'année d'après ?", "appel-era-permed-jtc2021"),
    ],
)
def test_editions_follow_each_other(ask: Asker, first: str, then: str, fact: str) -> None:
    before, after = ask.thread(first, then)
    assert (after.band, after.facts, after.field) == ("sure", (fact,), before.field)


def test_in_a_list_its_own_order_counts(ask: Asker) -> None:
    listed, _, after, back = ask.thread(SWEDISH, "la deuxième", "et la suivante ?", "et celle d'avant ?")
    assert (after.facts, back.facts) == ((listed.facts[2],), (listed.facts[1],))


def test_after_the_last_there_is_none(ask: Asker) -> None:
    *_, after = ask.thread(SWEDISH, "la dernière", "et la suivante ?")
    assert after.band == "unknown"


def test_a_step_is_not_taken_twice_when_the_answer_is_wanted_in_another_language(ask: Asker) -> None:
    *_, step, again = ask.thread("Prochaine échéance ?", "et la suivante ?", "en anglais stp", today=WINTER)
    assert (again.facts, again.lang) == (step.facts, "en")


@pytest.mark.parametrize(
    "text", ["what comes after the pre-proposal?", "quand ferme le suivant en Suède ?", "et après-demain ?"]
)
def test_a_question_with_a_subject_of_its_own_is_no_step(ask: Asker, text: str) -> None:
    assert neighbours.step(ask.read(text)) is None
