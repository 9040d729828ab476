"""Whether a record can have a part in the answer of a question at all, found out without answering it.

The last forms search for the one record that is meant. They end with it only where the search looks closer at it, where it
holds every telling word of the question, or where it fits all that the question says of its kind. Most questions have nothing
to do with most records, and finding that out takes a tenth of the time. Never says no where the answer would have it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from knowledge.questions import filters, needs, selection
from knowledge.questions.candidates import searched
from knowledge.questions.phrases import ASKING_NOUNS
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.view import View
from knowledge.records import Record

_A_MONTH: Final = timedelta(days=31)


def concerns(record: Record, reading: Reading, view: View) -> bool:
    """Whether the forms that search may end with this record, or with another one that leads to it."""
    period = reading.period
    if period is not None and period.first and period.last and period.last - period.first <= _A_MONTH:
        return True  # what a day brought is told without any search
    # Where a value is asked for, the form that looks for values answers; the last one only where none is.
    drop = needs.dropped(reading, view) if needs.needed(reading, view) is not None else frozenset[str]()
    family = (record, *view.relating.get(record.id, ()))
    found = view.index.considers(searched(reading, drop), frozenset(one.id for one in family))
    return found or any(_is_said(one, reading, view) for one in family)


def _is_said(record: Record, reading: Reading, view: View) -> bool:
    """Whether a question names or describes it, for all that can be told from the record alone."""
    content = [word for word in reading.tokens if is_content(word) and word not in ASKING_NOUNS]
    fields = set(reading.words_of("field"))
    telling = [word for word in content if word not in fields and not is_everyday(word)] or content
    if _holds_all(record, telling, view):
        return True
    want = replace(filters.wanted(reading, view), statuses=(), field="", period=None, themes=(), bodies=())
    if not want.kinds or not selection.fits(record, want, view, reading.today):
        return False
    required = selection.content(reading, view, *ASKING_NOUNS).required
    return _holds_all(record, (word for word in required if not is_everyday(word)), view)


def _holds_all(record: Record, words: Iterable[str], view: View) -> bool:
    return all(view.holds(record, word) for word in words)
