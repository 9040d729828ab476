"""What is asked of the facts listed or offered: how many, all of them, the other, the next, the second, the one that is …"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from knowledge.questions import cues, filters, focus, needs, neighbours, pointing, ranking, restating, shown, thread
from knowledge.questions.form import Answer, Topic
from knowledge.questions.phrases import ASKING_NOUNS
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.say import choices
from knowledge.questions.shown import SMALL
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "followup"
_ORDINAL: Final = re.compile(r"\b(?P<number>[1-9]|10)(?:eme)\b")
_LAST: Final = re.compile(r"\b(?:derniere?|last)\b")
_PICK: Final = re.compile(
    r"(?:(?:et|and|alors|plutot|no|non|je voulais dire|i meant?|celui|celle|the|le|la|l|number|numero|choix|option|one|ci|des|of|2|3|4|5) ?)+"
)


def answer(
    reading: Reading, view: View, topic: Topic, facts: tuple[Record, ...], listed: tuple[Record, ...]
) -> Answer | None:
    """What is asked of those shown as such: how many, all of them, or one that is told by its place or by a description."""
    several = facts if len(facts) > 1 else listed
    moves = bool(topic.text)  # Asked again in another language, a question moves on no further.
    if facts and _asks_other(reading, view) and (both := thread.pair(topic, view)):
        other = next((record for record in both if record.id != facts[0].id), facts[0])
        return focus.again(reading, view, other if moves else facts[0], topic)
    point = pointing.pointed(reading)
    of_list = topic.form in thread.LISTS
    if (
        point is None
        and (len(several) > 1 or (several and of_list))
        and (counted := shown.counted(reading, view, several, of_list=of_list))
    ):
        return counted
    if listed and (whole := shown.whole(reading, view, listed, (facts or listed)[0])) is not None:
        return whole
    if not facts:
        return None
    if (step := neighbours.step(reading)) is not None:
        if not moves:
            return focus.again(reading, view, facts[0], topic)
        return neighbours.answer(reading, view, topic, step, lambda one: focus.again(reading, view, one, topic))
    both = several if len(several) > 1 else thread.pair(topic, view)
    if len(both) > 1 and (best := ranking.ranked(reading, view, both)):
        return _first_of(reading, view, topic, best)
    if (one := _told(reading, view, topic, facts, listed)) is not None:
        return focus.again(reading, view, one, topic)
    if point is not None and (one := pointing.picked(point.said, view, (listed, facts, thread.pair(topic, view)))):
        return focus.again(point.asked, view, one, topic)
    return None


def _first_of(reading: Reading, view: View, topic: Topic, best: tuple[Record, ...]) -> Answer:
    """What is asked of the one that comes first by the order asked for, or its size; a choice between those that tie."""
    if len(best) > 1:
        return choices(reading, NAME, best, "unsure.several")
    asks = needs.needed(reading, view) is not None or not ranking.by_size(reading)
    return focus.again(reading, view, best[0], topic) if asks else ranking.size(reading, view, best[0])


def _told(
    reading: Reading, view: View, topic: Topic, facts: tuple[Record, ...], listed: tuple[Record, ...]
) -> Record | None:
    """The one that is told by its title or by its place."""
    if topic.form not in thread.LISTS and (named := shown.titled(reading, view, facts)) is not None:
        return named
    spoken_of = () if restating.replaces(reading, view) else thread.pair(topic, view)
    return _picked(reading, listed or spoken_of or facts)


def _asks_other(reading: Reading, view: View) -> bool:
    """Whether the other of two is asked for, with what is asked of it or nothing more ("et l'autre, où ?")."""
    match = cues.OTHER.match(reading.plain)
    rest = reading.plain[match.end() :] if match else ""
    if match is None or not rest.strip():
        return match is not None
    return needs.needed(reading, view) is not None and not set(shown.own_words(reading)) & set(rest.split())


def some(
    reading: Reading, view: View, topic: Topic, facts: tuple[Record, ...], listed: tuple[Record, ...]
) -> Answer | None:
    """What is asked of those of the facts shown that have what the question adds."""
    for records in (facts, *((listed,) if listed != facts else ())):
        if len(records) < 2 or not narrows(reading, view):
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


def narrows(reading: Reading, view: View) -> bool:
    """Whether a question picks from what was shown: by "which of them", "only", or by being no more than a filter."""
    want = replace(filters.wanted(reading, view), kinds=(), field="")
    narrowing = want.period or want.countries or want.bodies or want.statuses or want.cities or want.themes
    if not narrowing and not shown.own_words(reading):
        return False
    if shown.asks_which(reading) or cues.THE_ONE.search(reading.plain):
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
    if any(not _PICK.fullmatch(word) and not is_everyday(word) for word in others):
        return None
    if len(facts) > 1 and match and int(match["number"]) <= len(facts):
        return facts[int(match["number"]) - 1]
    return facts[-1] if _LAST.search(reading.plain) and len(facts) > 1 else None
