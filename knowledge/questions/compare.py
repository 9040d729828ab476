"""Two or three facts side by side: "différence entre ERA PerMed et EP PerMed", "compare SeqOIA and AURAGEN"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from knowledge.messages import Part, Phrase, Say
from knowledge.questions import lookup, thread
from knowledge.questions.describe import described, named
from knowledge.questions.form import Answer
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.say import card, choices, reply, unknown
from knowledge.questions.view import View
from knowledge.records import Record

NAME = "compare"
EXAMPLES = {
    "fr": ("Différence entre ERA PerMed et EP PerMed ?", "Compare SeqOIA et AURAGEN"),
    "en": ("What is the difference between ERA PerMed and EP PerMed?", "Compare SeqOIA and AURAGEN"),
}
_LEAD: Final = re.compile(
    r".*?(?:diff[ée]rences?\s+(?:entre|between|avec|with|from|par rapport [àa])|\bcompar(?:er|ez|e|ing|ison)s?(?:\s+(?:entre|between|of|(?:[àa]|avec|to|with)))?|\bdistingu\w+|ne pas confondre|diff[ée]rent\s+(?:de|from))\s+",
    re.IGNORECASE | re.DOTALL,
)
_VERSUS: Final = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)
_TOLD_APART: Final = re.compile(
    r"\b(?:differences?|compar(?:er?|ez|es|ing|ison|isons)|distingu\w+|(?:what|en quoi|how)\b.*\b(?:differ\w*|distinct\w*)|cote a cote|side by side|opposes?)\b"
)
_BETWEEN: Final = re.compile(r"\s*,\s*(?:et|and)?\s*|\s+(?:et|and|avec|with|vs\.?|versus|ou|or)\s+", re.IGNORECASE)
MOST: Final = 3


def answer(reading: Reading, view: View) -> Answer | None:
    """Answers when two or three things are to be told apart."""
    parts = _subjects(reading.asked.text)
    if len(parts) < 2 and (both := _of_thread(reading, view)):
        return beside(reading, view, both)
    topic = reading.asked.topic
    records: list[Record] = []
    if len(parts) == 1 and topic is not None:
        records += thread.facts_of(topic.facts[:1], view)
    if not 2 <= len(parts) + len(records) <= MOST:
        return None
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
    return beside(reading, view, records)


def beside(reading: Reading, view: View, records: Sequence[Record]) -> Answer:
    """The records side by side."""
    said: list[Part] = [Say(Phrase("compare.lead", {"titles": [record.titles for record in records]}), strong=True)]
    said += [card(record, view) for record in records]
    return reply(reading, NAME, "sure", said, records)


def _of_thread(reading: Reading, view: View) -> tuple[Record, ...]:
    """The two facts that a thread speaks of, where they are to be told apart and nothing else is named."""
    topic = reading.asked.topic
    if topic is None or not reading.says(_TOLD_APART):
        return ()
    rest = _TOLD_APART.sub(" ", reading.plain).split()
    return () if [word for word in rest if is_content(word) and not is_everyday(word)] else thread.pair(topic, view)


def _subjects(text: str) -> list[str]:
    """The things to compare, as written."""
    text = text.strip(" ?!.")
    lead = _LEAD.match(text)
    if lead:
        tail = re.sub(r"^(?:le|la|les|l'|the)\s+", "", text[lead.end() :], flags=re.IGNORECASE)
        return [part.strip(" ?!.,:") for part in _BETWEEN.split(tail) if part.strip(" ?!.,:")]
    return [part.strip(" ?!.,:") for part in _VERSUS.split(text)] if _VERSUS.search(text) else []
