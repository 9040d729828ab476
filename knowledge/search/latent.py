"""Latent terms: what the words of a text stand for, as a sparse vector, and how alike two texts are by them.

A sparse autoencoder over the states that a model of language has at each word gives a few of many thousand concepts, each with
its strength; a text has the strongest of all its words. That keeps the parts of a question apart, where the one dense vector of
a sentence blends them. The idea is that of learnt sparse retrieval (Formal et al., SPLADE, 2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

OF_QUESTION: Final = 64
"""Terms of a question that are compared."""
OF_TEXT: Final = 128
"""Terms kept of one text."""
OF_DOCUMENT: Final = 256
"""Terms kept of all the texts of a document."""


class Terms(NamedTuple):
    """Numbers of latent terms, each once, and how strongly each is meant (above 0), strongest first."""

    numbers: NDArray[np.int32]
    strengths: Floats


NO_TERMS: Final = Terms(np.zeros(0, np.int32), np.zeros(0, np.float32))


def in_rows(terms: Sequence[Terms]) -> tuple[NDArray[np.int32], NDArray[np.float16]]:
    """The terms of texts as two arrays of one row a text, OF_TEXT columns, ends filled with zeros."""
    numbers, strengths = np.zeros((len(terms), OF_TEXT), np.int32), np.zeros((len(terms), OF_TEXT), np.float16)
    for row, one in enumerate(terms):
        numbers[row, : len(one.numbers)], strengths[row, : len(one.numbers)] = one.numbers, one.strengths
    return numbers, strengths


def terms_of(numbers: NDArray[np.int32], strengths: NDArray[np.float16]) -> Terms:
    """The terms in one row of such arrays."""
    kept = int((strengths > 0).sum())
    return Terms(numbers[:kept], strengths[:kept].astype(np.float32))


def strongest(terms: Terms, most: int) -> Terms:
    """The strongest of them at unit length."""
    kept = terms.strengths[:most].astype(np.float32)
    return Terms(terms.numbers[:most], kept / max(float(np.linalg.norm(kept)), 1e-9))


def together(parts: Sequence[Terms], most: int = OF_DOCUMENT) -> Terms:
    """The terms of several texts as those of one: each as strong as where it is strongest."""
    if not parts:
        return NO_TERMS
    numbers, place = np.unique(np.concatenate([part.numbers for part in parts]), return_inverse=True)
    strengths = np.zeros(len(numbers), np.float32)
    np.maximum.at(strengths, place, np.concatenate([part.strengths for part in parts]).astype(np.float32))
    order = np.argsort(-strengths, kind="stable")[:most]
    return Terms(numbers[order].astype(np.int32), strengths[order])


class Latents:
    """The terms of the documents, by slot of the index: four bytes a term."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._numbers = np.zeros((0, OF_DOCUMENT), np.uint16 if size <= 1 << 16 else np.uint32)
        self._strengths = np.zeros((0, OF_DOCUMENT), np.float16)

    def put(self, slot: int, parts: Sequence[Terms]) -> None:
        """Keep the terms of a document's texts."""
        if slot >= len(self._numbers):
            more = slot * 5 // 4 + 64 - len(self._numbers)
            self._numbers = np.concatenate((self._numbers, np.zeros((more, OF_DOCUMENT), self._numbers.dtype)))
            self._strengths = np.concatenate((self._strengths, np.zeros((more, OF_DOCUMENT), np.float16)))
        kept = strongest(together(parts), OF_DOCUMENT)
        self._numbers[slot] = self._strengths[slot] = 0
        self._numbers[slot, : len(kept.numbers)] = kept.numbers
        self._strengths[slot, : len(kept.numbers)] = kept.strengths

    def likeness(self, asked: Terms, slots: Numbers) -> Floats:
        """The cosine of a question's terms and those of some documents; 0 for one without any."""
        meant, wanted = np.zeros(self._size, np.float32), strongest(asked, OF_QUESTION)
        meant[wanted.numbers] = wanted.strengths
        result = np.zeros(len(slots), np.float32)
        known = slots < len(self._numbers)
        held = slots[known]
        result[known] = (meant[self._numbers[held]] * self._strengths[held]).sum(axis=1)
        return result
