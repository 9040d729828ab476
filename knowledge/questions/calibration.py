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
    "words": (0.435, 1.769, 1.258, 1.037, 2.443, 0.171, 1.039, 1.477, 0.607, 2.403, 0.609, 2.741, 6.481, -2.099),
    "meaning": (0.507, 1.318, 1.07, 0.92, 2.245, 0.172, 1.271, 1.439, 0.691, 1.118, 0.692, 2.462, 6.097, -2.202),
}
WEIGHTS: Final[Mapping[str, tuple[float, ...]]] = {
    "words": (
        0.061,
        0.554,
        0.678,
        -0.085,
        -0.185,
        -0.138,
        0.921,
        0.329,
        -0.651,
        -0.281,
        0.078,
        -0.615,
        0.017,
        -0.02,
        -0.154,
        0.023,
        1.046,
        0.0,
        0.0,
        0.877,
        0.452,
        -0.299,
    ),
    "meaning": (
        0.278,
        0.65,
        0.509,
        -0.114,
        -0.465,
        -0.024,
        1.088,
        0.294,
        -0.517,
        -0.107,
        0.431,
        -0.553,
        0.008,
        -0.108,
        -0.155,
        -0.459,
        0.396,
        0.0,
        0.0,
        1.137,
        0.777,
        -0.142,
    ),
}
BIAS: Final[Mapping[str, float]] = {"words": -3.483, "meaning": -2.601}


def mode(meaning: bool) -> str:
    """The search by words alone, or with likeness of meaning."""
    return "meaning" if meaning else "words"


def rank_weights(meaning: bool) -> tuple[float, ...]:
    """The weights in the order of RANKED."""
    return RANKS[mode(meaning)]


def weights(meaning: bool) -> tuple[tuple[float, ...], float]:
    """The weights in the order of NAMES, and the constant."""
    return WEIGHTS[mode(meaning)], BIAS[mode(meaning)]
