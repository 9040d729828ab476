"""Words that look alike: cognates of the other language, compounds and derived words, by the three-letter pieces they share."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

_SHORTEST: Final = 5
_WAITING: Final = 1024
_CROWDED: Final = 2500
"""Words beyond which a piece is too common to look through, unless no rarer piece is left."""
_RAREST: Final = 4


def pieces(word: str) -> list[int]:
    """The distinct three-letter pieces of a word with its two ends marked, as numbers."""
    marked = f"\x02{word}\x03"
    return sorted({hash_of(marked[place : place + 3]) for place in range(len(marked) - 2)})


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
        self._late: list[tuple[int, list[int]]] = []
        self._late_pieces: dict[int, list[int]] = {}
        self._late_sizes: dict[int, int] = {}

    def add(self, words: list[tuple[int, str]]) -> None:
        """Add words (number, spelling); numbers must grow. Short words and codes are not compared by their looks."""
        fresh = [(number, pieces(word)) for number, word in words if len(word) >= _SHORTEST and word.isalpha()]
        self._late.extend(fresh)
        if len(self._late) > _WAITING:
            self._rebuild()
            return
        for number, codes in fresh:
            self._late_sizes[number] = len(codes)
            for code in codes:
                self._late_pieces.setdefault(code, []).append(number)

    def _rebuild(self) -> None:
        owners = [np.full(len(codes), number, np.int32) for number, codes in self._late]
        late_codes = np.array([code for _, codes in self._late for code in codes], np.int32)
        codes = np.concatenate([np.repeat(self._codes, np.diff(self._starts)), late_codes])
        words = np.concatenate([self._words, *owners])
        order = np.argsort(codes, kind="stable")
        self._words = words[order]
        self._codes, counts = np.unique(codes[order], return_counts=True)
        self._starts = np.concatenate(([0], np.cumsum(counts)))
        sizes = np.zeros(int(self._late[-1][0]) + 1, np.float32)
        sizes[: len(self._sizes)] = self._sizes
        for number, held in self._late:
            sizes[number] = len(held)
        self._sizes = sizes
        self._late, self._late_pieces, self._late_sizes = [], {}, {}

    def like(self, word: str, least: float = 0.45, limit: int = 8) -> list[tuple[int, float]]:
        """Words of the base that share at least this part of their pieces with a word: (number, Dice), most alike first."""
        if len(word) < _SHORTEST or not word.isalpha():
            return []
        codes = pieces(word)
        found = self._packed_like(codes, least)
        counts: dict[int, int] = {}
        for code in codes:
            for number in self._late_pieces.get(code, ()):
                counts[number] = counts.get(number, 0) + 1
        for number, count in counts.items():
            if (dice := 2 * count / (len(codes) + self._late_sizes[number])) >= least:
                found.append((number, dice))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _packed_like(self, codes: list[int], least: float) -> list[tuple[int, float]]:
        if not len(self._codes):
            return []
        rows = np.searchsorted(self._codes, codes)
        spans = [
            (int(self._starts[row + 1] - self._starts[row]), int(row))
            for row, code in zip(rows.tolist(), codes, strict=True)
            if row < len(self._codes) and self._codes[row] == code
        ]
        spans.sort()
        chosen = [row for place, (size, row) in enumerate(spans) if size <= _CROWDED or place < _RAREST]
        if not chosen:
            return []
        held = np.sort(np.concatenate([self._words[self._starts[row] : self._starts[row + 1]] for row in chosen]))
        heads = np.flatnonzero(np.concatenate(([True], held[1:] != held[:-1])))
        counts = np.diff(np.concatenate((heads, [len(held)]))).astype(np.float32)
        numbers = held[heads]
        # Pieces too common to look through are taken to agree as often as the others do.
        share = len(codes) / max(1, len(codes) - (len(spans) - len(chosen)))
        dice = np.minimum(2 * counts * share / (len(codes) + self._sizes[numbers]), 1.0)
        keep = np.flatnonzero(dice >= least)
        return [(int(numbers[row]), float(dice[row])) for row in keep]
