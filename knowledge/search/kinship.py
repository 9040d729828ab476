"""Words that look alike: cognates of the other language, compounds and derived words, by the three-letter pieces they share."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

_SHORTEST: Final = 5
_WAITING: Final = 1024
_LOOKED_THROUGH: Final = 3000
"""Words looked through for one word, rarest pieces first."""
_RAREST: Final = 3
_REMEMBERED: Final = 4096
_KEPT: Final = 12


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
        if len(word) < _SHORTEST or not word.isalpha():
            return []
        found = self._found.get(word)
        if found is None:
            if len(self._found) > _REMEMBERED:
                self._found = {}
            found = self._found[word] = self._like(word, least, known)[:limit]
        return found

    def _like(self, word: str, least: float, known: bool) -> list[tuple[int, float]]:
        codes = pieces(word)
        found = self._packed_like(codes, least, known)
        counts: dict[int, int] = {}
        for code in codes:
            for number in self._late_pieces.get(code, ()):
                counts[number] = counts.get(number, 0) + 1
        for number, count in counts.items():
            if (dice := 2 * count / (len(codes) + self._late_sizes[number])) >= least:
                found.append((number, dice))
        return sorted(found, key=_most_alike)

    def _packed_like(self, codes: list[int], least: float, known: bool) -> list[tuple[int, float]]:
        if not len(self._codes):
            return []
        wanted = np.array(codes, np.int32)  # of the same type as the array it is looked up in, or that would be copied
        rows = np.minimum(self._codes.searchsorted(wanted), len(self._codes) - 1)
        rows = rows[self._codes[rows] == wanted]
        sizes = self._starts[rows + 1] - self._starts[rows]
        order = sizes.argsort(kind="stable")
        enough = int(sizes[order].cumsum().searchsorted(_LOOKED_THROUGH // (4 if known else 1)))
        chosen = rows[order[: max(enough, _RAREST)]].tolist()
        if not chosen:
            return []
        held = np.concatenate([self._words[self._starts[row] : self._starts[row + 1]] for row in chosen])
        held.sort()
        new = np.empty(len(held) + 1, np.bool_)
        new[0] = new[-1] = True
        np.not_equal(held[1:], held[:-1], out=new[1:-1])
        heads = new.nonzero()[0]
        counts = (heads[1:] - heads[:-1]).astype(np.float32)
        numbers = held[heads[:-1]]
        # Pieces too common to look through are taken to agree as often as the others do.
        share = len(codes) / max(1, len(codes) - (len(rows) - len(chosen)))
        dice = np.minimum(2 * counts * share / (len(codes) + self._sizes[numbers]), 1.0)
        keep = np.flatnonzero(dice >= least)
        if len(keep) > _KEPT:
            keep = keep[np.argsort(-dice[keep], kind="stable")[:_KEPT]]
        return list(zip(numbers[keep].tolist(), dice[keep].tolist(), strict=True))


def _most_alike(pair: tuple[int, float]) -> tuple[float, int]:
    return (-pair[1], pair[0])
