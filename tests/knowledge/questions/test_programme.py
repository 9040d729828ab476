"""Whose affair a question is: the programme's own, or that of others."""

from __future__ import annotations

import pytest

from knowledge.questions import programme
from tests.knowledge.asking import Asker


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("Nos accords avec la Suède", True),
        ("On a signé quoi ?", True),
        ("What are our agreements?", True),
        ("Les accords avec la Suède", False),
        ("What is on the agenda of Sweden?", False),  # "on" is nobody in English
    ],
)
def test_the_programme_is_spoken_of_by_the_words_of_each_language(ask: Asker, text: str, ours: bool) -> None:
    assert programme.is_spoken_of(ask.read(text)) is ours


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Qu'est-ce qu'on a avec le Royaume-Uni ?", True),
        ("What do we have with the UK?", True),
        ("What do we have in the UK?", False),
    ],
)
def test_what_there_is_with_a_country_is_asked_without_a_name_for_it(ask: Asker, text: str, held: bool) -> None:
    assert programme.asks_what_is_held(ask.read(text)) is held


@pytest.mark.parametrize(
    ("text", "part"), [("Où la France siège-t-elle ?", True), ("Do we sit on it?", True), ("Who sits on it?", False)]
)
def test_its_own_part_in_a_group_is_told_from_that_of_others(ask: Asker, text: str, part: bool) -> None:
    assert programme.takes_part(ask.read(text)) is part


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("When was the memorandum with Sweden signed?", True),
        ("When was the Garvan memorandum with the English announced?", False),
        ("When was the memorandum signed?", False),
    ],
)
def test_a_party_that_is_named_makes_it_the_affair_of_others(ask: Asker, text: str, alone: bool) -> None:
    assert programme.with_nobody_else(ask.read(text)) is alone


def test_what_we_signed_with_a_body_joins_our_own_country(ask: Asker) -> None:
    answer = ask("On a signé avec Genomics England à quelle date ?")
    assert (answer.facts, answer.value) == (("accord-france-royaume-uni-2018",), "2018-01-18")
