"""Which words name something the base is organised by."""

from __future__ import annotations

import pytest

from knowledge.questions.lexicon import LONGEST, Lexicon, Tag, words


@pytest.fixture
def lexicon() -> Lexicon:
    lexicon = Lexicon()
    lexicon.add("kind", "exhibition", ["exposition", "expo", "exhibition"])
    lexicon.add("kind", "group", ["groupe de travail"])
    lexicon.add("body", "group-body", ["groupe"])
    lexicon.add("country", "IT", ["Italie"], name=True)
    lexicon.add("status", "upcoming", ["pas encore ouvert"])
    lexicon.add("status", "open", ["ouvert"])
    return lexicon


def tags(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    return [(tag.topic, tag.value) for tag in lexicon.tag(words(text))]


@pytest.mark.parametrize("text", ["exposition", "Expositions", "EXPO", "exhibitions"])
def test_a_word_is_known_in_any_of_its_forms(lexicon: Lexicon, text: str) -> None:
    assert tags(lexicon, text) == [("kind", "exhibition")]


def test_a_name_is_known_only_as_it_is_spelled(lexicon: Lexicon) -> None:
    assert tags(lexicon, "en Italie") == [("country", "IT")]
    assert tags(lexicon, "les Italies") == []


def test_the_longest_phrase_wins_over_what_lies_inside_it(lexicon: Lexicon) -> None:
    assert tags(lexicon, "le groupe de travail") == [("kind", "group")]
    assert tags(lexicon, "le groupe") == [("body", "group-body")]
    assert tags(lexicon, "pas encore ouvert") == [("status", "upcoming")]


def test_a_tag_says_where_it_stands_and_whether_it_speaks_of_several(lexicon: Lexicon) -> None:
    assert lexicon.tag(words("quelles expositions")) == (Tag("kind", "exhibition", 1, 2, plural=True),)
    assert lexicon.tag(words("une exposition")) == (Tag("kind", "exhibition", 1, 2, plural=False),)
    assert lexicon.tag(words("les expo")) == (Tag("kind", "exhibition", 1, 2, plural=True),)


def test_a_phrase_too_long_to_be_asked_is_not_kept(lexicon: Lexicon) -> None:
    lexicon.add("field", "long", [" ".join(["mot"] * (LONGEST + 1)), ""])
    assert tags(lexicon, " ".join(["mot"] * (LONGEST + 1))) == []


def test_its_vocabulary_is_every_word_of_every_phrase(lexicon: Lexicon) -> None:
    assert {"exposition", "groupe", "travail", "italie", "encore"} <= lexicon.vocabulary()


def test_words_are_folded_without_what_is_elided_and_codes_stay_whole() -> None:
    assert words("L'Été à JTC2026 !") == ("ete", "a", "jtc2026")
