"""The regular forms of everyday words: those that people write are among them."""

from __future__ import annotations

import pytest

from knowledge.search.inflection import english_forms, french_forms


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("parler", {"parle", "parlons", "parlait", "parlé"}),
        ("manger", {"mangeons", "mangeait", "mange"}),
        ("commencer", {"commençons", "commençait", "commence"}),
        ("finir", {"finissons", "finit", "fini"}),
        ("bateau", {"bateaux"}),
        ("national", {"nationale", "nationaux"}),
        ("grand", {"grands", "grande", "grandes"}),
    ],
)
def test_a_french_word_has_its_conjugation_plural_and_feminine(word: str, forms: set[str]) -> None:
    assert {word, *forms} <= set(french_forms(word))


@pytest.mark.parametrize("word", ["prendre", "temps", "prix", "nez"])
def test_an_irregular_verb_or_a_word_without_a_plural_of_its_own_stands_alone(word: str) -> None:
    assert french_forms(word) == [word]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("close", {"closes", "closed", "closing"}),
        ("study", {"studies", "studied", "studying"}),
        ("play", {"plays", "played", "playing"}),
        ("watch", {"watches", "watched", "watching"}),
        ("quick", {"quicker", "quickly"}),
    ],
)
def test_an_english_word_has_its_plural_past_and_what_is_made_of_it(word: str, forms: set[str]) -> None:
    assert {word, *forms} <= set(english_forms(word))
