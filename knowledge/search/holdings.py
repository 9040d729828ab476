"""What the index holds: the words of every document, counted, packed and comparable. It finds nothing by itself.

One writer and any number of readers; who reads or writes holds `lock`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import RLock, Thread
from typing import Final

import numpy as np

from knowledge.search.expand import Remembered, Vocabulary
from knowledge.search.growing import Growing
from knowledge.search.intake import take
from knowledge.search.kinship import Kinship
from knowledge.search.lexicon import Lexicon
from knowledge.search.postings import ALIAS, TEXT, TITLE, Pages, Postings, pack
from knowledge.search.spelling import Spelling
from knowledge.search.text import fold

_UNPACKED: Final = 2_000
"""Documents put one by one before they are packed with the others."""
_ASIDE: Final = 500
"""Documents packed at once while questions are answered and facts put: these wait for the step under way."""


@dataclass(frozen=True)
class Document:
    """The texts of one fact, all languages together."""

    id: str
    titles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def every_text(self) -> tuple[str, ...]:
        return (*self.titles, *self.aliases, *self.texts)


class Holdings:
    """Documents as numbers: each is a slot, never used again once the document is gone (`ids` then has "" there). `edition` is
    another one after each change."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.lexicon = Lexicon()
        self.pages = Pages()
        self.postings = Postings()
        self.slots: dict[str, int] = {}
        self.ids: list[str] = []
        self.gone = Growing(np.int64)
        self.edition = 0
        self._spelling = Spelling()
        self._kinship = Kinship()
        self._known_words: Remembered = {}
        self._length = 0
        self._packing: Thread | None = None

    def __len__(self) -> int:
        return len(self.slots)

    @property
    def usual_length(self) -> float:
        """Words of a document, on average."""
        return self._length / max(1, len(self.slots))

    def vocabulary(self, language: str | None) -> Vocabulary:
        return Vocabulary(self.lexicon, self._spelling, self._kinship, len(self.slots), self._known_words, language)

    def put(self, document: Document) -> int:
        """Add a document, or replace the one with its id; its slot."""
        slot = self._keep([document])
        self.edition += 1
        self.postings.add(self.pages, slot)
        self._count(slot, 1)
        if slot + 1 - self.postings.packed.slots > _UNPACKED and self._packing is None:
            self._packing = Thread(target=self._pack_aside, daemon=True)
            self._packing.start()
        return slot

    def put_all(self, documents: Sequence[Document]) -> int:
        """Put many at once, much faster than one by one; the slot of the first."""
        length = len(self.pages.words)
        first = self._keep(documents)
        self.edition += 1
        self.postings.set_apart()
        self.postings.replace(pack(self.pages, len(self.pages), len(self.lexicon)))
        self.lexicon.frequency.all[:] += self.postings.packed.since(first)
        self._length += len(self.pages.words) - length
        return first

    def drop(self, id: str) -> None:
        """Forget a document; an unknown id is no mistake."""
        slot = self.slots.pop(id, None)
        if slot is not None:
            self.ids[slot] = ""
            self.gone.append(slot)
            self.edition += 1
            self._count(slot, -1)
            self._known_words.clear()

    def _keep(self, documents: Sequence[Document]) -> int:
        """Read documents into pages and lexicon, and take their ids over; the slot of the first. Words are not counted."""
        first, before = len(self.pages), len(self.lexicon)
        take(map(_views, documents), self.lexicon, self.pages)
        for slot, document in enumerate(documents, first):
            self.drop(document.id)
            self.ids.append(document.id)
            self.slots[document.id] = slot
        self._learn(before)
        self._known_words.clear()
        return first

    def _count(self, slot: int, step: int) -> None:
        held = self.pages.of(slot)
        self.lexicon.frequency.all[np.unique(held)] += step
        self._length += step * len(held)

    def _learn(self, before: int) -> None:
        fresh = self.lexicon.spellings[before:]
        if fresh:
            self._spelling.add_words(fresh)
            self._kinship.add(list(enumerate(fresh, before)))

    def _pack_aside(self) -> None:
        with self.lock:
            slots, size = len(self.pages), len(self.lexicon)
            self.postings.set_apart()
        packed = pack(self.pages, slots, size, _ASIDE)
        with self.lock:
            self.postings.replace(packed)
            self._packing = None

    def settle(self) -> None:
        """Wait for the packing that goes on aside, if any; nothing found depends on it."""
        packing = self._packing
        if packing is not None:
            packing.join()

    def frequency(self, plain: str) -> int:
        """How often a folded word or a form of it is counted among the living documents."""
        frequency = self.lexicon.frequency.all
        return int(sum(frequency[number] for number in self.lexicon.forms(plain)))

    def weight(self, word: str) -> float:
        """How rare a word is, from 0 (everywhere) to 1 (once, or never seen)."""
        held, documents = self.frequency(fold(word)), max(1, len(self.slots))
        return min(1.0, self.lexicon.rarity(held, documents) / self.lexicon.rarity(1, documents))

    def near(self, plain: str) -> tuple[str, ...]:
        """Words of the living documents that a folded word may have been meant to be, best first."""
        return tuple(one.word for one in self._spelling.near(plain) if self.frequency(one.word))


def _views(document: Document) -> list[tuple[int, str]]:
    """The texts of a document, each with its kind."""
    kinds = ((TITLE, document.titles), (ALIAS, document.aliases), (TEXT, document.texts))
    return [(kind, text) for kind, texts in kinds for text in texts]
