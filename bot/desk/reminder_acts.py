"""What people do about a reminder that was posted: done, say it again, not ours, somebody's. Whether they may is asked before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Protocol

from knowledge.audience import ANYONE, visible
from knowledge.dates import Day
from knowledge.kinds import Kind
from knowledge.messages import Message, Phrase
from knowledge.records import Record
from scheduler.acts import can_wait
from scheduler.agenda import deadlines
from scheduler.bundles import said_as
from scheduler.calendar import instant, local_day, zone
from scheduler.compose import Words
from scheduler.ports import Outbox
from scheduler.values import Act, Due, Entry, Receipt, Verb
from scheduler.wording import moment

_ONE_DAY: Final = timedelta(days=1)
_DAYS: Final[Mapping[str, int]] = {"tomorrow": 1, "week": 7}
_VERBS: Final[Mapping[str, Verb]] = {"mine": "assign", "not_ours": "not_ours", "done": "done"}


class Facts(Protocol):
    """The part of the knowledge base that this desk reads."""

    @property
    def kinds(self) -> Mapping[str, Kind]: ...

    def record(self, record_id: str) -> Record | None: ...


@dataclass(frozen=True, slots=True)
class Acted:
    """What came of an act: `said` under the reminder for all to see, or where nothing was `kept`, to that person alone. `calls`
    are the people to call there."""

    said: Phrase
    kept: bool = False
    calls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """The days between which a reminder can be put off, and the hour at which it comes; `last` None: however late."""

    first: date
    last: date | None
    hour: time


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that stands in a channel, as it reads now that somebody has acted."""

    receipt: Receipt
    due: Due
    message: Message

    @property
    def thread(self) -> str:
        return self.due.thread or self.receipt.ts


@dataclass(frozen=True, slots=True)
class ActDesk:
    """Keeps what people do. `outbox` is None where nothing is written; `now` tells the time, in UTC."""

    facts: Facts
    now: Callable[[], datetime]
    outbox: Outbox | None = None

    def act(self, name: str, key: str, by: str, called: str) -> Acted:
        """Keeps an act that needs no more than a click (done, tomorrow, week, mine, not_ours). `called` is how the person is
        called."""
        found = self._open(key)
        if isinstance(found, Phrase):
            return Acted(found)
        if name in _DAYS:
            return self._put_off(found, self._today(found.due) + timedelta(days=_DAYS[name]), by, called)
        verb = _VERBS.get(name, "done")
        owner = by if verb == "assign" else ""
        return self._keep(found, Act(verb, by, self.now(), assignee=owner), {"name": called})

    def put_off(self, key: str, day: date, by: str, called: str) -> Acted:
        """Says it again on that day."""
        found = self._open(key)
        if isinstance(found, Phrase):
            return Acted(found)
        today = self._today(found.due)
        if day <= today:
            return Acted(Phrase("put_off.past", {"day": Day.of(day), "today": Day.of(today)}))
        done = self._put_off(found, day, by, called)
        return Acted(Phrase("put_off.too_late", done.said.args)) if done.said.key == "acted.too_late" else done

    def assign(self, key: str, whom: str, name: str, by: str, called: str) -> Acted:
        """Gives the matter to a member of that name. They are told in a direct message, or called under
        the reminder where the fact is not for everyone to see."""
        found = self._open(key)
        if isinstance(found, Phrase):
            return Acted(found)
        act = Act("assign", by, self.now(), assignee=whom)
        if whom == by:
            return self._keep(found, act, {"name": called})
        record = self.facts.record(found.due.record_id)
        calls = () if record is not None and visible(record, ANYONE) else (whom,)
        return self._keep(found, act, {"name": called, "whom": name}, "acted.given", calls)

    def room(self, key: str) -> Room | Phrase:
        """Within which days it can be put off, or why it cannot."""
        found = self._open(key)
        if isinstance(found, Phrase):
            return found
        due, first = found.due, self._today(found.due) + _ONE_DAY
        last = _last_day(due)
        return Room(first, last, _hour(due)) if last is None or first <= last else _too_late(due, self._fact(due))

    def owns(self, key: str, person: str) -> bool:
        """Whether it was said to this person alone, for they had asked for it: what becomes of it is theirs to say."""
        entry = self.outbox.get(key) if self.outbox else None
        return entry is not None and entry.due.notice == "personal" and entry.due.channel == person

    def refusal(self, key: str) -> Phrase | None:
        """Why nothing can be done about it any more; None where something can."""
        found = self._open(key)
        return found if isinstance(found, Phrase) else None

    def posted(self, key: str, name: Callable[[str], str]) -> Posted | None:
        """The message of that occurrence as it reads now; None where it is gone. `name` tells how people are called."""
        entry = self.outbox.get(key) if self.outbox else None
        if entry is None or entry.receipt is None or self.outbox is None:
            return None
        words = Words(self.facts.record, self.facts.kinds, self.outbox.get, name)
        beside = [one for one in map(self.outbox.get, entry.within) if one is not None and one.receipt == entry.receipt]
        due = said_as(beside or [entry])
        message = words.compose(due, entry.first_try or due.at)
        return Posted(entry.receipt, due, message) if message else None

    def _open(self, key: str) -> Entry | Phrase:
        """What can be acted upon: it was posted, and the fact still says so."""
        entry = self.outbox.get(key) if self.outbox else None
        record = self._fact(entry.due) if entry else None
        kind = self.facts.kinds.get(record.kind) if record else None
        if entry is None or record is None or kind is None or record.retired:
            return Phrase("acted.gone")
        due = entry.due
        told = [(one.field, one.day) for one in deadlines(record, kind)]
        if due.notice != "personal" and (due.field, due.deadline) not in told:
            return Phrase("acted.moved")
        return entry

    def _put_off(self, entry: Entry, day: date, by: str, called: str) -> Acted:
        due = entry.due
        until = instant(day, _hour(due), due.zone)
        if not can_wait(due, until):
            return Acted(_too_late(due, self._fact(due)))
        args = {"name": called, "day": Day.of(day), "hour": _hour(due)}
        return self._keep(entry, Act("snooze", by, self.now(), until), args)

    def _keep(
        self, entry: Entry, act: Act, args: Mapping[str, Any], key: str = "", calls: tuple[str, ...] = ()
    ) -> Acted:
        after = self.outbox.act(entry.due.key, act) if self.outbox else None
        if after is None:
            return Acted(Phrase("acted.gone"))
        if after.acts[-1] != act:
            return Acted(Phrase("acted.already"))
        own = entry.due.notice == "personal"
        said = Phrase(key, args) if key else Phrase(f"own.{act.verb}" if own else f"acted.{act.verb}", args)
        return Acted(said, kept=True, calls=calls)

    def _fact(self, due: Due) -> Record | None:
        return self.facts.record(due.record_id) if due.record_id else None

    def _today(self, due: Due) -> date:
        return local_day(self.now(), due.zone)


def _hour(due: Due) -> time:
    return due.at.astimezone(zone(due.zone)).time().replace(second=0, microsecond=0)


def _last_day(due: Due) -> date | None:
    """The last day on which it can be said again; None where any will do."""
    if due.deadline is None or due.notice in ("follow_up", "personal"):
        return None
    if due.closes is None:
        return due.deadline.last
    day = local_day(due.closes, due.zone)
    return day if can_wait(due, instant(day, _hour(due), due.zone)) else day - _ONE_DAY


def _too_late(due: Due, record: Record | None) -> Phrase:
    when = moment(due, record) if record else Phrase("reminder.day", {"date": due.deadline})
    return Phrase("acted.too_late", {"when": when})
