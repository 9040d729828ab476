"""Which one fact a question is about: one, a few to choose from, or none."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Final

from knowledge.questions import calibration
from knowledge.questions.candidates import Candidate, Holds, candidates
from knowledge.questions.describe import described, main_one, most_named, named, same_thing, strangers
from knowledge.questions.form import Band
from knowledge.questions.lexicon import words
from knowledge.questions.phrases import ASKING_NOUNS, PROPERTIES
from knowledge.questions.reading import Reading, is_content, is_everyday
from knowledge.questions.view import View
from knowledge.records import Record

FAR: Final = 5.0
"""Log-odds behind the best at which a record described by its words is not what the question is about."""
APART: Final = 1.2
"""Log-odds by which one of several records described must lead to be taken."""
SURE: Final = 0.57
POSSIBLE: Final = 0.2
EVERYDAY: Final = 0.35
"""How much an everyday word counts among the words that a record lacks."""


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


def resolve(reading: Reading, view: View, holds: Holds | None = None, drop: frozenset[str] = frozenset()) -> Resolution:
    """Decides between one fact, a choice and none. What is named or described outright goes before what resembles."""
    rated = candidates(reading, view, holds, drop)
    if not rated:
        return Resolution("unknown", (), ())
    if strangers(reading, view):
        return Resolution("unknown", _near(rated[0], rated), tuple(rated))
    outright, loose = _outright(reading, view, holds, drop, rated)
    if len(outright) > 1 and not same_thing(outright, view):
        one = most_named(outright, reading, view)
        if one is None and _undecided(outright, rated, loose):
            return Resolution("unsure", outright, tuple(rated), several=True)
        outright = (one,) if one is not None else outright
    elif len(outright) > 1:
        outright = (main_one(outright),)
    first = outright[0].id if outright else ""
    best = next((candidate for candidate in rated if candidate.record.id == first), rated[0])
    return _banded(best, rated, reading, view, bool(outright))


def _banded(best: Candidate, rated: list[Candidate], reading: Reading, view: View, outright: bool) -> Resolution:
    """The band of the best candidate, by what it lacks and by how sure the evidence is."""
    missing = absent(best)
    if contradicted(best) or missing & PROPERTIES or _other_edition(best, reading, view):
        return Resolution("unknown", _near(best, rated), tuple(rated), missing=tuple(sorted(missing)))
    sureness = certainty(best, rated, reading, view, outright)
    if sureness >= SURE and (outright or _tells(best, reading, view)):
        return Resolution("sure", (best.record,), tuple(rated), sureness=sureness)
    if sureness >= POSSIBLE:
        return Resolution("unsure", tuple(one.record for one in rated[:3]), tuple(rated), sureness=sureness)
    return Resolution("unknown", _near(best, rated), tuple(rated), missing=tuple(sorted(missing)), sureness=sureness)


def _tells(best: Candidate, reading: Reading, view: View) -> bool:
    """Whether the question has a word of the record that is more than everyday language, or many of the others."""
    if dict(best.parts).get("name", 0.0) > 0:
        return True
    held = [word for word in asked(reading) if view.holds(best.record, word)]
    return len(held) > 2 or any(not is_everyday(word) and not word.isdigit() for word in held) or not asked(reading)


def _outright(
    reading: Reading, view: View, holds: Holds | None, drop: frozenset[str], rated: list[Candidate]
) -> tuple[tuple[Record, ...], bool]:
    """Records described or named, likeliest first: only those that have the field asked for where some have. Those that merely
    share words must not be far behind in the search. And whether everyday words had to be passed over to find them."""
    odds = {candidate.record.id: candidate.odds for candidate in rated}
    found, loose = described(reading, view, drop, strict=True), False
    if not found:
        found = named(reading, view, drop)
        found = tuple(record for record in found if odds.get(record.id, -99.0) > rated[0].odds - FAR)
    if not found:
        found, loose = described(reading, view, drop, strict=False), True
    if holds is not None and len(found) > 1:
        found = tuple(record for record in found if holds(record)) or found
    return tuple(sorted(found, key=lambda record: (-odds.get(record.id, -99.0), record.id))), loose


def _undecided(outright: tuple[Record, ...], rated: list[Candidate], loose: bool) -> bool:
    """Whether nothing tells the records described apart: where words were passed over, the search may."""
    if not loose:
        return True
    odds = {candidate.record.id: candidate.odds for candidate in rated}
    first, second = (odds.get(record.id, -9.0) for record in outright[:2])
    return first - second < APART


def certainty(best: Candidate, rated: list[Candidate], reading: Reading, view: View, outright: bool) -> float:
    """The share of right answers expected at this evidence (0..1), by weights learnt on the golden questions."""
    values = evidence(best, rated, reading, view, outright)
    weights, bias = calibration.weights(view.index.reads_meaning)
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
        parts.get("kind", 0.0)
        + parts.get("country", 0.0)
        + parts.get("body", 0.0)
        + parts.get("period", 0.0)
        + parts.get("year", 0.0),
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
    return any(parts.get(part, 0.0) < 0 for part in ("year", "country")) or parts.get("period", 0.0) <= -1.0
