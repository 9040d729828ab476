"""Where occurrences and the addresses of calendars are kept: in memory, or in the file of the facts."""

from __future__ import annotations

from scheduler.storage.links import MemoryLinks, SqliteLinks
from scheduler.storage.memory import MemoryOutbox
from scheduler.storage.sqlite import SqliteOutbox

__all__ = ["MemoryLinks", "MemoryOutbox", "SqliteLinks", "SqliteOutbox"]
