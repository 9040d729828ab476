"""Words that look alike: cognates of the other language, compounds and derived words, by the three-letter pieces they share."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search.growing import ranges

_SHORTEST: Final = 5
_FEWEST: Final = 3
"""Pieces that even the shortest word has (aaaaa)."""
_WAITING: Final = 1024
_LOOKED_THROUGH: Final = 1500
"""Words looked through for one word, rarest pieces first."""
_RAREST: Final = 3
_REMEMBERED: Final = 4096
_KEPT: Final = 12
_BITS: Final = 26
"""Bits of the number of a word, below those of the one that it is compared with: both fit in 32 bits, which sort twice as fast
as 64."""
_TOGETHER: Final = 1 << (31 - _BITS)
"""Words that are compared at the same time."""


_FIRST: Final = np.zeros(1, np.int64)


def pieces(word: str) -> list[int]:
    """The distinct three-letter pieces of a word with its two ends marked, as numbers."""
    marked = f"\x02{word}\x03"
    return sorted({hash_of(marked[place : place + 3]) for place in range(len(marked) - 2)})


@lru_cache(maxsize=32_768)
def hash_of(piece: str) -> int:
    """A stable number below 2**31 for three letters (Python's own hash changes with each run)."""
    value = 0
    for letter in piece:
        value = (value * 1_000_003 + ord(letter)) & 0x7FFFFFFF
    return value


class Kinship:
    """Which words share pieces. Words are numbers that only grow; those added last wait in small lists."""

    def __init__(self) -> None:
        self._codes: NDArray[np.int32] = np.zeros(0, np.int32)
        self._starts: NDArray[np.int64] = np.zeros(1, np.int64)
        self._words: NDArray[np.int32] = np.zeros(0, np.int32)
        self._sizes: NDArray[np.float32] = np.zeros(0, np.float32)
        self._found: dict[str, list[tuple[int, float]]] = {}
        self._late: list[tuple[int, str]] = []
        self._late_pieces: dict[int, list[int]] = {}
        self._late_sizes: dict[int, int] = {}

    def add(self, words: Sequence[tuple[int, str]]) -> None:
        """Add words (number, spelling); numbers must grow. Short words and codes are not compared by their looks."""
        fresh = [(number, word) for number, word in words if len(word) >= _SHORTEST and word.isalpha()]
        if fresh or len(self._found) > _REMEMBERED:
            self._found = {}
        self._late.extend(fresh)
        if len(self._late) > _WAITING:
            self._rebuild()
            return
        for number, word in fresh:
            codes = pieces(word)
            self._late_sizes[number] = len(codes)
            for code in codes:
                self._late_pieces.setdefault(code, []).append(number)

    def _rebuild(self) -> None:
        late_codes, late_counts = array("i"), array("i")  # not lists: a base of 100,000 facts has a million pieces
        for _, word in self._late:
            codes = pieces(word)
            late_codes.extend(codes)
            late_counts.append(len(codes))
        numbers = np.array([number for number, _ in self._late], np.int32)
        counts = np.array(late_counts, np.int32)
        every = np.concatenate([np.repeat(self._codes, np.diff(self._starts)), np.array(late_codes, np.int32)])
        words = np.concatenate([self._words, np.repeat(numbers, counts)])
        order = np.argsort(every, kind="stable")
        self._words = words[order]
        self._codes, held = np.unique(every, return_counts=True)
        self._starts = np.concatenate(([0], np.cumsum(held)))
        sizes = np.zeros(int(numbers[-1]) + 1, np.float32)
        sizes[: len(self._sizes)] = self._sizes
        sizes[numbers] = counts
        self._sizes = sizes
        self._late, self._late_pieces, self._late_sizes = [], {}, {}

    def like(self, word: str, known: bool = False, least: float = 0.45, limit: int = 6) -> list[tuple[int, float]]:
        """Words of the base that share enough pieces with a word (number, Dice), most alike first; less is looked through
        for a word that the base knows anyway."""
        found = self._found.get(word)
        if found is None:
            self.prepare([(word, known)], least)
            found = self._found.get(word, [])
        return found[:limit]

    def prepare(self, words: Sequence[tuple[str, bool]], least: float = 0.45) -> None:
        """Look several words up at once (each with whether the base knows it), for `like` to find them done: together they
        take little more time than one."""
        if len(self._found) > _REMEMBERED:
            self._found = {}
        wanted = {
            word: known
            for word, known in words
            if word not in self._found and len(word) >= _SHORTEST and word.isalpha()
        }
        if not wanted:
            return
        every, known = [pieces(word) for word in wanted], [*wanted.values()]
        alike: list[list[tuple[int, float]]] = []
        for first in range(0, len(every), _TOGETHER):
            part = slice(first, first + _TOGETHER)
            alike += self._packed_like(every[part], known[part], least)
        for word, codes, found in zip(wanted, every, alike, strict=True):
            late = self._late_like(codes, least) if self._late else []
            self._found[word] = sorted([*found, *late], key=_most_alike) if late else found

    def _late_like(self, codes: list[int], least: float) -> list[tuple[int, float]]:
        counts: dict[int, int] = {}
        for code in codes:
            for number in self._late_pieces.get(code, ()):
                counts[number] = counts.get(number, 0) + 1
        shares = ((number, 2 * count / (len(codes) + self._late_sizes[number])) for number, count in counts.items())
        return [(number, dice) for number, dice in shares if dice >= least]

    def _packed_like(self, every: list[list[int]], known: list[bool], least: float) -> list[list[tuple[int, float]]]:
        """For each word, given as its pieces: the packed words most like it."""
        result: list[list[tuple[int, float]]] = [[] for _ in every]
        if not len(self._codes):
            return result
        lengths = np.array([len(codes) for codes in every])
        # Of the same type as the array they are looked up in, or that would be copied.
        wanted = np.array([code for codes in every for code in codes], np.int32)
        owner = np.arange(len(every)).repeat(lengths)
        rows = np.minimum(self._codes.searchsorted(wanted), len(self._codes) - 1)
        held = self._codes[rows] == wanted
        rows, owner = rows[held], owner[held]
        chosen = self._rarest(rows, owner, np.where(known, _LOOKED_THROUGH // 4, _LOOKED_THROUGH))
        kept = np.bincount(owner[chosen], minlength=len(every))
        # Pieces too common to look through are taken to agree as often as the others do.
        share = lengths / np.maximum(1, lengths - (np.bincount(owner, minlength=len(every)) - kept))
        rows, owner = rows[chosen], owner[chosen]
        sizes = self._starts[rows + 1] - self._starts[rows]
        met = (owner << _BITS).astype(np.int32).repeat(sizes) | self._words[ranges(self._starts[rows], sizes)]
        if not len(met):
            return result
        met.sort()
        heads = np.concatenate((_FIRST, (met[1:] != met[:-1]).nonzero()[0] + 1))
        counts = np.diff(heads, append=len(met))
        owner = met[heads] >> _BITS
        # Most share too few pieces to be alike, however short they are: those are not looked at.
        likely = (counts >= (least / 2 * (lengths + _FEWEST) / share)[owner]).nonzero()[0]
        counts, owner, numbers = counts[likely], owner[likely], met[heads[likely]] & ((1 << _BITS) - 1)
        dice = np.minimum(2 * counts * share[owner] / (lengths[owner] + self._sizes[numbers]), 1.0)
        near = (dice >= least).nonzero()[0]
        near = near[np.lexsort((numbers[near], -dice[near], owner[near]))]
        firsts = owner[near].searchsorted(np.arange(len(every) + 1)).tolist()
        for place, (first, last) in enumerate(pairwise(firsts)):
            best = near[first : min(last, first + _KEPT)]
            result[place] = list(zip(numbers[best].tolist(), dice[best].tolist(), strict=True))
        return result

    def _rarest(self, rows: NDArray[np.int64], owner: NDArray[np.int64], most: NDArray[np.int64]) -> NDArray[np.int64]:
        """Which pieces of each word are looked through: the rarest ones, as long as they hold so many words together."""
        sizes = self._starts[rows + 1] - self._starts[rows]
        order = np.lexsort((sizes, owner))
        owners = owner[order]
        counts = np.bincount(owner, minlength=len(most))
        firsts = counts.cumsum() - counts
        rank = np.arange(len(order)) - firsts[owners]
        sums = sizes[order].cumsum()
        before = np.concatenate(([0], sums))[firsts][owners]
        chosen: NDArray[np.int64] = order[(sums - before < most[owners]) | (rank < _RAREST)]
        return chosen


def _most_alike(pair: tuple[int, float]) -> tuple[float, int]:
    return (-pair[1], pair[0])
