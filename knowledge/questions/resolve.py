"""Which one fact a question is about: candidates from the search, agreed or not with what the question states.

The search compares words; here countries, years, kinds and the field asked for confirm or contradict a candidate. The result
is one fact, a few to choose from, or none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log
from typing import Final

from knowledge.fields import Quantity
from knowledge.questions import selection
from knowledge.questions.form import Band
from knowledge.questions.phrases import PROPERTIES
from knowledge.questions.reading import Reading
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.index import Hit
from knowledge.search.text import stems, words

SHORTLIST: Final = 12
SURE: Final = 0.5
POSSIBLE: Final = 0.12
MARGIN: Final = 0.6
"""Log-odds by which the best must lead the second to be said without asking."""
Holds = Callable[[Record], bool]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be meant. `parts` are log-odds: what the search found and what agreed or did not."""

    record: Record
    score: float
    missing: tuple[str, ...]
    parts: tuple[tuple[str, float], ...]

    @property
    def odds(self) -> float:
        return sum(value for _, value in self.parts)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was decided: the band, the records (one when sure, the choices when not), the candidates that it came from."""

    band: Band
    records: tuple[Record, ...]
    candidates: tuple[Candidate, ...]
    several: bool = False
    missing: tuple[str, ...] = ()


def candidates(reading: Reading, view: View, holds: Holds | None = None, drop: frozenset[str] = frozenset()) -> list[Candidate]:
    """The likeliest records, best first. `holds` tells whether a record has what is asked; `drop` are words of asking."""
    text = " ".join(word for word in reading.tokens if word not in drop) or reading.plain
    found = view.index.search(text, limit=SHORTLIST)
    rated = [_candidate(hit, reading, view, holds) for hit in found if hit.id in view.records]
    return sorted(rated, key=lambda candidate: (-candidate.odds, candidate.record.id))


def _candidate(hit: Hit, reading: Reading, view: View, holds: Holds | None) -> Candidate:
    record = view.records[hit.id]
    parts = [("search", log_odds(hit.score)), *_agreement(record, reading, view)]
    if holds is not None:
        parts.append(("field", 0.7 if holds(record) else -0.5))
    odds = sum(value for _, value in parts)
    return Candidate(record, 1 / (1 + exp(-odds)), hit.missing, tuple(part for part in parts if part[1]))


def log_odds(score: float) -> float:
    score = min(max(score, 0.001), 0.999)
    return log(score / (1 - score))


def _agreement(record: Record, reading: Reading, view: View) -> list[tuple[str, float]]:
    kinds = {tag.value for tag in reading.named("kind")}
    parts = [("kind", 0.0 if not kinds else 0.5 if record.kind in kinds else -0.3)]
    countries = reading.values("country")
    if countries:
        own = set(record.values.get("countries", ()))
        agreeing = sum(code in own for code in countries)
        parts.append(("country", 0.5 * agreeing - 0.8 * (len(countries) - agreeing)))
    if reading.period is not None:
        parts.append(("period", _period_agrees(record, reading, view)))
    for year in reading.years:
        parts.append(("year", 0.5 if _mentions_year(record, year) else -2.5))
    return parts


def _period_agrees(record: Record, reading: Reading, view: View) -> float:
    assert reading.period is not None
    days = [day for spec in view.kind(record).fields for day in selection.occurrences(record, spec.name)]
    if any(reading.period.touches(day) for day in days):
        return 0.8
    first = reading.period.first
    if first is not None and _mentions_year(record, first.year):
        return 0.2
    return -1.0 if days else -0.3


def _mentions_year(record: Record, year: int) -> bool:
    texts = (*record.titles.values(), *record.summaries.values(), *record.aliases, *(str(v) for v in record.values.values()))
    return any(str(year) in text for text in texts)


def resolve(reading: Reading, view: View, holds: Holds | None = None, drop: frozenset[str] = frozenset()) -> Resolution:
    """Decides between one fact, a choice and none."""
    rated = candidates(reading, view, holds, drop)
    if not rated:
        return Resolution("unknown", (), ())
    best = rated[0]
    missing = absent(best, reading)
    if best.score < POSSIBLE or contradicted(best, reading) or missing & PROPERTIES:
        return Resolution("unknown", _near(rated), tuple(rated), missing=tuple(sorted(missing)))
    rivals = _rivals(rated, reading)
    if len(rivals) > 1:
        return Resolution("unsure", tuple(one.record for one in rivals), tuple(rated), several=True)
    if best.score >= SURE and (len(rated) == 1 or best.odds - rated[1].odds >= MARGIN):
        return Resolution("sure", (best.record,), tuple(rated))
    return Resolution("unsure", tuple(one.record for one in rated[:3]), tuple(rated))


def _near(rated: list[Candidate]) -> tuple[Record, ...]:
    return tuple(one.record for one in rated[:2] if one.score > 0.02)


def absent(candidate: Candidate, reading: Reading) -> frozenset[str]:
    """Content words of the question that the record does not hold in any form."""
    return frozenset(word for text in candidate.missing for word in words(text))


def contradicted(candidate: Candidate, reading: Reading) -> bool:
    """Whether the question states something that the record does not bear out: another year, another country."""
    parts = dict(candidate.parts)
    return parts.get("year", 0) < 0 or parts.get("country", 0) <= -0.8


def _rivals(rated: list[Candidate], reading: Reading) -> list[Candidate]:
    """The best and those that answer as well: no word of the question tells them apart."""
    best = rated[0]
    lacking = absent(best, reading)
    return [one for one in rated[:5] if best.odds - one.odds < MARGIN and absent(one, reading) <= lacking]
