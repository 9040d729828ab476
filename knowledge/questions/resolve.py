"""Which one fact a question is about: one, a few to choose from, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

from knowledge.questions import calibration, filters
from knowledge.questions.candidates import Candidate, Holds, candidates, credited
from knowledge.questions.describe import are_linked, described, main_one, most_named, named, names, same_thing
from knowledge.questions.editions import edition, edition_asked
from knowledge.questions.evidence import (
    absent,
    asked,
    contradicted,
    in_passing,
    of_best,
    other_edition,
    tells,
    unheard_of,
)
from knowledge.questions.form import Band
from knowledge.questions.phrases import PROPERTIES, WHICH_ONE
from knowledge.questions.reading import Reading
from knowledge.questions.strangers import strangers
from knowledge.questions.view import View
from knowledge.records import Record

FAR: Final = 5.0
"""Log-odds behind the best at which a record described by its words is not what the question is about."""
APART: Final = 1.2
"""Log-odds by which one of several records described must lead to be taken."""
CLEARLY: Final = 2.0
"""Log-odds by which one of two linked records of different kinds must lead to be taken where both are described outright."""
MUCH: Final = 0.45
"""The share of what is asked that records described may lack."""
SURE: Final = 0.65
_NOW: Final = re.compile(r"\b(?:actuel(?:le)?|current|present day|en vigueur|latest|(?<!target )(?<!call )en cours)\b")
"""What holds now is asked ("the current roadmap"), and nothing that has been replaced."""
_REPLACED: Final = frozenset(("superseded",))
_YEARLY: Final = re.compile(r"[a-z]+(?:19|20)\d\d")
POSSIBLE: Final = 0.2


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
    if reading.says(_NOW):
        rated = [one for one in rated if one.record.status not in _REPLACED] or rated
    if not rated:
        return Resolution("unknown", (), ())
    if strangers(reading, view):
        return Resolution("unknown", _near(rated[0], rated), tuple(rated))
    outright, loose = _outright(reading, view, holds, drop, rated)
    if len(outright) > 1 and not same_thing(outright, view):
        one = most_named(outright, reading, view) or edition(outright, edition_asked(reading), view)
        if one is None and _undecided(outright, rated, loose, reading):
            if not _says_more(outright, rated):
                return Resolution("unsure", outright, tuple(rated), several=True)
            outright = ()
        outright = (one,) if one is not None else outright
    elif len(outright) > 1:
        outright = (main_one(outright),)
    rated = credited(rated, outright, loose, view)
    if outright and not loose and (_between_those_named(reading, view) or _said_alone(outright[0], reading)):
        return Resolution("sure", outright[:1], tuple(rated), sureness=certainty(rated[0], rated, reading, view))
    return _banded(rated[0], rated, reading, view)


def _banded(best: Candidate, rated: list[Candidate], reading: Reading, view: View) -> Resolution:
    """The band of the best candidate, by what it lacks and by how sure the evidence is."""
    missing = absent(best.missing)
    if (
        contradicted(best, reading)
        or missing & (PROPERTIES - in_passing(reading))
        or other_edition(best, reading, view)
    ):
        return Resolution("unknown", _near(best, rated), tuple(rated), missing=tuple(sorted(missing)))
    sureness = certainty(best, rated, reading, view)
    if (unheard := unheard_of(best, reading, view)) and sureness >= SURE:
        return Resolution("unknown", _near(best, rated), tuple(rated), missing=unheard, sureness=sureness)
    if sureness >= SURE and (best.signs["strict"] or best.signs["loose"] or tells(best, reading, view)):
        return Resolution("sure", (best.record,), tuple(rated), sureness=sureness)
    if sureness >= POSSIBLE:
        return Resolution("unsure", tuple(one.record for one in rated[:3]), tuple(rated), sureness=sureness)
    return Resolution("unknown", _near(best, rated), tuple(rated), missing=tuple(sorted(missing)), sureness=sureness)


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
    if holds is not None and len(found) > 1 and not _by_code(reading, found):
        found = tuple(record for record in found if holds(record)) or found
    if reading.says(_NOW):
        found = tuple(record for record in found if record.status not in _REPLACED)
    return tuple(sorted(found, key=lambda record: (-odds.get(record.id, -99.0), record.id))), loose


def _between_those_named(reading: Reading, view: View) -> bool:
    """Whether the question states both sides of something that joins parties and nothing that a record may lack: what lies between
    them is then not a matter of resemblance ("on a signé quoi avec les Danois ?")."""
    want = filters.wanted(reading, view)
    joining = bool(want.kinds) and all(view.kinds[name].between for name in want.kinds)
    return joining and len(want.countries) > 1 and not set(asked(reading)) & PROPERTIES and not reading.years


def _said_alone(record: Record, reading: Reading) -> bool:
    """Whether the question says the name of a record and nothing else: that needs no likeness."""
    return bool(reading.content) and reading.content in names(record) and not reading.found


def _by_code(reading: Reading, found: tuple[Record, ...]) -> bool:
    """Whether little more than the code of a year is said ("JTC2020, date limite ?"), which records of one kind bear: each may be
    meant, even where the base holds what is asked of one only."""
    said = asked(reading)
    return len(said) == 1 and _YEARLY.fullmatch(said[0]) is not None and len({record.kind for record in found}) == 1


def _undecided(outright: tuple[Record, ...], rated: list[Candidate], loose: bool, reading: Reading) -> bool:
    """Whether nothing tells the records described apart: where words were passed over, the search may."""
    odds = {candidate.record.id: candidate.odds for candidate in rated}
    lead = odds.get(outright[0].id, -9.0) - odds.get(outright[1].id, -9.0)
    if not loose and not reading.says(WHICH_ONE):
        return lead < CLEARLY or not _sides(outright[0], outright[1])
    return lead < APART


def _says_more(outright: Sequence[Record], rated: Sequence[Candidate]) -> bool:
    """Whether the question says much that none of the records described has: then they are not what it describes."""
    ids = {record.id for record in outright}
    lost = [one.signs["lost"] for one in rated if one.record.id in ids]
    return bool(lost) and min(lost) > MUCH


def _sides(record: Record, other: Record) -> bool:
    """Whether two records of different kinds are linked: a project and its target, an agreement and the frame it makes."""
    return are_linked(record, other) and record.kind != other.kind


def certainty(best: Candidate, rated: list[Candidate], reading: Reading, view: View) -> float:
    """The share of right answers expected at this evidence (0..1), by weights learnt on the questions of the bench."""
    values = of_best(best, rated, reading, view)
    weights, bias = calibration.weights(view.index.reads)
    total = bias + sum(weight * values[name] for name, weight in zip(calibration.NAMES, weights, strict=True))
    return 1 / (1 + exp(-max(min(total, 30.0), -30.0)))


def _near(best: Candidate, rated: list[Candidate]) -> tuple[Record, ...]:
    """The nearest facts, to be named without asserting them."""
    others = [one.record for one in rated if one.record.id != best.record.id and one.score > 0.05]
    return (best.record, *others[:1]) if best.score > 0.02 else ()
