"""What the signs of `evidence` weigh, learnt by `python -m tests.bench.calibrate` on the questions of the bench.

Do not edit by hand: run the script again after a change to the search or to the evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RANKED: Final = (
    *("search", "kind", "country", "body", "period", "year", "name", "field"),
    *("strict", "loose", "alone", "held", "mass", "lost"),
)
"""The signs by which candidates are ranked."""
NAMES: Final = (
    *("search", "odds", "margin", "search_margin", "held", "mass", "lost", "won", "ceded", "elsewhere", "foreign"),
    *("outright", "loosely", "agreement", "name", "field", "tells", "property", "contradicted", "length"),
    *("asks_field", "names_kind"),
)
"""The signs by which the best candidate is believed."""
RANKS: Final[Mapping[str, tuple[float, ...]]] = {
    "words": (0.421, 1.726, 1.04, 0.969, 2.643, 0.19, 0.914, 1.449, 0.702, 2.369, 0.702, 2.765, 6.515, -2.2),
    "meaning": (0.493, 1.443, 0.804, 0.899, 2.385, 0.187, 0.9, 1.304, 0.787, 1.028, 0.788, 2.63, 6.176, -2.313),
}
WEIGHTS: Final[Mapping[str, tuple[float, ...]]] = {
    "words": (
        0.061,
        0.509,
        0.567,
        -0.045,
        0.398,
        0.135,
        0.992,
        0.711,
        -0.382,
        -0.419,
        0.241,
        -0.517,
        0.025,
        0.426,
        -0.063,
        0.176,
        1.321,
        0.0,
        0.0,
        0.941,
        0.053,
        -0.414,
    ),
    "meaning": (
        0.211,
        0.605,
        0.472,
        -0.095,
        -0.058,
        0.389,
        1.477,
        0.515,
        -0.809,
        -0.238,
        0.347,
        -0.63,
        0.008,
        0.329,
        -0.018,
        -0.144,
        0.469,
        0.0,
        0.0,
        1.425,
        0.308,
        -0.284,
    ),
}
BIAS: Final[Mapping[str, float]] = {"words": -4.032, "meaning": -3.068}


def mode(meaning: bool) -> str:
    """The search by words alone, or with likeness of meaning."""
    return "meaning" if meaning else "words"


def rank_weights(meaning: bool) -> tuple[float, ...]:
    """The weights in the order of RANKED."""
    return RANKS[mode(meaning)]


def weights(meaning: bool) -> tuple[tuple[float, ...], float]:
    """The weights in the order of NAMES, and the constant."""
    return WEIGHTS[mode(meaning)], BIAS[mode(meaning)]
