"""The one after, the one before: in what was shown, in what comes next, or among the editions of one series."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from knowledge.questions import next, selection, thread
from knowledge.questions.form import Answer, Topic
from knowledge.questions.reading import Reading
from knowledge.questions.say import unknown
from knowledge.questions.states import day_of
from knowledge.questions.view import View
from knowledge.records import Record

_LEAD: Final = r"(?:(?:et|and|ok|puis|then|alors|so|what about|how about|quid|pour|for|de|est quoi|quoi|what is|what|which is|which|est|is|when is|s) )*(?:(?:la|le|l|les|the|celui|celle|a|du|one|encore|juste|just|right|directement|annee|year|edition|session|fois|time) )*"
_TAIL: Final = r"(?: (?:one|ca|cela|ceux ci|celui ci|celle ci|celui la|celle la|that|it|this|that one|quoi|what|then|est (?:quoi|quand)|is))*"
_FORWARD: Final = re.compile(
    _LEAD
    + r"(?:suivante?|apres|ensuite|next|after|following|qui suit|vient apres|comes? (?:next|after)|edition suivante|next edition)"
    + _TAIL
)
_BACKWARD: Final = re.compile(
    _LEAD
    + r"(?:precedente?|avant|previous|before|prior|preceding|qui precede|edition precedente|previous edition)"
    + _TAIL
)
HALF: Final = 0.5
"""The share of the words of its title that the next of a series has at least in common."""


def step(reading: Reading) -> int | None:
    """1 where the one after is asked, -1 where the one before is; None for any other question."""
    fields = set(reading.words_of("field"))
    said = " ".join(word for word in reading.tokens if word not in fields)
    return 1 if _FORWARD.fullmatch(said) else -1 if _BACKWARD.fullmatch(said) else None


def answer(reading: Reading, view: View, topic: Topic, step: int, again: Callable[[Record], Answer]) -> Answer | None:
    """What is asked of the neighbour of the fact in focus; unknown where it has none."""
    focus = view.records[topic.facts[0]]
    shown = thread.facts_of(topic.shown, view)
    if focus in shown and len(shown) > 1:
        place = shown.index(focus) + step
        return again(shown[place]) if 0 <= place < len(shown) else unknown(reading, next.NAME, (), (focus,))
    if (later := _in_time(reading, view, topic, focus, step)) is not None:
        return later
    beside = _in_series(focus, view, step)
    return again(beside) if beside is not None else unknown(reading, next.NAME, (), (focus,))


def _in_time(reading: Reading, view: View, topic: Topic, focus: Record, step: int) -> Answer | None:
    """The question for what comes next, asked again on the day after (for what came last, the day before)."""
    day = day_of(focus, topic.field) or day_of(focus, view.kind(focus).when)
    if day is None or reading.again is None or not topic.whole:
        return None
    moment = day.last + timedelta(days=1) if step > 0 else day.first - timedelta(days=1)
    whole = reading.again(replace(reading.asked, text=topic.whole, lang=reading.lang, today=moment, topic=None))
    return next.answer(whole, view)


def _in_series(focus: Record, view: View, step: int) -> Record | None:
    """The record next in time of the same kind and of much the same title."""
    own = thread.telling(focus)
    moment = _moment(focus, view)
    if moment is None:
        return None
    alike = [
        (when, record)
        for record in view.records.values()
        if record.kind == focus.kind
        and len(own & thread.telling(record)) >= HALF * len(own)
        and (when := _moment(record, view)) is not None
        and (when - moment) * step > 0
    ]
    return min(alike, key=lambda pair: (abs(pair[0] - moment), pair[1].id), default=(0, None))[1]


def _moment(record: Record, view: View) -> int | None:
    return max((day.first.toordinal() for day in selection.days_of(record, "", view)), default=None)
