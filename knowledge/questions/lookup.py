"""What a thing is: "c'est quoi ICPerMed ?", "what does the Danish memorandum cover?". The form of last resort."""

from __future__ import annotations

from knowledge.messages import Phrase, Say
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading
from knowledge.questions.resolve import Resolution, resolve
from knowledge.questions.say import card, choices, reply, unknown
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "lookup"
EXAMPLES = {
    "fr": ("C'est quoi ICPerMed ?", "L'accord avec le Danemark, il porte sur quoi ?"),
    "en": ("What is Genome of Europe?", "Tell me about the Danish genome agency"),
}


def answer(reading: Reading, view: View) -> Answer | None:
    """Always answers: with the fact, with a choice, or with what is missing."""
    return said(reading, view, resolve(reading, view))


def said(reading: Reading, view: View, resolution: Resolution) -> Answer:
    if resolution.band == "sure":
        return about(reading, view, resolution.records[0])
    if resolution.band == "unsure":
        return choices(reading, NAME, resolution.records, "unsure.several" if resolution.several else "unsure.lead")
    missing = (Phrase("unknown.word", {"words": list(resolution.missing)}),) if resolution.missing else ()
    return unknown(reading, NAME, missing, resolution.records)


def about(reading: Reading, view: View, record: Record) -> Answer:
    """The fact itself."""
    parts = (Say(Phrase("answer.about", {"title": record.titles}), strong=True), card(record, view))
    return reply(reading, NAME, "sure", parts, (record,))
