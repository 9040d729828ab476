"""The reminders that people ask for themselves: kept, said back with the moment that was understood, listed, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol

from bot.desk.values import Reply
from bot.desk.wishes import Wish, asking, listing, read
from knowledge.audience import ANYONE, visible
from knowledge.dates import Day
from knowledge.kinds import Kind
from knowledge.messages import Action, Actions, Message, Note, Part, Phrase, Say
from knowledge.questions.form import Answer, Asked
from knowledge.records import Record
from scheduler.agenda import agenda_of, deadlines
from scheduler.ahead import REMEMBERED, ahead
from scheduler.calendar import instant, local_day, zone
from scheduler.ports import Outbox
from scheduler.rules import Team
from scheduler.values import Due, Entry, Request
from scheduler.wording import happening, spec_of

MOST_OPEN: Final = 50
"""Reminders that one person may wait for."""
FARTHEST: Final = timedelta(days=5 * 366)
_OFFERED: Final = 3


class Base(Protocol):
    """The part of the knowledge base that this desk uses."""

    @property
    def kinds(self) -> Mapping[str, Kind]: ...

    def ask(self, asked: Asked) -> Answer: ...

    def record(self, record_id: str) -> Record | None: ...


@dataclass(frozen=True, slots=True)
class OwnDesk:
    """`outbox` is None where nothing is written; `now` tells the time, in UTC. What is kept to some is never said in a direct
    message, for nobody asks then who reads it."""

    base: Base
    now: Callable[[], datetime]
    team: Team = field(default_factory=Team)
    outbox: Outbox | None = None

    def today(self) -> date:
        return local_day(self.now(), self.team.zone)

    def keep(self, wish: Wish, person: str, lang: str, chosen: str = "") -> Message | None:
        """Keeps what somebody wishes, and says it back; asks which fact is meant; None where no fact is. `chosen` is the id of
        the one that they clicked."""
        if self.outbox is None:
            return _one(Phrase("asked.off"))
        found = self._meant(wish.about, chosen)
        if not isinstance(found, tuple):
            return found
        record, name = found
        moment = instant(wish.day, wish.hour or self.team.hour, self.team.zone) if wish.day else None
        hour = f"{wish.hour:%H:%M}" if wish.hour and wish.lead else ""
        asked = Request("", person, lang, self.now(), record.id, name, wish.lead, moment, hour)
        refused = self._refusal(asked, record)
        return _one(refused) if refused else self._said_back(self.outbox.add_request(asked))

    def wished(self, text: str, person: str) -> Reply | None:
        """The reply to a message that asks for a reminder, or for one's own; None for any other, and where it names no moment or
        no fact."""
        if lang := listing(text):
            return Reply(self.listing(person), lang)
        begun = asking(text)
        wish = read(begun[0], self.today()) if begun else None
        if begun is None or wish is None:
            return None
        message = _one(wish) if isinstance(wish, Phrase) else self.keep(wish, person, begun[1])
        return Reply(message, begun[1]) if message else None

    def listing(self, person: str) -> Message:
        """What a person waits for, soonest first, each with a button to take it back."""
        sent = self._sent(person)
        waiting = sorted(
            ((coming[0], one) for one in self._requests(person) if (coming := self._coming(one, sent))),
            key=lambda pair: pair[0].at,
        )
        parts: list[Part] = []
        for item, one in waiting:
            parts.append(Say(self._line(item)))
            parts.append(Actions((Action("reminder_cancel", Phrase("asked.cancel"), one.id),)))
        return Message(tuple(parts)) if parts else _one(Phrase("asked.none"))

    def take_back(self, number: str, person: str) -> Phrase:
        taken = self.outbox is not None and self.outbox.cancel_request(number, person)
        return Phrase("asked.cancelled" if taken else "asked.gone")

    def _meant(self, about: str, chosen: str) -> tuple[Record, str] | Message | None:
        """The fact and the date that the words name, or which of several, or None."""
        if (record := self.base.record(about)) is not None and visible(record, ANYONE):
            return record, ""
        answer = self.base.ask(Asked(about, self.today()))
        facts = [record for one in answer.facts if (record := self.base.record(one)) and visible(record, ANYONE)]
        name = answer.topic.field if answer.topic else ""
        if chosen:
            facts = [record for record in facts if record.id == chosen]
        if not facts or answer.band in ("unknown", "chat") or answer.set is not None:
            return None
        if answer.band == "sure" or chosen:
            return facts[0], name if name in self._dates(facts[0]) else ""
        buttons = tuple(Action("remind_pick", record.titles, record.id) for record in facts[:_OFFERED])
        return Message((Say(Phrase("asked.which")), Actions(buttons)))

    def _dates(self, record: Record) -> set[str]:
        kind = self.base.kinds.get(record.kind)
        return {one.field for one in deadlines(record, kind)} if kind else set()

    def _refusal(self, asked: Request, record: Record) -> Phrase | None:
        """Why it is not kept."""
        waiting = self._requests(asked.person)
        if any(replace(one, id="", created=asked.created, lang=asked.lang) == asked for one in waiting):
            return Phrase("asked.already")
        sent = self._sent(asked.person)
        if sum(bool(self._coming(one, sent)) for one in waiting) >= MOST_OPEN:
            return Phrase("asked.too_many", {"most": MOST_OPEN})
        if asked.moment is not None and asked.moment <= asked.created:
            here = asked.created.astimezone(zone(self.team.zone))
            args = {"today": Day.of(here.date()), "now": here.time(), "place": self.team.zone}
            return Phrase("asked.past", {**args, **self._when(asked.moment)})
        if asked.moment is not None and asked.moment > asked.created + FARTHEST:
            return Phrase("asked.too_far", self._when(asked.moment))
        if self._coming(asked, ()):
            return None
        return Phrase("asked.silent" if record.silent else "asked.too_late", {"title": record.titles})

    def _said_back(self, kept: Request) -> Message:
        coming = self._coming(kept, ())
        parts: list[Part] = [Say(Phrase("asked.kept"))]
        parts += [Say(self._line(item)) for item in coming]
        if any(item.vague for item in coming):
            parts.append(Note(Phrase("asked.vague")))
        parts.append(Note(Phrase("asked.how")))
        parts.append(Actions((Action("reminder_cancel", Phrase("asked.cancel"), kept.id),)))
        return Message(tuple(parts))

    def _requests(self, person: str) -> Sequence[Request]:
        return self.outbox.requests(person) if self.outbox else ()

    def _sent(self, person: str) -> Sequence[Entry]:
        """What was said to that person alone."""
        sent = self.outbox.sent(self.now() - REMEMBERED) if self.outbox else ()
        return [entry for entry in sent if entry.due.channel == person]

    def _coming(self, one: Request, sent: Sequence[Entry]) -> list[Due]:
        """What will be said of it from now on, soonest first; `sent` is what was said to that person."""
        record, now = self.base.record(one.record_id), self.now()
        if record is None or not visible(record, ANYONE):
            # One about a fact that was kept to some since is not sent, nor named here.
            return []
        window = (now, now + 2 * FARTHEST)
        found = ahead(agenda_of([record], self.base.kinds), (), (), self.team, [one], sent, window, now)
        return sorted((item for item in found if item.at > now), key=lambda item: item.at)

    def _line(self, item: Due) -> Phrase:
        """When, and what."""
        record = self.base.record(item.record_id)
        what = happening(item, record, spec_of(self.base.kinds, record, item.field)) if record else Phrase("asked.gone")
        return Phrase("asked.line", {**self._when(item.at), "what": what})

    def _when(self, moment: datetime) -> dict[str, Any]:
        at = moment.astimezone(zone(self.team.zone))
        return {"day": Day.of(at.date()), "hour": at.time()}


def _one(phrase: Phrase) -> Message:
    return Message((Say(phrase),))
