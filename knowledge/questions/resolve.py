"""Which one fact a question is about: candidates from the search, agreed or not with what the question states.

The search compares words; here countries, years, kinds and the field asked for confirm or contradict a candidate. The result
is one fact, a few to choose from, or none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log
from typing import Final

from knowledge.questions import calibration
from knowledge.questions.describe import described, most_named, named, names, same_thing, spoken, strangers
from knowledge.questions.form import Band
from knowledge.questions.lexicon import words
from knowledge.questions.phrases import ASKING_NOUNS, PROPERTIES
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.states import occurrences
from knowledge.questions.view import View
from knowledge.records import Record
from knowledge.search.index import Hit

SHORTLIST: Final = 12
FAR: Final = 5.0
"""Log-odds behind the best at which a record described by its words is not what the question is about."""
APART: Final = 1.2
"""Log-odds by which one of several records described must lead to be taken."""
SURE: Final = 0.55
POSSIBLE: Final = 0.2
EVERYDAY: Final = 0.35
"""How much an everyday word counts among the words that a record lacks."""
Holds = Callable[[Record], bool]


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


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was decided: the band, the records (one when sure, the choices when not), the candidates that it came from."""

    band: Band
    records: tuple[Record, ...]
    candidates: tuple[Candidate, ...]
    several: bool = False
    missing: tuple[str, ...] = ()
    sureness: float | None = None

    def shown(self) -> tuple[Candidate, ...]:
        """The candidate decided on and the best of the others."""
        first = self.records[0].id if self.records else ""
        return tuple(sorted(self.candidates, key=lambda one: one.record.id != first)[:2])


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
    if reading.period is not None:
        parts.append(("period", _period_agrees(record, reading, view)))
    parts.append(("name", _named(record, reading, view)))
    return [*parts, *(("year", 0.5 if _mentions_year(record, year) else -2.5) for year in reading.years)]


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


def resolve(reading: Reading, view: View, holds: Holds | None = None, drop: frozenset[str] = frozenset()) -> Resolution:
    """Decides between one fact, a choice and none. What is named or described outright goes before what resembles."""
    rated = candidates(reading, view, holds, drop)
    if not rated:
        return Resolution("unknown", (), ())
    if strangers(reading, view):
        return Resolution("unknown", _near(rated[0], rated), tuple(rated))
    order = {candidate.record.id: index for index, candidate in enumerate(rated)}
    outright, loose = _outright(reading, view, holds, drop)
    near = {candidate.record.id for candidate in rated if candidate.odds > rated[0].odds - FAR}
    outright = tuple(record for record in outright if record.id in near) or (outright if loose else ())
    outright = tuple(sorted(outright, key=lambda record: (order.get(record.id, len(order)), record.id)))
    best = rated[0]
    if len(outright) > 1 and not same_thing(outright, view):
        one = most_named(outright, reading)
        if one is None and _undecided(outright, rated, order, loose):
            return Resolution("unsure", outright, tuple(rated), several=True)
        outright = (one,) if one is not None else outright
    if outright and outright[0].id in order:
        best = rated[order[outright[0].id]]
    missing = absent(best)
    if contradicted(best) or missing & PROPERTIES or _other_edition(best, reading, view):
        return Resolution("unknown", _near(best, rated), tuple(rated), missing=tuple(sorted(missing)))
    sureness = certainty(best, rated, reading, view, bool(outright))
    if sureness >= SURE:
        return Resolution("sure", (best.record,), tuple(rated), sureness=sureness)
    if sureness >= POSSIBLE:
        return Resolution("unsure", tuple(one.record for one in rated[:3]), tuple(rated), sureness=sureness)
    return Resolution("unknown", _near(best, rated), tuple(rated), missing=tuple(sorted(missing)), sureness=sureness)


def _outright(
    reading: Reading, view: View, holds: Holds | None, drop: frozenset[str]
) -> tuple[tuple[Record, ...], bool]:
    """Records named or described, only those that have the field asked for where some have; and whether everyday words of the
    question had to be passed over to find them."""
    found = described(reading, view, drop, strict=True) or named(reading, view, drop)
    loose = not found
    if loose:
        found = described(reading, view, drop, strict=False)
    if holds is not None and len(found) > 1:
        found = tuple(record for record in found if holds(record)) or found
    return found, loose


def _undecided(outright: tuple[Record, ...], rated: list[Candidate], order: dict[str, int], loose: bool) -> bool:
    """Whether nothing tells the records described apart: where words were passed over, the search may."""
    if not loose:
        return True
    odds = [rated[order[record.id]].odds if record.id in order else -9.0 for record in outright[:2]]
    return odds[0] - odds[1] < APART


def certainty(best: Candidate, rated: list[Candidate], reading: Reading, view: View, outright: bool) -> float:
    """The share of right answers expected at this evidence (0..1), by weights learnt on the golden questions."""
    values = evidence(best, rated, reading, view, outright)
    weights, bias = calibration.weights(view.meaning)
    total = bias + sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + exp(-max(min(total, 30.0), -30.0)))


def evidence(
    best: Candidate, rated: list[Candidate], reading: Reading, view: View, outright: bool
) -> tuple[float, ...]:
    """What speaks for the best candidate: see `calibration.NAMES`."""
    parts = dict(best.parts)
    others = [one for one in rated if one.record.id != best.record.id]
    margin = min(best.odds - others[0].odds, 6.0) if others else 6.0
    lacking = absent(best)
    weights = {word: view.index.weight(word) * (EVERYDAY if is_everyday(word) else 1.0) for word in asked(reading)}
    lost = sum(weight for word, weight in weights.items() if word in lacking) / (sum(weights.values()) or 1.0)
    foreign = sum(1.0 for word in weights if word in lacking and not view.index.knows(word) and not is_everyday(word))
    return (
        max(parts["search"], -6.0),
        margin,
        lost,
        min(foreign, 3.0),
        1.0 if outright else 0.0,
        parts.get("kind", 0.0) + parts.get("country", 0.0) + parts.get("period", 0.0) + parts.get("year", 0.0),
        parts.get("name", 0.0),
        parts.get("field", 0.0),
        min(len(weights), 10) / 10,
    )


def asked(reading: Reading) -> tuple[str, ...]:
    """The words that say what the question is about: not those that name a field or a kind, nor how it is put."""
    words_left = tuple(word for word in reading.rest("field", "kind") if word not in ASKING_NOUNS)
    return tuple(dict.fromkeys(words_left)) or tuple(word for word in reading.tokens if is_content(word))


def _near(best: Candidate, rated: list[Candidate]) -> tuple[Record, ...]:
    """The nearest facts, to be named without asserting them."""
    others = [one.record for one in rated if one.record.id != best.record.id and one.score > 0.05]
    return (best.record, *others[:1]) if best.score > 0.02 else ()


def absent(candidate: Candidate) -> frozenset[str]:
    """Content words of the question that the record does not hold in any form."""
    return frozenset(word for text in candidate.missing for word in words(text))


def _other_edition(candidate: Candidate, reading: Reading, view: View) -> bool:
    """Whether the question names an edition or a code (JTC2027, 14th) that the record does not: nothing resembles those."""
    codes = [
        word
        for word in reading.rest("field")
        if 0 < sum(letter.isdigit() for letter in word) < len(word) and word != "1eme"
    ]
    return any(not view.holds(candidate.record, code) for code in codes)


def contradicted(candidate: Candidate) -> bool:
    """Whether the question states something that the record does not bear out: another year, another country."""
    parts = dict(candidate.parts)
    return parts.get("year", 0) < 0 or parts.get("country", 0) < 0
