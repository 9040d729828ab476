"""The port that an encoder of sentences fills, and what all of its adapters share. No model is loaded here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from knowledge.search.latent import Terms

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors of length one: an array of one row per text, `dimension` columns.

    `encode` takes questions. An encoder that treats the texts of documents otherwise has `encode_documents` too, of the same
    form. Both must be safe to call from two threads. `identity` names the model: vectors of another are of no use to it. One
    whose likenesses lie elsewhere than those that the weights were learnt from has a method `scale` as well; one whose time
    grows with the words of a question has `pieces`, which tells how much a word adds.
    """

    @property
    def dimension(self) -> int: ...

    @property
    def identity(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...


@runtime_checkable
class TermEncoder(Encoder, Protocol):
    """An encoder that tells the latent terms of a text too: numbers below `latent_size`, the strongest first."""

    @property
    def latent_size(self) -> int: ...

    def latent(self, text: str) -> Terms: ...


def normal(rows: Vectors) -> Vectors:
    """Rows brought to length one; a row of zeros stays."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)
