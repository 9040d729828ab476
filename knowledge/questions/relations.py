"""What the fact in focus has to do with others: its agreements, its target, what two bodies have between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from knowledge.messages import Phrase
from knowledge.questions import (
    attribute,
    cues,
    filters,
    listing,
    lookup,
    needs,
    phrases,
    progress,
    selection,
    shown,
    thread,
)
from knowledge.questions.form import Answer, Topic
from knowledge.questions.lexicon import Tag
from knowledge.questions.phrases import PROPERTIES
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.say import choices, kinds_text, unknown
from knowledge.questions.states import day_of, occurrences
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import fold

NAME = "followup"
_THEIRS: Final = re.compile(
    r"\b(?:ils|elles|il|elle|leurs?|eux|lui|son|sa|ses|they|their|theirs|them|it|its|en|y|avec ca|celui ci|celle ci)\b"
)
_BOTH: Final = re.compile(
    r"\b(?:entre (?:eux|elles|les 2|ces 2)|(?:ces|les|the|these|those|tous les|toutes les) 2|both|between them|each other|together|ensemble|l un (?:et|avec) l autre|l une (?:et|avec) l autre)\b"
)
_ONE: Final = re.compile(r"\b(?:one|any|anything|celui|en (?:a|avons)|quelque chose|le meme|the same|similar)\b")
_OCCASION: Final = re.compile(
    r"\b(?:occasions?|(?:at|during) (?:which|what)|(?:lors|au cours) de quel(?:le)?s?|a quel(?:le)? (?:evenement|rencontre|reunion)|pendant quel(?:le)?)\b"
)
"""Asks at what something was done."""
_THROUGH: Final = re.compile(r"(?:(?:et|and) )?(?:through|via|by|with|par|avec|grace a) (?:which|what|quel(?:le)?s?)\b")
_WITH_THEM: Final = re.compile(r"\b(?:with|avec) (?:them|eux|elles|lui|elle|it)\b")
_WITH_WHOM: Final = re.compile(
    r"\b(?:avec qui|with whom|who\b.* with$|(?:avec|with) (?:quel|which|what) (?:partenaire|partner|company|entreprise))"
)
"""Asks for the other party."""
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
    if reading.says(_WITH_WHOM) and not view.kind(focus).between and not reading.named("body"):
        between = [record for record in thread.linked_to(focus, view) if view.kind(record).between]
        return about(reading, view, between[0]) if len(between) == 1 else None
    if kinds and focus.kind not in kinds and (one := _one_of_focus(reading, view, kinds, focus)) is not None:
        return one
    if (
        any(reading.named(sort) for sort in _STATED)
        or reading.years
        or reading.found
        or (PROPERTIES & set(reading.tokens) and not filters.asks_for_kind(reading))
    ):
        return None
    if kinds and _BOTH.search(reading.plain) and (both := thread.pair(topic, view)):
        return _between(reading, view, kinds, both)
    if reading.says(_OCCASION) and (occasion := _occasion(focus, view, kinds)) is not None:
        return about(reading, view, occasion)
    if not kinds and filters.speaks_of_us(reading) and reading.says(_WITH_THEM) and (body := _body(focus, view, topic)):
        return _of_ours(reading, view, tuple(name for name, kind in view.kinds.items() if kind.between), (body,))
    if reading.says(phrases.HOW_MANY) and not _THEIRS.search(reading.plain):
        return None
    if kinds and focus.kind not in kinds and not _names_something(reading, view):
        return _of_focus(reading, view, kinds, focus)
    return None


def _body(focus: Record, view: View, topic: Topic) -> str | None:
    """The body that "them" stands for: the one in focus, else the one before it, else the first that has part in the fact."""
    records = (focus, *thread.facts_of((topic.before,), view))
    found = next((body for record in records if (body := thread.body_of(record, view)) is not None), None)
    first = {fold(name) for name in focus.values.get("organisations", ())[:1]}
    return found or next((body for body, names in view.bodies.items() if first & names), None)


def _names_something(reading: Reading, view: View) -> bool:
    """Whether a question says what it is about by a word that is in some title; a verb only tells what was done ("par quel appel
    on les a choisies ?")."""
    subjects = _subjects(reading)
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
    said = [word for phrase in selection.content(reading, view).any_of for word in phrase.split()]
    linked = [record for record in thread.linked_to(focus, view) if record.kind in kinds]
    linked = [record for record in linked if all(view.holds(record, word) for word in said)] or linked
    if listing.asks_for_several(reading, view):
        if not _THEIRS.search(reading.plain):
            return None
        if body is not None and (not linked or thread.body_of(focus, view, itself=True)):
            end = len(reading.tokens)
            return listing.answer(replace(reading, tags=(*reading.tags, Tag("body", body, end, end))), view)
    if body is not None and filters.speaks_of_us(reading) and all(view.kinds[name].between for name in kinds):
        return _of_ours(reading, view, kinds, (body,))
    if not linked:
        linked = list(_linked_through(focus, view, kinds))
    if not linked:
        return None
    if listing.asks_for_several(reading, view):
        return shown.listed(reading, view, linked)
    return about(reading, view, linked[0]) if len(linked) == 1 else choices(reading, NAME, linked, "unsure.several")


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
    return about(reading, view, fitting[0]) if len(fitting) == 1 else None


def _linked_through(focus: Record, view: View, kinds: Sequence[str]) -> tuple[Record, ...]:
    """The one record of a kind that something linked to the fact in focus is linked to; none where there are several."""
    through = {
        record.id: record
        for between in thread.linked_to(focus, view)
        for record in thread.linked_to(between, view)
        if record.kind in kinds and record.id != focus.id
    }
    return tuple(through.values()) if len(through) == 1 else ()


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
    subjects = [word for word in _subjects(reading) if word not in need.counted and not progress.AIMS.fullmatch(word)]
    counting = [
        record
        for record in thread.linked_to(focus, view)
        if progress.counts(record) and all(view.holds(record, word) for word in (*need.counted, *subjects))
    ]
    if len(counting) == 1:
        return progress.about(reading, view, counting[0])
    alone = len(reading.tokens) <= SHORT and not counting and not subjects and not progress.counts(focus)
    return attribute.about(reading, view, focus, need) if alone else None


def about(reading: Reading, view: View, record: Record) -> Answer:
    """What is asked of a record, else the record itself."""
    need = needs.needed(reading, view)
    if need is not None and needs.holds(record, need, view):
        return attribute.about(reading, view, record, need)
    if progress.counts(record) and (reading.says(progress.SO_FAR) or reading.says(progress.STANDS)):
        return progress.about(reading, view, record)
    return lookup.about(reading, view, record)
