"""How well each document on the shortlist answers the question: features, all computed at once.

Nothing is looked up here but numbers: slots of the question, words of the documents' views.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from knowledge.search.expand import Slot
from knowledge.search.growing import ranges
from knowledge.search.lexicon import Lexicon
from knowledge.search.postings import FIELD_WEIGHTS, TEXT, TITLE, Pages

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
)
MEANING: Final = FEATURES.index("meaning")
"""The first of the columns that stay 0 without an encoder."""


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


def _table(slots: Sequence[Slot]) -> tuple[Numbers, Numbers, Floats]:
    """All alternatives as columns sorted by word: word, slot, likeness."""
    entries = sorted(
        (word, place, likeness) for place, slot in enumerate(slots) for word, likeness in slot.alternatives.items()
    )
    word, place, likeness = zip(*entries, strict=True) if entries else ((), (), ())
    return (
        np.array(word, np.int64),
        np.array(place, np.int64),
        np.array(likeness, np.float32),
    )


def _max_by(owner: Numbers, values: Floats, size: int) -> Floats:
    result = np.zeros(size, np.float32)
    np.maximum.at(result, owner, values)
    return result


def features(
    slots: Sequence[Slot],
    candidates: Numbers,
    pages: Pages,
    lexicon: Lexicon,
    documents: int,
    usual_length: float,
) -> Shortlist:
    """The lexical features of the candidates; characters and meaning are left at 0."""
    asked, count = len(slots), len(candidates)
    weights = np.array([slot.weight for slot in slots], np.float32)
    plain_weights = weights / np.maximum(np.array([slot.importance for slot in slots], np.float32), 1e-3)
    views, per_document = pages.views(candidates)
    view_owner = np.repeat(np.arange(count), per_document)
    kinds = pages.view_kinds.all[views]
    starts = pages.view_starts.all
    lengths = starts[views + 1] - starts[views]
    where = ranges(starts[views], lengths)
    words = pages.words.all[where].astype(np.int64)
    view_of = np.repeat(np.arange(len(views)), lengths)
    masses = lexicon.masses(words, documents)
    view_mass = np.bincount(view_of, masses, len(views)).astype(np.float32)
    plain_mass = np.bincount(view_of, masses / lexicon.importance.all[words], len(views)).astype(np.float32)

    alt_word, alt_slot, alt_likeness = _table(slots)
    low, high = (
        np.searchsorted(alt_word, words),
        np.searchsorted(alt_word, words, side="right"),
    )
    times = high - low
    hit_rows = np.repeat(np.arange(len(words)), times)
    alt_rows = ranges(low[times > 0].astype(np.int64), times[times > 0])
    hit_slot, hit_likeness, hit_view = (
        alt_slot[alt_rows],
        alt_likeness[alt_rows],
        view_of[hit_rows],
    )

    held = _max_by(hit_view * asked + hit_slot, hit_likeness, len(views) * asked).reshape(len(views), asked)
    document_start = np.cumsum(per_document) - per_document
    covered = np.maximum.reduceat(held, document_start, axis=0) if len(views) else np.zeros((count, asked), np.float32)
    short = np.where((kinds < TEXT)[:, None], held, 0.0)
    short_covered = np.maximum.reduceat(short, document_start, axis=0)
    total = float(weights.sum()) or 1.0
    plain_total = float(plain_weights.sum()) or 1.0

    matched = held @ weights
    token_best = _max_by(hit_rows, hit_likeness, len(words))
    precision = np.bincount(view_of, masses * token_best, len(views)).astype(np.float32) / np.maximum(view_mass, 1e-6)
    agreement = 2.0 * matched / np.maximum(total + view_mass, 1e-6)
    np.minimum(agreement, 1.0, out=agreement)
    plain_agreement = np.minimum(2.0 * (held @ plain_weights) / np.maximum(plain_total + plain_mass, 1e-6), 1.0)
    is_short = kinds < TEXT
    short_agreement = np.where(is_short, agreement, agreement * 0.5)

    out = np.zeros((count, len(FEATURES)), np.float32)
    column = {name: out[:, place] for place, name in enumerate(FEATURES)}
    field = FIELD_WEIGHTS[kinds][hit_view] * hit_likeness
    often = np.bincount(view_owner[hit_view] * asked + hit_slot, field, count * asked).reshape(count, asked)
    size = np.bincount(view_owner, lengths, count)
    room = 1.2 * (0.3 + 0.7 * np.minimum(size / max(usual_length, 1.0), 8.0))
    saturated = often / (often + room[:, None])
    column["bm25"][:] = saturated @ weights / total
    column["bm25_plain"][:] = saturated @ plain_weights / plain_total
    column["coverage"][:] = covered @ weights / total
    column["short_coverage"][:] = short_covered @ weights / total
    column["view_coverage"][:] = np.maximum.reduceat(np.where(is_short, matched, 0.0), document_start) / total
    order = np.lexsort((-short_agreement, view_owner))
    best = order[document_start]
    column["best_view"][:] = short_agreement[best]
    column["view_precision"][:] = precision[best]
    following = [order[np.minimum(document_start + step, document_start + per_document - 1)] for step in (1, 2)]
    column["several_views"][:] = (
        sum(
            (short_agreement[rows] * (per_document > step) for step, rows in enumerate(following, 1)),
            start=np.zeros(count),
        )
        / 2.0
    )
    column["title"][:] = np.maximum.reduceat(np.where(kinds == TITLE, agreement, 0.0), document_start)
    column["text"][:] = np.maximum.reduceat(np.where(kinds == TEXT, matched, 0.0), document_start) / total
    column["order"][:] = _order(hit_rows, hit_slot, hit_view, view_owner, count, asked)
    column["heaviest"][:] = covered[:, int(weights.argmax())]
    column["every_word"][:] = np.maximum.reduceat(np.where(is_short, plain_agreement, 0.0), document_start)
    return Shortlist(candidates, out, covered, views[best])


def _order(rows: Numbers, slot: Numbers, view: Numbers, owner: Numbers, count: int, asked: int) -> Floats:
    """The share of the question's neighbouring words that are neighbours in the document too."""
    if len(rows) < 2 or asked < 2:
        return np.zeros(count, np.float32)
    near = (np.diff(rows) == 1) & (np.diff(slot) == 1) & (view[1:] == view[:-1])
    pairs = np.unique(owner[view[1:][near]] * asked + slot[1:][near])
    return (np.bincount(pairs // asked, minlength=count) / (asked - 1)).astype(np.float32)


def add_characters(
    shortlist: Shortlist,
    question: str,
    rows: Sequence[int],
    pages: Pages,
    lexicon: Lexicon,
) -> None:
    """Compare the letters of the question with the best view of some candidates."""
    ordered = " ".join(sorted(question.split()))
    chars, sorted_chars, exact = (FEATURES.index(name) for name in ("chars", "chars_sorted", "exact"))
    starts, words, spellings = pages.view_starts.all, pages.words.all, lexicon.spellings
    for row in rows:
        view = int(shortlist.views[row])
        held = [spellings[number] for number in words[starts[view] : starts[view + 1]][:60].tolist()]
        text = " ".join(held)
        shortlist.features[row, chars] = fuzz.ratio(question, text) / 100.0
        shortlist.features[row, sorted_chars] = fuzz.ratio(ordered, " ".join(sorted(held))) / 100.0
        shortlist.features[row, exact] = float(question == text)


def add_meaning(shortlist: Shortlist, nearest: Floats, whole: Floats) -> None:
    """Likeness of meaning, given for every slot of the index (-1 where unknown): as it is, and against all."""
    known = nearest > -1.0
    if not known.any():
        return
    columns = shortlist.features[:, MEANING:]
    for first, likeness in ((0, nearest), (2, whole)):
        every = likeness[known]
        own = likeness[shortlist.candidates]
        own = np.where(own > -1.0, own, np.median(every))
        columns[:, first] = own
        columns[:, first + 1] = (own - every.mean()) / (every.std() + 1e-2) / 10.0
