"""Whether a record itself is asked for, and none of its fields: "has it been signed?", "which memorandum was to be signed?"."""

from __future__ import annotations

import re
from typing import Final

from knowledge.questions import phrases
from knowledge.questions.phrases import ASKING_NOUNS
from knowledge.questions.reading import Reading
from knowledge.records import Record


def is_asked_for(reading: Reading, record: Record) -> bool:
    """Whether the card of a record answers, though it does not hold the field that the words of the question name."""
    return _is_so(reading, record) or _asks_which(reading, record) or _asks_whether(reading)


_AUXILIARIES: Final = frozenset("a ont avons avez avait has have had been ete est was were is are".split())


def _is_so(reading: Reading, record: Record) -> bool:
    """Whether no more is asked than that a record is in the state that it is in ("on a signé avec le Danemark ?")."""
    return (
        not reading.says(phrases.WHEN)
        and ASKING_NOUNS.isdisjoint(reading.tokens)
        and any(
            tag.value == record.status and tag.first > 0 and reading.tokens[tag.first - 1] in _AUXILIARIES
            for tag in reading.named("status")
        )
    )


_WHETHER: Final = re.compile(r"(?:has|have|had|did|is|are|was|were|does|do|est ce qu\w*|a t|ont (?:ils|elles))\b")


def _asks_whether(reading: Reading) -> bool:
    """Whether the question is one of yes or no, and asks for no day, place nor person beside."""
    asked = (phrases.WHEN, phrases.WHERE, phrases.WHO_SIGNED, phrases.HOW_MANY, phrases.WHAT_TIME, phrases.HOW_LONG)
    alone = reading.asked.topic is None  # "was it updated later?" asks for what came after
    return alone and _WHETHER.match(reading.plain) is not None and not any(reading.says(cue) for cue in asked)


_WHICH: Final = frozenset("which what quel quelle quels quelles".split())


def _asks_which(reading: Reading, record: Record) -> bool:
    """Whether the question asks which record it is, by its kind ("which memorandum was to be signed?"), not who signed."""
    tag = next((tag for tag in reading.named("kind") if tag.value == record.kind), None)
    asking = tag is not None and not _WHICH.isdisjoint(reading.tokens[max(tag.first - 2, 0) : tag.first])
    return asking and not reading.says(phrases.WHO_SIGNED) and not reading.says(phrases.HOW_MANY)
