"""Which of several editions is meant by its place in their order: "the very first EJP RD call", "le deuxième JTC"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from knowledge.dates import Day
from knowledge.questions.lexicon import words
from knowledge.questions.reading import Reading
from knowledge.questions.view import View
from knowledge.records import Record

_FIRST: Final = frozenset(
    ("1eme", "first", "premier", "premiere", "debut", "inaugural", "inaugurale", "inaugurals", "initial", "initiale")
)
_ORDINAL: Final = re.compile(r"([1-9])eme")
_REACH: Final = 3
"""Words before the name of a kind among which its ordinal stands."""


def is_ordinal(word: str) -> bool:
    """Whether a folded word names a place in an order."""
    return word in _FIRST or _ORDINAL.fullmatch(word) is not None


def edition_asked(reading: Reading) -> int:
    """The place in the order of editions that stands just before the name of a kind or of a body; 0 where none does."""
    for tag in (*reading.named("kind"), *reading.named("body")):
        if tag.plural:
            continue
        for at in reversed(range(max(0, tag.first - _REACH), tag.first)):
            word = reading.tokens[at]
            if any(
                at == field.first - 1 or (at == field.first and field.last - at > 1) for field in reading.named("field")
            ):
                continue  # "the first deadline"
            if word in _FIRST:
                return 1
            if (match := _ORDINAL.fullmatch(word)) is not None:
                return int(match[1])
    return 0


def edition(records: Sequence[Record], place: int, view: View) -> Record | None:
    """The record at that place among those of one kind, by its own day. Only where every year up to it has its record: of a
    series with gaps nobody knows which is the second; and never against an ordinal that a record gives itself."""
    if place < 1 or place > len(records) or len({record.kind for record in records}) != 1:
        return None
    dated = sorted(
        (day.first, record.id, record)
        for record in records
        if isinstance(day := record.values.get(view.kind(record).when), Day)
    )
    if len(dated) != len(records):
        return None
    years = [day.year for day, _, _ in dated[:place]]
    chosen = dated[place - 1][2]
    if years != list(range(years[0], years[0] + place)) or _calls_itself(chosen) - {place}:
        return None
    return chosen


def _calls_itself(record: Record) -> frozenset[int]:
    """The places that a record gives itself in its first words ("Quatrième reconnaissance ; ...")."""
    opening = (word for text in record.summaries.values() for word in words(text)[:_REACH])
    return frozenset(int(match[1]) for word in opening if (match := _ORDINAL.fullmatch(word)) is not None)
