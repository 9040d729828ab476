"""Arrays that grow at their end, so that adding one fact does not copy all the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Growing:
    """A numpy array, or rows of so many columns, with room to grow: a quarter more each time, which takes memory only when it is
    filled."""

    def __init__(self, dtype: DTypeLike, room: int = 64, columns: int | None = None) -> None:
        self._room: NDArray[Any] = np.zeros(room if columns is None else (room, columns), dtype=dtype)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def all(self) -> NDArray[Any]:
        """The filled part: a view, valid until the next `extend`, to be written through with care."""
        return self._room[: self._size]

    def extend(self, values: Sequence[Any] | NDArray[Any]) -> None:
        size = self._size + len(values)
        if size > len(self._room):
            room = max(size, len(self._room)) * 5 // 4 + 64
            roomier = np.zeros((room, *self._room.shape[1:]), dtype=self._room.dtype)
            roomier[: self._size] = self._room[: self._size]
            self._room = roomier
        self._room[self._size : size] = values
        self._size = size

    def widen(self, size: int) -> None:
        """Fill up with zeros to at least that size."""
        if size > self._size:
            self.extend(np.zeros((size - self._size, *self._room.shape[1:]), dtype=self._room.dtype))

    def append(self, value: Any) -> None:
        if self._size < len(self._room):
            self._room[self._size] = value
            self._size += 1
        else:
            self.extend((value,))


def ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of several ranges one after the other: starts[0], starts[0] + 1, ... for lengths[0] numbers, and so on."""
    total = int(lengths.sum())
    if not total:
        return np.zeros(0, dtype=np.int64)
    offsets = np.cumsum(lengths) - lengths
    return np.repeat(starts - offsets, lengths) + np.arange(total, dtype=np.int64)
