"""Says what is due, once: plan, claim, compose, post, settle. One call of `tick` does all that can be done now."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, wait
from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.kinds import Kind
from knowledge.ports import Clock, FactStore
from scheduler import outbox as states
from scheduler.bundles import Bundle, bundles, said_as
from scheduler.digest import counts
from scheduler.outbox import Patience
from scheduler.planner import Planner, Wishes
from scheduler.ports import Composer, Found, Gone, Messenger, Outbox, Outcome
from scheduler.rules import DigestRule, ReminderRule, ReviewRule, Team
from scheduler.values import Due, Entry, Outage

_REPORTS = ("report", "outage")
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
        self._outbox, self._composer, self._messenger = outbox, composer, messenger
        self._clock, self._pool, self._sleep, self._pace = clock, pool, sleep, timedelta(seconds=pace)
        self._team, self._patience, self._stopping = team, patience, stopping
        self._planner = Planner(facts, kinds, outbox, clock, Wishes(rules, digest_rules, team, review_rule, reviewers))
        self._free_at: dict[str, datetime] = {}
        # What the sender before this one found in its way.
        self._closed = {entry.due.channel for entry in outbox.waiting() if entry.closed_at}
        self._outage = outbox.outage()
        self.gone = ""

    def tick(self) -> None:
        """Plans, then sends everything that can be sent now; channels wait for themselves only. Reports come last, so that one
        tells of all that went wrong."""
        self._planner.plan()
        running: dict[str, Future[None]] = {}
        while True:
            now = self._clock.now()
            for channel in [channel for channel, future in running.items() if future.done()]:
                running.pop(channel).result()
            ready = {one.channel: one for one in self._heads(now) if one.channel not in running}
            news = {channel: bundle for channel, bundle in ready.items() if bundle.notice not in _REPORTS}
            ready = news if news or running else ready
            if self._stopping():
                # What is on its way is waited for; the rest is due at the next start.
                ready = {}
            at_once = [channel for channel in ready if not self._pause(channel, now)]
            for channel in at_once:
                running[channel] = self._pool.submit(self._advance, ready[channel])
            if not at_once and not running:
                if not ready:
                    return
                self._sleep(min(self._pause(channel, now) for channel in ready).total_seconds())
            elif running:
                wait(running.values(), timeout=0.05, return_when="FIRST_COMPLETED")

    def ailments(self) -> tuple[str, ...]:
        """What keeps everything from being sent, in a line for whoever runs the bot; empty where nothing does."""
        remedy = "put a token that Slack accepts into SLACK_BOT_TOKEN and start again"
        return (f"nothing can be sent ({self.gone}): {remedy}",) if self.gone else ()

    def _pause(self, channel: str, now: datetime) -> timedelta:
        """How long the channel is still to be left alone; never longer than the pace, wherever the clock has gone."""
        left = self._free_at.get(channel, now) - now
        return left if timedelta() < left <= self._pace else timedelta()

    def _heads(self, now: datetime) -> list[Bundle]:
        """What comes first in each channel, where it can go on now."""
        if self.gone:
            return []
        waiting = self._outbox.waiting(now)
        beaten = states.overtaken(waiting, now)
        for entry in waiting:
            if entry.due.key in beaten:
                self._outbox.settle([states.expired(entry, "a newer one of the same")])
        left = [entry for entry in waiting if entry.due.key not in beaten]
        return bundles(left, now, self._patience, self._outage)

    def _advance(self, bundle: Bundle) -> None:
        if self.gone:
            return
        now = self._clock.now()
        match bundle.deed:
            case "look":
                found = self._messenger.find(said_as(bundle.entries), states.sought_since(bundle.entries[0], now))
                self._heed(found, now)
                self._settle([states.looked_for(entry, found, now, self._patience) for entry in bundle.entries])
            case "give_up":
                entries = bundle.entries
                self._settle([states.expired(one, one.error if one.closed_at else "too late") for one in entries])
            case "say":
                self._say([entry.due.key for entry in bundle.entries], now)

    def _say(self, keys: Sequence[str], now: datetime) -> None:
        taken = self._outbox.claim(keys, now, now + self._patience.lease, self._planner.seq)
        if not taken:
            self._planner.plan()
            return
        # Of several, those that have nothing to tell any more are left out.
        told = [entry for entry in taken if len(taken) == 1 or self._composer.compose(entry.due, now)]
        due = said_as(told or taken)
        message = self._composer.compose(due, now) if told else None
        silent = [entry for entry in taken if message is None or entry not in told]
        if silent:
            self._settle([states.expired(entry, states.NO_NEWS) for entry in silent], quiet=True)
        if message is None:
            return
        told = [replace(entry, told=counts(message)) for entry in told] if due.notice == "digest" else told
        self._free_at[due.channel] = now + self._pace
        outcome = self._messenger.post(due, message)
        now = self._clock.now()
        self._heed(outcome, now)
        self._settle([states.posted(entry, outcome, now, self._patience) for entry in told])

    def _heed(self, outcome: Outcome | Found, now: datetime) -> None:
        if isinstance(outcome, Gone):
            self.gone = outcome.why
            self._outbox.set_outage(self._outage or Outage(now, outcome.why))
            _log.error("nothing can be sent any more: %s", outcome.why)

    def _settle(self, entries: Sequence[Entry], quiet: bool = False) -> None:
        """Keeps what became of a bundle, with a report of what could not be said, and of a channel that is found closed."""
        channel, now = entries[0].due.channel, self._clock.now()
        unsaid = [entry for entry in entries if entry.state in ("failed", "expired") and not quiet]
        closed = [entry for entry in entries if entry.state == "pending" and entry.closed_at]
        told = list(states.report(unsaid, self._team, now))
        if closed and channel not in self._closed:
            self._closed.add(channel)
            told += states.report(closed[:1], self._team, now)
        sent = any(entry.state == "sent" for entry in entries)
        for entry in (*unsaid, *closed):
            _log.warning("an occurrence was not said (%s): %s", entry.state, entry.error)
        self._outbox.settle(entries, [*told, *self._mended(now)] if sent else told)
        if sent:
            self._closed.discard(channel)
            if self._outage:
                self._outbox.set_outage(None)

    def _mended(self, now: datetime) -> tuple[Due, ...]:
        return states.outage_report(self._outage, self._team, now) if self._outage else ()
