"""What bodies have with each other and with the programme: "what do the two have together?", "on a signé quoi avec eux ?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from knowledge.messages import Phrase
from knowledge.questions import cues, filters, focus, programme, selection, shown, thread
from knowledge.questions.form import Answer, Topic
from knowledge.questions.reading import Reading
from knowledge.questions.say import choices, kinds_text, unknown
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.text import fold

NAME = "followup"
_BOTH: Final = re.compile(
    r"\b(?:entre (?:eux|elles|les 2|ces 2)|(?:ces|les|the|these|those|tous les|toutes les) 2|both|between them|each other|together|ensemble|l un (?:et|avec) l autre|l une (?:et|avec) l autre)\b"
)
_WHAT: Final = re.compile(r"(?:(?:et|and) )?(?:what|which|qu est ce|quoi|quel(?:le)?s?|on (?:y )?a signe quoi)\b")
_ONE: Final = re.compile(r"\b(?:one|any|anything|celui|en (?:a|avons)|quelque chose|le meme|the same|similar)\b")
_WITH_THEM: Final = re.compile(r"\b(?:with|avec) (?:them|eux|elles|lui|elle|it)\b")
_WITH_WHOM: Final = re.compile(
    r"\b(?:avec qui|with whom|who\b.* with$|(?:avec|with) (?:quel|which|what) (?:partenaire|partner|company|entreprise))"
)
"""Asks for the other party."""


def answer(reading: Reading, view: View, topic: Topic, record: Record) -> Answer | None:
    """Answers where another party is asked for than those of a record, or what two bodies, or one and the programme, have."""
    kinds = filters.asked_kinds(reading, view)
    joins = view.kind(record).between
    if not kinds and joins and programme.is_spoken_of(reading) and _ONE.search(reading.plain):
        bodies = (*reading.values("body"), *_named_bodies(reading, view))
        return ours(reading, view, (record.kind,), bodies) if bodies else None
    if reading.years or reading.found or reading.named("body"):
        return None
    if (reading.says(_WITH_WHOM) and not joins) or _asks_what_was_signed(reading, view, record):
        between = [one for one in thread.linked_to(record, view) if view.kind(one).between]
        return focus.asked_of(reading, view, between[0]) if len(between) == 1 else None
    if any(map(reading.named, ("country", "city", "theme"))):
        return None
    if kinds and both_said(reading) and (both := thread.pair(topic, view)):
        return _between(reading, view, kinds, both)
    if (
        not kinds
        and programme.is_spoken_of(reading)
        and reading.says(_WITH_THEM)
        and (body := _body(record, view, topic))
    ):
        return ours(reading, view, tuple(name for name, kind in view.kinds.items() if kind.between), (body,))
    return None


def _asks_what_was_signed(reading: Reading, view: View, record: Record) -> bool:
    """Whether what was signed is asked of a fact that is signed by nobody itself ("what was signed there?")."""
    signed = "signed" in reading.values("field") and view.spec(record, "signed") is None
    return signed and _WHAT.match(reading.plain) is not None


def both_said(reading: Reading) -> bool:
    """Whether the question speaks of two that were spoken of ("when were the two made public?")."""
    return _BOTH.search(reading.plain) is not None


def _named_bodies(reading: Reading, view: View) -> tuple[str, ...]:
    """The bodies of which the question says a word that no other body's name has ("Garvan")."""
    found = [
        {key for key, names in view.bodies.items() if any(word in name.split() for name in names)}
        for word in cues.own(reading)
    ]
    return tuple(key for keys in found if len(keys) == 1 for key in keys)


def _body(record: Record, view: View, topic: Topic) -> str | None:
    """The body that "them" stands for: the one in record, else the one before it, else the first that has part in the fact."""
    records = (record, *thread.facts_of((topic.before,), view))
    found = next((body for record in records if (body := thread.body_of(record, view)) is not None), None)
    first = {fold(name) for name in record.values.get("organisations", ())[:1]}
    return found or next((body for body, names in view.bodies.items() if first & names), None)


def _between(reading: Reading, view: View, kinds: Sequence[str], both: Sequence[Record]) -> Answer | None:
    """What two bodies have together."""
    keys = [key for record in both if (key := thread.body_of(record, view)) is not None]
    if len(keys) < len(both):
        return None
    want = filters.Wanted(kinds=tuple(kinds), bodies=tuple(keys))
    found = [record for record in view.records.values() if selection.fits(record, want, view, reading.today)]
    if not found:
        return unknown(reading, NAME, (Phrase("unknown.none_match", {"what": kinds_text(kinds, view)}),), both)
    return focus.asked_of(reading, view, found[0]) if len(found) == 1 else shown.listed(reading, view, found)


def ours(reading: Reading, view: View, kinds: Sequence[str], bodies: Sequence[str]) -> Answer:
    """What the programme has with these bodies ("on a un accord avec eux ?")."""
    want = filters.Wanted(kinds=tuple(kinds), countries=(view.home,), bodies=tuple(bodies))
    found = [record for record in view.records.values() if selection.fits(record, want, view, reading.today)]
    if not found:
        return unknown(reading, NAME, (Phrase("unknown.none_match", {"what": kinds_text(kinds, view)}),))
    return (
        focus.asked_of(reading, view, found[0]) if len(found) == 1 else choices(reading, NAME, found, "unsure.several")
    )
