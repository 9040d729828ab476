"""What may become of an occurrence: pure transitions of an `Entry`. Nothing is dropped without a state that says why.

pending -> sending (claimed, with a lease) -> sent | failed | expired; pending -> cancelled. What is unclear stays `sending`
until the lease is over, and is then looked for in the history of its channel: twice in vain before it is sent again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from knowledge.dates import Day
from knowledge.records import FORMER_MEMBER
from scheduler.calendar import local_day
from scheduler.ports import Absent, Closed, Found, Gone, Outcome, Refused, Retry, Sent
from scheduler.rules import Team
from scheduler.values import Act, Due, Entry, Notice, Outage, unnamed

OVER: Final = ("sent", "failed", "expired")
"""The states of what was tried and is settled."""
NO_NEWS: Final = "nothing to say"
"""Why an occurrence was not said where it had nothing to tell: a digest without news, a fact that was retired."""
LOOK_BACK: Final = timedelta(seconds=120)
"""How long before the first try the search of the history begins: the clocks of two machines differ a little."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what. The lease must exceed the longest call and the lag of the history together."""

    lease: timedelta = timedelta(seconds=60)
    between_scans: timedelta = timedelta(seconds=15)
    on_time: timedelta = timedelta(minutes=15)
    too_late: timedelta = timedelta(hours=24)
    longest_pause: timedelta = timedelta(hours=1)
    before_trying_again: timedelta = timedelta(minutes=5)
    closed_for: timedelta = timedelta(days=30)
    tries: int = 5


Lateness = Literal["on_time", "late", "expired"]


def lateness(due: Due, now: datetime, patience: Patience = Patience(), held: bool = False) -> Lateness:
    """Whether to post as usual, to say how late it is, or not to post any more. What a person asked for themselves is
    never too late; a report neither, nor the look at some facts, until the next one is due (`overtaken`). What is `held`, because
    its channel was closed or the token withdrawn, is of use as long as its deadline is ahead."""
    late = now - due.at
    if late <= patience.on_time:
        return "on_time"
    if due.notice in ("personal", "report", "outage", "moved", "assigned", "review"):
        return "late"
    in_time = late <= patience.too_late or (held and due.notice != "digest")
    return "late" if in_time and (due.notice == "follow_up" or is_ahead(due, now)) else "expired"


def is_ahead(due: Due, now: datetime) -> bool:
    """Whether the deadline has not passed; what has no deadline is always ahead."""
    if due.closes is not None:
        return now < due.closes
    return due.deadline is None or due.deadline.last >= local_day(now, due.zone)


def overtaken(entries: Sequence[Entry], now: datetime) -> frozenset[str]:
    """Of several reminders of one deadline in one channel, several reviews of one person, or several runs of one digest, that
    are due by now, the keys of all but the newest: it tells what they would have told."""
    newest: dict[tuple[str, ...], Entry] = {}
    beaten = set()
    for entry in sorted(entries, key=lambda entry: entry.due.at):
        due = entry.due
        if due.notice not in ("reminder", "review", "digest") or due.at > now or entry.state != "pending":
            continue
        rule = due.rule if due.notice == "digest" else due.notice
        matter = (due.channel, due.record_id, due.field, str(due.deadline), rule)
        if matter in newest:
            beaten.add(newest[matter].due.key)
        newest[matter] = entry
    return frozenset(beaten)


def planned(entry: Entry | None, due: Due, now: datetime) -> Entry | None:
    """What becomes of an occurrence that is planned again, None where it stays as it is. What a clock that ran ahead gave up
    before its time is due once more."""
    early = entry is not None and entry.state == "expired" and due.at > now
    if entry is None or entry.state == "cancelled" or early:
        return Entry(due)
    due = replace(due, may_repeat=entry.due.may_repeat)
    return replace(entry, due=due) if entry.state == "pending" and entry.due != due else None


def can_go_on(entry: Entry, now: datetime, patience: Patience = Patience()) -> bool:
    """Whether something can be done about it now. A wait longer than any that is ever set was set by a clock that ran
    ahead: it counts no more."""
    waits_until = entry.lease_until if entry.state == "sending" else entry.not_before
    longest = max(patience.longest_pause, patience.lease)
    return waits_until is None or not now < waits_until <= now + longest


def sought_since(entry: Entry, now: datetime) -> datetime:
    """From when on the history is searched for it; from the day before where a clock that ran ahead noted the first try."""
    first = entry.first_try or now
    return first - LOOK_BACK if first <= now else now - timedelta(days=1)


def claimed(entry: Entry, now: datetime, lease_until: datetime, within: Sequence[str] = ()) -> Entry:
    """Taken for sending, together with those of these keys."""
    return replace(
        entry,
        state="sending",
        attempts=entry.attempts + 1,
        lease_until=lease_until,
        first_try=entry.first_try or now,
        within=tuple(within) if len(within) > 1 else (),
        misses=0,
        missed_at=None,
    )


def posted(entry: Entry, outcome: Outcome, now: datetime, patience: Patience = Patience()) -> Entry:
    """After the Messenger has answered."""
    match outcome:
        case Sent(receipt):
            return replace(entry, state="sent", receipt=receipt, error="", lease_until=None, closed_at=None)
        case Retry(after, why):
            pause = min(timedelta(seconds=after), patience.longest_pause)
            # It was not taken: this attempt does not count against it.
            return _again(entry, now + pause, why, attempts=entry.attempts - 1)
        case Refused(why):
            return replace(entry, state="failed", error=why, lease_until=None)
        case Closed(why):
            closed = replace(entry, closed_at=entry.closed_at or now)
            return _again(closed, now + patience.before_trying_again, why, attempts=entry.attempts - 1)
        case Gone(why):
            return _again(entry, now + patience.before_trying_again, why, attempts=entry.attempts - 1)
        case _:
            return replace(entry, error=outcome.why)


def looked_for(entry: Entry, found: Found, now: datetime, patience: Patience = Patience()) -> Entry:
    """After the lease is over and the history has been searched."""
    if isinstance(found, Sent):
        return replace(entry, state="sent", receipt=found.receipt, error="", lease_until=None, closed_at=None)
    if isinstance(found, Absent):
        first = now if entry.missed_at is None else min(entry.missed_at, now)
        if entry.missed_at is None or now - first < patience.between_scans:
            return replace(entry, misses=1, missed_at=first, lease_until=first + patience.between_scans)
        if entry.attempts >= patience.tries:
            return replace(entry, state="failed", error=entry.error or "no answer", lease_until=None)
        return _again(entry, now, entry.error, attempts=entry.attempts)
    if isinstance(found, Refused | Closed):
        if lateness(entry.due, now, patience) == "on_time":
            return replace(entry, lease_until=now + patience.before_trying_again, error=found.why)
        if entry.due.notice == "digest" or entry.attempts >= patience.tries:
            return replace(entry, state="failed", error=found.why, lease_until=None)
        repeat = replace(entry, due=replace(entry.due, may_repeat=True))
        return _again(repeat, now, found.why, attempts=entry.attempts)
    pause = timedelta(seconds=found.after) if isinstance(found, Retry) else patience.between_scans
    return replace(entry, lease_until=now + min(pause, patience.longest_pause), error=found.why)


def acted(entry: Entry, act: Act) -> Entry:
    """With one more act, unless it says the same as the last one."""
    last = entry.acts[-1] if entry.acts else None
    if last is not None and replace(last, at=act.at, by=act.by) == act:
        return entry
    return replace(entry, acts=(*entry.acts, act))


def asked_for(entry: Entry, request_id: str) -> bool:
    """Whether it is pending for this request of a person."""
    key = f"personal:{request_id}"
    return entry.state == "pending" and (entry.due.key == key or entry.due.key.startswith(f"{key}:"))


def without(entry: Entry, person: str) -> Entry | None:
    """The occurrence once a person is forgotten; None for what was for them alone."""
    due = entry.due
    if due.channel == person:
        return None
    mention = tuple(one for one in due.mention if one != person)
    by, assignee = ("" if one == person else one for one in (due.by, due.assignee))
    due = replace(due, mention=mention, by=by, assignee=assignee)
    return replace(entry, due=due, acts=tuple(_anonymous(act, person) for act in entry.acts))


def _anonymous(act: Act, person: str) -> Act:
    by = FORMER_MEMBER if act.by == person else act.by
    return replace(act, by=by, assignee="" if act.assignee == person else act.assignee)


def expired(entry: Entry, why: str) -> Entry:
    return replace(entry, state="expired", error=why, lease_until=None)


def report(entries: Sequence[Entry], team: Team, now: datetime) -> tuple[Due, ...]:
    """One message to the coordinators about what could not be said, or not yet; reports about reports are made only where
    the channel of coordinators is at fault, and to each of them."""
    at_fault = any(entry.due.channel == team.channel != "" and entry.state != "expired" for entry in entries)
    reports = ("report", "outage")
    about = tuple(sorted(entry.due.key for entry in entries if at_fault or entry.due.notice not in reports))
    if not about:
        return ()
    closed = "closed:" if any(entry.closed_at and entry.state == "pending" for entry in entries) else ""
    team = replace(team, channel="") if at_fault else team
    return _to_coordinators(f"report:{closed}{about[0]}:{len(about)}", "report", team, now, subjects=about)


def outage_report(outage: Outage, team: Team, now: datetime) -> tuple[Due, ...]:
    """One message to the coordinators, once something can be sent again, about the time in which nothing could."""
    key = f"outage:{outage.since:%Y-%m-%dT%H:%M:%S}"
    return _to_coordinators(
        key, "outage", team, now, lead=outage.why, deadline=Day.of(local_day(outage.since, team.zone))
    )


def _to_coordinators(key: str, notice: Notice, team: Team, now: datetime, **about: Any) -> tuple[Due, ...]:
    at = now.astimezone(UTC)
    if team.channel:
        return (Due(key, notice, "", at, team.channel, team.lang, team.zone, **about),)
    return tuple(
        Due(f"{key}:{unnamed(person)}", notice, "", at, person, "", team.zone, **about) for person in team.coordinators
    )


def _again(entry: Entry, not_before: datetime, why: str, *, attempts: int) -> Entry:
    return replace(
        entry,
        state="pending",
        not_before=not_before,
        lease_until=None,
        misses=0,
        missed_at=None,
        error=why,
        attempts=attempts,
        within=(),
    )
