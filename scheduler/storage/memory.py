"""An outbox in memory: for tests and the playground. Keeps every promise of the port except to survive the process."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock

from scheduler.outbox import OVER, acted, asked_for, claimed, planned, without
from scheduler.values import Act, Due, Entry, Outage, Request


class MemoryOutbox:
    """Implements `scheduler.ports.Outbox`. `last_seq` tells the number of the last change of the facts."""

    def __init__(self, last_seq: Callable[[], int]) -> None:
        self._last_seq = last_seq
        self._lock = Lock()
        self._entries: dict[str, Entry] = {}
        self._began: datetime | None = None
        self._planned_until: datetime | None = None
        self._requests: dict[str, Request] = {}
        self._last_request = 0
        self._version = 0
        self._outage: Outage | None = None

    def plan(self, dues: Collection[Due], withdrawn: Collection[str], planned_until: datetime) -> int:
        with self._lock:
            added = 0
            for due in dues:
                entry = self._entries.get(due.key)
                after = planned(entry, due, planned_until)
                if after is not None:
                    self._entries[due.key] = after
                    added += entry is None or entry.state != "pending"
            for key in withdrawn:
                if key in self._entries and self._entries[key].state == "pending":
                    self._entries[key] = replace(self._entries[key], state="cancelled")
            self._began = self._began or planned_until
            self._planned_until = planned_until
            return added

    def planned_until(self) -> datetime | None:
        return self._planned_until

    def began(self) -> datetime | None:
        return self._began

    def get(self, key: str) -> Entry | None:
        return self._entries.get(key)

    def waiting(self, until: datetime | None = None) -> Sequence[Entry]:
        with self._lock:
            found = [entry for entry in self._entries.values() if entry.state in ("pending", "sending")]
        return sorted((one for one in found if until is None or one.due.at <= until), key=lambda entry: entry.due.at)

    def version(self) -> int:
        return self._version

    def claim(self, keys: Sequence[str], now: datetime, lease_until: datetime, last_seq: int) -> Sequence[Entry]:
        with self._lock:
            found = [entry for key in keys if (entry := self._entries.get(key)) and entry.state == "pending"]
            if len(found) < len(keys) or self._last_seq() != last_seq:
                return ()
            taken = [claimed(entry, now, lease_until, keys) for entry in found]
            self._entries |= {entry.due.key: entry for entry in taken}
            return taken

    def settle(self, entries: Sequence[Entry], reports: Sequence[Due] = ()) -> bool:
        with self._lock:
            kept = [self._entries.get(entry.due.key) for entry in entries]
            current = [entry for entry in kept if entry is not None and entry.state in ("pending", "sending")]
            if len(current) < len(entries):
                return False
            self._version += 1
            for entry, before in zip(entries, current, strict=True):
                self._entries[entry.due.key] = replace(entry, acts=before.acts)
            for due in reports:
                self._entries.setdefault(due.key, Entry(due))
            return True

    def outage(self) -> Outage | None:
        return self._outage

    def set_outage(self, outage: Outage | None) -> None:
        self._outage = outage

    def sent(self, since: datetime) -> Sequence[Entry]:
        with self._lock:
            found = [entry for entry in self._entries.values() if entry.state == "sent" and entry.due.at >= since]
        return sorted(found, key=lambda entry: entry.due.at)

    def over(self, prefix: str, most: int) -> Sequence[Entry]:
        with self._lock:
            found = [one for key, one in self._entries.items() if key.startswith(prefix) and one.state in OVER]
        return sorted(found, key=lambda entry: entry.due.key, reverse=True)[:most]

    def act(self, key: str, act: Act) -> Entry | None:
        with self._lock:
            if key in self._entries:
                self._version += 1
                self._entries[key] = acted(self._entries[key], act)
            return self._entries.get(key)

    def add_request(self, request: Request) -> Request:
        with self._lock:
            self._last_request += 1
            self._version += 1
            kept = replace(request, id=str(self._last_request))
            self._requests[kept.id] = kept
            return kept

    def requests(self, person: str = "") -> Sequence[Request]:
        with self._lock:
            return [request for request in self._requests.values() if person in ("", request.person)]

    def cancel_request(self, request_id: str, person: str) -> bool:
        with self._lock:
            request = self._requests.get(request_id)
            if request is None or request.person != person:
                return False
            self._version += 1
            del self._requests[request_id]
            for key, entry in self._entries.items():
                if asked_for(entry, request_id):
                    self._entries[key] = replace(entry, state="cancelled")
            return True

    def forget(self, person: str) -> int:
        with self._lock:
            self._version += 1
            left = {key: without(entry, person) for key, entry in self._entries.items()}
            self._entries = {key: entry for key, entry in left.items() if entry is not None}
            asked = [key for key, request in self._requests.items() if request.person == person]
            for key in asked:
                del self._requests[key]
            return len(asked)
