"""The weights of `resolve.certainty`, learnt by `python -m tests.bench.calibrate` on the golden questions.

Do not edit by hand: run the script again after a change to the search or to the evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NAMES: Final = ("search", "margin", "lost", "foreign", "outright", "agreement", "name", "field", "length")
WEIGHTS: Final[Mapping[str, tuple[float, ...]]] = {
    "words": (0.414, 0.251, -2.178, -0.104, 0.643, 0.855, 0.478, 0.809, 1.091),
    "meaning": (0.571, 0.417, -1.721, -0.169, 0.734, 0.506, 0.765, 0.878, 1.56),
}
BIAS: Final[Mapping[str, float]] = {"words": 0.116, "meaning": -0.227}


def weights(meaning: bool) -> tuple[tuple[float, ...], float]:
    """The weights in the order of NAMES, and the constant: of the search with likeness of meaning or by words alone."""
    name = "meaning" if meaning else "words"
    return WEIGHTS[name], BIAS[name]
