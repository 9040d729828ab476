"""What stands beside the fact in focus, and which of it a question speaks of: "where was the kick-off?" after a project.

A question that leans on a thread, and that the fact in focus does not answer, may describe one that is linked to it, or that
is called after it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from knowledge.questions import attribute, cues, lookup, needs, phrases, progress, quantities, thread
from knowledge.questions.describe import head
from knowledge.questions.form import Answer, Topic
from knowledge.questions.phrases import ASKING_NOUNS, PROPERTIES
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.shown import SMALL
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import words

_WHICH: Final = re.compile(r"\b(?:quel(?:le)?|which|what) (\w+)\b")
SHORT: Final = 4
"""Words of a question that says no more than what it counts ("combien de participants ?")."""
LONGEST: Final = 9
"""Words of the longest question that describes a neighbour and needs no name."""


def around(focus: Record, view: View) -> tuple[Record, ...]:
    """The records linked to one, the bodies that have part in it, and those with its name in their title."""
    linked = thread.linked_to(focus, view)
    parties = set(focus.values.get("organisations", ()))
    names = {f" {' '.join(words(name))} " for name in _proper_names(focus)}
    called = (
        record
        for record in view.records.values()
        if record.id != focus.id
        and record not in linked
        and (_is_one_of(parties, record, view) or any(name in view.said(record) for name in names))
    )
    return (*linked, *called)


def named_in(focus: Record, kinds: Collection[str], view: View) -> tuple[Record, ...]:
    """The records of some kinds that bear a name which stands in the title of one ("le projet" of its kick-off)."""
    said = view.said(focus)
    return tuple(
        record
        for record in view.records.values()
        if record.kind in kinds and record.id != focus.id
        if any(f" {' '.join(words(name))} " in said for name in _proper_names(record))
    )


def _is_one_of(parties: Collection[str], record: Record, view: View) -> bool:
    """Whether a record is a body that bears one of some names."""
    return view.kind(record).bodies and not {*record.aliases, *map(head, record.titles.values())}.isdisjoint(parties)


def _proper_names(record: Record) -> tuple[str, ...]:
    """The names of a record that are written with a capital inside or are several words, such as no other thing has."""
    names = (*map(head, record.titles.values()), *record.aliases)
    return tuple(name for name in names if name[1:] != name[1:].lower())


def asked_for(reading: Reading, view: View, topic: Topic, focus: Record) -> Answer | None:
    """What is asked of the one neighbour that "which" asks for ("il dépend de quel plan ?", "et quelle société le menait ?")."""
    noun = _WHICH.search(reading.plain)
    if noun is None or not is_content(noun[1]) or noun[1] in ASKING_NOUNS or view.holds(focus, noun[1], heading=True):
        return None
    if noun[1] in {*reading.words_of("field"), *reading.words_of("kind")}:
        return None
    return answer(reading, view, topic, focus)


def answer(reading: Reading, view: View, topic: Topic, focus: Record, *, by_name: bool = False) -> Answer | None:
    """What is asked, of the one neighbour of the fact in focus that the question describes; `by_name`: by its title alone."""
    if len(reading.tokens) > LONGEST or reading.years or reading.found:
        return None
    one = _meant(reading, view, focus, by_name)
    return None if one is None else _about(reading, view, one, topic, focus)


def _about(reading: Reading, view: View, record: Record, topic: Topic, focus: Record) -> Answer:
    """What is asked of a neighbour; else the field asked before, where it has it; else its figure, or the one of its target where
    a figure was asked before; else itself."""
    need = needs.needed(reading, view)
    if need is not None and needs.holds(record, need, view):
        return attribute.about(reading, view, record, need)
    if (need is None or _told_by_field(reading, view, record)) and topic.field and record.values.get(topic.field):
        return attribute.repeat(reading, view, record, topic.field, before=topic.text)
    targets = (
        one for one in thread.linked_to(record, view) if one.id != focus.id and one.values.get(topic.field) is not None
    )
    counting = [record] if quantities.counts(record) else [one for one in targets if quantities.counts(one)]
    return progress.about(reading, view, counting[0]) if len(counting) == 1 else lookup.about(reading, view, record)


def _meant(reading: Reading, view: View, focus: Record, by_name: bool) -> Record | None:
    """The one neighbour that has what is asked and says all that the question says, where the fact in focus does not."""
    pool = around(focus, view)
    said = _said(reading, view, (focus, *pool))
    need = needs.needed(reading, view)
    which = _WHICH.search(reading.plain) is not None
    if not said or (_has(focus, said, view, by_name or which) and (need is None or needs.holds(focus, need, view))):
        return None
    able = [
        record
        for record in pool
        if need is None or needs.holds(record, need, view) or _told_by_field(reading, view, record)
    ]
    for heading in (True,) if by_name else (True, False):
        found = [record for record in able if _has(record, said, view, heading)]
        if len(found) == 1:
            return found[0]
    return None


def _told_by_field(reading: Reading, view: View, record: Record) -> bool:
    """Whether the words that would name a field are in the title of a record ("et depuis le début ?")."""
    words_said = reading.words_of("field")
    asks = any(reading.says(cue) for cue in (phrases.WHEN, phrases.WHERE, phrases.HOW_MANY))
    return bool(words_said) and not asks and all(view.holds(record, word, heading=True) for word in words_said)


def _said(reading: Reading, view: View, records: Sequence[Record]) -> tuple[str, ...]:
    """The words that describe something, without everyday ones that none of the records says; none at all where a word that is
    not of every day is said by none, or what is asked is a property of the fact itself ("who chairs it?")."""
    content = [word for word in reading.tokens if is_content(word) and word not in SMALL and word not in ASKING_NOUNS]
    held = [word for word in content if any(view.holds(record, word) for record in records)]
    left = [word for word in content if word not in held and (word in PROPERTIES or not is_everyday(word))]
    somebody = cues.SOMEBODY.match(reading.plain) and cues.PRONOUN.search(reading.plain)
    of_itself = somebody and not PROPERTIES.isdisjoint(content)
    return () if left or of_itself else tuple(held)


def _has(record: Record, said: Sequence[str], view: View, heading: bool) -> bool:
    return all(view.holds(record, word, heading) for word in said)


def figure(reading: Reading, view: View, focus: Record) -> Answer | None:
    """The figure asked of a fact that counts no such thing, where a single one linked to it does ("how many participants?")."""
    need = needs.needed(reading, view)
    if need is None or need.sort != "amount" or not need.counted or (need.fields and need.money):
        return None
    if needs.holds(focus, need, view) or not reading.says(phrases.HOW_MANY):
        return None
    if any(reading.named(sort) for sort in ("country", "city", "body", "kind")) or reading.years or reading.found:
        return None
    subjects = [word for word in cues.own(reading) if word not in need.counted and not progress.AIMS.fullmatch(word)]
    counting = [
        record
        for record in thread.linked_to(focus, view)
        if quantities.counts(record) and all(view.holds(record, word) for word in (*need.counted, *subjects))
    ]
    if len(counting) == 1:
        return progress.about(reading, view, counting[0])
    alone = len(reading.tokens) <= SHORT and not counting and not subjects and not quantities.counts(focus)
    return attribute.about(reading, view, focus, need) if alone else None
