"""Plans what is due: follows the facts, adds what comes, cancels what no longer is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Lock

from knowledge.kinds import Kind
from knowledge.ports import Clock, FactStore
from scheduler.ahead import REMEMBERED, ahead
from scheduler.plan import REVIEW, Agenda, corrections, reviews
from scheduler.ports import Outbox
from scheduler.rules import DigestRule, ReminderRule, ReviewRule, Team
from scheduler.values import Due, Entry

AHEAD = timedelta(hours=48)
_PLAN_AGAIN = timedelta(minutes=5)
"""How long a plan holds while no fact changes and nobody acts: what is due is planned two days ahead, so only an
escalation can come so much later."""
_PLANNED = frozenset({"reminder", "follow_up", "personal", "digest", "moved", "escalation", "assigned", "review"})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a team wants to hear of. `reviewers` gives the people who are asked each week to look at some facts."""

    rules: Sequence[ReminderRule] = ()
    digest_rules: Sequence[DigestRule] = ()
    team: Team = Team()  # noqa: RUF009 - a frozen value
    review_rule: ReviewRule | None = None
    reviewers: Callable[[], Iterable[str]] = tuple


class Planner:
    """Keeps the outbox true to the facts. `seq` is the number of the last change that it has followed. Safe to call from any
    thread."""

    def __init__(
        self, facts: FactStore, kinds: Mapping[str, Kind], outbox: Outbox, clock: Clock, wishes: Wishes
    ) -> None:
        self._facts, self._outbox, self._clock, self._wishes = facts, outbox, clock, wishes
        self._agenda = Agenda(kinds, any(REVIEW in rule.fields for rule in wishes.rules))
        # What comes due between the start and the first tick is said too.
        self._started = clock.now()
        self.seq = 0
        self._planning = Lock()
        self._planned_for: tuple[int, int] | None = None
        self._planned_at = datetime.min.replace(tzinfo=UTC)

    def plan(self) -> None:
        """Follows the facts, adds what comes due, cancels what no longer is; one call at a time."""
        with self._planning:
            self._plan_once()

    def _plan_once(self) -> None:
        now = self._clock.now()
        base = self._facts.last_seq(), self._outbox.version()
        if base == self._planned_for and self._planned_at <= now < self._planned_at + _PLAN_AGAIN:
            return
        self._follow()
        # A clock that ran ahead has planned what is still to come; it is planned once more, each key once.
        last = min(self._outbox.planned_until() or self._started, now)
        waiting = self._outbox.waiting()
        pending = {entry.due.key for entry in waiting if entry.state == "pending"}
        since = min([last, *(entry.due.at - timedelta(seconds=1) for entry in waiting)])
        # What waits for a closed channel is wanted in the channel that a rule now names in its place.
        moved_house = {_matter(entry.due) for entry in waiting if entry.closed_at}
        sent = self._outbox.sent(now - REMEMBERED)
        wanted = [
            item
            for item in self._wanted(since, now, sent)
            if item.at > last or item.key in pending or _matter(item) in moved_house or self._new(item)
        ]
        moved = corrections(self._agenda, sent, now)
        kept = {item.key for item in (*wanted, *moved)}
        wanted += [replace(item, by=self._mover(item)) for item in moved if self._outbox.get(item.key) is None]
        ours = {entry.due.key for entry in waiting if entry.due.notice in _PLANNED}
        self._outbox.plan(wanted, (ours & pending) - kept, now)
        self._planned_for, self._planned_at = base, now

    def _wanted(self, since: datetime, now: datetime, sent: Sequence[Entry]) -> list[Due]:
        """What facts, rules, people's requests and people's acts bring about in this window, due by then or later."""
        wishes, requests, window = self._wishes, self._outbox.requests(), (since, now + AHEAD)
        return [
            *ahead(self._agenda, wishes.rules, wishes.digest_rules, wishes.team, requests, sent, window, now),
            *reviews(wishes.review_rule, wishes.reviewers, *window),
        ]

    def _new(self, item: Due) -> bool:
        """Whether an act brought it about, which may have been kept while the last plan was made."""
        return item.notice == "assigned" and self._outbox.get(item.key) is None

    def _mover(self, moved: Due) -> str:
        """Who last changed the date, "" where the history does not tell."""
        for change in reversed(self._facts.changes()):
            if change.record_id == moved.record_id and change.before is not None:
                before, after = (one.values.get(moved.field) for one in (change.before, change.after))
                if before != after or change.before.retired != change.after.retired:
                    return change.by
        return ""

    def _follow(self) -> None:
        if self.seq == 0:
            self.seq = self._facts.last_seq()
            for record in self._facts.records():
                self._agenda.put(record)
        for change in self._facts.changes(self.seq):
            self._agenda.put(change.after)
            self.seq = change.seq


def _matter(due: Due) -> tuple[str, ...]:
    """What an occurrence is about, in whatever channel."""
    return due.notice, due.rule, due.record_id, due.field, str(due.deadline), due.lead
