"""Which kind and which fact is meant by the words of a command."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from knowledge.audience import ANYONE, Viewer, visible
from knowledge.base import KnowledgeBase
from knowledge.kinds import Kind
from knowledge.questions.form import Asked
from knowledge.records import Record
from knowledge.search.text import fold

MOST: Final = 5
"""Facts that words may mean."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def kind_named(words: str, kinds: Mapping[str, Kind]) -> tuple[str, str]:
    """The kind that the first words name in either language ("accord", "call for proposals"), and what follows; ("", words)
    when they name none."""
    named = {
        fold(word): name
        for name, kind in kinds.items()
        for texts in (kind.labels.values(), kind.plurals.values(), *kind.words.values(), (name,))
        for word in texts
    }
    given = words.split()
    for length in range(min(5, len(given)), 0, -1):
        if name := named.get(fold(" ".join(given[:length]))):
            return name, " ".join(given[length:])
    return "", words


def find(
    words: str, base: KnowledgeBase, today: date, viewer: Viewer = ANYONE, *, retired: bool = False
) -> tuple[Record, ...]:
    """The facts that an id or some words mean to this viewer, best first; among the retired ones if asked."""
    words = words.strip()
    if _ID.match(words) and (record := base.stored(words)) and record.retired is retired:
        return (record,)
    if retired:
        wanted = fold(words).split()
        return tuple(record for record in base.retired() if all(word in _text(record) for word in wanted))[:MOST]
    exact = [one for one in base.records() if _is_called(one, words) and visible(one, viewer)]
    if exact:
        return tuple(exact[:MOST])
    answer = base.ask(Asked(words, today, viewer=viewer))
    found = [base.record(name) for name in answer.facts[:MOST]]
    return tuple(record for record in found if record is not None)


def _is_called(record: Record, words: str) -> bool:
    return fold(words) in {fold(name) for name in (*record.titles.values(), *record.aliases)}


def _text(record: Record) -> str:
    return fold(" ".join((record.id, *record.titles.values(), *record.aliases)))
