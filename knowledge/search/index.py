"""The search index: documents in, hits out. A put is searchable when it returns.

One writer and any number of readers; each search or put holds a lock for about a millisecond. It never reads a clock and
never raises on a text, whatever is in it.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search import model
from knowledge.search.candidates import Candidates
from knowledge.search.closer import add_characters, add_meaning
from knowledge.search.comparing import Comparison
from knowledge.search.encoder import Encoder
from knowledge.search.equivalents import glossary_of
from knowledge.search.expand import expand
from knowledge.search.holdings import Document, Holdings
from knowledge.search.language import language_of_words
from knowledge.search.looks import Hit, Look, hits
from knowledge.search.meaning import Meanings
from knowledge.search.rank import Reads, Table, features, table
from knowledge.search.slot import Slot
from knowledge.search.text import LONGEST_TEXT, fold, tokens, words

__all__ = ["Document", "SearchIndex"]

CLOSEST: Final = 12
"""Candidates whose letters are compared too."""
ALIKE: Final = 10
"""Candidates added for their meaning alone."""
NEAR: Final = 0.7
"""Share of the highest rough likeness from which documents are looked at first: about one in a thousand lies above."""
CERTAIN: Final = 0.9
"""Score from which the encoder is not asked."""
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


class SearchIndex:
    """`glossary` holds groups of equivalent phrases; `encoder` adds likeness of meaning where words say too little;
    `vectors` names the file in which the documents' vectors are kept between two starts."""

    def __init__(
        self,
        glossary: Sequence[tuple[str, ...]] = (),
        encoder: Encoder | None = None,
        vectors: Path | None = None,
    ) -> None:
        self._held = Holdings()
        self._lock = self._held.lock
        self._candidates = Candidates(self._held.ids)
        self._glossary = glossary_of(glossary)
        self._meanings = Meanings(encoder, vectors) if encoder is not None else None

    def __len__(self) -> int:
        return len(self._held)

    # Writing

    def put(self, document: Document) -> None:
        """Add a document, or replace the one with its id; it is found from now on."""
        with self._lock:
            self._mean([document], self._held.put(document))

    def put_all(self, documents: Iterable[Document]) -> None:
        """Put many at once; much faster than one by one."""
        with self._lock:
            kept = list(documents)
            self._mean(kept, self._held.put_all(kept))

    def _mean(self, documents: Sequence[Document], first: int) -> None:
        if self._meanings is not None:
            self._meanings.put_all((slot, one.every_text) for slot, one in enumerate(documents, first))

    def drop(self, id: str) -> None:
        """Forget a document; an unknown id is no mistake."""
        with self._lock:
            self._held.drop(id)

    def learn_glossary(self, groups: Sequence[tuple[str, ...]]) -> None:
        """Take these groups of equivalent phrases in place of those known so far; no document is read again."""
        learnt = glossary_of(groups)
        with self._lock:
            self._glossary = learnt

    # Reading

    def settle(self) -> None:
        """Wait for the packing that goes on aside, if any; nothing found depends on it."""
        self._held.settle()

    @property
    def reads(self) -> Reads:
        """What questions are compared by now: by meaning as well once the vectors of all documents are there."""
        if self._meanings is None or not self._meanings.ready or self._meanings.failed:
            return "words"
        return self._meanings.reads

    def wait_for_meaning(self, seconds: float | None = None) -> bool:
        """Wait until the meaning of every document is known; True at once without an encoder, False when it failed."""
        return self._meanings is None or self._meanings.wait(seconds)

    def knows(self, word: str) -> bool:
        """Whether the word, or a form of it, occurs in the base."""
        with self._lock:
            found = words(word[:LONGEST_TEXT])
            return bool(found) and all(self._held.frequency(one) > 0 for one in found)

    def weight(self, word: str) -> float:
        """How rare a word of the base is, from 0 (everywhere) to 1 (once, or never seen)."""
        with self._lock:
            return self._held.weight(word)

    def correct(self, word: str, min_length: int = 4) -> tuple[str, ...]:
        """Words of the base that may have been meant, best first; () when the word is known or nothing is near."""
        plain = fold(word[:LONGEST_TEXT])
        if len(plain) < min_length:
            return ()
        with self._lock:
            return () if self._held.frequency(plain) else self._held.near(plain)

    def search(self, text: str, limit: int = 10, among: Container[str] | None = None) -> list[Hit]:
        """The documents that answer a text best, best first; only those whose id is in `among`, when given."""
        if limit < 1:
            return []
        look = self.look(text, among)
        if self.reads != "words" and (look is None or look.certainty < CERTAIN):
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
            return self._considered(plain, slots, alternatives, self._by_words(slots, alternatives, among))

    def considers(self, text: str, ids: Collection[str]) -> bool:
        """Whether a look at this text ends with one of these documents among the closest: told sooner where none has enough of its
        words."""
        text = text[:LONGEST_TEXT]
        with self._lock:
            slots, plain = self._expand(text)
            rows = table(slots)
            wanted = {self._held.slots[name] for name in ids if name in self._held.slots}
            candidates = self._by_words(slots, rows, None) if slots else np.zeros(0, np.int64)
            if wanted.isdisjoint(candidates.tolist()):
                return False
            look = self._considered(plain, slots, rows, candidates)
            return look is not None and not set(ids).isdisjoint(look.ids)

    def look_deeper(self, text: str, look: Look | None, among: Container[str] | None = None) -> Look | None:
        """The same question, looked at once among the same documents, with the meaning of its corrected text; the first look itself
        when the encoder fails."""
        text, meanings = text[:LONGEST_TEXT], self._meanings
        with self._lock:
            slots, plain = self._expand(text) if look is None else (look.slots, look.plain)
        meant = meanings.meant(meanings.asked(text, slots)) if meanings and slots else None
        if meanings is None or meant is None:
            return look
        with self._lock:
            compared = meanings.compare(meant.vector, len(self._held.pages))
            near = self._alike(compared, among)
            alternatives = table(slots)
            if look is not None and look.edition == self._held.edition:
                by_words = look.shortlist.candidates
            else:  # the documents have changed while the encoder was at work
                by_words = self._by_words(slots, alternatives, among)
            candidates = np.unique(np.concatenate((by_words, near)))
            latent = meanings.latent(meant.terms, candidates)
            return self._considered(plain, slots, alternatives, candidates, compared, latent)

    def _expand(self, text: str) -> tuple[Sequence[Slot], str]:
        """The slots of a text, and its words in a row."""
        found = tokens(text)
        plain = [token.plain for token in found]
        language = language_of_words(text, plain)
        return expand(found, self._held.vocabulary(language), self._glossary), " ".join(plain)

    def _alike(self, compared: Comparison, among: Container[str] | None) -> Numbers:
        """The documents most alike to a question by meaning."""
        compared.rough[self._held.gone.all] = 0.0
        near = self._candidates.best(compared.rough, among, max(ALIKE, compared.looked_at), highest=NEAR)
        return compared.most_alike(near, ALIKE)

    def _by_words(self, slots: Sequence[Slot], alternatives: Table, among: Container[str] | None) -> Numbers:
        return self._candidates.by_words(slots, alternatives, self._held.postings, self._held.gone.all, among)

    def _considered(
        self,
        plain: str,
        slots: Sequence[Slot],
        alternatives: Table,
        candidates: Numbers,
        compared: Comparison | None = None,
        latent: Floats | None = None,
    ) -> Look | None:
        if not len(candidates):
            return None
        held = self._held
        shortlist = features(
            slots, alternatives, candidates, held.pages, held.lexicon, len(held.slots), held.usual_length
        )
        if compared is not None:
            add_meaning(shortlist, compared, latent)
        reads: Reads = "words" if compared is None else "meaning" if latent is None else "latent"
        first = model.contributions(shortlist.features, reads).sum(axis=1)
        closest = np.argsort(-first, kind="stable")[:CLOSEST]
        add_characters(shortlist, plain, closest.tolist(), held.pages, held.lexicon)
        parts = model.contributions(shortlist.features[closest], reads)
        order = np.argsort(-parts.sum(axis=1), kind="stable")
        rows = closest[order]
        scores = model.probability(
            shortlist.features[rows], parts[order].sum(axis=1), shortlist.covered[rows[0]], slots, reads
        )
        ids = [held.ids[slot] for slot in shortlist.candidates[rows].tolist()]
        return Look(plain, slots, shortlist, rows, parts[order], scores, ids, held.edition)
