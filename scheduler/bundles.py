"""What goes into one message: mostly one occurrence; after an outage all that is late in a channel, and the reports of that time.
Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from scheduler.outbox import Lateness, Patience, can_go_on, lateness
from scheduler.values import Due, Entry, Notice, Outage

GATHERED: Final = frozenset({"reminder", "follow_up", "personal", "escalation", "assigned"})
"""What is said in one message with others where it comes late. A date that moved is told under what it is about."""
MOST: Final = 8
"""How many are said in one message: with their buttons, more would not fit."""
MOST_REPORTS: Final = 100
Deed = Literal["look", "give_up", "say"]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Entries of one channel, and what is to be done about them now: look whether they were posted, give them up, or say
    them."""

    entries: tuple[Entry, ...]
    deed: Deed

    @property
    def channel(self) -> str:
        return self.entries[0].due.channel

    @property
    def notice(self) -> Notice:
        return self.entries[0].due.notice


def bundles(waiting: Iterable[Entry], now: datetime, patience: Patience, outage: Outage | None = None) -> list[Bundle]:
    """What comes first in each channel, where something can be done about it now. `waiting` is in the order in which things are
    due, which is kept inside a channel; what is late or out of turn comes together, and so does what is to be given up. What comes
    due while a channel is closed, or after the `outage` began, is kept as long as it is of use."""
    channels: dict[str, list[Entry]] = {}
    for entry in waiting:
        channels.setdefault(entry.due.channel, []).append(entry)
    return [
        _with_first(entries, now, patience, outage)
        for entries in channels.values()
        if can_go_on(entries[0], now, patience)
    ]


def said_as(entries: Sequence[Entry]) -> Due:
    """The occurrence that these are posted as, and looked for as. What was claimed together keeps its mark, whatever is left
    of it."""
    first = entries[0].due
    within = entries[0].within
    if not within:
        return first
    key, keys = f"together:{within[0]}", [entry.due.key for entry in entries]
    if first.notice == "report":
        subjects = dict.fromkeys(subject for entry in entries for subject in entry.due.subjects)
        return replace(first, key=key, subjects=tuple(subjects))
    return Due(
        *(key, "catch_up", first.rule, first.at, first.channel, first.lang, first.zone),
        mention=tuple(dict.fromkeys(person for entry in entries for person in entry.due.mention)),
        subjects=tuple(keys),
        may_repeat=any(entry.due.may_repeat for entry in entries),
    )


def _with_first(entries: Sequence[Entry], now: datetime, patience: Patience, outage: Outage | None) -> Bundle:
    first = entries[0]
    if first.state == "sending":
        return Bundle(tuple(entry for entry in entries if entry.due.key in first.within) or (first,), "look")
    since = min((entry.closed_at for entry in entries if entry.closed_at), default=None)
    waits_since = min((moment for moment in (since, outage.since if outage else None) if moment), default=None)
    given_up = since is not None and now - since > patience.closed_for

    def lag(entry: Entry) -> Lateness:
        held = waits_since is not None and entry.due.at >= waits_since - patience.on_time
        return "expired" if given_up else lateness(entry.due, now, patience, held)

    def joins(entry: Entry) -> bool:
        ready = entry.state == "pending" and can_go_on(entry, now, patience)
        late = entry.due.notice in GATHERED and (lag(entry) == "late" or entry.due.belated)
        return ready and (entry.due.notice == "report" if first.due.notice == "report" else late)

    if lag(first) == "expired":
        return Bundle(
            tuple(entry for entry in entries if entry.state == "pending" and lag(entry) == "expired"), "give_up"
        )
    most = MOST_REPORTS if first.due.notice == "report" else MOST if joins(first) else 0
    return Bundle(tuple(filter(joins, entries))[:most] or (first,), "say")
