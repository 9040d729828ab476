"""A question that leans on the one before it in the thread: "et quand ferme-t-il ?", "and the Swedish one?", "la deuxième".

What the thread is about (`Topic`) stands in for what the question leaves out: the fact, the field, or the whole question.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from knowledge.questions import (
    attribute,
    cues,
    filters,
    focus,
    likeness,
    needs,
    neighbours,
    phrases,
    pointing,
    ranking,
    relations,
    restating,
    shown,
    sides,
    thread,
)
from knowledge.questions.form import Answer, Topic
from knowledge.questions.phrases import ASKING_NOUNS
from knowledge.questions.reading import Reading, is_content
from knowledge.questions.say import choices
from knowledge.questions.shown import SMALL, WHICH
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "followup"
EXAMPLES = {"fr": ("Et quand ferme-t-il ?", "Et le suédois ?"), "en": ("And the second stage?", "Who signed it?")}
_ORDINAL: Final = re.compile(r"\b(?P<number>[1-9]|10)(?:eme)\b")
_LAST: Final = re.compile(r"\b(?:derniere?|last)\b")
_PICK: Final = re.compile(
    r"(?:(?:et|and|alors|plutot|no|non|je voulais dire|i meant?|celui|celle|the|le|la|l|number|numero|choix|option|one|ci|des|of|2|3|4|5) ?)+"
)


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers when the question leans on the topic of its thread; None when it stands on its own."""
    topic = reading.asked.topic
    if topic is None or cues.stands_alone(reading):
        return None
    facts = thread.facts_of(topic.facts, view)
    listed = thread.facts_of(topic.shown, view)
    point = pointing.pointed(reading)
    found = _of_those_shown(reading, view, topic, facts, listed, counting=point is None)
    if found is not None or not facts:
        return found
    if point is not None and (one := pointing.picked(point.said, view, (listed, facts, thread.pair(topic, view)))):
        return focus.again(point.asked, view, one, topic)
    if (found := sides.answer(reading, view, topic, facts[0])) is not None:
        return found
    restates = _may_restate(reading, topic) and restating.restated(reading, view) is not None
    replaces = restates and restating.replaces(reading, view)
    which = shown.asks_which(reading)
    of_shown = which and len(facts) > 1
    if not of_shown and (found := relations.answer(reading, view, topic, facts[0])) is not None:
        return found
    if (which or cues.THE_ONE.search(reading.plain) or not replaces) and (
        found := _of_some(reading, view, topic, facts, listed)
    ):
        return found
    if replaces and (cues.AND.match(reading.plain) or topic.form in thread.LISTS):
        return None
    if which and len(facts) > 1 and topic.form in thread.LISTS and _narrows(reading, view):
        return shown.none_of(reading, view, facts)
    if focus.leans(reading, view, facts[0]) and (found := focus.about(reading, view, facts, topic)) is not None:
        return found
    if restates or cues.asks_of_its_own(reading, view):
        return None
    if cues.AND.match(reading.plain) or likeness.is_bare(reading, view):
        return likeness.like_before(reading, view, facts, topic)
    return None


def restated(reading: Reading, view: View) -> str | None:
    """The question before with what this one puts in its place, where this one can be nothing else."""
    topic = reading.asked.topic
    if topic is None or cues.stands_alone(reading) or not _may_restate(reading, topic):
        return None
    return restating.restated(reading, view)


def _may_restate(reading: Reading, topic: Topic) -> bool:
    """Whether a question is put as one that leans on another: it opens with "and", asks which, or is very short, and asks
    nothing of its own."""
    if any(reading.says(cue) for cue in (phrases.WHEN, phrases.WHERE, phrases.WHAT_TIME, phrases.WHO_SIGNED)):
        return False
    if topic.form in thread.LISTS and topic.form != "next":
        if cues.AND.match(reading.plain) or WHICH.search(reading.plain) or cues.ONES.search(reading.plain):
            return True
        bare = attribute.WHAT_IS.search(reading.plain) is None and len(reading.tokens) <= 5
        return bare and not (cues.own(reading) or reading.named("kind") or reading.named("field"))
    return attribute.WHAT_IS.search(reading.plain) is None


def narrowing(found: Answer, reading: Reading) -> str:
    """The question before and the filter that this one adds, where a list was narrowed by it: "et en mars ?" may follow."""
    topic = reading.asked.topic
    fewer = topic is not None and found.set is not None and len(found.set) < len(topic.facts)
    return restating.added(reading, topic.whole) if topic is not None and topic.whole and fewer else ""


def settled(found: Answer, reading: Reading, view: View) -> Answer:
    """An answer that leaves a choice, with the choice made where one of the facts alone has to do with what the thread is
    about and the question leans on it."""
    topic = reading.asked.topic
    facts = thread.facts_of(topic.facts[:1], view) if topic is not None else ()
    if topic is None or found.band not in ("unsure", "unknown") or not facts or cues.stands_alone(reading):
        return found
    if cues.AND.match(reading.plain) and cues.asks_of_its_own(reading, view):
        like = likeness.like_before(reading, view, facts, topic)
        return like if like is not None and like.band == "sure" else found
    if found.band == "unknown":
        return found
    offered = thread.facts_of(found.facts, view)
    leaning = cues.AND.match(reading.plain) or cues.PRONOUN.search(reading.plain) or relations.both_said(reading)
    if not leaning and len(reading.tokens) > 5:
        return found
    linked = [record for record in offered if thread.are_linked(record, facts[0])]
    one = linked[0] if len(linked) == 1 or (linked[:1] == list(offered[:1]) and relations.both_said(reading)) else None
    if one is None:
        one = thread.closest(offered, facts[0], lead=1 if cues.AND.match(reading.plain) else 2)
    if one is None:
        return found
    return (
        focus.again(reading, view, one, topic) if cues.AND.match(reading.plain) else relations.about(reading, view, one)
    )


def _of_those_shown(
    reading: Reading,
    view: View,
    topic: Topic,
    facts: tuple[Record, ...],
    listed: tuple[Record, ...],
    *,
    counting: bool,
) -> Answer | None:
    """What is asked of the facts listed or offered as such: how many (`counting`), all of them, the other, the next, the second."""
    several = facts if len(facts) > 1 else listed
    of_list = topic.form in thread.LISTS
    moves = bool(topic.text)  # Asked again in another language, a question moves on no further.
    if facts and _asks_other(reading, view) and (both := thread.pair(topic, view)):
        other = next((record for record in both if record.id != facts[0].id), facts[0])
        return focus.again(reading, view, other if moves else facts[0], topic)
    if (
        counting
        and several
        and (len(several) > 1 or of_list)
        and (found := shown.counted(reading, view, several)) is not None
    ):
        return found
    if listed and (found := shown.whole(reading, view, listed, (facts or listed)[0])) is not None:
        return found
    if not facts:
        return None
    if (step := neighbours.step(reading)) is not None:
        if not moves:
            return focus.again(reading, view, facts[0], topic)
        return neighbours.answer(reading, view, topic, step, lambda one: focus.again(reading, view, one, topic))
    both = several if len(several) > 1 else thread.pair(topic, view)
    if len(both) > 1 and (best := ranking.ranked(reading, view, both)):
        if len(best) > 1:
            return choices(reading, NAME, best, "unsure.several")
        asks = needs.needed(reading, view) is not None or not ranking.by_size(reading)
        return focus.again(reading, view, best[0], topic) if asks else ranking.size(reading, view, best[0])
    if len(facts) > 1 and topic.form not in thread.LISTS and (named := shown.titled(reading, view, facts)) is not None:
        return focus.again(reading, view, named, topic)
    spoken_of = () if restating.replaces(reading, view) else thread.pair(topic, view)
    if (picked := _picked(reading, listed or spoken_of or facts)) is not None:
        return focus.again(reading, view, picked, topic)
    return None


def _asks_other(reading: Reading, view: View) -> bool:
    """Whether the other of two is asked for, with what is asked of it or nothing more ("et l'autre, où ?")."""
    match = cues.OTHER.match(reading.plain)
    rest = reading.plain[match.end() :] if match else ""
    if match is None or not rest.strip():
        return match is not None
    return needs.needed(reading, view) is not None and not set(shown.own_words(reading)) & set(rest.split())


def _of_some(
    reading: Reading, view: View, topic: Topic, facts: tuple[Record, ...], listed: tuple[Record, ...]
) -> Answer | None:
    """What is asked of those of the facts shown that have what the question adds."""
    for records in (facts, *((listed,) if listed != facts else ())):
        if len(records) < 2 or not _narrows(reading, view):
            continue
        found = shown.narrowed(reading, view, records)
        if len(found) == len(records) and not shown.asks_which(reading):
            continue
        several = shown.SEVERAL.search(reading.plain) and shown.ONLY.search(reading.plain)
        if len(found) == 1 and not (several and topic.form in thread.LISTS):
            return focus.again(reading, view, found[0], topic)
        if found and topic.form in thread.LISTS:
            return shown.listed(reading, view, found)
        if found:
            return choices(reading, NAME, found, "unsure.several")
    return None


def _narrows(reading: Reading, view: View) -> bool:
    """Whether a question picks from what was shown: by "which of them", "only", or by being no more than a filter."""
    want = replace(filters.wanted(reading, view), kinds=(), field="")
    narrowing = want.period or want.countries or want.bodies or want.statuses or want.cities or want.themes
    if not narrowing and not shown.own_words(reading):
        return False
    if shown.asks_which(reading) or cues.THE_ONE_THAT.match(reading.plain):
        return True
    if not narrowing and not cues.own(reading):
        return False
    return not (len(reading.tokens) > 6 or reading.named("kind") or needs.needed(reading, view) is not None)


def _picked(reading: Reading, facts: tuple[Record, ...]) -> Record | None:
    """The fact named by its place in what was shown ("la deuxième", "the last one")."""
    if filters.second_stage(reading):
        return None
    match = _ORDINAL.search(reading.plain)
    fields = {*reading.words_of("field"), *reading.words_of("kind")}
    rest = " ".join(word for word in _ORDINAL.sub(" ", _LAST.sub(" ", reading.plain)).split() if word not in fields)
    others = (word for word in rest.split() if is_content(word) and word not in SMALL and word not in ASKING_NOUNS)
    if any(not _PICK.fullmatch(word) for word in others):
        return None
    if len(facts) > 1 and match and int(match["number"]) <= len(facts):
        return facts[int(match["number"]) - 1]
    return facts[-1] if _LAST.search(reading.plain) and len(facts) > 1 else None
