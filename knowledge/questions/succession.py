"""What came before or after: "which programme did ERDERA take over from?", "qui a remplacé Australian Genomics ?"."""

from __future__ import annotations

import re
from typing import Final

from knowledge.questions import attribute, cues, lookup, needs, selection, thread
from knowledge.questions.describe import head
from knowledge.questions.filters import asked_kinds
from knowledge.questions.form import Answer, Topic
from knowledge.questions.listing import asks_for_several
from knowledge.questions.reading import Reading
from knowledge.questions.resolve import resolve
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "succession"
EXAMPLES = {"fr": ("ERDERA prend la suite de quoi ?",), "en": ("What did Genomics Australia replace?",)}
_BEFORE: Final = re.compile(
    r"\b(?:before \w+.*\bwhat (?:was|were|did|existed)|avant \w+.*\b(?:il y avait|qu y avait il|c ?etait) (?:quoi|qui|quel(?:le)?)|(?:what|which|whom?)\b.*\b(?:replace[sd]?|take over from|took over from|taken over from|succeed(?:ed|s)?|came before|follow(?:ed|s)? on from|come after)"
    r"|(?:what|which|who)\b.*\b(?:preceded|before)|(?:quel(?:le)?|que|quoi)\b.*\b(?:a|ont|avait) (?:t )?(?:il |elle |ils |elles )?(?:remplace|succede)|remplace(?:nt|r)? (?:quoi|qui|quel(?:le)?)|(?:quoi|quel(?:le)?|qui|que)\b.*\b(?:remplacait|remplace t (?:il|elle)|succede|succedait|prend(?:re)? la suite|pris la suite|precedait|avant)"
    r"|(?:prend|a pris|prenait) la suite de (?:quoi|qui|quel(?:le)?)|succede a (?:quoi|qui|quel(?:le)?)|avant (?:lui|elle|eux|ca|cela)|(?:earlier|previous|former|prior|initial|original) (?:version|one|text)|1eme (?:version|text)|version (?:precedente|anterieure|initiale|originale|d avant)|ancienne version|predecesseur|predecessor|ancetre|forerunner|il y avait quoi avant|ca remplace)\b"
)
_AFTER: Final = re.compile(
    r"\b(?:(?:what|who) (?:did|has|have|had)\b.* (?:become|became|turn(?:ed)? into)|what became of|(?:est|sont) devenue?s? quoi|qu est(?: il| elle)? devenue?|par (?:quoi|qui|quel(?:le)?)\b.*\bremplace\w*|(?:what|which|who)\b.*\b(?:replaced|took over from|succeeded|(?:came|comes|happened) (?:after|next)|has replaced|followed)|replaced by (?:what|which|whom?)|(?:qui|quel(?:le)?)\b.*\bremplace(?:nt|e|ee|es|ees)?|(?:qui|quoi|que|quel(?:le)?)\b.*\b(?:remplac(?:e|ee) par|a remplace|(?:a|ont) pris (?:la (?:suite|releve)|le relais)|prend(?:ra)? (?:la (?:suite|releve)|le relais)|a succede|vient apres|venu apres|apres)"
    r"|remplacee? par (?:quoi|qui|quel(?:le)?)|successeur|successor|(?:newer|later|updated|more recent|renewed) (?:version|one|text|memorandum|agreement)|version (?:plus recente|mise a jour|actualisee|suivante))\b"
)
_HEIR: Final = re.compile(
    r"\b(?:qui|quel(?:le)?(?: \w+){0,2}) (?:a|ont|avait|prend|prendra|va prendre) (?:pris |prendre )?(?:la (?:suite|releve|place)|le relais)\b"
    r"|\b(?:which|what|who)(?: (?!did|does|do)\w+){0,3} (?:(?:has |have )?(?:took|taken|takes|takes?) over from|(?:has )?(?:succeeded|replaced|replaces|succeeds))\b"
)
"""Who came after, and no one else: what is named is the one that ended."""
_VERB: Final = re.compile(r"(?:succe|rempla|repla|prece|suivi|suit|suite|follow|took|take)")
"""How a word of succession begins."""
_ENDED: Final = frozenset(("superseded", "completed", "renewed"))


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers when a record is linked to one that ended before it or took over from it."""
    before, after = reading.says(_BEFORE), reading.says(_AFTER)
    if reading.says(_HEIR):
        before, after = False, True
    if not (before or after) or asks_for_several(reading, view):
        return None
    topic = reading.asked.topic
    found = resolve(reading, view)
    records = found.records
    if topic is not None and topic.facts and (found.band != "sure" or _names_nothing(reading)):
        records = _in_focus(reading, view, topic)
    elif found.band == "unknown":
        return None
    elif found.band == "sure":
        # "Who replaced X?" may resemble the heir more than X itself, which the question names.
        named = tuple(one.record for one in found.shown() if one.signs["name"] > 0)
        records = (*named, *records)
    for record in records[:2]:
        linked = _linked(record, view, before)
        if linked is None and before and after:
            linked = _linked(record, view, False)
        if linked is not None:
            return _of(linked, reading, view, topic if found.band != "sure" else None)
    return None


def _in_focus(reading: Reading, view: View, topic: Topic) -> tuple[Record, ...]:
    """The fact in focus; where another kind is named, what of that kind is linked to it ("a newer version of the memorandum")."""
    facts = thread.facts_of(topic.facts[:1], view)
    kinds = asked_kinds(reading, view)
    linked = tuple(one for record in facts for one in thread.linked_to(record, view) if one.kind in kinds)
    return linked if len(linked) == 1 and facts[0].kind not in kinds else facts


def _names_nothing(reading: Reading) -> bool:
    """Whether only the thread tells of what the question asks ("is there a newer version of the memorandum?")."""
    dated = bool(reading.years or reading.found)
    own = [word for word in cues.own(reading) if not _VERB.match(word)]
    return not dated and not own and not any(map(reading.named, ("country", "city", "body")))


def _of(record: Record, reading: Reading, view: View, topic: Topic | None) -> Answer:
    """What is asked of the record, else what its thread asked before, where it holds that; else the record itself."""
    need = needs.needed(reading, view)
    if need is not None and needs.holds(record, need, view):
        return attribute.about(reading, view, record, need)
    if topic is not None and topic.field:
        again = attribute.repeat(reading, view, record, topic.field, before=topic.text)
        if again.band == "sure" and again.facts[:1] == (record.id,):
            return again
    return lookup.about(reading, view, record)


def _linked(record: Record, view: View, before: bool) -> Record | None:
    """The related record that ended (`before`), or that names this one as ended and took over."""
    alike = [other for other in thread.linked_to(record, view) if other.kind == record.kind]
    alike = [other for other in alike if (other if before else record).status in _ENDED]
    alike = [other for other in alike if _in_order(*((other, record) if before else (record, other)), view)]
    mentioned = [other for other in alike if _mentions(record, other) or _mentions(other, record)]
    both_ways = [other for other in alike if _names(record, other) and _names(other, record)]
    chosen = mentioned or both_ways or alike
    return chosen[0] if len(chosen) == 1 else thread.closest(chosen, record)


def _in_order(first: Record, then: Record, view: View) -> bool:
    """Whether one record may have come before another, as far as their days tell."""
    earlier, later = (selection.days_of(record, "", view) for record in (first, then))
    return not (earlier and later) or min(day.first for day in earlier) <= max(day.last for day in later)


def _names(record: Record, other: Record) -> bool:
    return other.id in record.values.get("related", ())


def _mentions(record: Record, other: Record) -> bool:
    names = {head(title) for title in other.titles.values()}
    return any(name in text for name in names for text in record.summaries.values())
