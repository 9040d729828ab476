"""At which event something happened: "à quelle conférence EP PerMed a-t-il été annoncé ?", "at which summit was it signed?"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from knowledge.questions import lookup
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "occasion"
EXAMPLES = {
    "fr": ("À quelle conférence EP PerMed a-t-il été annoncé ?",),
    "en": ("On which occasion was EP PerMed announced?",),
}
_OCCASION: Final = re.compile(
    r"\b(?:a|lors de|lors d|pendant|durant|dans) quel(?:le)? (?:occasion|conference|evenement|sommet|reunion|rencontre|congres)\b"
    r"|\b(?:on|at|during) (?:which|what) (?:\w+ )?(?:occasion|conference|event|summit|meeting|gathering|congress)\b"
    r"|\b(?:quelle etait|what was) (?:l |the )?occasion\b"
)
_OCCASIONS: Final = frozenset(
    "occasion occasions conference evenement event sommet summit reunion meeting rencontre gathering congres congress".split()
)
_MADE_KNOWN: Final = frozenset(
    "annonce announced public unveiled devoile revealed revele presente presented lance launched".split()
)
"""Words for making something known, of which any stands for the others."""
_DAY: Final = "event_date"


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers with the one event that says more of what the question says happened than any other does."""
    if not reading.says(_OCCASION):
        return None
    bodies = [word for word in reading.words_of("body") if word not in _OCCASIONS]
    happened = [word for word in reading.content if word not in _OCCASIONS and word not in bodies]
    found = sorted(
        (
            (sum(_says(record, word, view) for word in happened), record.id)
            for record in view.records.values()
            if view.kind(record).when == _DAY and all(view.holds(record, word) for word in bodies)
        ),
        reverse=True,
    )
    if not found or not found[0][0] or (len(found) > 1 and found[1][0] == found[0][0]):
        return None
    return replace(lookup.about(reading, view, view.records[found[0][1]]), form=NAME)


def _says(record: Record, word: str, view: View) -> bool:
    """Whether an event says a word, in its text: its own name tells what it is, not what happened at it."""
    alike = _MADE_KNOWN if word in _MADE_KNOWN else (word,)
    return any(view.holds(record, other) for other in alike)
