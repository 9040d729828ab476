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
from knowledge.questions.resolve import Resolution
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
_AFTERWARDS: Final = re.compile(
    r"(?P<things>.+?)[\s,;:]+(?:(?:can you )?compare(?:r|z)?(?: (?:them|the two|les(?: deux)?))?|(?:c'est )?(?:quoi |quelle |what(?:'s| is) |what )?(?:la |the )?diff[ée]rences?)",
    re.IGNORECASE | re.DOTALL,
)
"""Names the things before it says what to do with them: "SeqOIA and AURAGEN, what is the difference?"."""
_DIFFERS: Final = re.compile(
    r"(?:how|en quoi|comment)\s+(?:is|are|does|do|est[- ]ce que)?\s*(?P<one>\S.*?)\s+(?:est|sont|se)?\s*(?:diff[ée]rente?s?|differs?|diff[èe]rent?|distinguent?|compares?)(?:-t-(?:il|elle))?\s+(?:de |d'|from |to |with |than )(?P<other>.+)",
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
    first = thread.facts_of(topic.facts[:1], view) if len(parts) == 1 and topic is not None else ()
    if not 2 <= len(parts) + len(first) <= MOST:
        return None
    found = [_resolved(part, reading, view) for part in parts]
    sure = {one.id for each in found if each is not None and each.band == "sure" for one in each.records}
    records: list[Record] = [*first]
    for part, each in zip(parts, found, strict=True):
        if each is None or each.band == "unknown":
            return unknown(reading, NAME, (Phrase("unknown.word", {"words": [part]}),), each.records if each else ())
        # "B1MG and B1MGplus": the short name of both is that of the one which is not named otherwise.
        left = tuple(one for one in each.records if one.id not in sure) if each.band == "unsure" else each.records
        if len(left) != 1:
            return choices(reading, NAME, each.records, "unsure.several")
        records.append(left[0])
    if len({record.id for record in records}) < len(records):
        return None
    return beside(reading, view, records)


def _resolved(part: str, reading: Reading, view: View) -> Resolution | None:
    """What one of the things to compare is; None where its words name or describe nothing."""
    subject = reading.reread(part)
    said = named(subject, view, frozenset()) or described(subject, view, frozenset(), strict=True)
    return lookup.resolution(subject, view) if said else None


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
    others = [word for word in rest if is_content(word) and not is_everyday(word) and word != "2"]
    return () if others else thread.pair(topic, view)


def _subjects(text: str) -> list[str]:
    """The things to compare, as written."""
    text = text.strip(" ?!.")
    if (after := _AFTERWARDS.fullmatch(text)) is not None:
        return [part.strip(" ?!.,:") for part in _BETWEEN.split(after["things"]) if part.strip(" ?!.,:")]
    if (match := _DIFFERS.match(text)) is not None:
        return [match["one"].strip(), match["other"].strip()]
    lead = _LEAD.match(text)
    if lead:
        tail = re.sub(r"^(?:le|la|les|l'|the)\s+", "", text[lead.end() :], flags=re.IGNORECASE)
        return [part.strip(" ?!.,:") for part in _BETWEEN.split(tail) if part.strip(" ?!.,:")]
    return [part.strip(" ?!.,:") for part in _VERSUS.split(text)] if _VERSUS.search(text) else []
