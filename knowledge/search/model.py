"""The ranker: a few numbers learnt offline that turn features into a score. Read from `ranker.json` beside this file."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search.rank import FEATURES

Floats = NDArray[np.float32]

_WEIGHTS: Final = {
    "bm25": 3.0,
    "coverage": 2.0,
    "short_coverage": 1.0,
    "best_view": 4.0,
    "view_coverage": 1.0,
    "view_precision": 0.5,
    "several_views": 1.0,
    "title": 1.0,
    "text": 0.3,
    "order": 1.0,
    "heaviest": 0.5,
    "every_word": 2.0,
    "chars": 1.0,
    "chars_sorted": 1.5,
    "exact": 3.0,
    "meaning": 8.0,
    "meaning_rise": 8.0,
    "meaning_stands_out": 3.0,
}
_VECTOR: Final = np.array([_WEIGHTS[name] for name in FEATURES], np.float32)


def contributions(features: Floats, meaning: bool = False) -> Floats:
    """What each feature adds to the rank of each candidate."""
    return features * _VECTOR


def probability(features: Floats, ranks: Floats, meaning: bool = False) -> Floats:
    """How likely each candidate is the right one, 0..1; candidates best first."""
    if not len(ranks):
        return ranks
    shares = np.exp(ranks - ranks[0])
    certain = 1.0 / (1.0 + np.exp(-(ranks[0] - 8.0)))
    result: Floats = (certain * shares / max(1.0, float(shares[:2].sum()))).astype(np.float32)
    return result
