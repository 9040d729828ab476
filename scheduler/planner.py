"""Plans what is due: follows the facts, adds what comes, cancels what no longer is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from threading import Lock

from knowledge.kinds import Kind
from knowledge.ports import Clock, FactStore
from knowledge.records import Change
from scheduler.acts import Matter, Standing, standings
from scheduler.agenda import REVIEW, Agenda
from scheduler.ahead import REMEMBERED, broken, coming, still_true
from scheduler.belated import FRESH, Dated, followed, known_since
from scheduler.moved import corrections
from scheduler.outbox import is_ahead
from scheduler.plan import digests, reviews
from scheduler.ports import Outbox
from scheduler.rules import DigestRule, ReminderRule, ReviewRule, Team
from scheduler.values import Due, Entry, Request

AHEAD = timedelta(hours=48)
"""How far ahead is planned at least; days (UTC) are planned as a whole."""
_PLAN_AGAIN = timedelta(minutes=5)
"""How long a plan holds while no fact changes and nobody acts: what is due is planned days ahead, so only an escalation can come
so much later."""
_GRACE = timedelta(minutes=1)
"""How long a change may take from its moment to being kept: what is to be said at once may be planned after that moment."""
_READ_AT_ONCE = 250
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
        # What the last whole plan was made of, and how far it reaches. While nothing changes, only the time that comes is added;
        # after a change of facts, only what they are about is planned again.
        self._planned_for: tuple[int, int] | None = None
        self._planned_at = self._reach = datetime.min.replace(tzinfo=UTC)
        self._sent: Sequence[Entry] = ()
        self._pending: dict[str, Due] = {}
        self._homeless: frozenset[tuple[str, ...]] = frozenset()
        self._known: dict[Matter, Standing] = {}
        self._requests: Sequence[Request] = ()
        self._dates: dict[Dated, datetime] = {}

    def plan(self) -> None:
        """Follows the facts, adds what comes due, cancels what no longer is; one call at a time."""
        with self._planning:
            now = self._clock.now()
            seq, version = base = self._facts.last_seq(), self._outbox.version()
            if self._planned_for is None or version != self._planned_for[1] or now < self._planned_at:
                self._plan_all(now)
            elif seq != self._planned_for[0]:
                self._plan_again(now)
                self._go_on(now)
            elif now >= self._planned_at + _PLAN_AGAIN or _reach(now) > self._reach:
                self._go_on(now)
            else:
                return
            self._planned_at, self._planned_for = now, base

    def _go_on(self, now: datetime) -> None:
        """What time alone brings: another day, and what nobody has acted upon as long as its deadline is ahead."""
        last, window = self._planned_at, (self._reach, _reach(now))
        told = [*self._sent, *(Entry(due) for due in self._pending.values() if due.notice == "moved")]
        coming = self._coming(self._agenda, self._known, self._requests, told, window, now)
        waiting = [due for due in self._pending.values() if due.notice == "escalation"]
        vain = [due.key for due in waiting if not is_ahead(due, now)]
        self._keep([item for item in coming if item.at > last], vain, now)
        self._reach = window[1]

    def _plan_again(self, now: datetime) -> None:
        """Plans again what the facts that have changed are about, and no more."""
        changes = self._follow()
        about = {change.record_id for change in changes}
        part = self._agenda.part(about)
        sent = [entry for entry in self._sent if entry.due.record_id in about]
        requests = [request for request in self._requests if request.record_id in about]
        pending = {key: due for key, due in self._pending.items() if due.record_id in about}
        known = still_true(standings(sent), part, requests)
        left = {one: standing for one, standing in self._known.items() if standing.newest.due.record_id not in about}
        self._known = left | known
        self._renew(part, known, requests, sent, pending, changes, now)

    def _plan_all(self, now: datetime) -> None:
        waiting = self._outbox.waiting()
        self._pending = {entry.due.key: entry.due for entry in waiting if entry.state == "pending"}
        since = self._since(self._pending, now) - FRESH
        changes = self._follow(since)
        self._dates = {one: at for one, at in self._dates.items() if at > since}
        # What waits for a closed channel is wanted in the channel that a rule now names in its place.
        self._homeless = frozenset(_matter(entry.due) for entry in waiting if entry.closed_at)
        self._sent, self._requests = self._outbox.sent(now - REMEMBERED), self._outbox.requests()
        self._known, self._reach = still_true(standings(self._sent), self._agenda, self._requests), _reach(now)
        self._renew(self._agenda, self._known, self._requests, self._sent, self._pending, changes, now)

    def _renew(
        self,
        agenda: Agenda,
        known: Mapping[Matter, Standing],
        requests: Sequence[Request],
        sent: Sequence[Entry],
        pending: Mapping[str, Due],
        changes: Sequence[Change],
        now: datetime,
    ) -> None:
        """Adds, moves and cancels until what is `pending` is what all these bring about."""
        last, window = self._last(now), (self._since(pending, now), self._reach)
        counted_on = broken(agenda, requests, sent, self._facts.history, last, self._wishes.team)
        moved = corrections(agenda, [*counted_on, *sent], now)
        told = [*sent, *map(Entry, moved)]
        wanted = [
            item
            for item in self._coming(agenda, known, requests, told, window, now)
            if item.at > last or item.key in pending or _matter(item) in self._homeless or self._new(item, last)
        ]
        kept = {item.key for item in (*wanted, *moved)}
        wanted += [replace(item, by=self._mover(item, changes)) for item in moved if self._outbox.get(item.key) is None]
        ours = {key for key, due in pending.items() if due.notice in _PLANNED}
        self._keep([item for item in wanted if not _same(item, pending.get(item.key))], ours - kept, now)

    def _last(self, now: datetime) -> datetime:
        """Up to when everything has been planned. A clock that ran ahead has planned what is still to come; it is planned once
        more, each key once."""
        return min(self._outbox.planned_until() or self._started, now)

    def _since(self, pending: Mapping[str, Due], now: datetime) -> datetime:
        """From when on is planned, so that all that is pending is wanted again."""
        return min([self._last(now) - _GRACE, *(due.at - timedelta(seconds=1) for due in pending.values())])

    def _keep(self, wanted: Sequence[Due], withdrawn: Collection[str], now: datetime) -> None:
        self._outbox.plan(wanted, withdrawn, now)
        self._pending |= {item.key: item for item in wanted}
        for key in withdrawn:
            self._pending.pop(key, None)

    def _coming(
        self,
        agenda: Agenda,
        known: Mapping[Matter, Standing],
        requests: Sequence[Request],
        told: Sequence[Entry],
        window: tuple[datetime, datetime],
        now: datetime,
    ) -> list[Due]:
        """What facts, rules, people's requests and people's acts bring about in this window, due by then or later, after what was
        `told`; digests and reviews only where all facts are looked at."""
        wishes, dates = self._wishes, self._dates
        due = coming(known, agenda, wishes.rules, (), wishes.team, requests, window, now, dates=dates, told=told)
        if agenda is not self._agenda:
            return due
        reviewed = reviews(wishes.review_rule, wishes.reviewers, *window)
        return [*due, *digests(wishes.digest_rules, *window), *reviewed]

    def _new(self, item: Due, last: datetime) -> bool:
        """Whether an act or a change brought it about, which may have been kept while the `last` plan was made."""
        just_so = item.notice == "assigned" or (item.belated and item.at > last - _GRACE)
        return just_so and self._outbox.get(item.key) is None

    def _mover(self, moved: Due, changes: Sequence[Change]) -> str:
        """Who last changed the date, "" where the history does not tell; mostly it was just now."""
        for change in chain(reversed(changes), reversed(self._facts.changes())):
            if change.record_id == moved.record_id and change.before is not None:
                before, after = (one.values.get(moved.field) for one in (change.before, change.after))
                silenced = moved.deadline is None and change.after.silent and not change.before.silent
                if before != after or change.before.retired != change.after.retired or silenced:
                    return change.by
        return ""

    def _follow(self, since: datetime | None = None) -> Sequence[Change]:
        """Takes in what has changed, and gives it; the first time all facts, and which of their dates came to be known `since` that
        moment."""
        rules = self._wishes.rules
        if self.seq == 0:
            self.seq = self._facts.last_seq()
            for record in self._facts.records():
                self._agenda.put(record)
            if since is not None:
                began = self._outbox.began() if self._outbox.planned_until() else self._started
                self._dates = fresh_dates(self._facts, self._agenda, rules, since, began)
        changes = self._facts.changes(self.seq)
        for change in changes:
            self._agenda.put(change.after)
            self.seq = change.seq
        self._dates = followed(self._dates, changes, self._agenda.kinds, rules)
        return changes


def fresh_dates(
    facts: FactStore, agenda: Agenda, rules: Sequence[ReminderRule], since: datetime, began: datetime | None
) -> dict[Dated, datetime]:
    """Since when dates of facts are known that were not known at that moment; what stood when planning `began`, since then."""
    began = began if began and began > since else None
    return known_since(agenda, rules, _recent(facts, began or since), began) if rules else {}


def _recent(facts: FactStore, since: datetime) -> list[Change]:
    """The changes from that moment on, oldest first. They are read from the end: a history may be long."""
    last, count = facts.last_seq(), _READ_AT_ONCE
    while True:
        found = facts.changes(max(last - count, 0))
        if count >= last or found[0].at < since:
            return [change for change in found if change.at >= since]
        count *= 4


def _reach(now: datetime) -> datetime:
    """The end of a day, so that what is due on one day is weighed together."""
    return (now + AHEAD).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _same(item: Due, pending: Due | None) -> bool:
    return pending is not None and replace(pending, may_repeat=item.may_repeat) == item


def _matter(due: Due) -> tuple[str, ...]:
    """What an occurrence is about, in whatever channel."""
    return due.notice, due.rule, due.record_id, due.field, str(due.deadline), due.lead
