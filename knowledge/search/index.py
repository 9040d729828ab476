"""The search index: documents in, hits out. A put is searchable when it returns.

One writer and any number of readers; each search or put holds a lock for about a millisecond. It never reads a clock and
never raises on a text, whatever is in it.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import RLock, Thread
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search import model
from knowledge.search.encoder import Encoder
from knowledge.search.expand import Slot, Vocabulary, brief, corrected, expand, glossary_of
from knowledge.search.growing import Growing
from knowledge.search.intake import take
from knowledge.search.kinship import Kinship
from knowledge.search.lexicon import Lexicon
from knowledge.search.looks import Hit, Look, hits
from knowledge.search.meaning import Meanings
from knowledge.search.postings import ALIAS, TEXT, TITLE, Pages, Postings, pack
from knowledge.search.rank import Table, add_characters, add_meaning, features, table
from knowledge.search.spelling import Spelling
from knowledge.search.text import LONGEST_TEXT, Token, fold, language_of_words, tokens, words

SHORTLIST: Final = 28
"""Candidates that are looked at closely."""
CLOSEST: Final = 12
"""Candidates whose letters are compared too."""
ALIKE: Final = 10
"""Candidates added for their meaning alone."""
CERTAIN: Final = 0.9
"""Score from which the encoder is not asked."""
LONGEST_ASKED: Final = 90
"""Characters of a question that are given to the encoder: some 22 pieces of words, at about 0.8 ms each."""
_POSTINGS: Final = 25_000
"""Entries read before the commonest words of a question are left to the close look."""
_UNPACKED: Final = 2_000

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Document:
    """The texts of one fact, all languages together."""

    id: str
    titles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


class SearchIndex:
    """`glossary` holds groups of equivalent phrases; `encoder` adds likeness of meaning where words say too little;
    `vectors` names the file in which the documents' vectors are kept between two starts."""

    def __init__(
        self,
        glossary: Sequence[tuple[str, ...]] = (),
        encoder: Encoder | None = None,
        vectors: Path | None = None,
    ) -> None:
        self._lock = RLock()
        self._glossary = glossary_of(glossary)
        self._meanings = Meanings(encoder, vectors) if encoder is not None else None
        self._lexicon = Lexicon()
        self._spelling = Spelling()
        self._kinship = Kinship()
        self._pages = Pages()
        self._postings = Postings()
        self._slots: dict[str, int] = {}
        self._known_words: dict[tuple[Token, str | None], Slot] = {}
        self._ids: list[str] = []
        self._gone = Growing(np.int64)
        self._length = 0
        self._totals: NDArray[np.float32] = np.zeros(0, np.float32)
        self._packing: Thread | None = None

    def __len__(self) -> int:
        return len(self._slots)

    # Writing

    def put(self, document: Document) -> None:
        """Add a document, or replace the one with its id; it is found from now on."""
        with self._lock:
            slot = self._keep([document])
            self._postings.add(self._pages, slot)
            self._count(slot, 1)
            self._mean([(slot, document)])
            if slot + 1 - self._postings.packed.slots > _UNPACKED and self._packing is None:
                self._packing = Thread(target=self._pack_aside, daemon=True)
                self._packing.start()

    def put_all(self, documents: Iterable[Document]) -> None:
        """Put many at once; much faster than one by one."""
        with self._lock:
            kept = list(documents)
            length = len(self._pages.words)
            first = self._keep(kept)
            self._pack()
            self._lexicon.frequency.all[:] += self._postings.packed.since(first)
            self._length += len(self._pages.words) - length
            self._mean(enumerate(kept, first))

    def drop(self, id: str) -> None:
        """Forget a document; an unknown id is no mistake."""
        with self._lock:
            slot = self._slots.pop(id, None)
            if slot is not None:
                self._ids[slot] = ""
                self._gone.append(slot)
                self._count(slot, -1)
                self._known_words.clear()

    def _keep(self, documents: Sequence[Document]) -> int:
        """Read documents into pages and lexicon, and take their ids over; the slot of the first. Words are not counted."""
        first, before = len(self._pages), len(self._lexicon)
        take(map(_views, documents), self._lexicon, self._pages)
        for slot, document in enumerate(documents, first):
            self.drop(document.id)
            self._ids.append(document.id)
            self._slots[document.id] = slot
        self._learn(before)
        self._known_words.clear()
        return first

    def _mean(self, kept: Iterable[tuple[int, Document]]) -> None:
        if self._meanings is not None:
            self._meanings.put_all((slot, [*one.titles, *one.aliases, *one.texts]) for slot, one in kept)

    def _count(self, slot: int, step: int) -> None:
        held = self._pages.of(slot)
        self._lexicon.frequency.all[np.unique(held)] += step
        self._length += step * len(held)

    def _learn(self, before: int) -> None:
        fresh = self._lexicon.spellings[before:]
        if fresh:
            self._spelling.add_words(fresh)
            self._kinship.add(list(enumerate(fresh, before)))

    def _pack(self) -> None:
        self._postings.replace(pack(self._pages, len(self._pages), len(self._lexicon)), self._pages)

    def _pack_aside(self) -> None:
        slots, size = len(self._pages), len(self._lexicon)
        packed = pack(self._pages, slots, size)
        with self._lock:
            self._postings.replace(packed, self._pages)
            self._packing = None

    def learn_glossary(self, groups: Sequence[tuple[str, ...]]) -> None:
        """Take these groups of equivalent phrases in place of those known so far; no document is read again."""
        learnt = glossary_of(groups)
        with self._lock:
            self._glossary = learnt

    # Reading

    def settle(self) -> None:
        """Wait for the packing that goes on aside, if any; nothing found depends on it."""
        packing = self._packing
        if packing is not None:
            packing.join()

    @property
    def reads_meaning(self) -> bool:
        """Whether questions are compared by meaning as well: the vectors of all documents are there."""
        return self._meanings is not None and self._meanings.ready and not self._meanings.failed

    def wait_for_meaning(self, seconds: float | None = None) -> bool:
        """Wait until the meaning of every document is known; True at once without an encoder, False when it failed."""
        return self._meanings is None or self._meanings.wait(seconds)

    def knows(self, word: str) -> bool:
        """Whether the word, or a form of it, occurs in the base."""
        with self._lock:
            found = words(word[:LONGEST_TEXT])
            return bool(found) and all(self._frequency(one) > 0 for one in found)

    def weight(self, word: str) -> float:
        """How rare a word of the base is, from 0 (everywhere) to 1 (once, or never seen)."""
        with self._lock:
            held, documents = self._frequency(fold(word)), max(1, len(self._slots))
            return min(
                1.0,
                self._lexicon.rarity(held, documents) / self._lexicon.rarity(1, documents),
            )

    def correct(self, word: str, min_length: int = 4) -> tuple[str, ...]:
        """Words of the base that may have been meant, best first; () when the word is known or nothing is near."""
        plain = fold(word[:LONGEST_TEXT])
        if len(plain) < min_length:
            return ()
        with self._lock:
            if self._frequency(plain):
                return ()
            near = self._spelling.near(plain)
            return tuple(one.word for one in near if self._frequency(one.word))

    def _frequency(self, plain: str) -> int:
        frequency = self._lexicon.frequency.all
        return int(sum(frequency[number] for number in self._lexicon.forms(plain)))

    def search(self, text: str, limit: int = 10, among: Container[str] | None = None) -> list[Hit]:
        """The documents that answer a text best, best first; only those whose id is in `among`, when given."""
        if limit < 1:
            return []
        look = self.look(text, among)
        if self.reads_meaning and (look is None or look.certainty < CERTAIN):
            look = self.look_deeper(text, look, among)
        return [] if look is None else hits(look, limit)

    def look(self, text: str, among: Container[str] | None = None) -> Look | None:
        """The words of a text looked up, without any meaning; None when nothing can be found by them."""
        text = text[:LONGEST_TEXT]
        with self._lock:
            slots, plain = self._expand(text)
            if not slots:
                return None
            alternatives = table(slots)
            return self._considered(plain, slots, alternatives, self._shortlist(slots, alternatives, among))

    def considers(self, text: str, ids: Collection[str]) -> bool:
        """Whether a look at this text ends with one of these documents among the closest: told sooner where none has enough of its
        words."""
        text = text[:LONGEST_TEXT]
        with self._lock:
            slots, plain = self._expand(text)
            rows = table(slots)
            wanted = {self._slots[name] for name in ids if name in self._slots}
            candidates = self._shortlist(slots, rows, None) if slots else np.zeros(0, np.int64)
            if wanted.isdisjoint(candidates.tolist()):
                return False
            look = self._considered(plain, slots, rows, candidates)
            return look is not None and not set(ids).isdisjoint(look.ids)

    def look_deeper(self, text: str, look: Look | None, among: Container[str] | None = None) -> Look | None:
        """The same question with the meaning of its corrected text; the first look itself when the encoder fails."""
        text, meanings = text[:LONGEST_TEXT], self._meanings
        with self._lock:
            slots, plain = self._expand(text) if look is None else (look.slots, look.plain)
        vector = meanings.vector(corrected(brief(text, slots, LONGEST_ASKED), slots)) if meanings and slots else None
        if meanings is None or vector is None:
            return look
        with self._lock:
            likeness = meanings.likeness(vector, len(self._pages))
            alike = np.maximum(likeness[0] + likeness[1], 0.0)
            alike[self._gone.all] = 0.0
            near = self._best(alike, among, ALIKE)
            # Looked up again, for the documents may have changed while the encoder was at work.
            alternatives = table(slots)
            candidates = np.unique(np.concatenate((self._shortlist(slots, alternatives, among), near)))
            return self._considered(plain, slots, alternatives, candidates, likeness)

    def _expand(self, text: str) -> tuple[Sequence[Slot], str]:
        """The slots of a text, and its words in a row."""
        found = tokens(text)
        plain = [token.plain for token in found]
        language = language_of_words(text, plain)
        base = Vocabulary(self._lexicon, self._spelling, self._kinship, len(self._slots), language, self._known_words)
        return expand(found, base, self._glossary), " ".join(plain)

    def _considered(
        self,
        plain: str,
        slots: Sequence[Slot],
        alternatives: Table,
        candidates: Numbers,
        likeness: tuple[Floats, Floats] | None = None,
    ) -> Look | None:
        if not len(candidates):
            return None
        usual = self._length / max(1, len(self._slots))
        shortlist = features(slots, alternatives, candidates, self._pages, self._lexicon, len(self._slots), usual)
        if likeness is not None:
            add_meaning(shortlist, *likeness)
        first = model.contributions(shortlist.features, likeness is not None).sum(axis=1)
        closest = np.argsort(-first, kind="stable")[:CLOSEST]
        add_characters(shortlist, plain, closest.tolist(), self._pages, self._lexicon)
        parts = model.contributions(shortlist.features[closest], likeness is not None)
        order = np.argsort(-parts.sum(axis=1), kind="stable")
        rows = closest[order]
        scores = model.probability(
            shortlist.features[rows], parts[order].sum(axis=1), shortlist.covered[rows[0]], slots, likeness is not None
        )
        ids = [self._ids[slot] for slot in shortlist.candidates[rows].tolist()]
        return Look(plain, slots, shortlist, rows, parts[order], scores, ids)

    def _shortlist(self, slots: Sequence[Slot], alternatives: Table, among: Container[str] | None) -> Numbers:
        if len(self._totals) < len(self._pages):
            self._totals = np.zeros(len(self._pages) * 5 // 4 + 64, np.float32)
        totals = self._totals[: len(self._pages)]
        totals[:] = 0.0
        words_of, at, likeness = alternatives
        if not len(words_of):
            return np.zeros(0, np.int64)
        sizes = np.bincount(at, self._postings.sizes(words_of), len(slots))
        order = np.argsort(sizes, kind="stable")
        read = np.cumsum(sizes[order]) <= max(_POSTINGS, float(sizes[order[0]]))
        wanted = np.zeros(len(slots), bool)
        wanted[order[read]] = True
        chosen = wanted[at]
        weights = np.array([slot.weight for slot in slots])[at] * likeness
        self._postings.add_to(totals, words_of[chosen], weights[chosen].astype(np.float32))
        totals[self._gone.all] = 0.0
        return self._best(totals, among)

    def _best(self, totals: Floats, among: Container[str] | None, wanted: int = SHORTLIST) -> Numbers:
        """The living slots with the highest totals above 0, highest first; among some ids, when given."""
        top = float(totals.max()) if len(totals) else 0.0
        threshold, most = 0.4 * top, 4 * wanted
        while top > 0.0:
            found = np.flatnonzero(totals > threshold)
            every = threshold <= 0.0 and len(found) <= most
            if len(found) > most:
                found = np.sort(found[np.argpartition(-totals[found], most)[:most]])
            found = found[np.argsort(-totals[found], kind="stable")]
            if among is None:
                good = found[:wanted]
            else:
                good = np.array(list(islice((at for at in found.tolist() if self._ids[at] in among), wanted)), np.int64)
            if len(good) >= wanted or every:
                return good
            if len(found) == most:
                most *= 8
            else:
                threshold = threshold / 2 if threshold > 0.1 * top else 0.0
        return np.zeros(0, np.int64)


def _views(document: Document) -> list[tuple[int, str]]:
    """The texts of a document, each with its kind."""
    kinds = ((TITLE, document.titles), (ALIAS, document.aliases), (TEXT, document.texts))
    return [(kind, text) for kind, texts in kinds for text in texts]
