"""One fact is pointed at among others: what is said of it, and what is asked of it."""

from __future__ import annotations

import pytest

from knowledge.questions import pointing
from tests.knowledge.asking import Asker


@pytest.mark.parametrize(
    ("text", "said", "asked"),
    [
        ("the budget of the ERDERA one?", "erdera", "the budget of"),
        ("how many newborns in the French one?", "french", "how many newborns in"),
        ("when does the one on kidney diseases close?", "on kidney diseases", "when does"),
        ("celui sur les start-up", "sur les start up", ""),
        ("celle de Berlin, c'était où ?", "de berlin", "etait ou"),
        ("celui sur la prévention ouvre quand ?", "sur la prevention", "ouvre quand"),
    ],
)
def test_what_is_said_of_it_and_what_is_asked_are_two_parts(ask: Asker, text: str, said: str, asked: str) -> None:
    point = pointing.pointed(ask.read(text))
    assert point is not None
    assert point.said.plain == said
    assert set(asked.split()) <= set(point.asked.plain.split()) and "one" not in point.asked.tokens


@pytest.mark.parametrize(
    "text", ["the second one", "the last one?", "celui-ci", "et l'autre ?", "which one closes first?"]
)
def test_a_place_in_a_row_describes_nothing(ask: Asker, text: str) -> None:
    assert pointing.pointed(ask.read(text)) is None


@pytest.mark.parametrize(
    ("first", "then", "fact", "value"),
    [
        (
            "Which calls close in February 2025?",
            "what is the budget of the ERDERA one?",
            "appel-erdera-jtc2025",
            32625162,
        ),
        ("Liste les appels Digital Europe", "combien pour celui de 2021 ?", "appel-digital-gdi-2021", 20_000_000),
        ("Quel est le budget de JTC2026 ?", "celui sur le cardio", "appel-ep-permed-jtc2026", 38_000_000),
        ("What is the budget of JTC2026?", "the one on kidney diseases", "appel-ep-permed-jtc2026", 38_000_000),
    ],
)
def test_what_is_asked_is_asked_of_the_one_that_is_meant(
    ask: Asker, first: str, then: str, fact: str, value: int
) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.facts[0], after.value) == ("sure", fact, value)


def test_several_can_be_pointed_at_in_turn(ask: Asker) -> None:
    _, first, second = ask.thread(
        "Which projects are about newborn screening?",
        "how many babies in the English one?",
        "and in phase 2 of the French one?",
    )
    assert (first.facts[0], first.value) == ("projet-generation-study", 100_000)
    assert (second.facts[0], second.value) == ("projet-perigenomed", 19_000)


def test_what_none_of_those_shown_is_picks_none(ask: Asker) -> None:
    view, _, _ = ask.state()
    calls = [view.records[name] for name in ("appel-erdera-jtc2025", "appel-ep-permed-jtc2025")]
    point = pointing.pointed(ask.read("the Japanese one"))
    assert point is not None
    assert pointing.picked(point.said, view, [calls]) is None
