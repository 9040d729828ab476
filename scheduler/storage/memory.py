"""An outbox in memory: for tests and the playground. Keeps every promise of the port except to survive the process."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock

from scheduler.outbox import claimed
from scheduler.values import Due, Entry


class MemoryOutbox:
    """Implements `scheduler.ports.Outbox`. `last_seq` tells the number of the last change of the facts."""

    def __init__(self, last_seq: Callable[[], int]) -> None:
        self._last_seq = last_seq
        self._lock = Lock()
        self._entries: dict[str, Entry] = {}
        self._planned_until: datetime | None = None

    def plan(self, dues: Collection[Due], withdrawn: Collection[str], planned_until: datetime) -> int:
        with self._lock:
            before = len(self._entries)
            for due in dues:
                entry = self._entries.setdefault(due.key, Entry(due))
                if entry.state == "pending":
                    self._entries[due.key] = replace(entry, due=due)
            for key in withdrawn:
                if key in self._entries and self._entries[key].state == "pending":
                    self._entries[key] = replace(self._entries[key], state="cancelled")
            self._planned_until = planned_until
            return len(self._entries) - before

    def planned_until(self) -> datetime | None:
        return self._planned_until

    def get(self, key: str) -> Entry | None:
        return self._entries.get(key)

    def waiting(self) -> Sequence[Entry]:
        with self._lock:
            found = [entry for entry in self._entries.values() if entry.state in ("pending", "sending")]
        return sorted(found, key=lambda entry: entry.due.at)

    def claim(self, key: str, now: datetime, lease_until: datetime, last_seq: int) -> Entry | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is None or entry.state != "pending" or self._last_seq() != last_seq:
                return None
            self._entries[key] = claimed(entry, now, lease_until)
            return self._entries[key]

    def settle(self, entry: Entry, reports: Sequence[Due] = ()) -> bool:
        with self._lock:
            if self._entries[entry.due.key].state not in ("pending", "sending"):
                return False
            self._entries[entry.due.key] = entry
            for due in reports:
                self._entries.setdefault(due.key, Entry(due))
            return True

    def sent(self, since: datetime) -> Sequence[Entry]:
        with self._lock:
            found = [entry for entry in self._entries.values() if entry.state == "sent" and entry.due.at >= since]
        return sorted(found, key=lambda entry: entry.due.at)
