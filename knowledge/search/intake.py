"""The texts of documents into numbers: each distinct stretch of text is read once, however often it stands in a base."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search.growing import ranges
from knowledge.search.lexicon import Lexicon
from knowledge.search.postings import LONGEST_VIEW, TITLE, Pages
from knowledge.search.text import spans, tokens

_STEP: Final = 8_000
"""Views turned into words at once, so that the working memory stays small."""


def take(documents: Iterable[Sequence[tuple[int, str]]], lexicon: Lexicon, pages: Pages) -> None:
    """Add documents, each given as its views (kind, text), to the pages, and their words to the lexicon."""
    places: dict[str, int] = {}
    met, spans_of_view, views_of_document = array("i"), array("i"), array("i")
    kinds = bytearray()
    for views in documents:
        for kind, text in views or ((TITLE, ""),):
            found = spans(text)
            met.extend([places.setdefault(span, len(places)) for span in found])
            spans_of_view.append(len(found))
            kinds.append(kind)
        views_of_document.append(max(1, len(views)))
    every = np.asarray(met, np.int32)
    starts, numbers = _words_of(places, np.bincount(every, minlength=len(places)), lexicon)
    ends = np.concatenate(([0], np.cumsum(np.asarray(spans_of_view, np.int64))))
    for first in range(0, len(spans_of_view), _STEP):
        bounds = ends[first : first + _STEP + 1]
        words, lengths = _expanded(every[bounds[0] : bounds[-1]], bounds - bounds[0], starts, numbers)
        pages.extend(words, lengths)
    pages.close(np.frombuffer(bytes(kinds), np.uint8), np.asarray(views_of_document, np.int32))


def _words_of(
    places: Iterable[str], times: NDArray[np.int64], lexicon: Lexicon
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The numbers of the words of each span: those of span s lie at starts[s]..starts[s+1]."""
    starts, numbers = array("q", [0]), array("i")
    for span, often in zip(places, times.tolist(), strict=True):
        numbers.extend([lexicon.add(token.plain, token.accented, often) for token in tokens(span)])
        starts.append(len(numbers))
    return np.asarray(starts, np.int64), np.asarray(numbers, np.int32)


def _expanded(
    met: NDArray[np.int32], bounds: NDArray[np.int64], starts: NDArray[np.int64], numbers: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The words of some views in a row and how many each has, what is beyond the longest view cut off."""
    sizes = starts[met + 1] - starts[met]
    words = numbers[ranges(starts[met], sizes)]
    ends = np.concatenate(([0], np.cumsum(sizes)))[bounds]
    lengths = np.diff(ends)
    if len(lengths) and int(lengths.max()) > LONGEST_VIEW:
        words = words[np.arange(len(words)) - ends[:-1].repeat(lengths) < LONGEST_VIEW]
        lengths = np.minimum(lengths, LONGEST_VIEW)
    return words, lengths
