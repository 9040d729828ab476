"""What stands beside the fact in focus, and which of it a question speaks of: "where was the kick-off?" after a project.

A question that leans on a thread, and that the fact in focus does not answer, may describe one that is linked to it, or that
is called after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from knowledge.questions import attribute, lookup, needs, progress, thread
from knowledge.questions.describe import head
from knowledge.questions.form import Answer, Topic
from knowledge.questions.phrases import ASKING_NOUNS, PROPERTIES
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.shown import SMALL
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import words

LONGEST: Final = 9
"""Words of the longest question that describes a neighbour and needs no name."""


def around(focus: Record, view: View) -> tuple[Record, ...]:
    """The records linked to one, and those with its name in their title."""
    linked = thread.linked_to(focus, view)
    names = {f" {' '.join(words(name))} " for name in _proper_names(focus)}
    called = (
        record
        for record in view.records.values()
        if record.id != focus.id and record not in linked and any(name in view.said(record) for name in names)
    )
    return (*linked, *called)


def _proper_names(record: Record) -> tuple[str, ...]:
    """The names of a record that are written with a capital inside or are several words, such as no other thing has."""
    names = (*map(head, record.titles.values()), *record.aliases)
    return tuple(name for name in names if name[1:] != name[1:].lower())


def answer(reading: Reading, view: View, topic: Topic, focus: Record, *, by_name: bool = False) -> Answer | None:
    """What is asked, of the one neighbour of the fact in focus that the question describes; `by_name`: by its title alone."""
    if len(reading.tokens) > LONGEST or reading.years or reading.found:
        return None
    one = _meant(reading, view, focus, by_name)
    return None if one is None else about(reading, view, one, topic)


def about(reading: Reading, view: View, record: Record, topic: Topic) -> Answer:
    """What is asked of a neighbour; else the field asked before, where it has it; else its figure or itself."""
    need = needs.needed(reading, view)
    if need is not None and needs.holds(record, need, view):
        return attribute.about(reading, view, record, need)
    if need is None and topic.field and record.values.get(topic.field):
        return attribute.repeat(reading, view, record, topic.field, before=topic.text)
    return progress.about(reading, view, record) if progress.counts(record) else lookup.about(reading, view, record)


def _meant(reading: Reading, view: View, focus: Record, by_name: bool) -> Record | None:
    """The one neighbour that has what is asked and says all that the question says, where the fact in focus does not."""
    pool = around(focus, view)
    said = _said(reading, view, (focus, *pool))
    need = needs.needed(reading, view)
    if not said or (_has(focus, said, view, by_name) and (need is None or needs.holds(focus, need, view))):
        return None
    able = [record for record in pool if need is None or needs.holds(record, need, view)]
    for heading in (True,) if by_name else (True, False):
        found = [record for record in able if _has(record, said, view, heading)]
        if len(found) == 1:
            return found[0]
    return None


def _said(reading: Reading, view: View, records: Sequence[Record]) -> tuple[str, ...]:
    """The words that describe something, without everyday ones that none of the records says; none at all where a word that is
    not of every day is said by none, or what is asked is a property of the fact itself ("who chairs it?")."""
    content = [word for word in reading.tokens if is_content(word) and word not in SMALL and word not in ASKING_NOUNS]
    held = [word for word in content if any(view.holds(record, word) for record in records)]
    left = [word for word in content if word not in held and not is_everyday(word)]
    return () if left or not PROPERTIES.isdisjoint(content) else tuple(held)


def _has(record: Record, said: Sequence[str], view: View, heading: bool) -> bool:
    return all(view.holds(record, word, heading) for word in said)
