"""Many documents compared by few numbers each: what is found is what comparing every text finds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.search import meaning
from knowledge.search.comparing import UNKNOWN
from knowledge.search.encoder import normal
from knowledge.search.index import Document, SearchIndex
from knowledge.search.meaning import Meanings

DIMENSION = 96
FEW = 50
"""Documents from which the compact way is taken in these tests."""


class DrawnEncoder:
    """Texts "topic number" lie near the vector of their topic, as the texts of one fact do; all lie on one side, as those of real
    models do. Counts words as its pieces."""

    dimension = DIMENSION
    identity = "drawn"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        return normal(np.array([self._vector(text) for text in texts], np.float32))

    def pieces(self, text: str) -> int:
        return len(text.split())

    def _vector(self, text: str) -> NDArray[np.float64]:
        topic, _, number = text.partition(" ")
        own, beside = (np.random.default_rng([*part.encode()]) for part in (topic, number or "-"))
        spread = own.standard_normal(DIMENSION) / 15 + beside.standard_normal(DIMENSION) / 40
        return np.asarray(spread + 2.0 / np.sqrt(DIMENSION), np.float64)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "MOST_EXACT", FEW)


def texts(topic: int) -> list[str]:
    return [f"topic{topic} {number}" for number in range(topic % 3 + 1)]


def compared(count: int, cache: Path | None = None) -> Meanings:
    made = Meanings(DrawnEncoder(), cache)
    made.put_all((slot, texts(slot)) for slot in range(count))
    assert made.wait(60)
    return made


def exact(slots: int, vector: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    encoder = DrawnEncoder()
    rows = [encoder.encode(texts(slot)).astype(np.float16).astype(np.float32) for slot in range(slots)]
    nearest = np.array([(row @ vector).max() for row in rows])
    whole = normal(np.array([row.mean(axis=0) for row in rows])) @ vector
    return nearest, whole


def test_the_most_alike_documents_are_those_that_comparing_every_text_finds() -> None:
    made, found = compared(1_000), 0
    for topic in range(0, 1_000, 100):
        vector = DrawnEncoder().encode([f"topic{topic} question"])[0]
        rough = made.compare(vector, 1_000)
        nearest, whole = exact(1_000, vector)
        best = np.argsort(-(nearest + whole))[:10]
        near = rough.most_alike(np.argsort(-rough.rough)[: rough.looked_at], 10)
        assert near[0] == best[0] == topic
        found += len(np.intersect1d(best, near))
    assert found >= 0.9 * 100


def test_a_closer_look_gives_the_exact_likeness_and_where_others_lie() -> None:
    vector = DrawnEncoder().encode(["topic7 question"])[0]
    rough = compared(1_000).compare(vector, 1_000)
    every = np.arange(1_000)
    for found, right in zip(rough.of(every), exact(1_000, vector), strict=True):
        assert found == pytest.approx(right, abs=1e-4)
    assert rough.usual is not None
    for usual, right in zip(rough.usual, exact(1_000, vector), strict=True):
        assert float(usual.mean) == pytest.approx(float(right.mean()), abs=0.2 * float(right.std()))
        assert float(usual.deviation) == pytest.approx(float(right.std()), rel=0.2)


def test_a_document_put_after_the_others_is_compared_too() -> None:
    made = compared(FEW + 20)
    made.put_all([(FEW + 25, ["topic900 0"])])
    assert made.wait(60)
    vector = DrawnEncoder().encode(["topic900 question"])[0]
    rough = made.compare(vector, FEW + 30)
    assert int(rough.rough.argmax()) == FEW + 25
    lacking = np.array([FEW + 22, FEW + 29])
    assert rough.rough[lacking].tolist() == [0.0, 0.0]
    assert rough.of(lacking)[0].tolist() == [UNKNOWN, UNKNOWN]


def test_vectors_of_many_documents_are_kept_between_two_starts(tmp_path: Path) -> None:
    vector = DrawnEncoder().encode(["topic3 question"])[0]
    before = compared(FEW + 10, tmp_path / "kept.npz").compare(vector, FEW + 10)
    encoder = DrawnEncoder()
    after = Meanings(encoder, tmp_path / "kept.npz")
    after.put_all((slot, texts(slot)) for slot in range(FEW + 10))
    assert after.wait(60)
    assert encoder.asked == []
    assert after.compare(vector, FEW + 10).rough.tolist() == before.rough.tolist()


def index(count: int) -> tuple[SearchIndex, DrawnEncoder]:
    encoder = DrawnEncoder()
    made = SearchIndex(encoder=encoder)
    made.put_all(Document(f"fact-{slot}", tuple(texts(slot))) for slot in range(count))
    assert made.wait_for_meaning(60)
    encoder.asked.clear()
    return made, encoder


def test_a_search_among_many_finds_by_meaning_what_is_allowed_and_alive() -> None:
    made, _ = index(400)
    asked = "topic399 zzz"
    assert made.search(asked)[0].id == "fact-399"
    others = made.search("zzzz qqqq", among={"fact-5", "fact-6"})
    assert {hit.id for hit in others} == {"fact-5", "fact-6"}
    made.drop("fact-5")
    assert [hit.id for hit in made.search("zzzz qqqq", among={"fact-5", "fact-6"})] == ["fact-6"]


def test_of_a_long_question_the_lightest_words_are_left_out_where_documents_are_many() -> None:
    long = " ".join(["et", "le", "la", "de", *(f"x{letter}q" for letter in "abcdefghijklmnop")])
    few_documents, encoder = index(FEW)
    few_documents.search(long)
    assert encoder.asked == [long]
    many_documents, encoder = index(FEW + 20)
    many_documents.search(long)
    assert encoder.asked == [" ".join(long.split()[4 : 4 + meaning.PIECES_ASKED])]
