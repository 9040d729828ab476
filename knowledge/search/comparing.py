"""A question compared by meaning with every document, text by text: exact, and quick enough for some thousands of documents."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.search.encoder import Vectors, normal
from knowledge.search.growing import Growing, ranges
from knowledge.search.kept_vectors import KeptVectors
from knowledge.search.yardstick import SAME, Scale

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
UNKNOWN = np.float32(-1.0)
"""The likeness of a document without vectors."""


class Usual(NamedTuple):
    """Where the likenesses of all documents lie."""

    mean: np.floating
    deviation: np.floating
    middle: np.floating

    @classmethod
    def of(cls, likeness: Floats) -> Usual:
        return cls(likeness.mean(), likeness.std(), np.median(likeness))


class Comparison(Protocol):
    """One question and all documents (slots of the index).

    `rough` is what to look for the most alike by: how alike each document is, about, above 0; 0 for one without vectors.
    `most_alike` tells so many of the documents that are highest by it, of which it is to be given about `looked_at`. `of` gives
    the exact likeness (cosine) for some documents: of the text that is most alike, and of all texts together. `usual` says where
    the two lie, None while no document has vectors.
    """

    @property
    def rough(self) -> Floats: ...

    @property
    def looked_at(self) -> int: ...

    @property
    def usual(self) -> tuple[Usual, Usual] | None: ...

    def most_alike(self, slots: Numbers, most: int) -> Numbers: ...

    def of(self, slots: Numbers) -> tuple[Floats, Floats]: ...


class Texts:
    """Which texts each document has: the numbers of their vectors, and the share that each has in the meaning of the whole."""

    def __init__(self, kept: KeptVectors) -> None:
        self._kept = kept
        self._numbers = Growing(np.int32)
        self._shares = Growing(np.float32)
        self._firsts = Growing(np.int64)
        self._counts = Growing(np.int32)
        self._lengths = Growing(np.float32)

    def add(self, owner: int, numbers: list[int], rows: Vectors, shares: Floats) -> None:
        for column in (self._firsts, self._counts, self._lengths):
            column.widen(owner + 1)
        self._firsts.all[owner] = len(self._numbers)
        self._lengths.all[owner] = max(float(np.linalg.norm(shares @ rows)), 1e-9)
        self._numbers.extend(numbers)
        self._shares.extend(shares)
        self._counts.all[owner] = len(numbers)  # last: from now on they are read

    def known(self) -> Numbers:
        """The documents that have vectors."""
        return self._counts.all.nonzero()[0]

    def lacking(self, slots: int) -> NDArray[np.bool_]:
        """Which of the first documents have no vectors."""
        result = np.ones(slots, bool)
        counts = self._counts.all[:slots]
        np.equal(counts, 0, out=result[: len(counts)])
        return result

    def rows(self, owners: Numbers) -> tuple[Vectors, Numbers]:
        """The vectors of all texts of documents that have some, in a row, and where those of each document begin."""
        places, firsts = self._places(owners)
        return self._kept.rows(self._numbers.all[places]), firsts

    def centers(self, owners: Numbers) -> Vectors:
        """The meanings, as a whole, of documents that have vectors: one row each."""
        places, firsts = self._places(owners)
        rows = self._kept.rows(self._numbers.all[places])
        rows *= self._shares.all[places][:, None]
        return normal(np.add.reduceat(rows, firsts, axis=0))

    def likeness(self, owners: Numbers, vector: Vectors) -> tuple[Floats, Floats]:
        """How alike a question is to documents that have vectors: to the most alike text of each, to all its texts together."""
        places, firsts = self._places(owners)
        likeness = self._kept.rows(self._numbers.all[places]) @ vector
        nearest = np.maximum.reduceat(likeness, firsts)
        return nearest, np.add.reduceat(likeness * self._shares.all[places], firsts) / self._lengths.all[owners]

    def _places(self, owners: Numbers) -> tuple[Numbers, Numbers]:
        """Where the texts of some documents are, in a row, and where in it those of each document begin."""
        counts = self._counts.all[owners]
        return ranges(self._firsts.all[owners], counts), np.cumsum(counts) - counts


class Exact:
    """Every text of every document."""

    def __init__(self, dimension: int) -> None:
        self._rows = Growing(np.float32, columns=dimension)
        self._owners = Growing(np.int64)
        self._centers = Growing(np.float32, columns=dimension)

    def add(self, owner: int, rows: Vectors, shares: Floats) -> None:
        self._rows.extend(rows)
        self._owners.extend(np.full(len(rows), owner))
        self._centers.widen(owner + 1)
        self._centers.all[owner] = normal((rows * shares[:, None]).sum(axis=0, keepdims=True))[0]

    def compare(self, vector: Vectors, slots: int, scale: Scale) -> ExactComparison:
        return ExactComparison(*self._likeness(vector, slots, scale))

    def _likeness(self, vector: Vectors, slots: int, scale: Scale) -> tuple[Floats, Floats]:
        rows, owners, all_centers = self._rows.all, self._owners.all, self._centers.all[:slots]
        nearest = np.full(slots, UNKNOWN, np.float32)
        known = owners < slots
        np.maximum.at(nearest, owners[known], (rows @ vector)[known])
        whole = np.full(slots, UNKNOWN, np.float32)
        whole[: len(all_centers)] = all_centers @ vector
        lacking = nearest <= UNKNOWN
        whole[lacking] = UNKNOWN
        if scale != SAME:
            nearest, whole = (
                np.where(lacking, UNKNOWN, each * scale.factor + scale.shift) for each in (nearest, whole)
            )
        return nearest, whole


class ExactComparison:
    """See `Comparison`."""

    looked_at = 0  # rough is exact

    def __init__(self, nearest: Floats, whole: Floats) -> None:
        self._nearest, self._whole = nearest, whole
        self.rough = np.maximum(nearest + whole, 0.0)

    def most_alike(self, slots: Numbers, most: int) -> Numbers:
        return slots[:most]

    def of(self, slots: Numbers) -> tuple[Floats, Floats]:
        return self._nearest[slots], self._whole[slots]

    @property
    def usual(self) -> tuple[Usual, Usual] | None:
        known = self._nearest > UNKNOWN
        return (Usual.of(self._nearest[known]), Usual.of(self._whole[known])) if known.any() else None
