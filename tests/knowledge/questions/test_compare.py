"""Two or three facts side by side."""

from __future__ import annotations

import pytest

from knowledge.messages import Card
from tests.knowledge.asking import Asker, parts, said


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Différence entre ERA PerMed et EP PerMed ?", ("era-permed", "ep-permed")),
        ("What is the difference between ERA PerMed and EP PerMed?", ("era-permed", "ep-permed")),
        ("Compare SeqOIA et AURAGEN", ("seqoia", "auragen")),
        ("Compare SeqOIA and AURAGEN", ("seqoia", "auragen")),
        ("SeqOIA vs AURAGEN", ("seqoia", "auragen")),
    ],
)
def test_each_fact_is_shown_in_the_order_asked(ask: Asker, text: str, facts: tuple[str, ...]) -> None:
    answer = ask(text)
    assert (answer.band, answer.form, answer.facts) == ("sure", "compare", facts)
    assert tuple(card.record_id for card in parts(answer, Card)) == facts
    assert said(answer) == ["compare.lead"]


def test_one_that_is_not_known_is_named_and_nothing_is_compared(ask: Asker) -> None:
    answer = ask("Compare SeqOIA and the Kyoto spectroscope")
    assert answer.band == "unknown" and parts(answer, Card) == []
    assert "unknown.word" in said(answer)


def test_one_that_several_bear_is_a_choice(ask: Asker) -> None:
    assert ask("Compare JTC2024 and JTC2025").band == "unsure"


def test_another_programme_is_compared_too(museum: Asker) -> None:
    answer = museum("Compare Sea Charts and Blown Glass")
    assert (answer.band, answer.facts) == ("sure", ("expo-cartes", "expo-verre"))


def test_a_name_with_small_words_stays_whole(museum: Asker) -> None:
    answer = museum("Quelle différence entre Horloges de poche et Verre soufflé ?")
    assert answer.facts == ("expo-horloges", "expo-verre")


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("SeqOIA and AURAGEN, compare them", ("seqoia", "auragen")),
        ("SeqOIA et AURAGEN, c'est quoi la différence ?", ("seqoia", "auragen")),
        ("How is ERA PerMed different from EP PerMed?", ("era-permed", "ep-permed")),
        ("En quoi SeqOIA est différent d'AURAGEN ?", ("seqoia", "auragen")),
        ("What's the difference between B1MG and B1MGplus?", ("projet-b1mg", "projet-b1mgplus")),
    ],
)
def test_the_things_may_be_named_in_other_places(ask: Asker, text: str, facts: tuple[str, ...]) -> None:
    answer = ask(text)
    assert (answer.form, answer.facts) == ("compare", facts)


@pytest.mark.parametrize(
    ("then", "facts"),
    [
        ("quelle différence avec AURAGEN ?", ("seqoia", "auragen")),
        ("what is the difference with AURAGEN?", ("seqoia", "auragen")),
    ],
)
def test_the_fact_in_focus_is_compared_with_another(ask: Asker, then: str, facts: tuple[str, ...]) -> None:
    _, after = ask.thread("C'est quoi SeqOIA ?", then)
    assert (after.form, after.facts) == ("compare", facts)


@pytest.mark.parametrize("then", ["quelle différence entre les deux ?", "compare them", "what's the difference?"])
def test_the_last_two_of_a_thread_are_compared(ask: Asker, then: str) -> None:
    *_, after = ask.thread("C'est quoi SeqOIA ?", "et AURAGEN ?", then)
    assert (after.form, set(after.facts)) == ("compare", {"seqoia", "auragen"})
