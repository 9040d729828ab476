"""The weights of `resolve.certainty`, learnt by `python -m tests.bench.calibrate` on the golden questions.

Do not edit by hand: run the script again after a change to the search or to the evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NAMES: Final = ("search", "margin", "lost", "foreign", "outright", "agreement", "name", "field", "length")
WEIGHTS: Final[Mapping[str, tuple[float, ...]]] = {
    "words": (0.17, 0.537, -1.939, 0.128, 1.044, 0.57, 0.733, 0.691, 2.071),
    "meaning": (0.17, 0.537, -1.939, 0.128, 1.044, 0.57, 0.733, 0.691, 2.071),
}
BIAS: Final[Mapping[str, float]] = {"words": -1.209, "meaning": -1.209}


def weights(meaning: bool) -> tuple[tuple[float, ...], float]:
    """The weights in the order of NAMES, and the constant: of the search with likeness of meaning or by words alone."""
    name = "meaning" if meaning else "words"
    return WEIGHTS[name], BIAS[name]
