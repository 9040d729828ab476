"""What is looked at beside the words: the letters of the best candidates, and the meaning of all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz

from knowledge.search.comparing import UNKNOWN, Comparison
from knowledge.search.lexicon import Lexicon
from knowledge.search.postings import Pages
from knowledge.search.rank import FEATURES, LATENT, MEANING, Floats, Shortlist


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
    words, spellings, views = pages.words.all, lexicon.spellings, shortlist.views[rows]
    firsts, ends = pages.view_starts.all[views].tolist(), pages.view_starts.all[views + 1].tolist()
    for row, first, end in zip(rows, firsts, ends, strict=True):
        held = [spellings[number] for number in words[first : min(end, first + 60)].tolist()]
        text = " ".join(held)
        shortlist.features[row, chars] = fuzz.ratio(question, text) / 100.0
        shortlist.features[row, sorted_chars] = fuzz.ratio(ordered, " ".join(sorted(held))) / 100.0
        shortlist.features[row, exact] = float(question == text)


def add_meaning(shortlist: Shortlist, compared: Comparison, latent: Floats | None) -> None:
    """Likeness of meaning: as it is, and against that of all documents. A candidate whose vectors are not there yet has a middling
    one. `latent` is the likeness of the candidates by latent terms, where the encoder tells them."""
    if latent is not None:
        shortlist.features[:, LATENT] = latent
    usual = compared.usual
    if usual is None:
        return
    columns = shortlist.features[:, MEANING:LATENT]
    for first, likeness, all_others in zip((0, 2), compared.of(shortlist.candidates), usual, strict=True):
        own = np.where(likeness > UNKNOWN, likeness, all_others.middle)
        columns[:, first] = own
        columns[:, first + 1] = (own - all_others.mean) / (all_others.deviation + 1e-2) / 10.0
