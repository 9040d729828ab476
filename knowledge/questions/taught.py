"""Questions that a coordinator taught the base: whole wordings kept among the other names of a record.

Such a question is answered by that record whatever its form: somebody has read it and said so.
"""

from __future__ import annotations

from knowledge.questions import attribute, lookup, needs
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import words


def answer(reading: Reading, view: View) -> Answer | None:
    """With the record that was taught this very question; None for any other."""
    record = _taught(reading, view)
    if record is None:
        return None
    need = needs.needed(reading, view)
    if need is not None:
        found = attribute.about(reading, view, record, need)
        if found.band == "sure":
            return found
    return lookup.about(reading, view, record)


def _taught(reading: Reading, view: View) -> Record | None:
    bearers = view.wordings.get(frozenset(words(reading.asked.text))) or view.wordings.get(frozenset(reading.tokens))
    return view.records[next(iter(bearers))] if bearers and len(bearers) == 1 else None
