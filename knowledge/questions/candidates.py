"""The records that a question may mean: found by the search, then confirmed or contradicted by what the question states.

The search compares words; here countries, bodies, years, kinds, names and the field asked for add to its log-odds or take
from them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from math import exp
from typing import Final

from knowledge.fields import Quantity
from knowledge.questions import calibration, filters, selection
from knowledge.questions.describe import names, spoken
from knowledge.questions.evidence import holding, log_odds, weights_of
from knowledge.questions.phrases import ASKING_NOUNS
from knowledge.questions.reading import Reading
from knowledge.questions.states import occurrences
from knowledge.questions.view import View
from knowledge.records import Record

SHORTLIST: Final = 12
Holds = Callable[[Record], bool]
"""Whether a record has what is asked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be meant. `signs` are what the search found and what agreed or did not, in the order of
    `calibration.RANKED`; `parts` the same by what each weighs: log-odds."""

    record: Record
    missing: tuple[str, ...]
    matched: tuple[str, ...]
    signs: Mapping[str, float]
    parts: tuple[tuple[str, float], ...]

    @property
    def odds(self) -> float:
        return sum(value for _, value in self.parts)

    @property
    def score(self) -> float:
        return 1 / (1 + exp(-max(-30.0, min(self.odds, 30.0))))


def candidates(
    reading: Reading, view: View, holds: Holds | None = None, drop: frozenset[str] = frozenset()
) -> list[Candidate]:
    """The likeliest records, best first. `holds` tells whether a record has what is asked; `drop` are words of asking."""
    text = searched(reading, drop)
    weights = weights_of(reading, view)
    ours = view.home in filters.wanted(reading, view).countries
    rated = []
    for hit in view.index.search(text, limit=SHORTLIST):
        if (record := view.records.get(hit.id)) is not None:
            signs = {
                "search": log_odds(hit.score),
                **_agreement(record, reading, view, ours),
                "field": 0.0 if holds is None else 0.7 if holds(record) else -0.5,
                **{"strict": 0.0, "loose": 0.0, "alone": 0.0},
                **holding(record, hit.missing, weights, view),
                "latent": hit.latent,
            }
            rated.append(Candidate(record, hit.missing, hit.matched, signs, _weighed(signs, view)))
    return _best_first(rated)


def searched(reading: Reading, drop: frozenset[str]) -> str:
    """The text that is looked for."""
    return " ".join(word for word in reading.tokens if word not in drop and word not in ASKING_NOUNS) or reading.plain


def credited(rated: list[Candidate], outright: Collection[Record], loose: bool, view: View) -> list[Candidate]:
    """The candidates anew, with what it counts for to be named or described outright, alone or among others. `loose`: words
    were passed over to find them."""
    if not outright:
        return rated
    ids = {record.id for record in outright}
    credit = {"loose" if loose else "strict": 1.0, "alone": 1 / len(ids)}
    return _best_first(
        [
            replace(one, signs=(signs := {**one.signs, **credit}), parts=_weighed(signs, view))
            if one.record.id in ids
            else one
            for one in rated
        ]
    )


def _weighed(signs: Mapping[str, float], view: View) -> tuple[tuple[str, float], ...]:
    weights = calibration.rank_weights(view.index.reads)
    return tuple((name, weight * signs[name]) for name, weight in zip(calibration.RANKED, weights, strict=True))


def _best_first(rated: list[Candidate]) -> list[Candidate]:
    return sorted(rated, key=lambda candidate: (-candidate.odds, candidate.record.id))


def _agreement(record: Record, reading: Reading, view: View, ours: bool) -> dict[str, float]:
    """How each thing that the question states agrees with the record. `ours`: what joins parties must join the programme's own
    country ("on a signé avec le Danemark ?")."""
    kinds = {tag.value for tag in reading.named("kind")}
    countries, bodies = reading.values("country"), reading.values("body")
    own = set(record.values.get("countries", ()))
    agreeing = sum(code in own or _says(record, code, reading, view) for code in countries)
    foreign = ours and view.kind(record).between and view.home not in own
    named = [has_name(record, body, reading, view) for body in bodies]
    return {
        "kind": 0.0 if not kinds else 0.5 if record.kind in kinds else -0.3,
        "country": 0.0 if not countries else 0.9 * agreeing if agreeing and not foreign else -1.5,
        "body": 0.0 if not named else 0.3 if all(named) else -1.2 if not any(named) else -0.4,
        "period": 0.0 if reading.period is None else _period_agrees(record, reading, view),
        "year": sum(0.5 if _mentions_year(record, year) else -2.5 for year in reading.years),
        "name": _named(record, reading, view),
    }


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
    days += [point.date for value in record.values.values() if isinstance(value, Quantity) for point in value.progress]
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
