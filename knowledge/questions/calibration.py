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
    "words": (0.437, 1.523, 1.335, 1.122, 2.488, 0.194, 0.839, 1.467, 0.595, 1.15, 0.596, 2.707, 6.129, -2.12),
    "meaning": (0.564, 1.163, 1.024, 1.074, 2.398, 0.2, 1.014, 1.346, 0.68, 0.944, 0.68, 2.376, 5.498, -2.074),
}
WEIGHTS: Final[Mapping[str, tuple[float, ...]]] = {
    "words": (
        0.124,
        0.488,
        0.855,
        -0.144,
        0.05,
        -0.371,
        0.747,
        0.461,
        -0.439,
        -0.138,
        0.093,
        -0.874,
        0.002,
        0.34,
        -0.305,
        -0.1,
        1.316,
        0.0,
        0.0,
        0.885,
        0.429,
        -0.626,
    ),
    "meaning": (
        0.182,
        0.466,
        0.607,
        -0.057,
        -0.108,
        -0.058,
        0.489,
        0.54,
        -0.51,
        -0.284,
        0.517,
        -0.545,
        0.003,
        0.288,
        -0.065,
        -0.154,
        0.856,
        0.0,
        0.0,
        1.486,
        0.407,
        -0.35,
    ),
}
BIAS: Final[Mapping[str, float]] = {"words": -3.67, "meaning": -2.747}


def mode(meaning: bool) -> str:
    """The search by words alone, or with likeness of meaning."""
    return "meaning" if meaning else "words"


def rank_weights(meaning: bool) -> tuple[float, ...]:
    """The weights in the order of RANKED."""
    return RANKS[mode(meaning)]


def weights(meaning: bool) -> tuple[tuple[float, ...], float]:
    """The weights in the order of NAMES, and the constant."""
    return WEIGHTS[mode(meaning)], BIAS[mode(meaning)]
