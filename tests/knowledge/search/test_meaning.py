"""Meaning beside words, with an encoder made for the test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event
from time import sleep

import numpy as np
from numpy.typing import NDArray

from knowledge.search.index import Document, SearchIndex
from knowledge.search.meaning import Meanings, pieces

TOPICS = {"voiture": 0, "automobile": 0, "car": 0, "repas": 1, "lunch": 1, "impot": 2, "tax": 2}


class TopicEncoder:
    """Texts about one topic have one vector; counts what it is asked."""

    dimension = 4
    identity = "topics"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        rows = np.full((len(texts), 4), 0.1, np.float32)
        for row, text in enumerate(texts):
            for word, topic in TOPICS.items():
                if word in text.lower():
                    rows[row, topic] += 1.0
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


class SlowEncoder(TopicEncoder):
    """Stands still in its first text until told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on = Event(), Event()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.begun.set()
        self.go_on.wait(10)
        return super().encode(texts)


class BrokenEncoder(TopicEncoder):
    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise RuntimeError("no model")


DOCUMENTS = (
    Document("drive", ("Assurance automobile",)),
    Document("eat", ("Remboursement du repas",)),
    Document("pay", ("Calendrier de l'impot",)),
)


def test_a_question_without_a_common_word_finds_the_fact_by_its_meaning() -> None:
    made = SearchIndex(encoder=TopicEncoder())
    made.put_all(DOCUMENTS)
    assert made.wait_for_meaning(10)
    assert made.search("lunch")[0].id == "eat"
    assert SearchIndex().search("lunch") == []


def test_meaning_alone_never_makes_it_sure() -> None:
    made = SearchIndex(encoder=TopicEncoder())
    made.put_all(DOCUMENTS)
    assert made.wait_for_meaning(10)
    assert made.search("lunch")[0].score < 0.7


def test_a_fact_put_later_gets_its_meaning_too() -> None:
    made = SearchIndex(encoder=TopicEncoder())
    made.put_all(DOCUMENTS[:1])
    made.put(DOCUMENTS[1])
    assert made.wait_for_meaning(10)
    assert made.search("lunch")[0].id == "eat"


def slowly() -> Iterator[Document]:
    """The documents as a store on a busy disk gives them."""
    yield DOCUMENTS[0]
    sleep(0.2)
    yield from DOCUMENTS[1:]


def test_no_meaning_is_read_before_all_facts_have_theirs(tmp_path: Path) -> None:
    kept = tmp_path / "vectors.npz"
    before = SearchIndex(encoder=TopicEncoder(), vectors=kept)
    before.put_all(DOCUMENTS[:1])
    assert before.wait_for_meaning(10)
    slow = SlowEncoder()
    after = SearchIndex(encoder=slow, vectors=kept)
    after.put_all(slowly())
    assert slow.begun.wait(10), "the first fact comes from the file, another has to be encoded"
    reads: str = after.reads
    assert reads == "words"
    slow.go_on.set()
    assert after.wait_for_meaning(10)
    reads = after.reads
    assert reads == "meaning"


def test_a_broken_encoder_leaves_the_search_by_words() -> None:
    made = SearchIndex(encoder=BrokenEncoder())
    made.put_all(DOCUMENTS)
    assert not made.wait_for_meaning(10)
    assert made.search("assurance")[0].id == "drive"


def test_vectors_are_kept_between_two_starts(tmp_path: Path) -> None:
    kept = tmp_path / "vectors.npz"
    before = SearchIndex(encoder=TopicEncoder(), vectors=kept)
    before.put_all(DOCUMENTS)
    assert before.wait_for_meaning(10)
    encoder = TopicEncoder()
    after = SearchIndex(encoder=encoder, vectors=kept)
    after.put_all(DOCUMENTS)
    assert after.wait_for_meaning(10)
    assert encoder.asked == []
    assert after.search("lunch") == before.search("lunch")


def test_a_damaged_file_of_vectors_is_done_without(tmp_path: Path) -> None:
    kept = tmp_path / "vectors.npz"
    kept.write_bytes(b"not a file of vectors")
    meanings = Meanings(TopicEncoder(), kept)
    meanings.put_all([(0, ["repas"])])
    assert meanings.wait(10)


def test_a_long_text_is_cut_at_the_ends_of_its_sentences() -> None:
    cut = pieces("Une phrase. " * 60)
    assert 1 < len(cut) <= 4
    assert all(piece.endswith(".") and len(piece) <= 300 for piece in cut)
    assert pieces("  ") == ()
