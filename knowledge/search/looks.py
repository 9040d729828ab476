"""What a look at one question finds: the documents on the shortlist with all that was weighed, and the hits made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search.rank import FEATURES, LATENT, Shortlist
from knowledge.search.slot import Slot

CONTENT: Final = 0.5
"""Importance from which a word asked for is a content word."""
HELD: Final = 0.5
"""Likeness from which a word asked for counts as held by a document."""

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Hit:
    """A document found. `score` is the estimated share of right answers at this score (0..1); `matched` and `missing` are the
    content words of the question, as typed, that the document holds or lacks; `parts` sum up to the rank behind the score; `latent` is the
    likeness by latent terms (0..1)."""

    id: str
    score: float
    matched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    parts: Mapping[str, float] = field(default_factory=dict)
    latent: float = 0.0


@dataclass(frozen=True)
class Look:
    """One question looked at: its slots, the shortlist with its features, and the rows worth showing, best first, with
    what each feature adds to their rank and with their scores; and of which edition the documents were."""

    plain: str
    slots: Sequence[Slot]
    shortlist: Shortlist
    rows: Numbers
    parts: Floats
    scores: Floats
    ids: Sequence[str]
    edition: int = 0

    @property
    def certainty(self) -> float:
        return float(self.scores[0]) if len(self.scores) else 0.0


def hits(look: Look, limit: int) -> list[Hit]:
    """The first hits of a look, each with its words and its parts."""
    content = [at for at, slot in enumerate(look.slots) if slot.importance >= CONTENT]
    typed = [look.slots[at].typed for at in content]
    places = [look.slots[at].place for at in content]
    rows = look.rows[:limit]
    covered = (look.shortlist.covered[rows][:, content] >= HELD).tolist()
    parts = np.round(look.parts[:limit].astype(float), 4).tolist()
    words = list(zip(typed, places, strict=True))
    result = []
    latent = look.shortlist.features[rows, LATENT].tolist()
    for name, score, held, own, alike in zip(look.ids, look.scores.tolist(), covered, parts, latent, strict=False):
        found = {*compress(places, held)}
        lacking = [word for word, place in words if place not in found]
        matched = dict.fromkeys(compress(typed, held))
        shown = dict(compress(zip(FEATURES, own, strict=True), own))
        result.append(Hit(name, score, tuple(matched), tuple(dict.fromkeys(lacking)), shown, alike))
    return result
