"""What a typing mistake costs: slips of the finger and sounds written otherwise cost less than other letters."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_ROWS: Final = (
    ("azertyuiop", "qsdfghjklm", "wxcvbn"),
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
)
_SOUNDS: Final = (
    "ao",
    "ei",
    "iy",
    "ck",
    "sc",
    "sz",
    "kq",
    "gj",
    "vw",
    "ae",
    "uo",
    "dt",
    "bp",
    "mn",
    "ea",
)
SLIP: Final = 0.7
SOUND: Final = 0.75
SWAP: Final = 0.7
DOUBLE: Final = 0.6
CHEAPEST: Final = DOUBLE
"""What one mistake costs at least."""
FIRST: Final = 0.4
"""Added when the first letter differs: people seldom mistype it."""


def _close_pairs() -> dict[tuple[str, str], float]:
    pairs: dict[tuple[str, str], float] = {}
    for first, second in _SOUNDS:
        pairs[first, second] = pairs[second, first] = SOUND
    for rows in _ROWS:
        places = {letter: (x + y * 0.4, y) for y, row in enumerate(rows) for x, letter in enumerate(row)}
        for one, (x, y) in places.items():
            for other, (u, v) in places.items():
                if one != other and abs(x - u) <= 1.1 and abs(y - v) <= 1:
                    pairs[one, other] = SLIP
    return pairs


_CLOSE: Final = _close_pairs()


@lru_cache(maxsize=16384)
def cost(typed: str, meant: str) -> float:
    """The weighted distance (optimal string alignment) between two words: about 1 per mistake, less for likely ones."""
    apart = FIRST if typed[:1] != meant[:1] else 0.0
    lost, added = _odds(typed), _odds(meant)
    # What both begin and end with costs nothing: only the middle is compared.
    ends = min(len(typed), len(meant))
    start = next((place for place in range(ends) if typed[place] != meant[place]), ends)
    tail = next((place for place in range(ends - start) if typed[-1 - place] != meant[-1 - place]), ends - start)
    middle, lost, added = slice(start, len(typed) - tail), lost[start:], added[start:]
    typed, meant = typed[middle], meant[start : len(meant) - tail]
    before: list[float] = []
    row = [0.0]
    for j in range(len(meant)):
        row.append(row[-1] + added[j])
    for i, letter in enumerate(typed):
        earlier, before = before, row
        left = before[0] + lost[i]
        row = [left]
        for j, other in enumerate(meant):
            best = before[j] if letter == other else before[j] + _CLOSE.get((letter, other), 1.0)
            gone, extra = before[j + 1] + lost[i], left + added[j]
            best = min(best, gone)
            best = min(best, extra)
            if i and j and letter != other and letter == meant[j - 1] and typed[i - 1] == other:
                best = min(best, earlier[j - 1] + SWAP)
            row.append(best)
            left = best
    return row[-1] + apart


@lru_cache(maxsize=16384)
def _odds(word: str) -> tuple[float, ...]:
    return tuple(_odd(word, place) for place in range(len(word)))


def _odd(word: str, place: int) -> float:
    """What one letter too many costs: less when it repeats its neighbour."""
    letter = word[place]
    doubled = (place > 0 and word[place - 1] == letter) or (place + 1 < len(word) and word[place + 1] == letter)
    return DOUBLE if doubled else 1.0
