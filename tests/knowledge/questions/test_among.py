"""One or some of the facts listed or offered are asked about."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker


@pytest.mark.parametrize(
    ("first", "then", "place"),
    [
        ("Quels accords avec la Suède ?", "la deuxième", 1),
        ("Quels accords avec la Suède ?", "le premier", 0),
        ("Quels accords avec la Suède ?", "la 3e", 2),
        ("Quels accords avec la Suède ?", "le dernier", -1),
        ("Which agreements do we have with Sweden?", "the second one", 1),
        ("Which agreements do we have with Sweden?", "the last one", -1),
        ("When does JTC2025 close?", "la deuxième", 1),
        ("Quand ferme JTC2025 ?", "the first one", 0),
    ],
)
def test_one_is_picked_by_its_place(ask: Asker, first: str, then: str, place: int) -> None:
    before, after = ask.thread(first, then)
    assert after.facts == (before.facts[place],)
    assert after.band == "sure"


def test_a_pick_answers_the_question_that_was_asked(ask: Asker) -> None:
    _, after = ask.thread("When does JTC2025 close?", "the second one")
    assert after.field == "closes"
    assert after.value in ("2025-02-18", "2025-02-13")


def test_a_place_beyond_what_was_shown_picks_nothing(ask: Asker) -> None:
    before, after = ask.thread("Quand ferme JTC2025 ?", "la neuvième")
    assert after.band != "sure" or after.facts[0] not in before.facts


@pytest.mark.parametrize(
    ("first", "then", "fact"),
    [
        ("Quand ferme JTC2025 ?", "celui d'ERDERA", "appel-erdera-jtc2025"),
        ("Quelles cibles ont été atteintes ?", "laquelle est britannique ?", "cible-100000-genomes-uk"),
        ("Which targets were reached?", "which one is Finnish?", "cible-finngen-500000"),
    ],
)
def test_one_is_picked_by_what_it_is(ask: Asker, first: str, then: str, fact: str) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.facts) == ("sure", (fact,))


def test_the_other_of_two_offered_can_be_asked_for(ask: Asker) -> None:
    choice = ask("JTC2025, date limite ?")
    assert choice.band == "unsure"
    picked = ask("la première", topic=choice.topic)
    other = ask("et l'autre ?", topic=picked.topic)
    assert (picked.band, other.band) == ("sure", "sure")
    assert {picked.facts[0], other.facts[0]} == set(choice.facts)


def test_which_of_them_narrows_what_was_listed(ask: Asker) -> None:
    shown = ask("Which agreements involve Canada?")
    answer = ask("which of them is with the English?", topic=shown.topic)
    assert (answer.band, answer.facts[:1]) == ("sure", ("mou-genome-bc-genomics-england",))


def test_the_second_stage_is_no_second_place(ask: Asker) -> None:
    _, one, stage = ask.thread(
        "Which calls close in February 2025?", "what is the budget of the ERDERA one?", "and its second stage?"
    )
    assert (stage.facts, stage.field, stage.value) == (one.facts, "full_proposal_deadline", "2025-07-09")


def test_one_that_is_pointed_at_is_not_counted(museum: Asker) -> None:
    listed, after = museum.thread("Which exhibitions are there?", "how many visitors does the sea charts one expect?")
    assert len(listed.facts) > 1
    assert after.facts == ("expo-cartes",) and after.count is None
