"""Words that look alike: cognates of the other language, compounds and derived words, by the three-letter pieces they share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search.growing import ranges

_SHORTEST: Final = 5
_WAITING: Final = 1024
_LOOKED_THROUGH: Final = 1500
"""Words looked through for one word, rarest pieces first."""
_RAREST: Final = 3
_REMEMBERED: Final = 4096
_KEPT: Final = 6
"""Words that look alike which are told of one word."""
_BITS: Final = 26
"""Bits of the number of a word, below those of the one that it is compared with: both fit in 32 bits, which sort twice as fast
as 64."""
_NUMBERS: Final = (1 << _BITS) - 1
_TOGETHER: Final = 1 << (31 - _BITS)
"""Words that are compared at the same time."""


_YES: Final = np.ones(1, bool)
_CODE_BITS: Final = 31
_CODES: Final = (1 << _CODE_BITS) - 1
_POWERS: Final = (1_000_003**2 & _CODES, 1_000_003)


def pieces(words: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The distinct three-letter pieces of some words, their two ends marked, as numbers: those of each word in a row, smallest
    first, and how many each word has. The numbers are stable (Python's own hash changes with each run) and below 2**31."""
    marked = "".join([f"\x02{word}\x03" for word in words])
    letters = np.frombuffer(marked.encode("utf-32-le"), np.uint32).astype(np.int64)
    codes = (letters[:-2] * _POWERS[0] + letters[1:-1] * _POWERS[1] + letters[2:]) & _CODES
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    owner = np.arange(len(words)).repeat(lengths)
    # A piece begins at each letter but the marks that close the words.
    keys = (owner << _CODE_BITS) | codes[np.arange(len(owner)) + 2 * owner]
    keys.sort()
    keys = keys[np.concatenate((_YES, keys[1:] != keys[:-1]))]
    return (keys & _CODES).astype(np.int32), np.bincount(keys >> _CODE_BITS, minlength=len(words))


class Kinship:
    """Which words share pieces. Words are numbers that only grow; those added last wait in small lists."""

    def __init__(self) -> None:
        self._codes: NDArray[np.int32] = np.zeros(0, np.int32)
        self._starts: NDArray[np.int64] = np.zeros(1, np.int64)
        self._words: NDArray[np.int32] = np.zeros(0, np.int32)
        self._sizes: NDArray[np.uint16] = np.zeros(0, np.uint16)
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
        if fresh:
            codes, counts = pieces([word for _, word in fresh])
            every = iter(codes.tolist())
            for (number, _), count in zip(fresh, counts.tolist(), strict=True):
                self._late_sizes[number] = count
                for code in islice(every, count):
                    self._late_pieces.setdefault(code, []).append(number)

    def _rebuild(self) -> None:
        spelt = [word for _, word in self._late]
        # In steps that keep the working memory small: a base of 100,000 facts has a million pieces.
        parts = [pieces(spelt[first : first + _WAITING]) for first in range(0, len(spelt), _WAITING)]
        numbers = np.array([number for number, _ in self._late], np.int32)
        counts = np.concatenate([counts for _, counts in parts])
        self._merge(np.concatenate([codes for codes, _ in parts]), np.repeat(numbers, counts))
        sizes = np.zeros(int(numbers[-1]) + 1, np.uint16)
        sizes[: len(self._sizes)] = self._sizes
        sizes[numbers] = counts
        self._sizes = sizes
        self._late, self._late_pieces, self._late_sizes = [], {}, {}

    def _merge(self, codes: NDArray[np.int32], words: NDArray[np.int32]) -> None:
        """Put pieces and the words that have them behind the packed ones of the same code; those are sorted, and not again."""
        order = np.argsort(codes, kind="stable")
        codes, words = codes[order], words[order]
        # Their numbers are higher than all those before, so each goes to the end of its run.
        if len(self._words):
            words = np.insert(self._words, self._starts[self._codes.searchsorted(codes, side="right")], words)
        self._words = words
        fresh, times = np.unique(codes, return_counts=True)
        every = np.union1d(self._codes, fresh)
        held = np.zeros(len(every), np.int64)
        held[every.searchsorted(self._codes)] += np.diff(self._starts)
        held[every.searchsorted(fresh)] += times
        self._codes, self._starts = every, np.concatenate(([0], np.cumsum(held)))

    def like(self, word: str, known: bool = False, least: float = 0.45) -> list[tuple[int, float]]:
        """Words of the base that share enough pieces with a word (number, Dice), most alike first; less is looked through
        for a word that the base knows anyway."""
        found = self._found.get(word)
        if found is None:
            self.prepare([(word, known)], least)
            found = self._found.get(word, [])
        return found[:_KEPT]

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
        spelt, known = [*wanted], [*wanted.values()]
        for first in range(0, len(spelt), _TOGETHER):
            some = spelt[first : first + _TOGETHER]
            codes, counts = pieces(some)
            alike = self._packed_like(codes, counts, known[first : first + _TOGETHER], least)
            every = iter(codes.tolist() if self._late else ())
            for word, found, count in zip(some, alike, counts.tolist(), strict=True):
                late = self._late_like([*islice(every, count)], least) if self._late else []
                self._found[word] = sorted([*found, *late], key=_most_alike) if late else found

    def _late_like(self, codes: list[int], least: float) -> list[tuple[int, float]]:
        counts: dict[int, int] = {}
        for code in codes:
            for number in self._late_pieces.get(code, ()):
                counts[number] = counts.get(number, 0) + 1
        shares = ((number, 2 * count / (len(codes) + self._late_sizes[number])) for number, count in counts.items())
        return [(number, dice) for number, dice in shares if dice >= least]

    def _packed_like(
        self, wanted: NDArray[np.int32], lengths: NDArray[np.int64], known: list[bool], least: float
    ) -> list[list[tuple[int, float]]]:
        """For each word, given as its pieces and how many they are: the packed words most like it."""
        if not len(self._codes):
            return [[] for _ in known]
        # The pieces are of the same type as the array they are looked up in, or that would be copied.
        owner = np.arange(len(known)).repeat(lengths)
        rows = np.minimum(self._codes.searchsorted(wanted), len(self._codes) - 1)
        held = self._codes[rows] == wanted
        rows, owner = rows[held], owner[held]
        chosen = self._rarest(rows, owner, np.where(known, _LOOKED_THROUGH // 4, _LOOKED_THROUGH))
        kept = np.bincount(owner[chosen], minlength=len(known))
        # Pieces too common to look through are taken to agree as often as the others do.
        share = lengths / np.maximum(1, lengths - (np.bincount(owner, minlength=len(known)) - kept))
        rows, owner = rows[chosen], owner[chosen]
        sizes = self._starts[rows + 1] - self._starts[rows]
        met = (owner << _BITS).astype(np.int32).repeat(sizes) | self._words[ranges(self._starts[rows], sizes)]
        if not len(met):
            return [[] for _ in known]
        met.sort()
        bounds = np.concatenate((_YES, met[1:] != met[:-1], _YES)).nonzero()[0]
        heads, counts = bounds[:-1], bounds[1:] - bounds[:-1]
        owner = met[heads] >> _BITS
        likely = (self._sizes[met[heads] & _NUMBERS] <= _largest(lengths, share, least)[owner, counts]).nonzero()[0]
        counts, owner, numbers = counts[likely], owner[likely], met[heads[likely]] & _NUMBERS
        dice = np.minimum(2 * counts * share[owner] / (lengths[owner] + self._sizes[numbers]), 1.0)
        near = (dice >= least).nonzero()[0]
        near = near[(-dice[near]).argsort(kind="stable")]  # of equals the lowest number first, for the numbers ascend
        near = near[owner[near].astype(np.uint8).argsort(kind="stable")]
        owner = owner[near]
        firsts = owner.searchsorted(np.arange(len(known) + 1))
        best = near[np.arange(len(near)) - firsts[owner] < _KEPT]
        pairs = iter(list(zip(numbers[best].tolist(), dice[best].tolist(), strict=True)))
        return [[*islice(pairs, count)] for count in np.minimum(firsts[1:] - firsts[:-1], _KEPT).tolist()]

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


def _largest(lengths: NDArray[np.int64], share: NDArray[np.float64], least: float) -> NDArray[np.float64]:
    """How many pieces a word may have that is alike enough: for each word it is compared with (rows) and each number of pieces
    that the two share (columns). Most words have more, and are told by that alone; the last digit is left to a closer look."""
    pieces_shared = np.arange(int(lengths.max()) + 1)
    return 2 * pieces_shared * share[:, None] / least - lengths[:, None] + 1e-6
