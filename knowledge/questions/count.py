"""How many records fit: "combien d'accords avec le Danemark ?", "how many calls do we have on file?"."""

from __future__ import annotations

import re
from typing import Final

from knowledge.fields import Quantity
from knowledge.messages import Part, Phrase, Say
from knowledge.questions import filters, selection
from knowledge.questions.form import Answer
from knowledge.questions.lexicon import words
from knowledge.questions.progress import AIMS
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.resolve import resolve
from knowledge.questions.say import item, kinds_text, listing, reply, unknown
from knowledge.questions.strangers import another_plan
from knowledge.questions.view import View
from knowledge.search.text import stems

NAME = "count"
EXAMPLES = {
    "fr": ("Combien d'accords avec le Danemark ?", "Combien d'appels ERA PerMed ?"),
    "en": ("How many British targets do we have?", "How many calls closed in 2023?"),
}
_CUE: Final = re.compile(r"\b(?:combien|how many|nombre|number|count|compte)\b")
_OUT_OF: Final = re.compile(
    r"\b(?:sur les \w+ (?:prevu|prevue|attendu|annonce)|out of the \w+|of the \w+ (?:planned|expected))"
)
_CUES: Final = frozenset("combien many nombre number count".split())


def answer(reading: Reading, view: View) -> Answer | None:
    """Counts when the cue stands just before the name of a kind. Where none fits and one fact is sure to be meant, its own
    figure is left to the other forms."""
    if not reading.says(_CUE) or reading.says(_OUT_OF) or not _kind_follows(reading, view):
        return None
    if another_plan(reading, view):
        return None
    want = filters.wanted(reading, view)
    if _is_a_figure(reading, view, want):
        return None
    chosen = selection.select(view, reading, want, selection.content(reading, view))
    what = kinds_text(want.kinds, view)
    if not chosen and (want.bodies or resolve(reading, view).band == "sure"):
        return None
    if not chosen:
        missing = (Phrase("unknown.none_match", {"what": what}),)
        return unknown(reading, NAME, missing, understood=selection.notes(reading, want, view))
    parts: list[Part] = [
        Say(
            Phrase("answer.count", {"count": len(chosen), "what": selection.what(want, view, len(chosen))}), strong=True
        ),
        *listing([item(record) for record in chosen]),
        *selection.notes(reading, want, view),
    ]
    ids = tuple(record.id for record in chosen)
    return reply(reading, NAME, "sure", parts, chosen, set=ids, count=len(ids), value=len(ids))


def _kind_follows(reading: Reading, view: View) -> bool:
    """Whether a kind is what is counted: nothing but filters and small words stand between the cue and it."""
    tagged = {index for tag in reading.tags if tag.topic != "field" for index in range(tag.first, tag.last)}
    cues = [index for index, word in enumerate(reading.tokens) if word in _CUES]
    if (
        cues
        and cues[-1] >= len(reading.tokens) - 2
        and any(tag.plural and tag.last <= cues[-1] for tag in reading.named("kind"))
    ):
        return True
    return any(
        (tag.plural or (tag.first == cue + 2 and reading.tokens[cue + 1] in ("de", "d")))
        and cue < tag.first
        and all(
            index in tagged or not _counted(reading.tokens[index]) or _describes(reading.tokens[index], tag.value, view)
            for index in range(cue + 1, tag.first)
        )
        for tag in reading.named("kind")
        for cue in cues
    )


def _counted(word: str) -> bool:
    """Whether a word between the cue and a kind would be what is counted ("combien de monde à la conférence")."""
    return is_content(word) and word not in ("total", "other", "autres", "different", "differents", "differentes")


def _describes(word: str, kind: str, view: View) -> bool:
    """Whether a word of no daily use describes records of a kind by their titles ("how many Horizon calls")."""
    return not is_everyday(word) and any(
        record.kind == kind and view.holds(record, word, heading=True) for record in view.records.values()
    )


def _is_a_figure(reading: Reading, view: View, want: filters.Wanted) -> bool:
    """Whether a record keeps this very number as its figure ("combien de groupes de travail compte ICPerMed ?")."""
    named = {stems(reading.tokens[i]) for tag in reading.named("kind") for i in range(tag.first, tag.last)}
    anywhere = filters.Wanted(bodies=want.bodies)
    aims = reading.says(AIMS)
    for record in view.records.values() if want.bodies or aims else ():
        quantity = record.values.get("quantity")
        if isinstance(quantity, Quantity) and selection.fits(record, anywhere, view, reading.today):
            unit = {stems(word) for text in quantity.unit.values() for word in words(text)}
            if named <= unit or (named & unit and aims):
                return True
    return False
