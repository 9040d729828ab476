"""The search index: documents in, hits out. A put is searchable when it returns.

One writer and any number of readers; each search or put holds a lock for about a millisecond. It never reads a clock and
never raises on a text, whatever is in it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock, Thread
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search import model
from knowledge.search.expand import Slot, Vocabulary, corrected, expand
from knowledge.search.kinship import Kinship
from knowledge.search.lexicon import Lexicon
from knowledge.search.meaning import Encoder, Meanings
from knowledge.search.postings import ALIAS, TEXT, TITLE, Pages, Postings, pack
from knowledge.search.rank import FEATURES, Shortlist, add_characters, add_meaning, features
from knowledge.search.spelling import Spelling
from knowledge.search.text import LONGEST_TEXT, fold, language_of, tokens, words

SHORTLIST: Final = 40
"""Candidates that are looked at closely."""
CLOSEST: Final = 12
"""Candidates whose letters are compared too."""
ALIKE: Final = 10
"""Candidates added for their meaning alone."""
CERTAIN: Final = 0.97
"""Score from which the encoder is not asked."""
_POSTINGS: Final = 40_000
"""Entries read before the commonest words of a question are left to the close look."""
_UNPACKED: Final = 2_000
_HELD: Final = 0.5
"""Likeness from which a word asked for counts as held by a document."""

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Document:
    """The texts of one fact, all languages together."""

    id: str
    titles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A document found. `score` is the estimated share of right answers at this score (0..1); `matched` and `missing` are the
    content words of the question, as typed, that the document holds or lacks; `parts` sum up to the rank behind the score."""

    id: str
    score: float
    matched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """One question looked at: its slots, the shortlist with its features, and the rows worth showing, best first, with
    what each feature adds to their rank and with their scores."""

    text: str
    slots: Sequence[Slot]
    shortlist: Shortlist
    rows: Numbers
    parts: Floats
    scores: Floats

    @property
    def certainty(self) -> float:
        return float(self.scores[0]) if len(self.scores) else 0.0


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
        self._glossary = tuple(tuple(words(phrase) for phrase in group) for group in glossary)
        self._meanings = Meanings(encoder, vectors) if encoder is not None else None
        self._lexicon = Lexicon()
        self._spelling = Spelling()
        self._kinship = Kinship()
        self._pages = Pages()
        self._postings = Postings()
        self._slots: dict[str, int] = {}
        self._ids: list[str] = []
        self._length = 0
        self._totals: NDArray[np.float32] = np.zeros(0, np.float32)
        self._packing: Thread | None = None

    def __len__(self) -> int:
        return len(self._slots)

    # Writing

    def put(self, document: Document) -> None:
        """Add a document, or replace the one with its id; it is found from now on."""
        with self._lock:
            before = len(self._lexicon)
            slot = self._keep(document)
            self._postings.add(self._pages, slot)
            self._learn(before)
            if slot + 1 - self._postings.packed.slots > _UNPACKED and self._packing is None:
                self._packing = Thread(target=self._pack_aside, daemon=True)
                self._packing.start()

    def put_all(self, documents: Iterable[Document]) -> None:
        """Put many at once; much faster than one by one."""
        with self._lock:
            before = len(self._lexicon)
            for document in documents:
                self._keep(document)
            self._learn(before)
            self._pack()

    def drop(self, id: str) -> None:
        """Forget a document; an unknown id is no mistake."""
        with self._lock:
            slot = self._slots.pop(id, None)
            if slot is not None:
                self._ids[slot] = ""
                self._count(slot, -1)

    def _keep(self, document: Document) -> int:
        self.drop(document.id)
        views = [
            (
                kind,
                [self._lexicon.add(token.plain, token.accented) for token in tokens(text)],
            )
            for kind, texts in (
                (TITLE, document.titles),
                (ALIAS, document.aliases),
                (TEXT, document.texts),
            )
            for text in texts
        ]
        slot = self._pages.add(views or [(TITLE, [])])
        if self._meanings is not None:
            self._meanings.put(slot, [*document.titles, *document.aliases, *document.texts])
        self._ids.append(document.id)
        self._slots[document.id] = slot
        self._count(slot, 1)
        return slot

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

    # Reading

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
        look = self.look(text, among)
        if look is None or limit < 1:
            return []
        if look.certainty < CERTAIN and self._meanings is not None and self._meanings.ready:
            look = self.look_deeper(look, among)
        with self._lock:
            return [hit for hit in self._hits(look)[:limit] if hit.id]

    def look(self, text: str, among: Container[str] | None = None) -> Look | None:
        """The words of a text looked up, without any meaning; None when nothing can be found by them."""
        text = text[:LONGEST_TEXT]
        with self._lock:
            slots = self._expand(text)
            if not slots:
                return None
            candidates = self._shortlist(slots, among)
            return self._considered(text, slots, candidates)

    def look_deeper(self, look: Look, among: Container[str] | None = None) -> Look:
        """The same question with the meaning of its corrected text; the look itself when the encoder fails."""
        meanings = self._meanings
        vector = meanings.vector(corrected(look.text, look.slots)) if meanings else None
        if meanings is None or vector is None:
            return look
        with self._lock:
            likeness = meanings.likeness(vector, len(self._pages))
            near = self._best(np.maximum(likeness, 0.0), among, ALIKE)
            candidates = np.unique(np.concatenate((look.shortlist.candidates, near)))
            return self._considered(look.text, look.slots, candidates, likeness)

    def _expand(self, text: str) -> list[Slot]:
        base = Vocabulary(self._lexicon, self._spelling, self._kinship, len(self._slots), language_of(text))
        return expand(text, base, self._glossary)

    def _considered(
        self, text: str, slots: Sequence[Slot], candidates: Numbers, likeness: Floats | None = None
    ) -> Look:
        usual = self._length / max(1, len(self._slots))
        shortlist = features(slots, candidates, self._pages, self._lexicon, len(self._slots), usual)
        if likeness is not None:
            add_meaning(shortlist, likeness)
        first = model.contributions(shortlist.features, likeness is not None).sum(axis=1)
        closest = np.argsort(-first, kind="stable")[:CLOSEST]
        add_characters(shortlist, " ".join(words(text)), closest.tolist(), self._pages, self._lexicon)
        parts = model.contributions(shortlist.features[closest], likeness is not None)
        order = np.argsort(-parts.sum(axis=1), kind="stable")
        rows = closest[order]
        scores = model.probability(shortlist.features[rows], parts[order].sum(axis=1), likeness is not None)
        return Look(text, slots, shortlist, rows, parts[order], scores)

    def _shortlist(self, slots: Sequence[Slot], among: Container[str] | None) -> Numbers:
        if len(self._totals) < len(self._pages):
            self._totals = np.zeros(len(self._pages) * 5 // 4 + 64, np.float32)
        totals = self._totals[: len(self._pages)]
        totals[:] = 0.0
        sizes = [sum(self._postings.size(word) for word in slot.alternatives) for slot in slots]
        read = 0
        for size, slot in sorted(zip(sizes, slots, strict=True), key=lambda pair: (pair[0], pair[1].place)):
            if read and read + size > _POSTINGS:
                break
            read += size
            for word, likeness in slot.alternatives.items():
                self._postings.add_to(totals, word, slot.weight * likeness)
        return self._best(totals, among)

    def _best(self, totals: Floats, among: Container[str] | None, wanted: int = SHORTLIST) -> Numbers:
        top = float(totals.max()) if len(totals) else 0.0
        threshold = 0.4 * top
        while top > 0.0:
            found = np.flatnonzero(totals > threshold)
            found = found[np.lexsort((found, -totals[found]))]
            good = [slot for slot in found.tolist() if (id := self._ids[slot]) and (among is None or id in among)]
            if len(good) >= wanted or threshold <= 0.0:
                return np.array(good[:wanted], np.int64)
            threshold = threshold / 2 if threshold > 0.1 * top else 0.0
        return np.zeros(0, np.int64)

    def _hits(self, look: Look) -> list[Hit]:
        return [
            self._hit(look.slots, look.shortlist, int(row), float(score), parts)
            for row, score, parts in zip(look.rows, look.scores, look.parts, strict=True)
        ]

    def _hit(
        self,
        slots: Sequence[Slot],
        shortlist: Shortlist,
        row: int,
        score: float,
        parts: NDArray[np.float32],
    ) -> Hit:
        content = [place for place, slot in enumerate(slots) if slot.importance >= 0.5]
        held = {place for place in content if shortlist.covered[row, place] >= _HELD}
        places = {slots[place].place for place in held}
        matched = tuple(dict.fromkeys(slots[place].typed for place in content if place in held))
        missing = tuple(
            dict.fromkeys(
                slots[place].typed for place in content if place not in held and slots[place].place not in places
            )
        )
        shown = {name: round(float(part), 4) for name, part in zip(FEATURES, parts, strict=True) if part}
        return Hit(self._ids[int(shortlist.candidates[row])], score, matched, missing, shown)
