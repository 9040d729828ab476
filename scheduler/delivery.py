"""Says what is due, once: plan, claim, compose, post, settle. One call of `tick` does all that can be done now."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, wait
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Lock

from knowledge.kinds import Kind
from knowledge.ports import Clock, FactStore
from scheduler import outbox as states
from scheduler.ahead import REMEMBERED, ahead
from scheduler.digest import counts
from scheduler.outbox import Patience
from scheduler.plan import REVIEW, Agenda, corrections, reviews
from scheduler.ports import Composer, Found, Gone, Messenger, Outbox, Outcome
from scheduler.rules import DigestRule, ReminderRule, ReviewRule, Team
from scheduler.values import Due, Entry

AHEAD = timedelta(hours=48)
_PLAN_AGAIN = timedelta(minutes=5)
"""How long a plan holds while no fact changes and nobody acts: what is due is planned two days ahead, so only an
escalation can come so much later."""
_PLANNED = frozenset({"reminder", "follow_up", "personal", "digest", "moved", "escalation", "assigned", "review"})
_log = logging.getLogger(__name__)


class Delivery:
    """The one sender of a workspace. `sleep` waits so many seconds between two messages of one channel; once `stopping` says
    so, nothing more is begun. `reviewers` gives the people who are asked each week to look at some facts. `gone` says why
    nothing can be sent any more (the token is revoked): from then on nothing is tried, and nothing is lost, until a new
    sender takes over with another token."""

    def __init__(
        self,
        facts: FactStore,
        kinds: Mapping[str, Kind],
        outbox: Outbox,
        composer: Composer,
        messenger: Messenger,
        clock: Clock,
        pool: Executor,
        sleep: Callable[[float], None],
        rules: Sequence[ReminderRule] = (),
        digest_rules: Sequence[DigestRule] = (),
        team: Team = Team(),  # noqa: B008 - a frozen value
        patience: Patience = Patience(),  # noqa: B008 - the same
        pace: float = 1.0,
        stopping: Callable[[], bool] = lambda: False,
        review_rule: ReviewRule | None = None,
        reviewers: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._facts, self._outbox, self._composer, self._messenger = facts, outbox, composer, messenger
        self._clock, self._pool, self._sleep, self._pace = clock, pool, sleep, timedelta(seconds=pace)
        self._rules, self._digest_rules, self._team, self._patience = rules, digest_rules, team, patience
        self._stopping, self._review_rule, self._reviewers = stopping, review_rule, reviewers
        self._agenda = Agenda(kinds, any(REVIEW in rule.fields for rule in rules))
        # What comes due between the start and the first tick is said too.
        self._started = clock.now()
        self._seq = 0
        self._planning = Lock()
        self._planned_for: tuple[int, int] | None = None
        self._planned_at = datetime.min.replace(tzinfo=UTC)
        self._free_at: dict[str, datetime] = {}
        self.gone = ""

    def tick(self) -> None:
        """Plans, then sends everything that can be sent now; channels wait for themselves only."""
        self._plan()
        running: dict[str, Future[None]] = {}
        while True:
            now = self._clock.now()
            for channel in [channel for channel, future in running.items() if future.done()]:
                running.pop(channel).result()
            ready = [entry for entry in self._heads(now) if entry.due.channel not in running]
            if self._stopping():
                # What is on its way is waited for; the rest is due at the next start.
                ready = []
            at_once = [entry for entry in ready if not self._pause(entry.due.channel, now)]
            for entry in at_once:
                running[entry.due.channel] = self._pool.submit(self._advance, entry)
            if not at_once and not running:
                if not ready:
                    return
                self._sleep(min(self._pause(entry.due.channel, now) for entry in ready).total_seconds())
            elif running:
                wait(running.values(), timeout=0.05, return_when="FIRST_COMPLETED")

    def _pause(self, channel: str, now: datetime) -> timedelta:
        """How long the channel is still to be left alone; never longer than the pace, wherever the clock has gone."""
        left = self._free_at.get(channel, now) - now
        return left if timedelta() < left <= self._pace else timedelta()

    def _plan(self) -> None:
        """Follows the facts, adds what comes due, cancels what no longer is. Workers call it too: one at a time."""
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
        sent = self._outbox.sent(now - REMEMBERED)
        wanted = [
            item for item in self._wanted(since, now, sent) if item.at > last or item.key in pending or self._new(item)
        ]
        moved = corrections(self._agenda, sent, now)
        kept = {item.key for item in (*wanted, *moved)}
        wanted += [replace(item, by=self._mover(item)) for item in moved if self._outbox.get(item.key) is None]
        ours = {entry.due.key for entry in waiting if entry.due.notice in _PLANNED}
        self._outbox.plan(wanted, (ours & pending) - kept, now)
        self._planned_for, self._planned_at = base, now

    def _wanted(self, since: datetime, now: datetime, sent: Sequence[Entry]) -> list[Due]:
        """What facts, rules, people's requests and people's acts bring about in this window, due by then or later."""
        requests, window = self._outbox.requests(), (since, now + AHEAD)
        return [
            *ahead(self._agenda, self._rules, self._digest_rules, self._team, requests, sent, window, now),
            *reviews(self._review_rule, self._reviewers, *window),
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
        if self._seq == 0:
            self._seq = self._facts.last_seq()
            for record in self._facts.records():
                self._agenda.put(record)
        for change in self._facts.changes(self._seq):
            self._agenda.put(change.after)
            self._seq = change.seq

    def _heads(self, now: datetime) -> list[Entry]:
        """The first unfinished entry of each channel, where it can go on now: order is kept inside a channel."""
        if self.gone:
            return []
        heads: dict[str, Entry] = {}
        waiting = self._outbox.waiting(now)
        beaten = states.overtaken(waiting, now)
        for entry in waiting:
            if entry.due.key in beaten:
                self._outbox.settle(states.expired(entry, "a newer one of the same"))
            else:
                heads.setdefault(entry.due.channel, entry)
        return [entry for entry in heads.values() if states.can_go_on(entry, now, self._patience)]

    def _advance(self, entry: Entry) -> None:
        if self.gone:
            return
        now = self._clock.now()
        if entry.state == "sending":
            found = self._messenger.find(entry.due, states.sought_since(entry, now))
            self._heed(found)
            self._settle(states.looked_for(entry, found, now, self._patience))
        elif states.lateness(entry.due, now, self._patience) == "expired":
            self._settle(states.expired(entry, "too late"))
        else:
            self._send(entry, now)

    def _send(self, entry: Entry, now: datetime) -> None:
        taken = self._outbox.claim(entry.due.key, now, now + self._patience.lease, self._seq)
        if taken is None:
            self._plan()
            return
        message = self._composer.compose(taken.due, now)
        if message is None:
            self._settle(states.expired(taken, states.NO_NEWS), told=())
            return
        taken = replace(taken, told=counts(message) if taken.due.notice == "digest" else {})
        self._free_at[entry.due.channel] = now + self._pace
        outcome = self._messenger.post(taken.due, message)
        self._heed(outcome)
        self._settle(states.posted(taken, outcome, self._clock.now(), self._patience))

    def _heed(self, outcome: Outcome | Found) -> None:
        if isinstance(outcome, Gone):
            self.gone = outcome.why
            _log.error("nothing can be sent any more: %s", outcome.why)

    def _settle(self, entry: Entry, told: Collection[Due] | None = None) -> None:
        unsaid = entry.state in ("failed", "expired") and told is None
        reports = states.report([entry], self._team, self._clock.now()) if unsaid else ()
        if unsaid:
            _log.warning("an occurrence was not said (%s): %s", entry.state, entry.error)
        self._outbox.settle(entry, reports)
