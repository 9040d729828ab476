"""What is due, and how far each occurrence has come. Plain values; what may become of them is in `scheduler.outbox`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from knowledge.dates import Day
from scheduler.rules import Lead

Notice = Literal[
    "reminder",
    "follow_up",
    "personal",
    "digest",
    "moved",
    "escalation",
    "assigned",
    "catch_up",
    "report",
    "outage",
    "review",
]
Verb = Literal["done", "snooze", "not_ours", "assign"]
State = Literal["pending", "sending", "sent", "failed", "expired", "cancelled"]


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to say, once. `key` is made of nominal local dates, so that nothing can plan it twice.

    `at` is in UTC; `zone` is that of the channel, to show hours in. `channel` is a channel's id, or a person's id for a
    direct message, in their own language where `lang` is "". `closes` is the instant of the deadline where its hour is
    known. A `deadline` without a day is said as such: `days_left` is then None. `was` belongs to "moved", `by` to it and to
    "assigned"; `assignee` is whose matter it is; `belated` that the date came to be known after the day of its reminder;
    `subjects` are the keys that a report, an escalation or a catch-up is about; `thread` is the timestamp to answer under.
    """

    key: str
    notice: Notice
    rule: str
    at: datetime
    channel: str
    lang: str
    zone: str
    record_id: str = ""
    field: str = ""
    deadline: Day | None = None
    closes: datetime | None = None
    days_left: int | None = None
    lead: str = ""
    mention: tuple[str, ...] = ()
    was: Day | None = None
    by: str = ""
    subjects: tuple[str, ...] = ()
    thread: str = ""
    may_repeat: bool = False
    assignee: str = ""
    belated: bool = False

    @property
    def vague(self) -> bool:
        """Whether the deadline is known to the month or the year only."""
        return self.deadline is not None and self.deadline.grain != "day"

    @property
    def mark(self) -> str:
        """The opaque id that travels with the message, to find it again in the channel's history."""
        return hashlib.blake2b(self.key.encode(), digest_size=16).hexdigest()


def unnamed(person: str) -> str:
    """A person in a key: keys stand in reports too, where a person who is forgotten must not be named."""
    return hashlib.blake2b(person.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did about a reminder, `at` a moment in UTC: `until` when it is to be said again (snooze), `assignee`
    whose it is now (assign)."""

    verb: Verb
    by: str
    at: datetime
    until: datetime | None = None
    assignee: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A reminder that a person asked for, sent to them alone: `lead` before a date of a record (every deadline of it
    where `field` is empty) at `hour` ("18:00", the usual one where it is empty), or at a `moment`. The outbox gives the
    `id`."""

    id: str
    person: str
    lang: str
    created: datetime
    record_id: str = ""
    field: str = ""
    lead: Lead | None = None
    moment: datetime | None = None
    hour: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a message stands: the channel Slack named and the timestamp."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An occurrence in the outbox. Moments are in UTC; `attempts` counts claims, `misses` the scans of the history that
    did not show the message, the first of them at `missed_at`; `acts` what people did about it, oldest first. `closed_at`
    is when its channel was found closed: it is kept until that is mended. `within` are the keys of all that was taken for one
    message with it, its own among them. `told` is how much a digest told of each topic."""

    due: Due
    state: State = "pending"
    attempts: int = 0
    not_before: datetime | None = None
    lease_until: datetime | None = None
    first_try: datetime | None = None
    misses: int = 0
    missed_at: datetime | None = None
    error: str = ""
    receipt: Receipt | None = None
    acts: tuple[Act, ...] = ()
    closed_at: datetime | None = None
    within: tuple[str, ...] = ()
    told: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a calendar holds: the deadlines that this channel ("" for anybody) may see, of a kind, a theme and a country ("" for
    all). Where all three are empty, a channel has those that its reminders and digests are about."""

    channel: str = ""
    kind: str = ""
    theme: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An address at which a calendar is followed: its `number` names it, the `token` opens it."""

    number: int
    scope: Scope
    lang: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outage:
    """Nothing can be sent anywhere since that moment: the token was withdrawn, and Slack says `why`."""

    since: datetime
    why: str
