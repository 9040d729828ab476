"""What speaks for a record, and against it: the signs by which candidates are ranked, and by which the best one is believed.

Signs are plain numbers of about the size of one. What they weigh is learnt (`calibration`), never written here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import log
from typing import Final, Protocol

from knowledge.questions.lexicon import words
from knowledge.questions.phrases import ASKING_NOUNS, OFTEN_IN_PASSING, PROPERTIES
from knowledge.questions.reading import Reading, is_everyday, names_in, whole_year
from knowledge.questions.view import View
from knowledge.records import Record

EVERYDAY: Final = 0.35
"""How much an everyday word counts among the words that a record holds or lacks."""
LONG: Final = 15
"""Words from which on a question tells a story around what it asks."""
MOST: Final = 4.0
"""The weight of words from which more of them say no more."""
FARTHEST: Final = 6.0
"""Log-odds between two records beyond which more says no more."""
MOSTLY: Final = 0.6
"""Share of what is asked that a record must lack for a name that nobody knows to speak against it."""
RIVALS: Final = 5
"""Candidates that are looked at for a word that the best one lacks."""


class Rated(Protocol):
    """The part of a candidate that is looked at here."""

    @property
    def record(self) -> Record: ...

    @property
    def missing(self) -> tuple[str, ...]: ...

    @property
    def signs(self) -> Mapping[str, float]: ...

    @property
    def odds(self) -> float: ...


def log_odds(score: float) -> float:
    score = min(max(score, 0.001), 0.999)
    return log(score / (1 - score))


def asked(reading: Reading) -> tuple[str, ...]:
    """The words that say what the question is about: not those that name a field or a kind, nor how it is put."""
    words_left = tuple(word for word in reading.rest("field", "kind") if word not in ASKING_NOUNS)
    return tuple(dict.fromkeys(words_left)) or reading.content


def weights_of(reading: Reading, view: View) -> dict[str, float]:
    """How much each word asked about tells: the rarer in the base and in daily language, the more. A name made of small words
    ("All of Us") tells as much as a rare word."""
    said = f" {' '.join(reading.tokens)} "
    return {
        **{word: view.index.weight(word) * (EVERYDAY if is_everyday(word) else 1.0) for word in asked(reading)},
        **{name: 1.0 for name in view.small_names if f" {name} " in said},
    }


def absent(missing: Sequence[str]) -> frozenset[str]:
    """The single words of what a record was found not to hold in any form."""
    return frozenset(word for text in missing for word in words(text))


def holding(record: Record, missing: Sequence[str], weights: Mapping[str, float], view: View) -> dict[str, float]:
    """How much of what is asked a record holds, by its own words and their synonyms (`held`, a share; `mass`, in all), and
    how much the search did not find in it, slips and all (`lost`)."""
    total = sum(weights.values()) or 1.0
    own = _held(record, weights, view)
    held = sum(weights[word] for word in own)
    lacking = absent(missing) | {word for word in weights if " " in word and word not in own}
    lost = sum(weight for word, weight in weights.items() if word in lacking)
    return {"held": held / total, "mass": min(held, MOST) / MOST, "lost": lost / total}


def contradicted(candidate: Rated, reading: Reading) -> bool:
    """Whether the question states another year or another country than the record."""
    signs = candidate.signs
    another_year = signs.get("period", 0.0) <= -1.0 and bool(whole_year(reading))
    return another_year or any(signs.get(sign, 0.0) < 0 for sign in ("year", "country"))


def other_edition(candidate: Rated, reading: Reading, view: View) -> bool:
    """Whether the question names an edition or a code (JTC2027, 14th) that the record does not: nothing resembles those."""
    codes = [
        word
        for word in reading.rest("field")
        if 0 < sum(letter.isdigit() for letter in word) < len(word) and word != "1eme"
    ]
    return any(not view.holds(candidate.record, code) for code in codes)


def unheard_of(candidate: Rated, reading: Reading, view: View) -> tuple[str, ...]:
    """Names that are in no record, of what the best candidate lacks: "the Alzheimer plan" is another plan. A name is a word that
    is written with a capital within the sentence, and is neither of daily language nor known to the base."""
    said = asked(reading)
    if candidate.signs["lost"] < MOSTLY or any(not is_everyday(w) and view.holds(candidate.record, w) for w in said):
        return ()
    lacking = absent(candidate.missing)
    typed = {meant: word for word, meant in reading.mended}
    return tuple(
        word
        for word in said
        if word in lacking
        and word not in typed
        and not is_everyday(word)
        and not view.index.knows(word)
        and word in names_in(reading)
    )


def tells(candidate: Rated, reading: Reading, view: View) -> bool:
    """Whether the question has a word of the record that is more than everyday language, or many of the others."""
    if candidate.signs.get("name", 0.0) > 0:
        return True
    held = [word for word in asked(reading) if view.holds(candidate.record, word)]
    return len(held) > 2 or any(not is_everyday(word) and not word.isdigit() for word in held) or not asked(reading)


def in_passing(reading: Reading) -> frozenset[str]:
    """The properties that the question may say of something else: in a long one, any."""
    return PROPERTIES if len(reading.tokens) > LONG else OFTEN_IN_PASSING


def of_best(best: Rated, rated: Sequence[Rated], reading: Reading, view: View) -> dict[str, float]:
    """The signs from which the certainty of the best candidate is read, in the order of `calibration.NAMES`."""
    signs, weights = best.signs, weights_of(reading, view)
    others = [one for one in rated if one.record.id != best.record.id]
    lacking = absent(best.missing)
    foreign = sum(1.0 for word in weights if word in lacking and not view.index.knows(word) and not is_everyday(word))
    return {
        "search": max(signs["search"], -FARTHEST),
        "odds": _bounded(best.odds),
        "margin": _bounded(best.odds - others[0].odds) if others else FARTHEST,
        "search_margin": _bounded(signs["search"] - max((one.signs["search"] for one in others), default=-FARTHEST)),
        **{name: signs[name] for name in ("held", "mass", "lost")},
        **_against_rivals(best, others, weights, view),
        "foreign": min(foreign, 3.0),
        "outright": signs["strict"],
        "loosely": signs["loose"],
        "agreement": sum(signs[name] for name in ("kind", "country", "body", "period", "year")),
        "name": signs["name"],
        "field": signs["field"],
        "tells": float(tells(best, reading, view)),
        "property": min(len(lacking & in_passing(reading)), 2.0),
        "contradicted": float(signs["period"] <= -1.0),
        "length": min(len(weights), 10) / 10,
        "asks_field": float(bool(reading.named("field"))),
        "names_kind": float(bool(reading.named("kind"))),
        "latent": signs["latent"],
        "latent_lead": signs["latent"] - max((one.signs["latent"] for one in others), default=0.0),
    }


def _against_rivals(best: Rated, others: Sequence[Rated], weights: Mapping[str, float], view: View) -> dict[str, float]:
    """What tells the best from the next: the share of words that it alone holds, those that only the next one holds, and the
    most that any of the others holds beyond it."""
    total = sum(weights.values()) or 1.0
    own = _held(best.record, weights, view)
    next_held = _held(others[0].record, weights, view) if others else frozenset[str]()
    beyond = [_held(one.record, weights, view) - own for one in others[:RIVALS]]
    return {
        "won": sum(weights[word] for word in own - next_held) / total if others else 0.0,
        "ceded": sum(weights[word] for word in next_held - own) / total,
        "elsewhere": max((sum(weights[word] for word in held) / total for held in beyond), default=0.0),
    }


def _held(record: Record, said: Collection[str], view: View) -> frozenset[str]:
    return frozenset(word for word in said if view.holds(record, word))


def _bounded(odds: float) -> float:
    return max(-FARTHEST, min(odds, FARTHEST))
