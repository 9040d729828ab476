"""Likeness of meaning: the vectors and latent terms of the documents' texts, and which of them are alike to a question.

Vectors are made by a thread of their own, so that nobody waits for them: until the first batch is done, `ready` is False
and questions are answered by their words alone.
"""

from __future__ import annotations

import logging
import re
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Condition, Thread
from typing import Final, NamedTuple

import numpy as np

from knowledge.search.compact import Compact
from knowledge.search.comparing import Comparison, Exact, Floats, Numbers, Texts
from knowledge.search.encoder import Encoder, TermEncoder, Vectors
from knowledge.search.kept_vectors import KeptVectors
from knowledge.search.latent import Latents, Terms
from knowledge.search.rank import Reads
from knowledge.search.slot import Slot, brief, corrected
from knowledge.search.yardstick import SAME

_log = logging.getLogger(__name__)

LONGEST_MEANT: Final = 300
"""Characters that are given to the encoder at once; a longer text is cut at the ends of its sentences."""
MOST_PIECES: Final = 4
"""Pieces of one text that are given to the encoder."""
LONGEST_ASKED: Final = 90
"""Characters of a question that are given to the encoder: some 22 pieces of words, at about 0.8 ms each."""
PIECES_ASKED: Final = 11
"""Pieces of words of a question that are given to the encoder where documents are many: almost half of all questions
have no more."""
MOST_EXACT: Final = 4_000
"""Documents that a question is compared with text by text; of more, few are looked at closely."""
_REMEMBERED: Final = 512
"""Questions whose vectors are remembered."""
_KEPT_EVERY: Final = 400
"""New vectors after which the file is written, so that a stop in the middle of the first batch loses little."""


def pieces(text: str) -> tuple[str, ...]:
    """A text in pieces short enough for the encoder; what is beyond the last piece is left out."""
    result: list[str] = []
    for sentence in re.split(r"(?<=[.;:!?\n])\s+", text.strip()):
        if result and len(result[-1]) + len(sentence) < LONGEST_MEANT:
            result[-1] = f"{result[-1]} {sentence}"
        elif len(result) == MOST_PIECES:
            break
        elif sentence:
            result.append(sentence[:LONGEST_MEANT])
    return tuple(result)


class Question(NamedTuple):
    """What a question means: its vector, and its latent terms where the encoder tells any."""

    vector: Vectors
    terms: Terms | None


class Meanings:
    """The vectors of the texts of documents, by owner (a slot of the index), and the thread that makes them.

    `cache` names a file where vectors are kept between two starts (by a hash of the text, never the text itself); a file
    that cannot be read or written is done without.
    """

    def __init__(self, encoder: Encoder, cache: Path | None = None) -> None:
        self._encoder = encoder
        self._encode_document = getattr(encoder, "encode_documents", encoder.encode)
        self._terms = encoder if isinstance(encoder, TermEncoder) else None
        self._latents = Latents(self._terms.latent_size) if self._terms is not None else None
        self._kept = KeptVectors(encoder.dimension, encoder.identity, cache, self._terms is not None)
        self._asked: OrderedDict[str, Question] = OrderedDict()
        self._waiting: deque[tuple[int, tuple[tuple[str, ...], ...]]] = deque()
        self._change = Condition()
        self._worker: Thread | None = None
        self._texts = Texts(self._kept)
        self._exact: Exact | None = Exact(encoder.dimension)
        self._compact: Compact | None = None
        self._documents = 0
        self._scale = SAME
        self.ready = False
        self.failed = False

    def put_all(self, documents: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Make vectors of the texts of new documents, soon. Those given together become ready together: a search that
        knew the meaning of only some would put these before the others."""
        with self._change:
            self._waiting.extend((owner, tuple(filter(None, map(pieces, texts)))) for owner, texts in documents)
            if self._waiting and self._worker is None and not self.failed:
                self._worker = Thread(target=self._work, name="meanings", daemon=True)
                self._worker.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until every document put so far has its vectors; False when the time was too short or the encoder failed."""
        with self._change:
            return self._change.wait_for(lambda: self._worker is None, seconds) and not self.failed

    def _work(self) -> None:
        fresh = 0
        try:
            self._kept.read()
            self._scale = getattr(self._encoder, "scale", SAME)
            while not (fresh == 0 and self._done()):
                if not self._waiting and self._compact and self._documents >= 2 * self._compact.learnt_from:
                    self._learn()
                following = self._following()
                fresh += self._add(*following) if following is not None else 0
                # Kept before anyone hears "ready": who waits for that may end the program next.
                if fresh >= _KEPT_EVERY or (fresh and following is None):
                    self._kept.write()
                    fresh = 0
        except Exception as error:  # noqa: BLE001 - an encoder is optional: whatever breaks in it, words go on answering
            _log.warning("search by meaning stopped, words go on answering: %s", error)
            if fresh:
                self._kept.write()
            with self._change:
                self.failed, self._worker = True, None
                self._waiting.clear()
                self._change.notify_all()

    def _following(self) -> tuple[int, tuple[tuple[str, ...], ...]] | None:
        with self._change:
            return self._waiting.popleft() if self._waiting else None

    def _done(self) -> bool:
        """Whether nothing waits any more; the worker then ends."""
        with self._change:
            if self._waiting:
                return False
            self.ready, self._worker = True, None
            self._change.notify_all()
            return True

    def _add(self, owner: int, texts: tuple[tuple[str, ...], ...]) -> int:
        """Give a document its vectors; how many of them are new."""
        before = len(self._kept)
        numbers = [self._number(part) for parts in texts for part in parts]
        shares = np.array([1.0 / len(parts) for parts in texts for _ in parts], np.float32)
        if not numbers:
            return 0
        rows = self._kept.rows(numbers)
        with self._change:
            self._texts.add(owner, numbers, rows, shares)
            self._documents += 1
            if self._latents is not None:
                self._latents.put(owner, self._kept.terms(numbers))
            if self._exact is not None:
                self._exact.add(owner, rows, shares)
            elif self._compact is not None:
                self._compact.add(owner)
        if self._exact is not None and self._documents > MOST_EXACT:
            self._learn()
        return len(self._kept) - before

    def _number(self, text: str) -> int:
        number = self._kept.number(text)
        if number is not None:
            return number
        terms = self._terms.latent(text) if self._terms is not None else None
        return self._kept.keep(text, self._encode_document([text])[0], terms)

    def _learn(self) -> None:
        """Learn from the documents that are there how to tell them apart by less; none is added meanwhile."""
        learnt = Compact(self._texts, self._encoder.dimension)
        with self._change:
            self._compact, self._exact, self._latents = learnt, None, None

    @property
    def reads(self) -> Reads:
        """What questions are compared by: latent terms take as long again as a vector, so where documents are many they are left
        out."""
        return "meaning" if self._latents is None else "latent"

    def meant(self, text: str) -> Question | None:
        """What a question means; None when the encoder fails."""
        kept = self._asked.get(text)
        if kept is None or (kept.terms is None and self._latents is not None):
            try:
                terms = self._terms.latent(text) if self._terms is not None and self._latents is not None else None
                kept = Question(self._encoder.encode([text])[0], terms)
            except Exception as error:  # noqa: BLE001 - see _work
                _log.warning("search by meaning stopped, words go on answering: %s", error)
                self.failed = True
                return None
            self._asked[text] = kept
            while len(self._asked) > _REMEMBERED:
                self._asked.popitem(last=False)
        return kept

    def asked(self, text: str, slots: Sequence[Slot]) -> str:
        """A question as it is given to the encoder: mended, and in no more words than there is time for. Where documents are many
        they take a part of that time."""
        pieces = getattr(self._encoder, "pieces", None)
        if self._exact is not None or pieces is None:
            return corrected(brief(text, slots, LONGEST_ASKED), slots)
        meant = {slot.typed: slot.meant for slot in slots if slot.meant}
        return corrected(brief(text, slots, PIECES_ASKED, lambda word: pieces(meant.get(word, word))), slots)

    def compare(self, vector: Vectors, slots: int) -> Comparison:
        """A question, given by its vector, and the documents in the first `slots` slots of the index."""
        with self._change:
            documents = self._exact or self._compact
            if documents is None:
                raise RuntimeError("there is always one of the two")
            return documents.compare(vector, slots, self._scale)

    def latent(self, terms: Terms | None, slots: Numbers) -> Floats | None:
        """The likeness of some slots by latent terms; None where none are told."""
        with self._change:
            return None if terms is None or self._latents is None else self._latents.likeness(terms, slots)
