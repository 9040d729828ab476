"""What a thing is: "c'est quoi ICPerMed ?", "what does the Danish memorandum cover?". The form of last resort."""

from __future__ import annotations

from knowledge.messages import Phrase, Say
from knowledge.questions import attribute, progress, quantities
from knowledge.questions.evidence import asked
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading, is_everyday
from knowledge.questions.resolve import Resolution, resolve
from knowledge.questions.say import card, choices, reply, undecided
from knowledge.questions.states import occurrences
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "lookup"
EXAMPLES = {
    "fr": ("C'est quoi ICPerMed ?", "L'accord avec le Danemark, il porte sur quoi ?"),
    "en": ("What is Genome of Europe?", "Tell me about the Danish genome agency"),
}


def answer(reading: Reading, view: View) -> Answer | None:
    """Always answers: with the fact, with a choice, or with what is missing."""
    if (happened := _on_that_day(reading, view)) is not None:
        return happened
    found = resolution(reading, view)
    if found.band == "sure":
        return about(reading, view, found.records[0])
    return undecided(reading, NAME, found)


def resolution(reading: Reading, view: View) -> Resolution:
    """Which fact is meant."""
    return resolve(reading, view)


def _on_that_day(reading: Reading, view: View) -> Answer | None:
    """What a day brought, where the question names a day and little else ("que s'est-il passé le 17 juillet 2017 ?")."""
    period = reading.period
    if period is None or period.first is None or period.last is None or (period.last - period.first).days > 31:
        return None
    if any(not is_everyday(word) for word in asked(reading)):
        return None
    found = [
        record
        for record in view.records.values()
        if any(period.holds(day) for day in occurrences(record, view.kind(record).when))
    ]
    if len(found) == 1:
        return about(reading, view, found[0])
    return choices(reading, NAME, found, "unsure.several") if found else None


def about(reading: Reading, view: View, record: Record) -> Answer:
    """The fact itself; its figure first where the question names what it counts ("la part française, en échantillons")."""
    if quantities.counts_in(record, asked(reading)):
        return progress.about(reading, view, record)
    if (valued := attribute.named_value(reading, view, record)) is not None:
        return valued
    parts = (Say(Phrase("answer.about", {"title": record.titles}), strong=True), card(record, view))
    return reply(reading, NAME, "sure", parts, (record,))
