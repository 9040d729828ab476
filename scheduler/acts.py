"""What people did about a reminder, and what follows from it: nothing more to say, say it again, or tell somebody else. Pure.

A matter is one deadline in one channel, what came of it after the day, or one reminder that a person asked for. What was done
about any of its messages counts for all of them; the last act decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from scheduler.calendar import local_day
from scheduler.outbox import is_ahead
from scheduler.rules import ReminderRule, Team
from scheduler.values import Act, Due, Entry, unnamed

CLOSING: Final = ("done", "not_ours")
"""After these, nothing more is said of that deadline in that channel. A date that moves is another deadline."""
SPOKEN: Final = ("reminder", "follow_up", "personal")
"""What people can act upon; an act upon an escalation counts for its reminder."""
AGAIN: Final = ":again:"
_TOLD_WITHIN: Final = timedelta(days=1)
"""How long after the act somebody may still be told that a matter is theirs."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a matter has come: the newest message about it that was posted, and what people did, oldest first."""

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
        """When it is to be said again; None unless it was put off to a moment when it can be. Who takes it on meanwhile waits
        for that moment too."""
        settled = next((act for act in reversed(self.acts) if act.verb != "assign"), None)
        until = settled.until if settled is not None and settled.verb == "snooze" else None
        return until if until is not None and can_wait(self.newest.due, until) else None

    @property
    def answered(self) -> bool:
        """Whether somebody has acted since the newest message."""
        return self.last is not None and self.last.at >= _said_at(self.newest)


Matter = tuple[str, ...]


def standings(sent: Iterable[Entry]) -> dict[Matter, Standing]:
    """Where each matter stands, from what was posted, oldest first. What is done about an escalation is done about its
    reminder."""
    entries = list(sent)
    spoken = {entry.due.key: entry for entry in entries if entry.due.notice in SPOKEN}
    newest = {matter(entry.due): entry for entry in spoken.values()}
    acts: dict[Matter, list[Act]] = {}
    for entry in entries:
        of = spoken.get(entry.due.subjects[0]) if entry.due.notice == "escalation" else entry
        if of is not None and entry.acts:
            acts.setdefault(matter(of.due), []).extend(entry.acts)
    return {
        one: Standing(entry, tuple(sorted(acts.get(one, ()), key=lambda act: act.at))) for one, entry in newest.items()
    }


def matter(due: Due) -> Matter:
    if due.notice == "personal":
        return due.channel, due.key.partition(AGAIN)[0]
    after = (due.notice,) if due.notice == "follow_up" else ()
    return (due.channel, due.record_id, due.field, str(due.deadline), *after)


def can_wait(due: Due, until: datetime) -> bool:
    """Whether it can be said again at that moment: a reminder only before its deadline."""
    return due.notice in ("follow_up", "personal") or is_ahead(due, until)


def heeded(planned: Iterable[Due], known: Mapping[Matter, Standing]) -> list[Due]:
    """What is planned, without what people have settled or put off; what was assigned calls the person it is for."""
    found = []
    for due in planned:
        standing = known.get(matter(due))
        before = known.get(matter(replace(due, notice="reminder"))) if due.notice == "follow_up" else None
        if before is not None:
            due = _for(before, due)  # noqa: PLW2901 - the same occurrence, for the person whose matter it was
        if standing is None:
            found.append(due)
            continue
        until = standing.again_at
        put_off = until is not None and local_day(due.at, due.zone) <= local_day(until, due.zone)
        if not standing.closed and not put_off:
            found.append(_for(standing, due))
    return found


def again(known: Mapping[Matter, Standing]) -> list[Due]:
    """What people asked to hear again, each once."""
    found = []
    for one, standing in known.items():
        if (until := standing.again_at) is not None:
            moment = f"{until:%Y-%m-%dT%H:%M:%S}"
            personal = standing.newest.due.notice == "personal"
            key = f"{one[-1]}{AGAIN}{moment}" if personal else f"snooze:{':'.join(one)}:{moment}"
            found.append(_for(standing, _later(standing, key, until, standing.newest.due.mention)))
    return found


def assignments(known: Mapping[Matter, Standing], now: datetime) -> list[Due]:
    """What to tell, in a direct message, those to whom somebody else gave a matter not long ago."""
    found = []
    for one, standing in known.items():
        for act in standing.acts:
            if act.verb == "assign" and act.assignee not in ("", act.by) and act.at > now - _TOLD_WITHIN:
                key = f"assigned:{':'.join(one)}:{unnamed(act.assignee)}:{act.at:%Y-%m-%dT%H:%M:%S.%f}"
                told = _later(standing, key, act.at)
                found.append(replace(told, notice="assigned", channel=act.assignee, lang="", by=act.by, thread=""))
    return found


def escalations(
    known: Mapping[Matter, Standing],
    rules: Sequence[ReminderRule],
    team: Team,
    now: datetime,
    until: datetime | None = None,
) -> list[Due]:
    """Where nobody has acted in time: under the reminder for the back-up, then in the coordinators' channel. Nothing is
    escalated once its deadline has passed. Those due by `until` (by now where it is None)."""
    named = {rule.name: rule for rule in rules}
    found = []
    for standing in known.values():
        due = standing.newest.due
        rule = named.get(due.rule) if due.notice == "reminder" else None
        if (
            rule is None
            or rule.escalate_after is None
            or standing.answered
            or standing.closed
            or not is_ahead(due, now)
        ):
            continue
        steps = _steps(standing, rule, rule.escalate_after, team)
        found += [step for step in steps if step.at <= (until or now) and is_ahead(due, max(step.at, now))]
    return found


def _steps(standing: Standing, rule: ReminderRule, after: timedelta, team: Team) -> list[Due]:
    due = standing.newest.due
    at = _said_at(standing.newest) + after
    key = f"escalation:{due.mark}"
    steps = []
    if rule.backup:
        thread = standing.newest.receipt.ts if standing.newest.receipt else ""
        step = _later(standing, f"{key}:backup", at, mention=rule.backup)
        steps.append(replace(step, thread=due.thread or thread))
        at += after
    if team.channel:
        step = _later(standing, f"{key}:coordinators", at)
        steps.append(replace(step, channel=team.channel, lang=team.lang, zone=team.zone))
    return [replace(step, notice="escalation", subjects=(due.key,)) for step in steps]


def _later(standing: Standing, key: str, at: datetime, mention: tuple[str, ...] = ()) -> Due:
    """The newest message once more, at another moment, with the days that are left then."""
    due = standing.newest.due
    exact = due.deadline is not None and due.deadline.grain == "day"
    left = (due.deadline.first - local_day(at, due.zone)).days if due.deadline and exact else None
    return replace(due, key=key, at=at, lead="", days_left=left, mention=mention, may_repeat=False, belated=False)


def _for(standing: Standing, due: Due) -> Due:
    """The occurrence, calling the person whose matter it is now."""
    whom = standing.assignee
    return replace(due, mention=(whom,), assignee=whom) if whom else due


def _said_at(entry: Entry) -> datetime:
    return max(entry.first_try or entry.due.at, entry.due.at)
