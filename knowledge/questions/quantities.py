"""What a fact counts and when a figure of it was observed; what a question counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from knowledge.dates import Day
from knowledge.fields import Quantity
from knowledge.questions import figures
from knowledge.questions.lexicon import keys
from knowledge.questions.reading import Reading, is_content
from knowledge.records import Record
from knowledge.search.text import stems

_VERBS: Final = frozenset(
    "peut recoit recevoir coute coutait vaut dure vise visent pese representent represente fait faut can does did has have is are was were will would "
    "exist exists remain left make makes gather there do au total maximum max year jour annee temps fois".split()
)


def counted_nouns(reading: Reading) -> tuple[str, ...]:
    """The words right after "combien de" or "how many": what is counted."""
    match = re.search(r"\b(?:combien|how many|nombre|number)(?: (?:de|d|of|des))? ((?:\w+ ?){1,3})", reading.plain)
    if not match:
        return ()
    following = match.group(1).split()
    counted = []
    for word in following:
        if not is_content(word) or word in _VERBS:
            break
        counted.append(word)
    return tuple(counted)


def counts(record: Record) -> bool:
    """Whether a fact counts something."""
    return counted_in(record) is not None


def counted_in(record: Record) -> tuple[str, Quantity] | None:
    """The field in which a fact counts, and what it counts; None when it counts nothing."""
    return next(((name, value) for name, value in record.values.items() if isinstance(value, Quantity)), None)


def last_day(record: Record) -> Day | None:
    """The day of the last point observed."""
    held = counted_in(record)
    return held[1].progress[-1].date if held is not None and held[1].progress else None


def reached(reading: Reading, record: Record, aimed: bool) -> Day | None:
    """The day on which a figure was observed: the one said ("when did it pass 650,000?"), else the last one, if the record has no
    day to aim at (`aimed`) or its aim is reached."""
    held = counted_in(record)
    points = held[1].progress if held is not None else ()
    said = {float(word) for word in reading.tokens if word.isdigit()}
    told = [point.date for point in points if point.value in said]
    if told:
        return told[0]
    return last_day(record) if not aimed or record.status == "achieved" else None


def counts_in(record: Record, said: Sequence[str]) -> bool:
    """Whether one of these words is the unit in which a fact counts."""
    held = counted_in(record)
    if held is None:
        return False
    quantity = held[1]
    units = keys((*quantity.unit.values(), *quantity.progress_unit.values())) - keys(record.titles.values())
    return any(figures.counts_alike(frozenset(stems(word)), units) for word in said)
