"""What the scheduler needs of the outside world. Outcomes are values: no adapter lets an exception of its library out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from knowledge.messages import Message
from scheduler.values import Act, Due, Entry, Link, Outage, Receipt, Request, Scope

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sent:
    """It stands in the channel."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Retry:
    """Certainly not taken (429, no connection): try again `after` so many seconds."""

    after: float
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Certainly not taken, and trying again is of no use: the message itself is at fault."""

    why: str


@dataclass(frozen=True, slots=True)
class Closed:
    """Certainly not taken, and nothing is in this channel until somebody mends it: archived, bot not invited, no right."""

    why: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nobody knows whether it was taken: connection reset, timeout, cut answer, 5xx, internal error."""

    why: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The token is revoked or the app removed: nothing can be sent any more."""

    why: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The history was read and does not show the message."""


Outcome = Sent | Retry | Refused | Closed | Unclear | Gone
Found = Sent | Absent | Retry | Refused | Closed | Unclear | Gone


class Messenger(Protocol):
    """Puts messages into channels. One call takes at most 10 s, which is well below the lease of 60 s. Thread-safe."""

    def post(self, due: Due, message: Message) -> Outcome:
        """Posts once, `due.mark` in the metadata, under `due.thread` where there is one. Never repeats an unclear call."""

    def find(self, due: Due, since: datetime) -> Found:
        """Looks for `due.mark` among the messages (the replies, for a thread) since that moment. Refused or Closed: no
        right to read the history."""


class Composer(Protocol):
    """Chooses the words at the moment of sending, from the facts of that moment."""

    def compose(self, due: Due, now: datetime) -> Message | None:
        """None: there is nothing to say any more (a digest without news)."""


class Database(Protocol):
    """The SQLite file of the facts, shared: one thread writes, readers have connections of their own."""

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """The work in one BEGIN IMMEDIATE transaction, committed before this returns. Raises StoreUnavailable."""

    def borrow(self) -> AbstractContextManager[sqlite3.Connection]:
        """A read-only connection."""


class Outbox(Protocol):
    """Keeps occurrences, each key once. Thread-safe. Raises `knowledge.ports.StoreUnavailable`."""

    def plan(self, dues: Collection[Due], withdrawn: Collection[str], planned_until: datetime) -> int:
        """In one transaction: adds what is new (or was cancelled, or given up before its time) as pending, moves what is
        pending to its new time, cancels the pending among `withdrawn`, remembers the moment, which is now. Returns how many
        were added."""

    def planned_until(self) -> datetime | None:
        """Up to when everything has been planned; None before the first time."""

    def began(self) -> datetime | None:
        """When something was planned for the first time; None before that, and where nobody noted it then."""

    def get(self, key: str) -> Entry | None:
        """The occurrence with this key, whatever its state."""

    def waiting(self, until: datetime | None = None) -> Sequence[Entry]:
        """Pending and sending entries in the order in which they are due, equal ones in the order in which they came; only
        those due by then, where a moment is given."""

    def version(self) -> int:
        """A number that grows with every settlement, act and request of this process."""

    def claim(self, keys: Sequence[str], now: datetime, lease_until: datetime, last_seq: int) -> Sequence[Entry]:
        """Takes pending entries for one message, all of them or, where one is no longer pending or facts changed after
        `last_seq`, none: the caller plans again."""

    def settle(self, entries: Sequence[Entry], reports: Sequence[Due] = ()) -> bool:
        """Keeps what became of entries, and adds the reports, in one transaction; nothing, and False, where one of them is
        settled already. What people did about them stays as it is kept."""

    def outage(self) -> Outage | None:
        """Since when nothing can be sent anywhere."""

    def set_outage(self, outage: Outage | None) -> None:
        """Keeps it for the senders and doctors to come; None once it is over."""

    def sent(self, since: datetime) -> Sequence[Entry]:
        """What was posted and was due since that moment, oldest first."""

    def over(self, prefix: str, most: int) -> Sequence[Entry]:
        """The occurrences whose keys begin so and that were sent, failed or expired: those with the last keys first, at most so
        many."""

    def act(self, key: str, act: Act) -> Entry | None:
        """Keeps what a person did about the occurrence with this key, committed before this returns; a second click of
        the same kind changes nothing. Returns the entry as it then is, None where there is no such occurrence."""

    def add_request(self, request: Request) -> Request:
        """Keeps a reminder that a person asked for; returns it with the id that it was given, which is never used
        again."""

    def requests(self, person: str = "") -> Sequence[Request]:
        """What this person asked for (everybody, for ""), oldest first."""

    def cancel_request(self, request_id: str, person: str) -> bool:
        """Takes out a request of this person with what is pending of it. False where they have none with this id."""

    def forget(self, person: str) -> int:
        """Drops what this person asked for, how many requests they were, with all that was said to them alone; where they
        acted, stands FORMER_MEMBER, and what was assigned to them is nobody's."""


class Links(Protocol):
    """Keeps the addresses at which calendars are followed. Thread-safe. Raises `knowledge.ports.StoreUnavailable`."""

    def link(self, number: int) -> Link | None:
        """The address of this number; None where there is none."""

    def ensure(self, scope: Scope, lang: str, token: str) -> Link:
        """The address of this calendar; with this new token where it had none."""

    def renew(self, scope: Scope, make: Callable[[], str]) -> int:
        """Gives each address of this calendar, in whatever language, another token, so that the ones before open nothing. Returns
        how many there were."""
