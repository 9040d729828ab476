"""What people did about a reminder, and what follows from it: nothing more to say, say it again, or tell somebody else. Pure.

A matter is one deadline in one channel. What was done about any of its messages counts for all of them; the last act decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from scheduler.calendar import local_day
from scheduler.outbox import is_ahead
from scheduler.rules import ReminderRule, Team
from scheduler.values import Act, Due, Entry

CLOSING: Final = ("done", "not_ours")
"""After these, nothing more is said of that deadline in that channel. A date that moves is another deadline."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a matter has come: the newest reminder that was posted, and what people did, oldest first."""

    newest: Entry
    acts: tuple[Act, ...]

    @property
    def last(self) -> Act | None:
        return self.acts[-1] if self.acts else None

    @property
    def assignee(self) -> str:
        """Whose it is, "" where nobody was named."""
        return next((act.assignee for act in reversed(self.acts) if act.verb == "assign"), "")

    @property
    def closed(self) -> bool:
        return self.last is not None and self.last.verb in CLOSING

    @property
    def again_at(self) -> datetime | None:
        """When it is to be said again; None unless the last act put it off to a moment before the deadline."""
        until = self.last.until if self.last is not None and self.last.verb == "snooze" else None
        return until if until is not None and is_ahead(self.newest.due, until) else None

    @property
    def answered(self) -> bool:
        """Whether somebody has acted since the newest reminder."""
        return self.last is not None and self.last.at >= _said_at(self.newest)


Matter = tuple[str, str, str, str]


def standings(sent: Iterable[Entry]) -> dict[Matter, Standing]:
    """Where each matter stands, from what was posted, oldest first. What is done about an escalation is done about its
    reminder."""
    entries = list(sent)
    reminders = {entry.due.key: entry for entry in entries if entry.due.notice == "reminder"}
    newest = {matter(entry.due): entry for entry in reminders.values()}
    acts: dict[Matter, list[Act]] = {}
    for entry in entries:
        of = reminders.get(entry.due.subjects[0]) if entry.due.notice == "escalation" else entry
        if of is not None and entry.acts:
            acts.setdefault(matter(of.due), []).extend(entry.acts)
    return {
        one: Standing(entry, tuple(sorted(acts.get(one, ()), key=lambda act: act.at))) for one, entry in newest.items()
    }


def matter(due: Due) -> Matter:
    return due.channel, due.record_id, due.field, str(due.deadline)


def heeded(planned: Iterable[Due], known: Mapping[Matter, Standing]) -> list[Due]:
    """What is planned, without what people have settled or put off; what was assigned calls the person it is for."""
    found = []
    for due in planned:
        standing = known.get(matter(due)) if due.notice == "reminder" else None
        if standing is None:
            found.append(due)
            continue
        until = standing.again_at
        put_off = until is not None and local_day(due.at, due.zone) <= local_day(until, due.zone)
        if not standing.closed and not put_off:
            found.append(replace(due, mention=_whom(standing, due)))
    return found


def again(known: Mapping[Matter, Standing]) -> list[Due]:
    """The reminders that people asked to hear again, each once."""
    found = []
    for one, standing in known.items():
        if (until := standing.again_at) is not None:
            key = f"snooze:{':'.join(one)}:{until:%Y-%m-%dT%H:%M:%S}"
            found.append(_later(standing, key, until, mention=_whom(standing, standing.newest.due)))
    return found


def escalations(
    known: Mapping[Matter, Standing], rules: Sequence[ReminderRule], team: Team, now: datetime
) -> list[Due]:
    """Where nobody has acted in time: under the reminder for the back-up, then in the coordinators' channel. Nothing is
    escalated once its deadline has passed."""
    named = {rule.name: rule for rule in rules}
    found = []
    for standing in known.values():
        due = standing.newest.due
        rule = named.get(due.rule)
        if (
            rule is None
            or rule.escalate_after is None
            or standing.answered
            or standing.closed
            or not is_ahead(due, now)
        ):
            continue
        at = _said_at(standing.newest) + rule.escalate_after
        key = f"escalation:{due.mark}"
        steps = []
        if rule.backup:
            thread = standing.newest.receipt.ts if standing.newest.receipt else ""
            step = _later(standing, f"{key}:backup", at, mention=rule.backup)
            steps.append(replace(step, thread=due.thread or thread))
            at += rule.escalate_after
        if team.channel:
            step = _later(standing, f"{key}:coordinators", at)
            steps.append(replace(step, channel=team.channel, lang=team.lang, zone=team.zone))
        found += [replace(step, notice="escalation", subjects=(due.key,)) for step in steps if step.at <= now]
    return found


def _later(standing: Standing, key: str, at: datetime, mention: tuple[str, ...] = ()) -> Due:
    """The newest reminder once more, at another moment, with the days that are left then."""
    due = standing.newest.due
    exact = due.deadline is not None and due.deadline.grain == "day"
    left = (due.deadline.first - local_day(at, due.zone)).days if due.deadline and exact else None
    return replace(due, key=key, at=at, lead="", days_left=left, mention=mention, may_repeat=False)


def _whom(standing: Standing, due: Due) -> tuple[str, ...]:
    return (standing.assignee,) if standing.assignee else due.mention


def _said_at(entry: Entry) -> datetime:
    return max(entry.first_try or entry.due.at, entry.due.at)
