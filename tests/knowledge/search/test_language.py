"""The language of a text, told by its small words."""

from __future__ import annotations

import pytest

from knowledge.search.language import language_of, language_of_words
from knowledge.search.text import words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("quand est le prochain atelier ?", "fr"),
        ("when is the next workshop?", "en"),
        ("c'est quoi l'accord danois", "fr"),
        ("what's the Danish agreement", "en"),
        ("JTC2026", None),
        ("workshop Lyon", None),
        ("", None),
    ],
)
def test_function_words_tell_the_language_or_nothing_does(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["l’appel", "l'appel", "lʼappel"])
def test_an_elision_tells_french_by_whatever_apostrophe(text: str) -> None:
    assert language_of(text) == "fr"


@pytest.mark.parametrize("text", ["quand ferme l'appel ?", "when does it close?", "JTC2026"])
def test_words_at_hand_tell_the_same_as_the_text(text: str) -> None:
    assert language_of_words(text, words(text)) == language_of(text)
