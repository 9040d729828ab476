"""Slips of the keyboard are mended to words that the base or the art of asking knows, and to nothing else."""

from __future__ import annotations

import pytest

from knowledge.questions.mending import plausible
from tests.knowledge.asking import Asker


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("acords", "accords"),
        ("sudèe", "suede"),
        ("expositoins", "expositions"),
        ("exhibitons", "exhibitions"),
        ("agreemnts", "agreements"),
        ("prochiane", "prochaine"),
        ("deadlnie", "deadline"),
        ("verhagen", "verhaegen"),
    ],
)
def test_a_slip_is_mended(museum: Asker, typed: str, meant: str) -> None:
    _, _, mender = museum.state()
    folded = typed.replace("è", "e")
    assert mender.mend(folded) == meant


@pytest.mark.parametrize("word", ["le", "the", "xz", "2031", "jtc2027", "expo", "lampadaire", "kettle", "horloges"])
def test_a_word_that_may_be_meant_as_it_stands_is_left_alone(museum: Asker, word: str) -> None:
    _, _, mender = museum.state()
    assert mender.mend(word) == word


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("nxet", "next"), ("qeul", "quel"), ("wehn", "when"), ("dtae", "date"), ("whch", "which"), ("qels", "quels")],
)
def test_a_slip_in_a_short_word_of_asking_is_put_right(museum: Asker, typed: str, meant: str) -> None:
    _, _, mender = museum.state()
    assert mender.mend(typed) == meant


@pytest.mark.parametrize(
    ("word", "other", "expected"),
    [("acord", "accord", True), ("record", "accord", False), ("acc", "accord", False), ("accord", "accord", True)],
)
def test_a_first_letter_is_rarely_missed(word: str, other: str, expected: bool) -> None:
    assert plausible(word, other) is expected


@pytest.mark.parametrize("text", ["Qeuls acords avec la Sudèe ?", "Wich agreemnts with Swedne?"])
def test_a_question_full_of_slips_is_answered_as_if_it_had_none(ask: Asker, text: str) -> None:
    right = ask("Quels accords avec la Suède ?")
    assert ask(text).set == right.set


def test_what_was_mended_is_remembered(museum: Asker) -> None:
    assert ("expositoins", "expositions") in museum.read("Quelles expositoins ?").mended
    assert museum.read("Quelles expositions ?").mended == ()
