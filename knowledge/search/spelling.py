"""Words that were meant: a mistyped word against the words of the base, by deleted letters and then by distance.

A word is found when at most two letters of its first seven, and of those of the mistyped word, have to be left out for
the two to agree. It never decides that a word is wrong: it says which known words are near, and how near.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from knowledge.search.growing import ranges
from knowledge.search.keyboard import CHEAPEST, cost

_PREFIX: Final = 7
_FACTOR: Final = 0x9E3779B1
_WAITING: Final = 4096
_LONGEST: Final = 255
"""Letters that are counted: a longer word passes for one of so many, and the distance tells it apart."""


class Near(NamedTuple):
    """A known word and what it costs to make it of the mistyped one (about 1 per mistake)."""

    word: str
    cost: float


def allowed(length: int) -> int:
    """How many mistakes a word of that many letters may have."""
    return 0 if length < 4 else 1 if length < 6 else 2


def _coefficients(length: int) -> NDArray[np.uint64]:
    """A column per way of leaving out letters: the power each letter is hashed with, 0 for one left out."""
    columns = []
    for count in range(min(2 if length > 3 else 1, length - 1) + 1):
        for gone in combinations(range(length), count):
            kept = [place for place in range(length) if place not in gone]
            column = [0] * length
            for power, place in enumerate(kept):
                column[place] = pow(_FACTOR, power + 1, 2**32)
            columns.append(column)
    return np.array(columns, dtype=np.uint64).T


_COEFFICIENTS: Final = {length: _coefficients(length) for length in range(1, _PREFIX + 1)}


def _keys(prefixes: list[str]) -> NDArray[np.uint32]:
    """The hashes of prefixes of one length with letters left out: one row per prefix."""
    length = len(prefixes[0])
    letters = np.frombuffer("".join(prefixes).encode("utf-32-le"), np.uint32).reshape(-1, length).astype(np.uint64)
    return (letters @ _COEFFICIENTS[length] & np.uint64(0xFFFFFFFF)).astype(np.uint32)


class Spelling:
    """The known words and, for each of their beginnings, the hashes of it with letters left out."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._firsts: NDArray[np.int32] = np.zeros(1, np.int32)
        self._lengths: NDArray[np.uint8] = np.zeros(0, np.uint8)
        self._hashes: NDArray[np.uint32] = np.zeros(0, np.uint32)
        self._owners: NDArray[np.int32] = np.zeros(0, np.int32)
        self._late_words: list[str] = []
        self._late: dict[int, set[str]] = {}

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (_holds(self._words, word) or _holds(self._late_words, word))

    def add_words(self, words: Iterable[str]) -> None:
        """Add folded words to those that may have been meant. Numbers, codes and words under three letters are left out."""
        fresh = {word for word in words if len(word) > 2 and word.isalpha()}
        if self._words:
            fresh = {word for word in fresh if word not in self}
        if len(fresh) + len(self._late_words) > _WAITING or not self._words:
            self._rebuild(fresh)
        else:
            for word in sorted(fresh):
                self._add_late(word)

    def _add_late(self, word: str) -> None:
        insort(self._late_words, word)
        prefix = word[:_PREFIX]
        for key in _keys([prefix])[0].tolist():
            self._late.setdefault(key, set()).add(prefix)

    def _rebuild(self, fresh: set[str]) -> None:
        words = sorted({*self._words, *self._late_words, *fresh})
        # Words with the same beginning lie side by side, so that each beginning is a span of the sorted words.
        firsts = [
            place for place, word in enumerate(words) if not place or word[:_PREFIX] != words[place - 1][:_PREFIX]
        ]
        prefixes = [words[first][:_PREFIX] for first in firsts]
        rows_of: dict[int, list[int]] = {}
        for row, prefix in enumerate(prefixes):
            rows_of.setdefault(len(prefix), []).append(row)
        hashes, owners = [np.zeros(0, np.uint32)], [np.zeros(0, np.int32)]
        for _, rows in sorted(rows_of.items()):
            keys = _keys([prefixes[row] for row in rows])
            hashes.append(keys.ravel())
            owners.append(np.repeat(np.array(rows, np.int32), keys.shape[1]))
        every = np.concatenate(hashes)
        order = np.argsort(every, kind="stable")
        self._hashes, self._owners = every[order], np.concatenate(owners)[order]
        self._firsts = np.array([*firsts, len(words)], np.int32)
        self._lengths = np.minimum(np.fromiter(map(len, words), np.int32, len(words)), _LONGEST).astype(np.uint8)
        self._words, self._late_words, self._late = words, [], {}

    def near(self, word: str, limit: int = 5) -> list[Near]:
        """Known words near a folded word, nearest first; the word itself is not among them."""
        most = allowed(len(word))
        if not most or not word.isalpha():
            return []
        found = extract(
            word,
            self._candidates(word, most),
            scorer=OSA.distance,
            score_cutoff=most,
            limit=40,
        )
        return _ranked(word, [(int(distance), other) for other, distance, _ in found if other != word], limit)

    def _candidates(self, word: str, most: int) -> list[str]:
        keys = np.unique(_keys([word[:_PREFIX]])[0])
        lows = np.searchsorted(self._hashes, keys)
        highs = np.searchsorted(self._hashes, keys, side="right")
        rows = np.unique(self._owners[ranges(lows, highs - lows)])
        firsts = self._firsts[rows].astype(np.int64)
        places = ranges(firsts, self._firsts[rows + 1] - firsts)
        shortest, longest = len(word) - most, len(word) + most
        lengths = self._lengths[places]
        fitting = places[(lengths >= min(shortest, _LONGEST)) & (lengths <= longest)]
        result = [self._words[place] for place in fitting.tolist()]
        late = {prefix for key in keys.tolist() for prefix in self._late.get(key, ())}
        for prefix in sorted(late):
            result.extend(_starting(self._late_words, prefix, shortest, longest))
        return result


def _ranked(word: str, found: Sequence[tuple[int, str]], limit: int) -> list[Near]:
    """The nearest ones, given with their plain distances. What cannot be among them any more is not looked at closely."""
    ranked: list[Near] = []
    for distance, other in sorted(found):
        if len(ranked) >= limit and ranked[limit - 1].cost < CHEAPEST * distance:
            break
        insort(ranked, Near(other, cost(word, other)), key=_order)
    return ranked[:limit]


def _order(near: Near) -> tuple[float, str]:
    return (near.cost, near.word)


def _starting(words: list[str], prefix: str, shortest: int, longest: int) -> list[str]:
    """The words of a sorted list with exactly this beginning (a short word is its own beginning), of a fitting length."""
    if len(prefix) < _PREFIX:
        return [prefix] if shortest <= len(prefix) <= longest and _holds(words, prefix) else []
    first = bisect_left(words, prefix)
    last = bisect_left(words, prefix + "\U0010ffff", first)
    return [word for word in words[first:last] if shortest <= len(word) <= longest]


def _holds(words: list[str], word: str) -> bool:
    place = bisect_left(words, word)
    return place < len(words) and words[place] == word
