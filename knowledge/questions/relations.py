"""What the fact in focus has to do with others: its agreements, its target, what two bodies have between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from knowledge.messages import Phrase
from knowledge.questions import attribute, filters, listing, lookup, needs, phrases, progress, selection, shown, thread
from knowledge.questions.form import Answer, Topic
from knowledge.questions.lexicon import Tag
from knowledge.questions.phrases import PROPERTIES
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.say import choices, kinds_text, unknown
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "followup"
_THEIRS: Final = re.compile(
    r"\b(?:ils|elles|il|elle|leurs?|eux|lui|son|sa|ses|they|their|theirs|them|it|its|en|y|avec ca|celui ci|celle ci)\b"
)
_BOTH: Final = re.compile(
    r"\b(?:entre (?:eux|elles|les 2|ces 2)|(?:ces|les|the|these|those|tous les|toutes les) 2|both|between them|each other|together|ensemble|l un (?:et|avec) l autre|l une (?:et|avec) l autre)\b"
)
_ONE: Final = re.compile(r"\b(?:one|any|anything|celui|en (?:a|avons)|quelque chose|le meme|the same|similar)\b")
SHORT: Final = 4
"""Words of a question that says no more than what it counts ("combien de participants ?")."""
_STATED: Final = ("country", "city", "body", "theme")


def answer(reading: Reading, view: View, topic: Topic, focus: Record) -> Answer | None:
    """Answers where a kind is named and it is said, by a pronoun or for want of any other subject, that the fact in focus has it."""
    kinds = filters.asked_kinds(reading, view)
    if (figure := _figure_beside(reading, view, focus)) is not None:
        return figure
    if not kinds and view.kind(focus).between and filters.speaks_of_us(reading) and _ONE.search(reading.plain):
        bodies = (*reading.values("body"), *_named_bodies(reading, view))
        return _of_ours(reading, view, (focus.kind,), bodies) if bodies else None
    if (
        any(reading.named(sort) for sort in _STATED)
        or reading.years
        or reading.found
        or PROPERTIES & set(reading.tokens)
    ):
        return None
    if kinds and _BOTH.search(reading.plain) and (both := thread.pair(topic, view)):
        return _between(reading, view, kinds, both)
    if kinds and focus.kind not in kinds and not _subjects(reading):
        return _of_focus(reading, view, kinds, focus)
    return None


def both_said(reading: Reading) -> bool:
    """Whether the question speaks of two that were spoken of ("when were the two made public?")."""
    return _BOTH.search(reading.plain) is not None


def _named_bodies(reading: Reading, view: View) -> tuple[str, ...]:
    """The bodies of which the question says a word that no other body's name has ("Garvan")."""
    found = [
        {key for key, names in view.bodies.items() if any(word in name.split() for name in names)}
        for word in _subjects(reading)
    ]
    return tuple(key for keys in found if len(keys) == 1 for key in keys)


def _subjects(reading: Reading) -> tuple[str, ...]:
    """The words that say what the question is about, beside the kind and the field."""
    rest = reading.rest("field", "kind")
    return tuple(word for word in rest if not is_everyday(word) and is_content(word))


def _between(reading: Reading, view: View, kinds: Sequence[str], both: Sequence[Record]) -> Answer | None:
    """What two bodies have together."""
    keys = [key for record in both if (key := thread.body_of(record, view)) is not None]
    if len(keys) < len(both):
        return None
    want = filters.Wanted(kinds=tuple(kinds), bodies=tuple(keys))
    found = [record for record in view.records.values() if selection.fits(record, want, view, reading.today)]
    if not found:
        return unknown(reading, NAME, (Phrase("unknown.none_match", {"what": kinds_text(kinds, view)}),), both)
    return about(reading, view, found[0]) if len(found) == 1 else shown.listed(reading, view, found)


def _of_focus(reading: Reading, view: View, kinds: Sequence[str], focus: Record) -> Answer | None:
    """The records of a kind that the fact in focus has to do with: all of them where several are asked for."""
    body = thread.body_of(focus, view)
    if listing.asks_for_several(reading, view):
        if not _THEIRS.search(reading.plain):
            return None
        if body is not None:
            end = len(reading.tokens)
            return listing.answer(replace(reading, tags=(*reading.tags, Tag("body", body, end, end))), view)
    said = selection.content(reading, view).any_of
    linked = tuple(
        record
        for record in thread.linked_to(focus, view)
        if record.kind in kinds and all(view.holds(record, word) for phrase in said for word in phrase.split())
    )
    if body is not None and filters.speaks_of_us(reading) and all(view.kinds[name].between for name in kinds):
        return _of_ours(reading, view, kinds, (body,))
    if not linked:
        return None
    if listing.asks_for_several(reading, view):
        return shown.listed(reading, view, linked)
    return about(reading, view, linked[0]) if len(linked) == 1 else choices(reading, NAME, linked, "unsure.several")


def _of_ours(reading: Reading, view: View, kinds: Sequence[str], bodies: Sequence[str]) -> Answer:
    """What the programme has with these bodies ("on a un accord avec eux ?")."""
    want = filters.Wanted(kinds=tuple(kinds), countries=(view.home,), bodies=tuple(bodies))
    found = [record for record in view.records.values() if selection.fits(record, want, view, reading.today)]
    if not found:
        return unknown(reading, NAME, (Phrase("unknown.none_match", {"what": kinds_text(kinds, view)}),))
    return about(reading, view, found[0]) if len(found) == 1 else choices(reading, NAME, found, "unsure.several")


def _figure_beside(reading: Reading, view: View, focus: Record) -> Answer | None:
    """The figure asked of a fact that counts no such thing, where a single one linked to it does ("how many participants?")."""
    need = needs.needed(reading, view)
    if need is None or need.sort != "amount" or not need.counted or (need.fields and need.money):
        return None
    if needs.holds(focus, need, view) or not reading.says(phrases.HOW_MANY):
        return None
    if any(reading.named(sort) for sort in ("country", "city", "body", "kind")) or reading.years or reading.found:
        return None
    if [word for word in _subjects(reading) if word not in need.counted and not progress.AIMS.fullmatch(word)]:
        return None
    counting = [
        record
        for record in thread.linked_to(focus, view)
        if progress.counts(record) and all(view.holds(record, word) for word in need.counted)
    ]
    if len(counting) == 1:
        return progress.about(reading, view, counting[0])
    alone = len(reading.tokens) <= SHORT and not counting and not progress.counts(focus)
    return attribute.about(reading, view, focus, need) if alone else None


def about(reading: Reading, view: View, record: Record) -> Answer:
    """What is asked of a record, else the record itself."""
    need = needs.needed(reading, view)
    if need is not None and needs.holds(record, need, view):
        return attribute.about(reading, view, record, need)
    if progress.counts(record) and (reading.says(progress.SO_FAR) or reading.says(progress.STANDS)):
        return progress.about(reading, view, record)
    return lookup.about(reading, view, record)
