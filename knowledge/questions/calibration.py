"""What the signs of `evidence` weigh, learnt by `python -m tests.bench.calibrate` on the questions of the bench.

Do not edit by hand: run the script again after a change to the search or to the evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from knowledge.search.rank import Reads

RANKED: Final = (
    *("search", "kind", "country", "body", "period", "year", "name", "field"),
    *("strict", "loose", "alone", "held", "mass", "lost", "latent"),
)
"""The signs by which candidates are ranked."""
NAMES: Final = (
    *("search", "odds", "margin", "search_margin", "held", "mass", "lost", "won", "ceded", "elsewhere", "foreign"),
    *("outright", "loosely", "agreement", "name", "field", "tells", "property", "contradicted", "length"),
    *("asks_field", "names_kind", "latent", "latent_lead"),
)
"""The signs by which the best candidate is believed."""
RANKS: Final[Mapping[Reads, tuple[float, ...]]] = {
    "words": (0.421, 1.726, 1.04, 0.969, 2.643, 0.19, 0.914, 1.449, 0.702, 2.369, 0.702, 2.765, 6.515, -2.2, 0.0),
    "meaning": (0.493, 1.443, 0.804, 0.899, 2.385, 0.187, 0.9, 1.304, 0.787, 1.028, 0.788, 2.63, 6.176, -2.313, 0.0),
    "latent": (0.446, 1.09, 0.726, 1.146, 2.276, 0.182, 0.79, 1.168, 0.864, 0.583, 0.857, 2.222, 5.612, -1.774, 9.855),
}
WEIGHTS: Final[Mapping[Reads, tuple[float, ...]]] = {
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
        0.0,
        0.0,
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
        0.0,
        0.0,
    ),
    "latent": (
        0.309,
        0.724,
        0.535,
        -0.061,
        0.002,
        0.775,
        1.512,
        0.804,
        -0.363,
        -0.428,
        0.468,
        -0.338,
        0.008,
        0.265,
        0.298,
        -0.09,
        -0.026,
        -1.32,
        0.165,
        1.405,
        0.527,
        -0.173,
        1.213,
        0.531,
    ),
}
BIAS: Final[Mapping[Reads, float]] = {"words": -4.032, "meaning": -3.068, "latent": -4.97}


def rank_weights(reads: Reads) -> tuple[float, ...]:
    """The weights in the order of RANKED."""
    return RANKS[reads]


def weights(reads: Reads) -> tuple[tuple[float, ...], float]:
    """The weights in the order of NAMES, and the constant."""
    return WEIGHTS[reads], BIAS[reads]
