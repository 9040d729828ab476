"""The records that a question may mean: found by the search, then confirmed or contradicted by what the question states.

The search compares words; here countries, bodies, years, kinds, names and the field asked for add to its log-odds or take
from them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log
from typing import Final

from knowledge.questions import selection
from knowledge.questions.describe import names, spoken
from knowledge.questions.phrases import ASKING_NOUNS
from knowledge.questions.reading import Reading
from knowledge.questions.states import occurrences
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.index import Hit

SHORTLIST: Final = 12
Holds = Callable[[Record], bool]
"""Whether a record has what is asked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be meant. `parts` are log-odds: what the search found and what agreed or did not."""

    record: Record
    score: float
    missing: tuple[str, ...]
    matched: tuple[str, ...]
    parts: tuple[tuple[str, float], ...]

    @property
    def odds(self) -> float:
        return sum(value for _, value in self.parts)


def candidates(
    reading: Reading, view: View, holds: Holds | None = None, drop: frozenset[str] = frozenset()
) -> list[Candidate]:
    """The likeliest records, best first. `holds` tells whether a record has what is asked; `drop` are words of asking."""
    text = " ".join(word for word in reading.tokens if word not in drop and word not in ASKING_NOUNS) or reading.plain
    found = view.index.search(text, limit=SHORTLIST)
    rated = [_candidate(hit, reading, view, holds) for hit in found if hit.id in view.records]
    return sorted(rated, key=lambda candidate: (-candidate.odds, candidate.record.id))


def _candidate(hit: Hit, reading: Reading, view: View, holds: Holds | None) -> Candidate:
    record = view.records[hit.id]
    parts = [("search", log_odds(hit.score)), *_agreement(record, reading, view)]
    if holds is not None:
        parts.append(("field", 0.7 if holds(record) else -0.5))
    odds = sum(value for _, value in parts)
    return Candidate(record, 1 / (1 + exp(-odds)), hit.missing, hit.matched, tuple(parts))


def log_odds(score: float) -> float:
    score = min(max(score, 0.001), 0.999)
    return log(score / (1 - score))


def _agreement(record: Record, reading: Reading, view: View) -> list[tuple[str, float]]:
    kinds = {tag.value for tag in reading.named("kind")}
    parts = [("kind", 0.0 if not kinds else 0.5 if record.kind in kinds else -0.3)]
    countries = reading.values("country")
    if countries:
        own = set(record.values.get("countries", ()))
        agreeing = sum(code in own or _says(record, code, reading, view) for code in countries)
        parts.append(("country", 0.9 * agreeing if agreeing else -1.5))
    bodies = [has_name(record, body, reading, view) for body in reading.values("body")]
    if bodies:
        parts.append(("body", 0.3 if all(bodies) else -1.2 if not any(bodies) else -0.4))
    if reading.period is not None:
        parts.append(("period", _period_agrees(record, reading, view)))
    parts.append(("name", _named(record, reading, view)))
    return [*parts, *(("year", 0.5 if _mentions_year(record, year) else -2.5) for year in reading.years)]


def has_name(record: Record, body: str, reading: Reading, view: View) -> bool:
    """Whether a record has to do with a body: it takes part, or the record says its name."""
    if selection.has_body(record, body, view):
        return True
    said = (word for tag in reading.named("body") if tag.value == body for word in reading.tokens[tag.first : tag.last])
    return all(view.holds(record, word) for word in said)


def _says(record: Record, code: str, reading: Reading, view: View) -> bool:
    """Whether a record's own words name the country as the question does."""
    said = (
        word for tag in reading.named("country") if tag.value == code for word in reading.tokens[tag.first : tag.last]
    )
    return any(view.holds(record, word) for word in said)


def _named(record: Record, reading: Reading, view: View) -> float:
    """More where the question says a whole title or alias of the record; most where the record is the body so called."""
    said = spoken(reading)
    if not any(f" {' '.join(name)} " in said for name in names(record) if name):
        return 0.0
    return 1.0 if view.kind(record).bodies else 0.7


def _period_agrees(record: Record, reading: Reading, view: View) -> float:
    assert reading.period is not None
    days = [day for spec in view.kind(record).fields for day in occurrences(record, spec.name)]
    if any(reading.period.touches(day) for day in days):
        return 0.8
    first = reading.period.first
    if first is not None and _mentions_year(record, first.year):
        return 0.2
    return -1.0 if days else -0.3


def _mentions_year(record: Record, year: int) -> bool:
    texts = (
        *record.titles.values(),
        *record.summaries.values(),
        *record.aliases,
        *(str(v) for v in record.values.values()),
    )
    return any(str(year) in text for text in texts)
