"""Where a fact comes from and how old it is: "d'où tu sors ça ?", "is it still up to date?"."""

from __future__ import annotations

import re
from typing import Final

from knowledge.messages import Link, Note, Part, Phrase, Say
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading
from knowledge.questions.resolve import resolve
from knowledge.questions.say import reply, undecided
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "source"
EXAMPLES = {
    "fr": ("Quelle est la source pour le MoU danois ?",),
    "en": ("What is the source for the Danish memorandum?",),
}
_ASKED: Final = re.compile(
    r"\b(?:ou (?:tu|vous|as tu|avez vous) (?:sors|sortez|trouve|trouvez|tires|pris)|ou (?:ca|cela) (?:sort|vient)|ou vient (?:ca|cela|cette|ce|l) ?(?:info\w*|chiffre|date)?"
    r"|(?:quelle|ta|votre|la|une|donne(?:z)?(?: moi| nous)? la|quelles|les) (?:est (?:la|ta|votre) )?sources?|sources? (?:de|du|pour|for|of|please)|(?:what|which|your|the|what s|give me the) (?:is (?:the|your) )?sources?"
    r"|where (?:did you (?:get|find|read)|does (?:this|that|it) come from|is (?:this|that|it) from)|says who|(?:encore|toujours) (?:a jour|valable|d actualite|actualite|vrai|valide)"
    r"|(?:still|is it|is that|is this) (?:up to date|valid|true|current|official)|up to date|(?:date|info\w*|c|ca) ?(?:est (?:elle|il|ce))? (?:officielle?|fiable)|officielle?|how old is (?:this|that|it)|quel age a|as of when)\b"
)


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers with the source of the fact named, or of the one that the thread is about."""
    if not reading.says(_ASKED):
        return None
    topic = reading.asked.topic
    known = [view.records[name] for name in (topic.facts[:1] if topic else ()) if name in view.records]
    found = resolve(reading, view)
    if found.band == "sure":
        return about(reading, found.records[0])
    if known:
        return about(reading, known[0])
    return undecided(reading, NAME, found) if found.band == "unsure" else None


def about(reading: Reading, record: Record) -> Answer:
    """The sources of a fact, the day they were read, and whether a person has confirmed it since."""
    source = record.source
    read_on = source.verified_on or source.accessed
    link = Link(source.title, source.url)
    lead = (
        Phrase("source.link", {"title": link, "date": read_on})
        if read_on
        else Phrase("source.link_undated", {"title": link})
    )
    parts: list[Part] = [Say(Phrase("answer.about", {"title": record.titles}), strong=True), Say(lead)]
    parts += [Say(Phrase("source.also", {"title": Link(other.title, other.url)})) for other in record.other_sources]
    if record.programme:
        parts.append(Note(Phrase("source.programme")))
    if record.note:
        parts.append(Note(Phrase("source.note", {"note": record.note})))
    if source.verified_on is None:
        parts.append(Note(Phrase("source.unverified")))
    return reply(reading, NAME, "sure", parts, (record,), "source", value=source.url or source.title)
