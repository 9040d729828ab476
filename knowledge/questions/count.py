"""How many records fit: "combien d'accords avec le Danemark ?", "how many calls do we have on file?"."""

from __future__ import annotations

import re
from typing import Final

from knowledge.messages import Part, Phrase, Say
from knowledge.fields import Quantity
from knowledge.questions import selection
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading
from knowledge.questions.say import item, kinds_text, listing, reply, unknown
from knowledge.questions.view import View
from knowledge.search.text import stems, words

NAME = "count"
EXAMPLES = {
    "fr": ("Combien d'accords avec le Danemark ?", "Combien d'appels ERA PerMed ?"),
    "en": ("How many British targets do we have?", "How many calls closed in 2023?"),
}
_CUE: Final = re.compile(r"\b(?:combien|how many|nombre|number|count|compte)\b")
_OUT_OF: Final = re.compile(r"\b(?:sur les \w+ (?:prevu|prevue|attendu|annonce)|out of the \w+|of the \w+ (?:planned|expected))")
_REACH = 4
"""Words that may stand between the cue and the kind: "how many rare disease research calls"."""


def answer(reading: Reading, view: View) -> Answer | None:
    """Counts when the cue stands just before the name of a kind."""
    if not reading.says(_CUE) or reading.says(_OUT_OF) or not _kind_follows(reading):
        return None
    want = selection.wanted(reading, view)
    if _is_a_figure(reading, view, want):
        return None
    chosen = selection.select(view, reading, want, selection.words(reading, view))
    what = kinds_text(want.kinds, view)
    if not chosen:
        return unknown(reading, NAME, (Phrase("unknown.none_match", {"what": what}),))
    parts: list[Part] = [
        Say(Phrase("answer.count", {"count": len(chosen), "what": selection.what(want, view, len(chosen))}), strong=True),
        *listing([item(record) for record in chosen]),
        *selection.notes(reading, want, view),
    ]
    ids = tuple(record.id for record in chosen)
    return reply(reading, NAME, "sure", parts, chosen, set=ids, count=len(ids), value=len(ids))


def _kind_follows(reading: Reading) -> bool:
    cues = [index for index, word in enumerate(reading.tokens) if word in ("combien", "many", "nombre", "number", "count")]
    return any(0 <= tag.first - cue - 1 <= _REACH for tag in reading.named("kind") for cue in cues)


def _is_a_figure(reading: Reading, view: View, want: selection.Wanted) -> bool:
    """Whether a record keeps this very number as its figure ("combien de groupes de travail compte ICPerMed ?")."""
    named = {stems(reading.tokens[i]) for tag in reading.named("kind") for i in range(tag.first, tag.last)}
    for record in view.of_kinds(want.kinds):
        quantity = record.values.get("quantity")
        if isinstance(quantity, Quantity) and want.bodies and selection.fits(record, want, view, reading.today):
            unit = {stems(word) for text in quantity.unit.values() for word in words(text)}
            if named <= unit:
                return True
    return False
