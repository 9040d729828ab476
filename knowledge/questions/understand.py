"""From a question to its answer: read it, then try the forms in order. The first that applies answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import Final

from knowledge.messages import Message, Note, Part, Phrase, Say
from knowledge.questions import (
    attribute,
    changes,
    chat,
    compare,
    count,
    cues,
    followup,
    help,
    listing,
    lookup,
    needs,
    next,
    occasion,
    progress,
    source,
    succession,
    taught,
    thread,
)
from knowledge.questions.concerning import concerns
from knowledge.questions.explain import explain
from knowledge.questions.form import Answer, Asked, Topic
from knowledge.questions.lexicon import Lexicon
from knowledge.questions.mending import Mender
from knowledge.questions.reading import Reading, read
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.common import language_of_words

FORMS: Final = (
    chat,
    help,
    source,
    compare,
    changes,
    succession,
    followup,
    occasion,
    count,
    next,
    listing,
    progress,
    attribute,
    lookup,
)
"""Forms in the order in which they are tried. To add one: write its file and put its name here."""


_WHY: Final = re.compile(
    r"(?:et |and |but |mais )?(?:pourquoi|why)(?: (?:ca|cela|that|this|so|cette reponse|this answer|that answer|donc))?"
)


def answer(asked: Asked, view: View, lexicon: Lexicon, mender: Mender) -> Answer:
    """Answers any text."""
    reading = read(asked, lexicon, mender.mend, language_of_words)
    if not reading.tokens and not reading.folded:
        return Answer("chat", "help", reading.lang, Message((Say(Phrase("empty.question")),)))
    if asked.topic is not None and asked.topic.text and (lang := cues.language_asked(reading)):
        again = replace(asked, text=asked.topic.text, lang=lang, topic=replace(asked.topic, text=""))
        return answer(again, view, lexicon, mender)
    if asked.topic is not None and _WHY.fullmatch(reading.plain):
        return _explained(asked, asked.topic, reading, view, lexicon, mender)
    if asked.topic is not None and (text := cues.corrected(asked.text, reading.lang)):
        reading = read(replace(asked, text=text, lang=reading.lang), lexicon, mender.mend, language_of_words)
    return _answered(reading, view)


def answer_with(record: Record, asked: Asked, view: View, lexicon: Lexicon, mender: Mender) -> Answer | None:
    """The answer to a question without a topic, or None where it certainly has nothing of this record: that takes less time."""
    reading = read(asked, lexicon, mender.mend, language_of_words)
    if (found := _tried(FORMS[:-2], reading, view)) is not None:
        return found
    return _tried(FORMS[-2:], reading, view) if concerns(record, reading, view) else None


def _answered(reading: Reading, view: View) -> Answer:
    """The answer of the first form that applies, with what its thread is about from then on."""
    found = _tried(FORMS, reading, view)
    assert found is not None, "the last form answers everything"
    return found


def _tried(forms: Sequence[ModuleType], reading: Reading, view: View) -> Answer | None:
    """What the first form that applies answers, with what its thread is about from then on; what was taught goes before all
    of them, and the question before, with what this one puts in its place, right after a question that leans on a fact."""
    if (known := taught.answer(reading, view)) is not None:
        return thread.kept(known, reading, view, leaning=False)
    for form in forms:
        found: Answer | None = form.answer(reading, view)
        if found is not None and form is followup:
            return thread.kept(found, reading, view, leaning=True, whole=followup.narrowing(found, reading))
        if found is not None:
            settled = followup.settled(found, reading, view)
            return thread.kept(settled, reading, view, leaning=settled is not found)
        if form is followup and (whole := followup.restated(reading, view)) is not None:
            settled = followup.settled(_answered(reading.reread(whole), view), reading, view)
            return thread.kept(settled, reading, view, leaning=True, whole=whole, text=whole)
    return None


def _explained(asked: Asked, topic: Topic, reading: Reading, view: View, lexicon: Lexicon, mender: Mender) -> Answer:
    """Why the last answer of the thread was given."""
    lines = why(replace(asked, text=topic.text, topic=replace(topic, text="")), view, lexicon, mender)
    parts: tuple[Part, ...] = (Say(Phrase("why.lead"), strong=True), *(Note(line) for line in lines))
    return Answer("chat", "why", reading.lang, Message(parts), topic.facts, topic=topic)


def why(asked: Asked, view: View, lexicon: Lexicon, mender: Mender) -> tuple[Phrase, ...]:
    """What led to the answer of a question."""
    return explain(read(asked, lexicon, mender.mend, language_of_words), view, answer(asked, view, lexicon, mender))


def answer_about(record_id: str, asked: Asked, view: View, lexicon: Lexicon, mender: Mender) -> Answer:
    """Answers the question with the record that a person chose."""
    reading = read(asked, lexicon, mender.mend, language_of_words)
    record = view.records.get(record_id)
    if record is None:
        return Answer("unknown", "lookup", reading.lang, Message((Say(Phrase("unknown.gone")),)))
    need = needs.needed(reading, view)
    chosen = lookup.about(reading, view, record) if need is None else attribute.about(reading, view, record, need)
    return thread.kept(chosen, reading, view, leaning=True)
