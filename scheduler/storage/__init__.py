"""Where occurrences are kept: in memory, or in the file of the facts."""

from __future__ import annotations

from scheduler.storage.memory import MemoryOutbox
from scheduler.storage.sqlite import SqliteOutbox

__all__ = ["MemoryOutbox", "SqliteOutbox"]
