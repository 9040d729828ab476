"""What the fact in focus has to do with others: the call that paid for it, its target, the event at which it was signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from knowledge.questions import (
    beside,
    cues,
    filters,
    listing,
    lookup,
    partners,
    phrases,
    programme,
    quantities,
    ranking,
    selection,
    shown,
    thread,
)
from knowledge.questions.focus import asked_of
from knowledge.questions.form import Answer, Topic
from knowledge.questions.lexicon import Tag
from knowledge.questions.phrases import PROPERTIES
from knowledge.questions.reading import Reading
from knowledge.questions.say import choices
from knowledge.questions.states import day_of, occurrences
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "followup"
_THEIRS: Final = re.compile(
    r"\b(?:ils|elles|il|elle|leurs?|eux|lui|son|sa|ses|they|their|theirs|them|it|its|en|y|avec ca|celui ci|celle ci)\b"
)
_OCCASION: Final = re.compile(
    r"\b(?:occasions?|(?:at|during) (?:which|what)|(?:lors|au cours) de quel(?:le)?s?|a quel(?:le)? (?:evenement|rencontre|reunion)|pendant quel(?:le)?)\b"
)
"""Asks at what something was done."""
_WHICH_ONES: Final = re.compile(
    r"(?:(?:et|and) )?(?:which is|lesquel(?:le)?s$|quel(?:le)? est (?:le|la) (?:derniere?|plus))\b"
)
_DEFINITE: Final = re.compile(r"\b(?:ce|cet|cette|this|that) \w")
_THROUGH: Final = re.compile(r"(?:(?:et|and) )?(?:through|via|by|with|par|avec|grace a) (?:which|what|quel(?:le)?s?)\b")
_STATED: Final = ("country", "city", "body", "theme")


def answer(reading: Reading, view: View, topic: Topic, focus: Record) -> Answer | None:
    """Answers where a kind is named and it is said, by a pronoun or for want of any other subject, that the fact in focus has it."""
    kinds = filters.asked_kinds(reading, view)
    if (found := beside.figure(reading, view, focus) or partners.answer(reading, view, topic, focus)) is not None:
        return found
    if kinds and focus.kind not in kinds and (one := _one_of_focus(reading, view, kinds, focus)) is not None:
        return one
    if (
        any(reading.named(sort) for sort in _STATED)
        or reading.years
        or reading.found
        or (PROPERTIES & set(reading.tokens) and not filters.asks_for_kind(reading))
    ):
        return None
    if reading.says(_OCCASION) and (occasion := _occasion(focus, view, kinds)) is not None:
        return asked_of(reading, view, occasion)
    counting = (
        reading.says(phrases.HOW_MANY) and not reading.says(phrases.HOW_LONG) and not _DEFINITE.search(reading.plain)
    )
    if counting and not _THEIRS.search(reading.plain):
        return None
    if kinds and focus.kind not in kinds and not _names_something(reading, view):
        return _of_focus(reading, view, kinds, focus)
    return None


def counted(reading: Reading, view: View, focus: Record) -> tuple[Record, ...]:
    """What the fact in focus counts, as far as it is linked to it, where "which" asks for some of it ("cinq groupes": "lesquels ?")."""
    held = quantities.counted_in(focus)
    told = shown.own_words(reading) and not ranking.orders(reading)
    if held is None or told or not (shown.asks_which(reading) or _WHICH_ONES.match(reading.plain)):
        return ()
    kinds = {kind for unit in held[1].unit.values() for kind in reading.reread(unit).values("kind")}
    return tuple(record for record in thread.linked_to(focus, view) if record.kind in kinds)


def _names_something(reading: Reading, view: View) -> bool:
    """Whether a question says what it is about by a word that is in some title; a verb only tells what was done ("par quel appel
    on les a choisies ?")."""
    subjects = cues.own(reading)
    verbs = cues.PRONOUN.search(reading.plain) is not None
    return any(not verbs or not view.headings.isdisjoint(view.kin(word)) for word in subjects)


def _occasion(focus: Record, view: View, kinds: Sequence[str]) -> Record | None:
    """What is linked to the fact in focus and was held on the very day of it."""
    day = day_of(focus, view.kind(focus).when)
    held = [
        record
        for record in thread.linked_to(focus, view)
        if record.kind != focus.kind and (not kinds or record.kind in kinds)
        if day in occurrences(record, view.kind(record).when)
    ]
    return held[0] if len(held) == 1 else None


def _of_focus(reading: Reading, view: View, kinds: Sequence[str], focus: Record) -> Answer | None:
    """The records of a kind that the fact in focus has to do with: all of them where several are asked for."""
    body = thread.body_of(focus, view)
    said = [word for phrase in selection.content(reading, view).any_of for word in phrase.split()]
    linked = [record for record in thread.linked_to(focus, view) if record.kind in kinds]
    linked = [record for record in linked if all(view.holds(record, word) for word in said)] or linked
    if listing.asks_for_several(reading, view):
        if not _THEIRS.search(reading.plain):
            return None
        if body is not None and (not linked or thread.body_of(focus, view, itself=True)):
            end = len(reading.tokens)
            return listing.answer(replace(reading, tags=(*reading.tags, Tag("body", body, end, end))), view)
    if body is not None and programme.is_spoken_of(reading) and all(view.kinds[name].between for name in kinds):
        return partners.ours(reading, view, kinds, (body,))
    linked = linked or list(_linked_through(focus, view, kinds) or beside.named_in(focus, kinds, view))
    if not linked:
        return None
    if listing.asks_for_several(reading, view):
        return shown.listed(reading, view, linked)
    return asked_of(reading, view, linked[0]) if len(linked) == 1 else choices(reading, NAME, linked, "unsure.several")


def _one_of_focus(reading: Reading, view: View, kinds: Sequence[str], focus: Record) -> Answer | None:
    """The one linked fact of the kind that "which" asks for that is as the question says ("quel projet français en fait partie ?"),
    or the fact in focus, whose card names its bodies ("through which bodies?")."""
    if not filters.asks_for_kind(reading) or reading.years or reading.found:
        return None
    if _THROUGH.match(reading.plain) and all(view.kinds[name].bodies for name in kinds):
        return lookup.about(reading, view, focus)
    if not (_THEIRS.search(reading.plain) and any(map(reading.named, ("country", "city", "body")))):
        return None
    want = replace(filters.wanted(reading, view), themes=(), field="")
    fitting = [one for one in thread.linked_to(focus, view) if selection.fits(one, want, view, reading.today)]
    return asked_of(reading, view, fitting[0]) if len(fitting) == 1 else None


def _linked_through(focus: Record, view: View, kinds: Sequence[str]) -> tuple[Record, ...]:
    """The one record of a kind that something linked to the fact in focus is linked to; none where there are several."""
    through = {
        record.id: record
        for between in thread.linked_to(focus, view)
        for record in thread.linked_to(between, view)
        if record.kind in kinds and record.id != focus.id
    }
    return tuple(through.values()) if len(through) == 1 else ()
