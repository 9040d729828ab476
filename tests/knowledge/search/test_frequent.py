"""The words that people use, and which one a mistyped word was meant to be."""

from __future__ import annotations

import pytest

from knowledge.search.frequent import frequent, likeliest
from knowledge.search.index import Document, SearchIndex
from knowledge.search.slot import corrected


def test_frequent_words_keep_their_accents_and_their_place() -> None:
    french = frequent("fr")
    assert french["ete"].spelling == "été"
    assert french["le"].place < french["succes"].place


def test_a_word_of_both_languages_has_its_better_place() -> None:
    both = frequent(None)
    assert both["on"].place == min(frequent("fr")["on"].place, frequent("en")["on"].place)


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [("pourarit", "fr", "pourrait"), ("yuotube", "en", "youtube"), ("pourarit", None, "pourrait")],
)
def test_a_mistyped_word_is_taken_for_a_frequent_one(typed: str, language: str | None, meant: str) -> None:
    found = likeliest(typed, language)
    assert found is not None
    assert found[1] == meant


def test_nothing_is_near_a_made_up_word() -> None:
    assert likeliest("zzqxkvwj", "fr") is None


def test_an_accented_word_that_the_base_does_not_hold_reaches_the_encoder_as_typed() -> None:
    index = SearchIndex()
    index.put_all([Document("a", ("The access to the archive",)), Document("b", ("Wide plains of the north",))])
    text = "il a mené ses plaintes au succès aujourd'hui"
    look = index.look(text)
    slots = look.slots if look else index._expand(text)[0]
    assert corrected(text, slots) == text
