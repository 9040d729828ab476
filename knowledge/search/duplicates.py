"""Titles that may name the same thing: near in letters whatever the order of the words, and not told apart by a number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz

from knowledge.search.text import FUNCTION_WORDS_EN, FUNCTION_WORDS_FR, words

CUTOFF: Final = 88.0
"""Likeness (0 to 100) from which two titles look alike."""
FEWEST: Final = 2
"""Words that matter of the shorter title, when it is taken for the longer one cut short."""
_EMPTY: Final = FUNCTION_WORDS_FR | FUNCTION_WORDS_EN


def likeness(titles: Iterable[str], others: Iterable[str]) -> float:
    """How near the nearest two titles are, 0 to 100. A year or a number in both that differs keeps two editions apart."""
    found = [_matter(title) for title in titles]
    return max((_pair(one, other) for one in found for other in map(_matter, others)), default=0.0)


def _matter(title: str) -> tuple[str, ...]:
    return tuple(word for word in words(title[:300]) if word not in _EMPTY)


def _pair(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if not one or not other:
        return 0.0
    numbers = [{word for word in title if any(char.isdigit() for char in word)} for title in (one, other)]
    if all(numbers) and numbers[0].isdisjoint(numbers[1]):
        return 0.0
    near = fuzz.token_sort_ratio(" ".join(one), " ".join(other))
    shorter = min(set(one), set(other), key=len)
    if len(shorter) >= FEWEST and shorter <= set(one) & set(other):
        near = max(near, CUTOFF)
    return float(near)
