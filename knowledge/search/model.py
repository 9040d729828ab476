"""The ranker: learnt numbers that turn features into a rank, and the rank of the first hit into a score.

The rank is a plain weighted sum, so that what each feature adds can be shown. The score is read from the signs of the first
hit: how far ahead it is, how much of the question it holds, how much of the question the base knows at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search import weights
from knowledge.search.rank import FEATURES, MEANING
from knowledge.search.slot import Slot

Floats = NDArray[np.float32]

_WORDS: Final = np.array([*weights.WORDS_RANK, *([0.0] * (len(FEATURES) - MEANING))], np.float32)
_BOTH: Final = np.array(weights.MEANING_RANK, np.float32)
_SIGNS: Final = np.array(
    [
        FEATURES.index(name)
        for name in (
            "coverage",
            "view_coverage",
            "best_view",
            "view_precision",
            "title",
            "chars",
            "exact",
            "heaviest",
            "order",
            "every_word",
            "bm25",
            *FEATURES[MEANING:],
        )
    ]
)
_WORDS_CERTAIN: Final = np.array(weights.WORDS_CERTAIN, np.float32)
_BOTH_CERTAIN: Final = np.array(weights.MEANING_CERTAIN, np.float32)
_WORDS_KNOTS: Final = tuple(np.array(weights.WORDS_KNOTS).T)
_BOTH_KNOTS: Final = tuple(np.array(weights.MEANING_KNOTS).T)
_FAR: Final = 6.0
"""Distance in rank beyond which the next candidate does not matter."""
ALONE: Final = 0.6
"""The highest score of a hit that holds (almost) no content word of the question: meaning alone is never sure."""
_HELD_AT_LEAST: Final = 0.15


def contributions(features: Floats, meaning: bool = False) -> Floats:
    """What each feature adds to the rank of each candidate."""
    return features * (_BOTH if meaning else _WORDS)


def signs(features: Floats, ranks: Floats, covered: Floats, slots: Sequence[Slot]) -> Floats:
    """What the probability of the first hit is read from. Candidates best first; `covered` is the first one's."""
    far = float(ranks[0]) - _FAR
    second = max(float(ranks[1]), far) if len(ranks) > 1 else far
    sixth = max(float(ranks[min(5, len(ranks) - 1)]), second - _FAR)
    share = 1.0 / float(np.exp(ranks[:12] - ranks[0]).sum())
    masses = np.array([slot.weight for slot in slots], np.float32)
    masses /= max(float(masses.sum()), 1e-6)
    unknown = float(sum(mass for mass, slot in zip(masses, slots, strict=True) if not slot.known))
    lacking = float(((1.0 - covered) * masses).max())
    own = [
        np.log(share / (1.0 - share + 1e-3)),
        ranks[0] - second,
        second - sixth,
        unknown,
        lacking,
        np.log1p(len(slots)),
    ]
    return np.concatenate((np.array(own, np.float32), features[0, _SIGNS]))


def probability(
    features: Floats, ranks: Floats, covered: Floats, slots: Sequence[Slot], meaning: bool = False
) -> Floats:
    """The score of each candidate, best first: the share of right answers to expect at that score, for the first one; the
    others get what their distance leaves them."""
    certain, knots = (_BOTH_CERTAIN, _BOTH_KNOTS) if meaning else (_WORDS_CERTAIN, _WORDS_KNOTS)
    found = signs(features, ranks, covered, slots)
    if not meaning:
        found = found[: len(certain) - 1]
    chance = 1.0 / (1.0 + np.exp(-(float(found @ certain[:-1]) + float(certain[-1]))))
    score = float(np.interp(chance, *knots))
    scores: Floats = (score * np.exp(np.maximum(ranks - ranks[0], -20.0))).astype(np.float32)
    lonely = features[:, FEATURES.index("coverage")] < _HELD_AT_LEAST
    return np.where(lonely, np.minimum(scores, ALONE), scores).astype(np.float32)
