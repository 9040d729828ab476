"""Which records fit: "quels accords avec la Suède ?", "calls closing in the next 30 days", "which calls are open?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from knowledge.messages import Note, Part, Phrase, Say
from knowledge.questions import filters, phrases, selection, series
from knowledge.questions.amounts import bound
from knowledge.questions.editions import is_ordinal
from knowledge.questions.form import Answer
from knowledge.questions.lexicon import Tag
from knowledge.questions.reading import Reading
from knowledge.questions.resolve import resolve
from knowledge.questions.say import dated_item, kinds_text, listing, reply, unknown
from knowledge.questions.states import state
from knowledge.questions.strangers import another_plan
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "list"
EXAMPLES = {
    "fr": (
        "Quels accords avec la Suède ?",
        "Quels appels ferment dans les 30 jours ?",
        "Quelles cibles ont été manquées ?",
    ),
    "en": ("Which calls are open right now?", "List the agreements between France and Sweden", "Which events in 2024?"),
}
_STRONG: Final = frozenset(
    "quels quelles lesquels lesquelles liste lister list listing which what whichever tous toutes all cite citez every each chaque ensemble any comme have got name donne".split()
)
_EACH: Final = frozenset("every each chaque tout toute".split())
_WEAK: Final = frozenset("les des the our nos some mes vos".split())
_ORDER: Final = re.compile(
    r"\b(?:liste|list|donne[zr]?|montre[zr]?|affiche[zr]?|show|give|rappelle[zr]?|remind|cite[zr]?|enumere[zr]?|name|sors|send|envoie|redonne[zr]?|redis|recite[zr]?)\b"
)
_HOW_MANY: Final = re.compile(r"\b(?:combien|how many|how much)\b")
_HAVING: Final = (frozenset("have got".split()), frozenset("avons on suit comme ya".split()))
"""Words of a base that holds something, in English and in French."""
_PLURAL_CUES: Final = frozenset("quels quelles which what les".split())
_ONE: Final = frozenset("quel quelle qui quoi who quand when where".split())
_WHICH_ONE: Final = re.compile(
    r"\b(?:lequel|laquelle|which one|the one (?:that|which|who|on|about)|celui (?:qui|dont|ou|sur)|celle (?:qui|dont|ou|sur)|un seul|une seule|only one)\b"
    r"|^(?:by |in |on |since |until |from |en |a |pour |d ici )?(?:what|which|quel|quelle) (?:year|day|month|date|annee|jour|mois)\b"
)
_REACH = 5


def answer(reading: Reading, view: View) -> Answer | None:
    """Lists when several records of a kind are asked for, or what a date brings. Where none fits and one fact is sure to be
    meant, that is left to the other forms ("for which joint calls did they run the secretariat?")."""
    numbered = _a_number_of(reading, view)
    if not (numbered or asks_for_several(reading, view) or _asks_what_a_date_brings(reading, view)):
        return None
    if another_plan(reading, view):
        return None
    want = filters.wanted(reading, view)
    want = filters.default_kinds(want, view)
    asked = selection.content(reading, view)
    chosen = numbered or selection.select(view, reading, want, asked)
    if asked.number is not None and len(chosen) > asked.number:
        chosen = series.of_number(reading, view) or chosen
    what = selection.what(want, view, len(chosen))
    if not chosen and resolve(reading, view).band == "sure":
        return None
    if len(chosen) > 1 and selection.one_of_several(reading) and resolve(reading, view).band == "sure":
        return None
    if chosen and not _filters(reading) and selection.passed_over(asked, view, chosen) > 1:
        chosen = ()
    if len(chosen) == 1 and _another(reading, view, chosen):
        return None
    if chosen and not numbered and _says_more(reading, view, want, asked) and _another(reading, view, chosen):
        return None
    if not chosen:
        undecided = _undecided(view, want, reading)
        missing = (Phrase("unknown.none_match", {"what": kinds_text(want.kinds, view)}),)
        return unknown(reading, NAME, missing, undecided, selection.notes(reading, want, view))
    field = want.field or (view.kinds[want.kinds[0]].when if want.kinds else "")
    ordered = sorted(chosen, key=lambda record: (_order(record, field), record.id))
    parts: list[Part] = [
        Say(Phrase("answer.list", {"count": len(ordered), "what": what}), strong=True),
        *listing(
            [
                dated_item(record, field if field in record.values else view.kind(record).when, view)
                for record in ordered
            ]
        ),
        *selection.notes(reading, want, view),
    ]
    undecided = _undecided(view, want, reading)
    if undecided:
        parts.append(Note(Phrase("unknown.open_undecided", {"title": [record.titles for record in undecided]})))
    ids = tuple(record.id for record in ordered)
    return reply(reading, NAME, "sure", parts, ordered, set=ids, count=len(ids))


_NUMBERED: Final = re.compile(r"\b(?:[2-9]|1[0-2])$")


def _a_number_of(reading: Reading, view: View) -> tuple[Record, ...]:
    """The series of which as many are asked for as it has ("what are the four activities?"), where nothing else is asked of it."""
    other = any(reading.says(cue) for cue in (phrases.WHEN, phrases.WHERE, phrases.WHAT_TIME, _HOW_MANY, _WHICH_ONE))
    singular = any(not tag.plural for tag in reading.named("kind"))
    if other or singular or selection.one_of_several(reading) or any(map(is_ordinal, reading.tokens)):
        return ()
    counted = any(
        tag.plural and _NUMBERED.search(" ".join(reading.tokens[:at])) is not None
        for tag in reading.named("kind")
        for at in (tag.first, tag.first - 1)
    )
    found = series.of_number(reading, view) if counted else ()
    return found if found and selection.passed_over(selection.content(reading, view), view, found) <= 1 else ()


def _another(reading: Reading, view: View, chosen: Sequence[Record]) -> bool:
    """Whether one other fact is sure to be meant ("for which calls was it the secretariat?")."""
    found = resolve(reading, view)
    return found.band == "sure" and found.records[0] not in chosen


def _says_more(reading: Reading, view: View, want: filters.Wanted, asked: selection.Content) -> bool:
    """Whether no record that fits has every word of the question."""
    return not selection.select(view, reading, want, asked, strict=True)


def asks_for_several(reading: Reading, view: View) -> bool:
    """Whether a plural kind follows a word that asks for a list, or opens a bare request."""
    words = reading.tokens
    if reading.says(_HOW_MANY) or (reading.says(phrases.BUDGET) and bound(reading) is None) or reading.says(_WHICH_ONE):
        return False
    ordered = reading.says(_ORDER) and not _asks_one(words[:1])
    value = any(reading.says(cue) for cue in (phrases.WHEN, phrases.WHERE, phrases.WHAT_TIME))
    has = _HAVING[reading.lang == "fr"] & set(words)
    for tag in reading.named("kind"):
        before = range(max(0, tag.first - _REACH), tag.first)
        strong = any(words[index] in _STRONG for index in before)
        if strong and (tag.plural or _plural_cue(words, tag) or set(words[max(0, tag.first - 4) : tag.first]) & _EACH):
            return True
        weak = any(words[index] in _WEAK for index in range(max(0, tag.first - 3), tag.first))
        if tag.plural and (
            ordered
            or (has and _filters(reading))
            or (weak and tag.first <= 3 and not value and not _asks_one(words))
            or (tag.first <= (2 if _filters(reading) else 0) and not value and not _asks_one(words))
        ):
            return True
    return False


def _asks_one(words: tuple[str, ...]) -> bool:
    """Whether the question asks for one thing after all ("à l'origine des rencontres, il y a quel groupe ?")."""
    return not _ONE.isdisjoint(words) or words[:1] == ("ou",)


def _plural_cue(words: Sequence[str], tag: Tag) -> bool:
    return any(
        word in ("quels", "quelles", "lesquels", "lesquelles") for word in words[max(0, tag.first - 3) : tag.first]
    )


def _filters(reading: Reading) -> bool:
    return bool(reading.found or any(reading.named(topic) for topic in ("country", "theme", "body", "status", "field")))


def _asks_what_a_date_brings(reading: Reading, view: View) -> bool:
    """ "Qu'est-ce qui ferme en mars ?", "what closes this week?"."""
    opening = any(tag.first == 0 and tag.plural for tag in reading.named("field"))
    if opening and (reading.found or reading.years) and not reading.named("kind"):
        return True
    if (
        (reading.found or reading.years)
        and not reading.named("kind")
        and reading.tokens[:1]
        and reading.tokens[0] in _PLURAL_CUES
        and any(tag.first == 1 and tag.plural for tag in reading.named("field"))
    ):
        return True
    asks = re.match(r"(?:est ce qui|what|quoi)\b", reading.plain) is not None
    return (
        asks
        and bool(reading.found)
        and bool(reading.named("field"))
        and not reading.named("kind")
        and len(reading.rest()) <= 3
    )


def _order(record: Record, field: str) -> str:
    return str(record.values.get(field) or "9999")


def _undecided(view: View, want: filters.Wanted, reading: Reading) -> tuple[Record, ...]:
    """Records of which the dates cannot say whether they are open, when that is what is asked."""
    if "open" not in want.statuses:
        return ()
    rest = replace(want, statuses=())
    return tuple(
        record
        for record in view.records.values()
        if selection.fits(record, rest, view, reading.today)
        and view.kind(record).open is not None
        and state(record, view.kind(record), reading.today) == ""
    )
