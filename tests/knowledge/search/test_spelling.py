"""Mistyped words against the words of the base."""

from __future__ import annotations

import pytest

from knowledge.search.keyboard import cost
from knowledge.search.spelling import Spelling

KNOWN = [
    "sequencage",
    "genome",
    "genomique",
    "licenciement",
    "signature",
    "danemark",
    "declaration",
    "workshop",
    "accord",
]


def known() -> Spelling:
    spelling = Spelling()
    spelling.add_words(KNOWN)
    return spelling


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sequansage", "sequencage"),
        ("geonmique", "genomique"),
        ("lisenciement", "licenciement"),
        ("sinature", "signature"),
        ("danemrk", "danemark"),
        ("delcaration", "declaration"),
        ("wrokshopp", "workshop"),
        ("qccord", "accord"),
    ],
)
def test_the_word_that_was_meant_comes_first(typed: str, meant: str) -> None:
    assert known().near(typed)[0].word == meant


def test_a_known_word_is_not_near_itself() -> None:
    assert all(near.word != "genome" for near in known().near("genome"))


def test_short_words_and_codes_are_left_alone() -> None:
    assert known().near("geo") == []
    assert known().near("jtc2026") == []


def test_words_added_one_by_one_are_found_like_those_added_together() -> None:
    one_by_one = Spelling()
    for word in KNOWN:
        one_by_one.add_words([word])
    for typed in ("sequansage", "danemrk", "genomes", "acord"):
        assert one_by_one.near(typed) == known().near(typed)


def test_slips_of_the_finger_cost_less_than_other_letters() -> None:
    assert cost("danenark", "danemark") < cost("danezark", "danemark")
    assert cost("dnaemark", "danemark") < cost("dxyemark", "danemark")
    assert cost("accoord", "accord") < cost("acclord", "accord")
    assert cost("accord", "accord") == 0.0
