"""The ranker: learnt numbers that turn features into a rank, and the rank of the first hit into a score.

The rank is a plain weighted sum, so that what each feature adds can be shown. The score is read from the signs of the first
hit: how far ahead it is, how much of the question it holds, how much of the question the base knows at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.search import weights
from knowledge.search.rank import COLUMNS, FEATURES, LATENT, MEANING, Reads
from knowledge.search.slot import Slot

Floats = NDArray[np.float32]


class _Learnt(NamedTuple):
    """Weights of the rank (one a feature), of the probability (its signs and a constant), and its knots."""

    rank: Floats
    certain: Floats
    knots: tuple[Floats, Floats]


def _learnt(rank: Sequence[float], certain: Sequence[float], knots: Sequence[tuple[float, float]]) -> _Learnt:
    wide = np.array([*rank, *([0.0] * (len(FEATURES) - len(rank)))], np.float32)
    chances, scores = np.array(knots).T
    return _Learnt(wide, np.array(certain, np.float32), (chances, scores))


_LEARNT: Final[Mapping[Reads, _Learnt]] = {
    "words": _learnt(weights.WORDS_RANK, weights.WORDS_CERTAIN, weights.WORDS_KNOTS),
    "meaning": _learnt(weights.MEANING_RANK, weights.MEANING_CERTAIN, weights.MEANING_KNOTS),
    "latent": _learnt(weights.LATENT_RANK, weights.LATENT_CERTAIN, weights.LATENT_KNOTS),
}
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
_OWN: Final = 6
"""Signs that are no feature of the first hit."""
_FAR: Final = 6.0
"""Distance in rank beyond which the next candidate does not matter."""
ALONE: Final = 0.6
"""The highest score of a hit that holds (almost) no content word of the question: meaning alone is never sure."""
_HELD_AT_LEAST: Final = 0.15


def signs_read(reads: Reads) -> int:
    """How many of the signs are read."""
    every = _OWN + len(_SIGNS) + 1
    return every if reads == "latent" else every - 1 - (len(FEATURES) - COLUMNS[reads])


def contributions(features: Floats, reads: Reads = "words") -> Floats:
    """What each feature adds to the rank of each candidate."""
    return features * _LEARNT[reads].rank


def signs(features: Floats, ranks: Floats, covered: Floats, slots: Sequence[Slot]) -> Floats:
    """What the probability of the first hit is read from; the last ones are read only where there is meaning, or latent terms.
    Candidates best first; `covered` is the first one's."""
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
    lead = features[0, LATENT] - features[1:, LATENT].max(initial=0.0)
    return np.concatenate((np.array(own, np.float32), features[0, _SIGNS], np.array([lead], np.float32)))


def probability(
    features: Floats, ranks: Floats, covered: Floats, slots: Sequence[Slot], reads: Reads = "words"
) -> Floats:
    """The score of each candidate, best first: the share of right answers to expect at that score, for the first one; the
    others get what their distance leaves them."""
    _, certain, knots = _LEARNT[reads]
    found = signs(features, ranks, covered, slots)[: len(certain) - 1]
    chance = 1.0 / (1.0 + np.exp(-(float(found @ certain[:-1]) + float(certain[-1]))))
    score = float(np.interp(chance, *knots))
    scores: Floats = (score * np.exp(np.maximum(ranks - ranks[0], -20.0))).astype(np.float32)
    lonely = features[:, FEATURES.index("coverage")] < _HELD_AT_LEAST
    return np.where(lonely, np.minimum(scores, ALONE), scores).astype(np.float32)
