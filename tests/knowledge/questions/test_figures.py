"""Figures that only a summary states: the right one of several, in either language, or none."""

from __future__ import annotations

import pytest

from knowledge.questions import figures
from tests.knowledge.asking import Asker

ROOM = (
    "In 2031, 12 guides showed 140 visitors around; 35% came again and the town paid EUR 2M. Five watchmakers helped."
)


@pytest.mark.parametrize(
    ("text", "counted", "money", "stated"),
    [
        ("How many guides?", ("guides",), False, (True, 12)),
        ("How many people came?", ("people",), False, (True, 140)),
        ("What share came again?", (), False, (True, 35)),
        ("How much money did the town pay?", (), True, (True, 2_000_000)),
        ("How many of the 140 visitors had one of the guides?", ("guides",), False, (True, 12)),
        ("How many watchmakers helped?", ("watchmakers",), False, (True, None)),
        ("How many lions?", ("lions",), False, (False, None)),
    ],
)
def test_the_number_beside_what_is_counted_is_taken(
    museum: Asker, text: str, counted: tuple[str, ...], money: bool, stated: tuple[bool, float | None]
) -> None:
    assert figures.stated_for(museum.read(text), museum.state()[0], (ROOM,), counted, money) == stated


def test_a_year_is_no_figure(museum: Asker) -> None:
    assert figures.stated_for(
        museum.read("How many lions?"), museum.state()[0], ("Seen in 2031.",), ("lions",), False
    ) == (
        False,
        None,
    )


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("How many people joined the GDI forum on citizens?", "forum-gdi-patients-2024", 140),
        ("What diagnostic yield for rare diseases does the Lancet paper report?", "article-lanepe-pfmg2025", 30.6),
        ("La HAS avait gardé combien de dossiers sur les 69 proposés ?", "gt-preindications-has", 12),
    ],
)
def test_a_summary_answers_how_many(ask: Asker, text: str, fact: str, value: float) -> None:
    answer = ask(text)
    assert (answer.band, answer.facts, answer.field, answer.value) == ("sure", (fact,), "summary", value)


def test_a_summary_that_does_not_count_what_is_asked_is_no_answer(ask: Asker) -> None:
    answer = ask("Combien de participants à la matinée AFGC ?")
    assert (answer.band, answer.facts) == ("unknown", ("matinee-afgc-2024",))


def test_the_day_of_a_month_that_is_all_there_is_known_is_not_made_up(ask: Asker) -> None:
    assert ask("Quel jour de septembre 2024 le mémorandum suédois a-t-il été renouvelé ?").band == "unknown"
    assert ask("Quand le mémorandum suédois a-t-il été renouvelé ?").value == "2024-09"


@pytest.mark.parametrize(
    ("text", "value"), [("over five years", 5), ("pour 42 mois", 42), ("sur sept ans", 7), ("for a while", None)]
)
def test_how_long_is_read_in_figures_and_in_words(text: str, value: int | None) -> None:
    assert figures.lasting(text) == value


def test_a_sum_may_be_asked_by_what_one_does_to_have_it(ask: Asker) -> None:
    _, after = ask.thread("C'est quand la date limite du twinning EP PerMed ?", "et combien on peut toucher ?")
    assert (after.facts[0], after.value) == ("appel-ep-permed-twinning-2026", 50_000)
