"""What a fact counts, what a question counts, and the day on which a figure was observed."""

from __future__ import annotations

import pytest

from knowledge.questions import quantities
from tests.knowledge.asking import Asker


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Combien de participants à ce jour ?", ("participants",)),
        ("How many rare disease genomes?", ("rare", "disease", "genomes")),
        ("Combien dure le projet ?", ()),
        ("Quand ferme JTC2024 ?", ()),
    ],
)
def test_what_is_counted_stands_right_after_how_many(ask: Asker, text: str, counted: tuple[str, ...]) -> None:
    assert quantities.counted_nouns(ask.read(text)) == counted


def test_a_fact_counts_in_its_own_unit_and_one_without_a_figure_in_none(ask: Asker) -> None:
    records = ask.state()[0].records
    assert quantities.counts(records["auragen"])
    assert quantities.counts_in(records["auragen"], ("genomes",))
    assert not quantities.counts_in(records["auragen"], ("platforms",))
    assert not quantities.counts(records["appel-ep-permed-jtc2024"])
    assert not quantities.counts_in(records["appel-ep-permed-jtc2024"], ("genomes",))


def test_a_unit_that_the_title_says_names_the_fact_and_not_what_it_counts(ask: Asker) -> None:
    assert not quantities.counts_in(ask.state()[0].records["cible-all-of-us"], ("participants",))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("When did the Emirati programme pass 650,000 samples?", "2024-09-05"),
        ("La cible des 100 000 génomes au Royaume-Uni a été atteinte quand ?", "2018-12-05"),
        ("Pour quand l'objectif de 200 thérapies d'IRDiRC devait-il être atteint ?", "2020"),
    ],
)
def test_the_day_on_which_a_figure_was_reached_is_not_the_one_on_which_it_should_be(
    ask: Asker, text: str, value: str
) -> None:
    assert ask(text).value == value


def test_that_day_can_be_asked_of_another_target(ask: Asker) -> None:
    _, after = ask.thread(
        "Quand la cible des 100 000 génomes britanniques a-t-elle été atteinte ?", "et les 200 thérapies d'IRDiRC ?"
    )
    assert (after.facts[0], after.value) == ("cible-irdirc-200-therapies", "2017")


@pytest.mark.parametrize("people", ["volontaires", "personnes", "participants"])
def test_people_are_people_by_whatever_noun(ask: Asker, people: str) -> None:
    assert ask(f"All of Us vise combien de {people} ?").value == 1_000_000
