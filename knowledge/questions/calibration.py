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
    "words": (0.439, 1.652, 1.313, 1.126, 2.995, -0.288, 0.774, 1.477, 0.648, 0.797, 0.649, 2.743, 6.131, -2.003),
    "meaning": (0.53, 1.347, 1.085, 0.985, 2.316, 0.199, 1.089, 1.377, 0.687, 1.028, 0.688, 2.387, 5.674, -2.068),
}
WEIGHTS: Final[Mapping[str, tuple[float, ...]]] = {
    "words": (
        0.179,
        0.465,
        0.818,
        -0.14,
        0.194,
        -0.33,
        0.569,
        0.476,
        -0.371,
        -0.031,
        0.169,
        -0.915,
        0.003,
        0.173,
        -0.21,
        0.007,
        1.29,
        0.0,
        0.0,
        0.882,
        0.406,
        -0.475,
    ),
    "meaning": (
        0.156,
        0.568,
        0.562,
        -0.048,
        -0.043,
        0.033,
        0.872,
        0.424,
        -0.728,
        -0.324,
        0.306,
        -0.725,
        0.003,
        0.182,
        -0.151,
        -0.249,
        0.73,
        0.0,
        0.0,
        0.917,
        0.272,
        -0.216,
    ),
}
BIAS: Final[Mapping[str, float]] = {"words": -3.546, "meaning": -2.656}


def mode(meaning: bool) -> str:
    """The search by words alone, or with likeness of meaning."""
    return "meaning" if meaning else "words"


def rank_weights(meaning: bool) -> tuple[float, ...]:
    """The weights in the order of RANKED."""
    return RANKS[mode(meaning)]


def weights(meaning: bool) -> tuple[tuple[float, ...], float]:
    """The weights in the order of NAMES, and the constant."""
    return WEIGHTS[mode(meaning)], BIAS[mode(meaning)]
