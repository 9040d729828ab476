"""Questions without an answer are put together by what they ask."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from knowledge.asked import KeptQuestion
from knowledge.gaps import Gap, content, gaps, likeness

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
SYNONYMS = {"appel": frozenset({"appel", "call"}), "call": frozenset({"appel", "call"})}


def question(seq: int, text: str, person: str = "p1", band: str = "unknown", **more: str) -> KeptQuestion:
    return KeptQuestion(NOW, text, "fr", band, "lookup", person=person, seq=seq, **more)  # type: ignore[arg-type]


def found(*questions: KeptQuestion) -> tuple[Gap, ...]:
    return gaps(questions, SYNONYMS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quel est le budget de l'appel Islande ?", "budget appel islande"),
        ("budget de l'appel Islande", "What is the budget of the Iceland... Islande call?"),
        ("Qui préside le comité Islande ?", "qui preside le comite islande svp"),
    ],
)
def test_the_same_question_in_other_words_is_one_gap(one: str, other: str) -> None:
    (gap,) = found(question(1, one), question(2, other, "p2"))

    assert (gap.key, gap.people, gap.wordings) == (1, 2, (other, one))


def test_different_questions_stay_apart() -> None:
    assert len(found(question(1, "budget de l'appel Islande"), question(2, "président du comité Norvège"))) == 2


def test_likeness_is_handed_on() -> None:
    first, second = "budget appel Islande", "budget appel Islande montant total"
    assert len(found(question(1, first), question(2, second), question(3, "montant total appel Islande annuel"))) == 1


def test_what_most_people_ask_comes_first_then_the_newest() -> None:
    listed = found(
        question(1, "comité Norvège", "p1"),
        question(2, "comité Norvège", "p2"),
        question(3, "budget Islande", "p1"),
        question(4, "traité Pérou", "p1"),
    )
    assert [gap.text for gap in listed] == ["comité Norvège", "traité Pérou", "budget Islande"]


def test_a_gap_is_named_by_the_wording_used_most() -> None:
    (gap,) = found(
        *(question(n, text) for n, text in enumerate(["comité Norvège ?", "le comité Norvège", "comité Norvège ?"]))
    )
    assert gap.text == "comité Norvège ?"


@pytest.mark.parametrize(
    "other",
    [
        question(1, "", "p1"),
        question(1, "comité Norvège", outcome="answered"),
        question(1, "comité Norvège", outcome="dismissed"),
        question(1, "comité Norvège", band="sure"),
        question(1, "comité Norvège", band="sure", verdict="good"),
    ],
)
def test_what_is_answered_or_not_kept_is_no_gap(other: KeptQuestion) -> None:
    assert found(other) == ()


def test_an_answer_rated_bad_is_a_gap() -> None:
    assert len(found(question(1, "comité Norvège", band="sure", verdict="bad"))) == 1


def test_questions_without_a_word_that_matters_are_like_nothing() -> None:
    assert likeness(content("et qui ?", {}), content("et qui ?", {})) == 0
    assert len(found(question(1, "et qui ?"), question(2, "et qui ?"))) == 2
