"""What a question asks for, and what the encoder is given of it."""

from __future__ import annotations

import pytest

from knowledge.search.index import Document, SearchIndex
from knowledge.search.slot import brief

LONG = (
    "I would like to know whether it is possible to download the subtitles of the archive when it is not in my language"
)


@pytest.fixture(name="index")
def _index() -> SearchIndex:
    index = SearchIndex()
    index.put_all([Document("a", ("Subtitles of the archive",)), Document("b", ("Languages of the museum",))])
    return index


def test_a_long_question_keeps_its_heaviest_words_in_their_order(index: SearchIndex) -> None:
    look = index.look(LONG)
    assert look is not None
    kept = brief(LONG, look.slots, 60).split()
    assert len(" ".join(kept)) <= 60
    assert [word for word in LONG.split() if word in kept] == kept
    assert {"download", "subtitles", "archive", "language"} <= set(kept)


def test_a_short_question_stays_as_typed(index: SearchIndex) -> None:
    look = index.look("the  archive ?")
    assert look is not None
    assert brief("the  archive ?", look.slots, 60) == "the  archive ?"


def test_one_endless_word_is_left(index: SearchIndex) -> None:
    assert brief("a" * 200, [], 60) == "a" * 200


def test_a_word_asked_again_stands_for_the_same_until_the_base_changes(index: SearchIndex) -> None:
    first = index.search("subtitels archive")
    assert index.search("subtitels archive") == first
    index.put(Document("c", ("Subtitels archive",)))
    assert index.search("subtitels archive")[0].id == "c"
    index.drop("c")
    assert index.search("subtitels archive") == first
