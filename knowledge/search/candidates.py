"""Which documents are worth a closer look: those that hold most of the question, by the weights of its words."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search.postings import Postings
from knowledge.search.rank import Table
from knowledge.search.slot import Slot

SHORTLIST: Final = 28
"""Candidates that are looked at closely."""
_POSTINGS: Final = 25_000
"""Entries read before the commonest words of a question are left to the close look."""

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


class Candidates:
    """Adds up what each document (a slot of the index) holds of a question. `ids` names the documents; it grows with them."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids
        self._totals: Floats = np.zeros(0, np.float32)

    def by_words(
        self,
        slots: Sequence[Slot],
        alternatives: Table,
        postings: Postings,
        gone: Numbers,
        among: Container[str] | None = None,
    ) -> Numbers:
        """The documents, but for those that are gone, that hold most of the words asked for, best first; among some ids, when
        given."""
        words_of, at, likeness = alternatives
        if not len(words_of):
            return np.zeros(0, np.int64)
        sizes = np.bincount(at, postings.sizes(words_of), len(slots))
        order = np.argsort(sizes, kind="stable")
        read = np.cumsum(sizes[order]) <= max(_POSTINGS, float(sizes[order[0]]))
        wanted = np.zeros(len(slots), bool)
        wanted[order[read]] = True
        chosen = wanted[at]
        weights = np.array([slot.weight for slot in slots])[at] * likeness
        totals = self._zeros()
        postings.add_to(totals, words_of[chosen], weights[chosen].astype(np.float32))
        totals[gone] = 0.0
        return self.best(totals, among)

    def _zeros(self) -> Floats:
        """One total of 0 for each document, in memory that is used again."""
        count = len(self._ids)
        if len(self._totals) < count:
            self._totals = np.zeros(count * 5 // 4 + 64, np.float32)
        totals = self._totals[:count]
        totals[:] = 0.0
        return totals

    def best(
        self, totals: Floats, among: Container[str] | None, wanted: int = SHORTLIST, highest: float = 0.4
    ) -> Numbers:
        """The documents with the highest totals above 0, highest first; among some ids, when given. Those above so much of the
        highest total are looked at first, which changes nothing but the time."""
        top = float(totals.max()) if len(totals) else 0.0
        threshold, most = highest * top, 4 * wanted
        while top > 0.0:
            found = np.flatnonzero(totals > threshold)
            every = threshold <= 0.0 and len(found) <= most
            if len(found) > most:
                found = np.sort(found[np.argpartition(-totals[found], most)[:most]])
            found = found[np.argsort(-totals[found], kind="stable")]
            if among is None:
                good = found[:wanted]
            else:
                good = np.array(list(islice((at for at in found.tolist() if self._ids[at] in among), wanted)), np.int64)
            if len(good) >= wanted or every:
                return good
            if len(found) == most:
                most *= 8
            else:
                threshold = threshold / 2 if threshold > 0.1 * top else 0.0
        return np.zeros(0, np.int64)
