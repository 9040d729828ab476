"""Latent terms: what the words of a text stand for, made by an encoder of the test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.search.encoder import TermEncoder
from knowledge.search.index import Document, SearchIndex
from knowledge.search.latent import OF_DOCUMENT, Latents, Terms, strongest, together

CONCEPTS = {"envoy": 1, "delegate": 1, "country": 2, "state": 2, "lunch": 3, "kitchen": 4}


def terms(*pairs: tuple[int, float]) -> Terms:
    return Terms(np.array([number for number, _ in pairs], np.int32), np.array([one for _, one in pairs], np.float32))


class ConceptEncoder:
    """Every text has the same vector: only the latent terms tell texts apart."""

    dimension = 2
    identity = "concepts"
    latent_size = 8

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.full((len(texts), 2), 0.5**0.5, np.float32)

    def latent(self, text: str) -> Terms:
        numbers = sorted({CONCEPTS[word] for word in text.lower().split() if word in CONCEPTS})
        return terms(*((number, 1.0) for number in numbers))


def test_the_strongest_terms_are_kept_at_unit_length() -> None:
    kept = strongest(terms((5, 4.0), (2, 3.0), (7, 1.0)), 2)
    assert kept.numbers.tolist() == [5, 2]
    assert kept.strengths.tolist() == pytest.approx([0.8, 0.6])


def test_several_texts_have_each_term_where_it_is_strongest() -> None:
    both = together([terms((1, 0.5), (2, 0.2)), terms((2, 0.9)), terms()])
    assert dict(zip(both.numbers.tolist(), both.strengths.tolist(), strict=True)) == pytest.approx({2: 0.9, 1: 0.5})
    assert together([]).numbers.tolist() == []


def test_no_more_terms_of_a_document_are_kept_than_there_is_room_for() -> None:
    many = terms(*((number, 1.0) for number in range(OF_DOCUMENT + 40)))
    assert len(together([many]).numbers) == OF_DOCUMENT
    held = Latents(1 << 14)
    held.put(3, [many])
    assert held.likeness(terms((0, 1.0)), np.array([3]))[0] > 0.0


def test_likeness_is_a_cosine_and_nothing_where_no_terms_are_known() -> None:
    held = Latents(8)
    held.put(0, [terms((1, 2.0))])
    held.put(2, [terms((1, 1.0), (2, 1.0))])
    found = held.likeness(terms((1, 5.0)), np.array([0, 1, 2, 900]))
    assert found.tolist() == pytest.approx([1.0, 0.0, 0.5**0.5, 0.0], abs=1e-3)


def test_a_document_put_again_has_only_its_new_terms() -> None:
    held = Latents(8)
    held.put(0, [terms((1, 1.0), (2, 1.0))])
    held.put(0, [terms((3, 1.0))])
    assert held.likeness(terms((1, 1.0), (2, 1.0)), np.array([0])).tolist() == [0.0]


def test_the_fact_whose_words_mean_the_same_comes_first() -> None:
    made = SearchIndex(encoder=ConceptEncoder())
    made.put_all([Document("lunch", ("Each kitchen names two",)), Document("envoys", ("Each state names two envoy",))])
    assert made.wait_for_meaning(10)
    assert made.reads == "latent" and isinstance(ConceptEncoder(), TermEncoder)
    first = made.search("each country names how many delegate")[0]
    assert first.id == "envoys" and first.latent > 0.9


class VectorEncoder:
    """The same model without latent terms."""

    dimension = 2
    identity = "concepts"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return ConceptEncoder().encode(texts)


@pytest.mark.parametrize(("first", "again"), [(ConceptEncoder, 0), (VectorEncoder, 1)])
def test_terms_are_kept_between_two_starts_and_made_where_the_file_has_none(
    tmp_path: Path, first: type[ConceptEncoder | VectorEncoder], again: int
) -> None:
    kept, told = tmp_path / "vectors.npz", list[str]()

    class Counting(ConceptEncoder):
        def latent(self, text: str) -> Terms:
            told.append(text)
            return super().latent(text)

    for encoder in (first(), Counting()):
        made = SearchIndex(encoder=encoder, vectors=kept)
        made.put_all([Document("envoys", ("envoy state",)), Document("lunch", ("kitchen",))])
        assert made.wait_for_meaning(10)
    assert told.count("envoy state") == again
    assert made.search("delegate country")[0].latent > 0.9
