"""Two or three facts side by side: "différence entre ERA PerMed et EP PerMed", "compare SeqOIA and AURAGEN"."""

from __future__ import annotations

import re
from typing import Final

from knowledge.messages import Part, Phrase, Say
from knowledge.questions import lookup
from knowledge.questions.describe import described, named
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading
from knowledge.questions.say import card, choices, reply, unknown
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "compare"
EXAMPLES = {
    "fr": ("Différence entre ERA PerMed et EP PerMed ?", "Compare SeqOIA et AURAGEN"),
    "en": ("What is the difference between ERA PerMed and EP PerMed?", "Compare SeqOIA and AURAGEN"),
}
_LEAD: Final = re.compile(
    r".*?(?:diff[ée]rences?\s+(?:entre|between)|\bcompar(?:er|ez|e|ing|ison)s?(?:\s+(?:entre|between|of))?|\bdistingu\w+|ne pas confondre|diff[ée]rent\s+(?:de|from))\s+",
    re.IGNORECASE | re.DOTALL,
)
_VERSUS: Final = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*,\s*(?:et|and)?\s*|\s+(?:et|and|avec|with|vs\.?|versus|ou|or)\s+", re.IGNORECASE)
MOST: Final = 3


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers when two or three things are to be told apart."""
    parts = _subjects(reading.asked.text)
    if not 2 <= len(parts) <= MOST:
        return None
    records: list[Record] = []
    for part in parts:
        subject = reading.reread(part)
        found = lookup.resolution(subject, view)
        if not (named(subject, view, frozenset()) or described(subject, view, frozenset(), strict=True)):
            return unknown(reading, NAME, (Phrase("unknown.word", {"words": [part]}),), found.records)
        if found.band == "unknown":
            return unknown(reading, NAME, (Phrase("unknown.word", {"words": [part]}),), found.records)
        if found.band == "unsure":
            return choices(reading, NAME, found.records, "unsure.several")
        records.append(found.records[0])
    if len({record.id for record in records}) < len(records):
        return None
    said: list[Part] = [Say(Phrase("compare.lead", {"titles": [record.titles for record in records]}), strong=True)]
    said += [card(record, view) for record in records]
    return reply(reading, NAME, "sure", said, records)


def _subjects(text: str) -> list[str]:
    """The things to compare, as written."""
    text = text.strip(" ?!.")
    lead = _LEAD.match(text)
    if lead:
        tail = re.sub(r"^(?:le|la|les|l'|the)\s+", "", text[lead.end() :], flags=re.IGNORECASE)
        return [part.strip(" ?!.,:") for part in _BETWEEN.split(tail) if part.strip(" ?!.,:")]
    return [part.strip(" ?!.,:") for part in _VERSUS.split(text)] if _VERSUS.search(text) else []
