"""The heartbeat of a digest: when it last ran, what came of it, and when it runs again, so that silence is known from a
breakdown. Pure; read from what the outbox keeps of each run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from knowledge.dates import Day
from knowledge.messages import Channel, Phrase
from scheduler.calendar import local_day, zone
from scheduler.digest import Told, previous
from scheduler.outbox import NO_NEWS
from scheduler.plan import digests
from scheduler.reports import closed
from scheduler.rules import DigestRule
from scheduler.values import Entry
from scheduler.wording import reason

_LONGEST: Final = timedelta(days=32)
Outcome = Literal["sent", "quiet", "unsaid"]


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """One digest: its last run (None before the first), up to when its news had been told before that, and its next run. `held` is a run
    that waits until its channel is mended."""

    rule: DigestRule
    last: Entry | None
    since: datetime | None
    next: datetime | None
    held: Entry | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing stands in its way: the last run was no failure."""
        return self.held is None and (self.last is None or self.last.state != "failed")


def prefix(rule: DigestRule) -> str:
    """What the keys of all runs of this digest begin with; the day follows."""
    return f"digest:{rule.name}:{rule.channel}:"


def heartbeat(rule: DigestRule, runs: Sequence[Entry], now: datetime, waiting: Sequence[Entry] = ()) -> Heartbeat:
    """From its runs that are over, newest first, and what waits to be sent."""
    last, told = (runs[0], told_until(rule, runs, runs[0].due.at)) if runs else (None, None)
    coming = digests([rule], now, now + _LONGEST)
    held = next((run for run in waiting if closed(run) and run.due.key.startswith(prefix(rule))), None)
    since = told.until if told and told.ever else None
    return Heartbeat(rule, last, since, coming[0].at if coming else None, held)


def told_until(rule: DigestRule, runs: Sequence[Entry], at: datetime) -> Told:
    """Up to when the news have been told before that moment, by the last run that was sent or had none. What could not be said is
    still to be told."""
    earlier = [run for run in runs if run.due.at < at]
    for run in earlier:
        if outcome(run) != "unsaid":
            return Told(run.due.at)
    return Told(previous(rule, earlier[-1].due.at if earlier else at), ever=False)


def outcome(run: Entry) -> Outcome:
    """What came of a run that is over."""
    if run.state == "sent":
        return "sent"
    return "quiet" if run.state == "expired" and run.error == NO_NEWS else "unsaid"


def line(beat: Heartbeat, counted: bool) -> Phrase:
    """The heartbeat in a line. How much it told of what is said where `counted` only: it may tell of facts that not everybody
    may see."""
    rule = beat.rule
    args: dict[str, Any] = {"rule": rule.name, "last": _last(beat, counted)}
    if beat.next is None:
        return Phrase("heartbeat.line", args)
    return Phrase("heartbeat.line_next", args | _moment(beat.next, rule.zone))


def _last(beat: Heartbeat, counted: bool) -> Phrase:
    run = beat.last
    if beat.held is not None:
        waits: dict[str, Any] = {"channel": Channel(beat.rule.channel), "reason": reason(beat.held.error)}
        return Phrase("heartbeat.held", _moment(beat.held.due.at, beat.rule.zone) | waits)
    if run is None:
        return Phrase("heartbeat.never")
    args = _moment(run.due.at, beat.rule.zone)
    match outcome(run):
        case "sent" if counted and run.told:
            told = [Phrase(f"heartbeat.{topic}", {"count": count}) for topic, count in run.told.items()]
            return Phrase("heartbeat.told", args | {"told": told})
        case "sent":
            return Phrase("heartbeat.sent", args)
        case "quiet" if beat.since is not None:
            since = Day.of(local_day(beat.since, beat.rule.zone))
            return Phrase("heartbeat.quiet_since", args | {"since": since})
        case "quiet":
            return Phrase("heartbeat.quiet", args)
        case _:
            return Phrase(
                "heartbeat.unsaid", args | {"channel": Channel(beat.rule.channel), "reason": reason(run.error)}
            )


def _moment(at: datetime, zone_name: str) -> dict[str, Any]:
    local = at.astimezone(zone(zone_name))
    return {"day": Day.of(local.date()), "hour": local.time()}
