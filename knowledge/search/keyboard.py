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
    before: list[float] = []
    row = [float(place) for place in range(len(meant) + 1)]
    for i, letter in enumerate(typed, 1):
        earlier, before = before, row
        row = [before[0] + _odd(typed, i - 1)]
        for j, other in enumerate(meant, 1):
            change = 0.0 if letter == other else _CLOSE.get((letter, other), 1.0)
            best = min(
                before[j - 1] + change,
                before[j] + _odd(typed, i - 1),
                row[j - 1] + _odd(meant, j - 1),
            )
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other and letter != other:
                best = min(best, earlier[j - 2] + SWAP)
            row.append(best)
    return row[-1] + (FIRST if typed[:1] != meant[:1] else 0.0)


def _odd(word: str, place: int) -> float:
    """What one letter too many costs: less when it repeats its neighbour."""
    letter = word[place]
    doubled = (place > 0 and word[place - 1] == letter) or (place + 1 < len(word) and word[place + 1] == letter)
    return DOUBLE if doubled else 1.0
