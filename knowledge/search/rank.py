"""How well each document on the shortlist answers the question by its words: features, all computed at once.

Nothing is looked up here but numbers: slots of the question, words of the documents' views.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from knowledge.search.growing import ranges
from knowledge.search.lexicon import Lexicon
from knowledge.search.postings import FIELD_WEIGHTS, TEXT, TITLE, Pages
from knowledge.search.slot import Slot

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

FEATURES: Final = (
    "bm25",
    "bm25_plain",
    "coverage",
    "short_coverage",
    "best_view",
    "view_coverage",
    "view_precision",
    "several_views",
    "title",
    "text",
    "order",
    "heaviest",
    "every_word",
    "chars",
    "chars_sorted",
    "exact",
    "meaning",
    "meaning_stands_out",
    "meaning_whole",
    "meaning_whole_stands_out",
    "latent",
)
_YES: Final = np.ones(1, bool)
_NONE: Final = np.zeros(0, np.int64)
MEANING: Final = FEATURES.index("meaning")
"""The first of the columns that stay 0 without an encoder."""
LATENT: Final = FEATURES.index("latent")
"""The column that stays 0 where the encoder tells no latent terms."""
Reads = Literal["words", "meaning", "latent"]
"""What documents are compared by: words alone, the vectors of an encoder too, or its latent terms as well."""
COLUMNS: Final[Mapping[Reads, int]] = {"words": MEANING, "meaning": LATENT, "latent": len(FEATURES)}
"""How many of the columns are read."""


@dataclass
class Shortlist:
    """Candidates (slots of the index) with their features: one row each, columns as in FEATURES.

    `covered` says how well each word asked for (columns) is held by each candidate, 0..1; `views` is the best short view of
    each candidate.
    """

    candidates: Numbers
    features: Floats
    covered: Floats
    views: Numbers


Table = tuple[Numbers, Numbers, Floats]


def table(slots: Sequence[Slot]) -> Table:
    """All alternatives as columns sorted by word, then slot: word, slot, likeness."""
    sizes = [len(slot.alternatives) for slot in slots]
    word = np.array([number for slot in slots for number in slot.alternatives], np.int64)
    likeness = np.array([likeness for slot in slots for likeness in slot.alternatives.values()], np.float32)
    place = np.arange(len(slots)).repeat(sizes)
    order = word.argsort(kind="stable")
    return word[order], place[order], likeness[order]


def _max_by(owner: Numbers, values: Floats, size: int) -> Floats:
    result = np.zeros(size, np.float32)
    np.maximum.at(result, owner, values)
    return result


@dataclass
class _Words:
    """The words of the candidates' views, side by side, and what is found of the question among them.

    One entry per view in the first group, per word in the second, per hit (a word that may stand for a slot) in the third.
    """

    owner: Numbers  # candidate of a view
    kinds: NDArray[np.uint8]
    lengths: Numbers
    firsts: Numbers  # first view of a candidate
    counts: Numbers  # views of a candidate
    numbers: Numbers  # words
    view: Numbers  # view of a word
    hit: Numbers  # word of a hit
    hit_slot: Numbers
    hit_likeness: Floats
    hit_view: Numbers


def _gather(alternatives: Table, candidates: Numbers, pages: Pages) -> tuple[Numbers, _Words]:
    """The views of the candidates, and their words beside the alternatives of the slots."""
    views, counts = pages.views(candidates)
    starts = pages.view_starts.all
    lengths = starts[views + 1] - starts[views]
    numbers = pages.words.all[ranges(starts[views], lengths)].astype(np.int64)
    view = np.arange(len(views)).repeat(lengths)
    hit, rows = _met(alternatives[0], numbers)
    owner = np.arange(len(candidates)).repeat(counts)
    firsts = counts.cumsum() - counts
    kinds = pages.view_kinds.all[views]
    return views, _Words(
        owner,
        kinds,
        lengths,
        firsts,
        counts,
        numbers,
        view,
        hit,
        alternatives[1][rows],
        alternatives[2][rows],
        view[hit],
    )


def _met(asked: Numbers, numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Where a word of the views is one that is asked for, once for each time it is: place among the words, row of the table.

    Rows about one word lie side by side. A table of places is read instead of searching: most words are none of these.
    """
    if not len(asked) or not len(numbers):
        return _NONE, _NONE
    bounds = np.concatenate((_YES, asked[1:] != asked[:-1], _YES)).nonzero()[0]
    firsts, times = bounds[:-1], bounds[1:] - bounds[:-1]
    different = asked[firsts]
    place_of = np.zeros(max(int(different[-1]), int(numbers.max())) + 1, np.int16)
    place_of[different] = np.arange(1, len(different) + 1)
    met = place_of[numbers]
    words = met.nonzero()[0]
    group = met[words].astype(np.int64) - 1
    return words.repeat(times[group]), ranges(firsts[group], times[group])


def features(
    slots: Sequence[Slot],
    alternatives: Table,
    candidates: Numbers,
    pages: Pages,
    lexicon: Lexicon,
    documents: int,
    usual_length: float,
) -> Shortlist:
    """The lexical features of the candidates (at least one); characters and meaning are left at 0. `alternatives` is the table
    of the slots."""
    asked, count = len(slots), len(candidates)
    views, found = _gather(alternatives, candidates, pages)
    weights = np.array([slot.weight for slot in slots], np.float32)
    plain_weights = np.divide(weights, np.array([slot.importance for slot in slots], np.float32), dtype=np.float32)
    total, plain_total = float(weights.sum()) or 1.0, float(plain_weights.sum()) or 1.0
    held = _max_by(found.hit_view * asked + found.hit_slot, found.hit_likeness, len(views) * asked).reshape(-1, asked)
    short = found.kinds < TEXT
    covered = np.maximum.reduceat(held, found.firsts, axis=0)
    short_covered = np.maximum.reduceat(held * short[:, None], found.firsts, axis=0)
    out = np.zeros((count, len(FEATURES)), np.float32)
    column = {name: out[:, place] for place, name in enumerate(FEATURES)}
    best = _view_columns(column, found, held, (weights, total), (plain_weights, plain_total), lexicon, documents)
    saturated = _saturated(found, count, asked, usual_length)
    column["bm25"][:] = saturated @ weights / total
    column["bm25_plain"][:] = saturated @ plain_weights / plain_total
    column["coverage"][:] = covered @ weights / total
    column["short_coverage"][:] = short_covered @ weights / total
    column["order"][:] = _order(found, count, asked)
    column["heaviest"][:] = covered[:, int(weights.argmax())]
    return Shortlist(candidates, out, covered, views[best])


def _view_columns(
    column: Mapping[str, Floats],
    found: _Words,
    held: Floats,
    weighed: tuple[Floats, float],
    plain: tuple[Floats, float],
    lexicon: Lexicon,
    documents: int,
) -> Numbers:
    """Fill the features that look at one view at a time; the best view of each candidate."""
    (weights, total), (plain_weights, plain_total) = weighed, plain
    size, firsts, counts = len(held), found.firsts, found.counts
    masses, importance = lexicon.masses(found.numbers, documents)
    view_mass = np.bincount(found.view, masses, size)
    plain_mass = np.bincount(found.view, masses / importance, size)
    # Some BLAS leave a flag of a lane that they do not use: the figures themselves are all finite.
    with np.errstate(invalid="ignore"):
        matched = held @ weights
    word_best = _max_by(found.hit, found.hit_likeness, len(found.numbers))
    precision = np.bincount(found.view, masses * word_best, size) / np.maximum(view_mass, 1e-6)
    agreement = np.minimum(2.0 * matched / (total + view_mass), 1.0)
    plain_agreement = np.minimum(2.0 * (held @ plain_weights) / (plain_total + plain_mass), 1.0)
    short = found.kinds < TEXT
    ranked = np.where(short, agreement, agreement * 0.5)
    order = np.lexsort((-ranked, found.owner))
    best = order[firsts]
    column["best_view"][:] = ranked[best]
    column["view_precision"][:] = precision[best]
    for step in (1, 2):
        following = order[np.minimum(firsts + step, firsts + counts - 1)]
        column["several_views"][:] += ranked[following] * (counts > step) / 2.0
    column["view_coverage"][:] = np.maximum.reduceat(matched * short, firsts) / total
    column["title"][:] = np.maximum.reduceat(agreement * (found.kinds == TITLE), firsts)
    column["text"][:] = np.maximum.reduceat(matched * ~short, firsts) / total
    column["every_word"][:] = np.maximum.reduceat(plain_agreement * short, firsts)
    return best


def _saturated(found: _Words, count: int, asked: int, usual_length: float) -> Floats:
    """BM25's saturated frequency of each slot (columns) in each candidate."""
    field = FIELD_WEIGHTS[found.kinds][found.hit_view] * found.hit_likeness
    often = np.bincount(found.owner[found.hit_view] * asked + found.hit_slot, field, count * asked).reshape(
        count, asked
    )
    size = np.bincount(found.owner, found.lengths, count)
    room = 1.2 * (0.3 + 0.7 * np.minimum(size / max(usual_length, 1.0), 8.0))
    return np.asarray(often / (often + room[:, None]), np.float32)


def _order(found: _Words, count: int, asked: int) -> Floats:
    """The share of the question's neighbouring words that are neighbours in the document too."""
    rows, slot, view = found.hit, found.hit_slot, found.hit_view
    if len(rows) < 2 or asked < 2:
        return np.zeros(count, np.float32)
    near = (rows[1:] - rows[:-1] == 1) & (slot[1:] - slot[:-1] == 1) & (view[1:] == view[:-1])
    pairs = np.bincount(found.owner[view[1:][near]] * asked + slot[1:][near], minlength=count * asked) > 0
    return np.asarray(pairs.reshape(count, asked).sum(axis=1) / (asked - 1), np.float32)
