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
