"""Where facts are kept: in memory, or in one SQLite file. `open_store` is the only door."""

from __future__ import annotations

from pathlib import Path

from knowledge.ports import QuestionLog, Store
from knowledge.storage.codec import Codec
from knowledge.storage.keys import BESIDE, SealKey
from knowledge.storage.memory import MemoryStore
from knowledge.storage.questions import MemoryQuestions, SqliteQuestions
from knowledge.storage.sqlite import SqliteStore

__all__ = ["Codec", "SealKey", "open_questions", "open_store"]

MEMORY = ":memory:"


def open_store(path: str | Path, codec: Codec, read_only: bool = False, seal_key: SealKey = BESIDE) -> Store:
    """Opens the base at `path`, created with its folder on the first start, or one in memory for ":memory:".

    `read_only` reads beside a running bot and never creates; `seal_key` seals the history. Raises StoreUnavailable with the line to show.
    """
    if str(path) == MEMORY:
        return MemoryStore()
    return SqliteStore(path, codec, read_only, seal_key)


def open_questions(store: Store) -> QuestionLog:
    """The log of questions that lives in the same place as this store, and is closed with it."""
    return SqliteQuestions(store) if isinstance(store, SqliteStore) else MemoryQuestions()
