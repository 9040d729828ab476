"""Who did something for one side of the fact in focus: "who signed for the British?", "et côté français ?"."""

from __future__ import annotations

from knowledge.questions import attribute, cues, needs, phrases, programme
from knowledge.questions.candidates import has_name
from knowledge.questions.form import Answer, Topic
from knowledge.questions.reading import Reading
from knowledge.questions.view import View
from knowledge.records import Record


def answer(reading: Reading, view: View, topic: Topic, focus: Record) -> Answer | None:
    """Answers when people are asked for, now or just before, and all that is named besides are parties of the fact in focus."""
    spec = view.spec(focus, topic.field)
    asks_again = spec is not None and spec.type == "people" and needs.needed(reading, view) is None
    if not (reading.says(phrases.WHO_SIGNED) or asks_again) or reading.years or reading.found:
        return None
    if not _sides(reading, view, focus) or any(tag.value != focus.kind for tag in reading.named("kind")):
        return None
    if set(cues.own(reading)) - {*reading.words_of("country"), *reading.words_of("body")}:
        return None
    return attribute.about(reading, view, focus, needs.Need("signed", ()))


def _sides(reading: Reading, view: View, focus: Record) -> bool:
    """Whether a side is named, and only those that have part in a record."""
    countries = {*reading.values("country"), *((view.home,) if programme.is_spoken_of(reading) else ())}
    bodies = reading.values("body")
    parties = countries <= set(focus.values.get("countries", ()))
    return bool(countries or bodies) and parties and all(has_name(focus, body, reading, view) for body in bodies)
