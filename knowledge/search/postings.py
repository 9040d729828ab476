"""Which documents hold a word (postings) and which words a document holds (pages). Numbers only, no ranking.

A document is a slot (a number that is never used again until the index is packed); its texts are views in a row; a view
is a row of word numbers. New documents are seen at once: their postings wait in small lists beside the packed arrays.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search.growing import Growing, ranges

TITLE, ALIAS, TEXT = 0, 1, 2
FIELD_WEIGHTS: Final = np.array([3.0, 2.0, 1.0], dtype=np.float32)
LONGEST_VIEW: Final = 1000
"""Words of one text that are kept."""
_USUAL_LENGTH: Final = 40.0
"""A fixed length to weigh against, so that an entry never changes when other documents come and go."""


class Pages:
    """The words of every document, in order. Only ever grows; views and slots are numbered from 0."""

    def __init__(self) -> None:
        self.words = Growing(np.int32, 1024)
        self.view_starts = Growing(np.int64)
        self.view_kinds = Growing(np.uint8)
        self.slot_views = Growing(np.int32)
        self.view_starts.append(0)
        self.slot_views.append(0)

    def __len__(self) -> int:
        return len(self.slot_views) - 1

    def extend(self, words: NDArray[np.int32], lengths: NDArray[np.int64]) -> None:
        """Keep the words of some views in a row; `close` says what they are and whose."""
        last = len(self.words)
        self.words.extend(words)
        self.view_starts.extend(last + np.cumsum(lengths))

    def close(self, kinds: NDArray[np.uint8], views: NDArray[np.int32]) -> None:
        """The kinds of the views just kept, and how many each new document has."""
        last = len(self.view_kinds)
        self.view_kinds.extend(kinds)
        self.slot_views.extend(last + np.cumsum(views))

    def of(self, slot: int) -> NDArray[np.int32]:
        """All the words of a document, repeated ones too."""
        first, last = self.slot_views.all[slot], self.slot_views.all[slot + 1]
        starts = self.view_starts.all
        return self.words.all[starts[first] : starts[last]]

    def views(self, slots: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The views of some documents in a row, and how many each document has."""
        firsts = self.slot_views.all[slots].astype(np.int64)
        counts = self.slot_views.all[slots + 1] - firsts
        return ranges(firsts, counts), counts

    def entries(self, first: int, last: int) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8]]:
        """One entry per word and document of the slots first..last-1: word, slot, weight; sorted by word, then slot."""
        views = self.slot_views.all[first : last + 1].astype(np.int64)
        starts = self.view_starts.all[views[0] : views[-1] + 1]
        lengths = np.diff(starts)
        words = self.words.all[starts[0] : starts[-1]]
        view_slots = np.repeat(np.arange(last - first, dtype=np.int64), np.diff(views))
        slots = np.repeat(view_slots, lengths)
        weights = np.repeat(FIELD_WEIGHTS[self.view_kinds.all[views[0] : views[-1]]], lengths)
        sizes = np.bincount(slots, minlength=last - first).astype(np.float32)
        keys = words.astype(np.int64) * (last - first) + slots
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        heads = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.int64)
        times = np.add.reduceat(weights[order], heads) if len(heads) else np.zeros(0, np.float32)
        kept = keys[heads]
        owners = kept % (last - first)
        room = 1.2 * (0.3 + 0.7 * np.minimum(sizes[owners] / _USUAL_LENGTH, 8.0))
        impact = np.rint(255.0 * times / (times + room)).astype(np.uint8)
        return (
            (kept // (last - first)).astype(np.int32),
            (owners + first).astype(np.int32),
            impact,
        )


@dataclass(frozen=True)
class Packed:
    """Postings of the slots 0..slots-1: those of word w lie at starts[w]..starts[w+1], each the slot and, in the lowest eight
    bits, the weight. In one number, for reading the memory is what takes the time; it has room for 16 million slots."""

    slots: int
    starts: NDArray[np.int64]
    entries: NDArray[np.uint32]

    def since(self, slot: int) -> NDArray[np.int64]:
        """In how many documents from that slot on each word stands."""
        counts = np.concatenate(([0], np.cumsum(self.entries >= slot << 8)))[self.starts]
        result: NDArray[np.int64] = np.diff(counts)
        return result


def pack(pages: Pages, slots: int, words: int, step: int = 4_000) -> Packed:
    """Build the postings of the first `slots` documents, in steps that keep the working memory small."""
    steps = [(first, min(first + step, slots)) for first in range(0, slots, step)]
    counts = np.zeros(words, dtype=np.int64)
    for first, last in steps:  # twice over: what is kept between the two would stay in the heap
        counts += np.bincount(pages.entries(first, last)[0], minlength=words)
    starts = np.zeros(words + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    entries = np.zeros(starts[-1], dtype=np.uint32)
    filled = starts[:-1].copy()
    for first, last in steps:
        held, owners, impacts = pages.entries(first, last)
        count = np.bincount(held, minlength=words)
        where = ranges(filled, count)
        entries[where] = owners.astype(np.uint32) << 8 | impacts
        filled += count
    return Packed(slots, starts, entries)


class Postings:
    """Who holds a word: the packed arrays and, beside them, the documents put since they were packed."""

    def __init__(self) -> None:
        self.packed = pack(Pages(), 0, 0)
        self._recent: dict[int, array[int]] = {}
        self._older: dict[int, array[int]] = {}

    def add(self, pages: Pages, slot: int) -> None:
        words, _, impacts = pages.entries(slot, slot + 1)
        for word, entry in zip(words.tolist(), (impacts + np.uint32(slot << 8)).tolist(), strict=True):
            held = self._recent.get(word)
            if held is None:
                self._recent[word] = array("I", (entry,))
            else:
                held.append(entry)

    def set_apart(self) -> None:
        """Start new lists: all documents put so far are about to be packed."""
        self._older, self._recent = self._recent, {}

    def replace(self, packed: Packed) -> None:
        """Take newly packed arrays; documents put since the lists were set apart stay in theirs."""
        self.packed, self._older = packed, {}

    def _late(self, words: NDArray[np.int64]) -> tuple[list[NDArray[np.uint32]], list[int]]:
        """The entries of words that are not packed yet, and the places of these words."""
        asked = words.tolist() if self._older or self._recent else ()
        kept = [
            (np.frombuffer(entries, np.uint32), place)
            for held in (self._older, self._recent)
            for place, word in enumerate(asked)
            if (entries := held.get(word))
        ]
        return [entries for entries, _ in kept], [place for _, place in kept]

    def sizes(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many packed entries each word has, dead documents included."""
        starts = self.packed.starts
        inside = np.minimum(words, len(starts) - 2)
        return np.where(words < len(starts) - 1, starts[inside + 1] - starts[inside], 0)

    def add_to(self, totals: NDArray[np.float32], words: NDArray[np.int64], weights: NDArray[np.float32]) -> None:
        """Add weight x impact (0..1) of each word to the totals of the documents that hold it."""
        sizes = self.sizes(words)
        some = np.flatnonzero(sizes)
        firsts, sizes = self.packed.starts[words[some]], sizes[some]
        # Slices in a row: the entries of a word lie side by side, and picking each by its number takes three times as long.
        bounds = zip(firsts.tolist(), (firsts + sizes).tolist(), strict=True)
        parts = [self.packed.entries[first:last] for first, last in bounds]
        late, places = self._late(words)
        if late:
            parts, some = parts + late, np.concatenate((some, places))
            sizes = np.concatenate((sizes, [len(part) for part in late]))
        if parts:
            held = np.concatenate(parts)
            impacts = (held & 255).astype(np.float32)
            impacts *= np.repeat(weights[some] / np.float32(255.0), sizes)
            np.add.at(totals, (held >> 8).astype(np.intp), impacts)
