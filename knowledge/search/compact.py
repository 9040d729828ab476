"""A question compared by meaning with very many documents: few numbers of each tell which are worth a closer look.

The numbers are the principal components of the documents' own meanings (and what they have of the mean one), so that few of
them tell documents apart best.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search.comparing import UNKNOWN, Comparison, Floats, Numbers, Texts, Usual
from knowledge.search.encoder import Vectors
from knowledge.search.growing import Growing
from knowledge.search.yardstick import Scale

COMPONENTS: Final = 48
"""Numbers of each document that are read for every question, 192 bytes: that is what takes the time."""
FINER: Final = 80
"""Numbers that are read besides of those that are likely by the first ones."""
LIKELY: Final = 400
"""Documents that are looked at by all of their numbers."""
COMPARED: Final = 100
"""Documents that are compared text by text."""
_LEARNT_FROM: Final = 16_384
"""Documents that the components are learnt from, at most."""
_SAMPLE: Final = 512
"""Documents that stand for all others where it is asked how alike documents usually are."""
_STEP: Final = 2_048


class Compact:
    """Components of the documents in `texts`, learnt from those that are there now; others are added as they come."""

    def __init__(self, texts: Texts, dimension: int) -> None:
        self._texts = texts
        known = texts.known()
        self.learnt_from = len(known)
        self._origin, self._basis = _components(texts, _spread(known, _LEARNT_FROM), dimension)
        columns = self._basis.shape[1]
        self._points = Growing(np.float32, columns=min(columns, COMPONENTS))
        self._finer = Growing(np.float32, columns=max(columns - COMPONENTS, 0))
        self._widen(int(known[-1]) + 1)
        for first in range(0, len(known), _STEP):
            self._place(known[first : first + _STEP])
        sample = _spread(known, _SAMPLE)
        self._centers = texts.centers(sample)
        self._rows, self._firsts = texts.rows(sample)

    def add(self, owner: int) -> None:
        """Take in a document that `texts` has got."""
        self._widen(owner + 1)
        self._place(np.array([owner]))

    def _widen(self, size: int) -> None:
        self._points.widen(size)
        self._finer.widen(size)

    def _place(self, owners: Numbers) -> None:
        points = (self._texts.centers(owners) - self._origin) @ self._basis
        self._points.all[owners], self._finer.all[owners] = points[:, :COMPONENTS], points[:, COMPONENTS:]

    def compare(self, vector: Vectors, slots: int, scale: Scale) -> Comparison:
        points, asked = self._points.all[:slots], vector @ self._basis
        rough = np.zeros(slots, np.float32)
        np.dot(points, asked[:COMPONENTS], out=rough[: len(points)])
        rough -= rough.min() - np.float32(1e-6)
        lacking = self._texts.lacking(slots)
        rough[lacking] = 0.0
        nearest = np.maximum.reduceat(self._rows @ vector, self._firsts)
        usual = Usual.of(_scaled(nearest, scale)), Usual.of(_scaled(self._centers @ vector, scale))
        return CompactComparison(self, vector, scale, rough, lacking, usual)

    def likeliest(self, slots: Numbers, rough: Floats, vector: Vectors, most: int) -> Numbers:
        """At most so many of some documents, by all that is kept of them; `rough` is what the first numbers say."""
        if len(slots) <= most:
            return slots
        finer = rough[slots] + self._finer.all[slots] @ (vector @ self._basis[:, COMPONENTS:])
        return slots[np.argpartition(-finer, most)[:most]]

    def likeness(self, slots: Numbers, vector: Vectors) -> tuple[Floats, Floats]:
        """See `Texts.likeness`."""
        return self._texts.likeness(slots, vector)


class CompactComparison:
    """See `Comparison`."""

    looked_at = LIKELY

    def __init__(
        self,
        documents: Compact,
        vector: Vectors,
        scale: Scale,
        rough: Floats,
        lacking: NDArray[np.bool_],
        usual: tuple[Usual, Usual],
    ) -> None:
        self._documents, self._vector, self._scale, self._lacking = documents, vector, scale, lacking
        self.rough, self.usual = rough, usual

    def most_alike(self, slots: Numbers, most: int) -> Numbers:
        likeliest = self._documents.likeliest(slots, self.rough, self._vector, COMPARED)
        nearest, whole = self.of(likeliest)
        return likeliest[np.argsort(-(nearest + whole), kind="stable")[:most]]

    def of(self, slots: Numbers) -> tuple[Floats, Floats]:
        nearest, whole = np.full((2, len(slots)), UNKNOWN, np.float32)
        known = ~self._lacking[slots]
        if known.any():
            nearest[known], whole[known] = (
                _scaled(likeness, self._scale) for likeness in self._documents.likeness(slots[known], self._vector)
            )
        return nearest, whole


def _scaled(likeness: Floats, scale: Scale) -> Floats:
    return np.asarray(likeness * scale.factor + scale.shift, np.float32)


def _spread(known: Numbers, most: int) -> Numbers:
    """At most so many of the documents, evenly over all of them."""
    return known[np.linspace(0, len(known) - 1, min(len(known), most)).astype(np.int64)]


def _components(texts: Texts, some: Numbers, dimension: int) -> tuple[Vectors, Vectors]:
    """The mean of documents' meanings; and its direction with those in which they differ most beside it, as columns."""
    total, products = np.zeros(dimension), np.zeros((dimension, dimension))
    for first in range(0, len(some), _STEP):
        part = texts.centers(some[first : first + _STEP])
        total += part.sum(axis=0)
        products += part.T @ part
    mean = total / len(some)
    # Every question is alike to the mean: what documents have of it tells them apart, however little they differ there.
    along = mean / np.linalg.norm(mean)
    across = np.eye(dimension) - np.outer(along, along)
    spread = products / len(some) - np.outer(mean, mean)
    _, directions = np.linalg.eigh(across @ spread @ across)
    basis = np.column_stack([along, directions[:, : -COMPONENTS - FINER : -1]])
    return mean.astype(np.float32), np.ascontiguousarray(basis, np.float32)
