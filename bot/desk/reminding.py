"""What will be said without being asked, when and where: the look ahead that the terminal and Slack share. Pure but for the
facts that it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from knowledge.audience import Viewer, visible
from knowledge.dates import Day
from knowledge.kinds import Kind
from knowledge.messages import Message, Note, Part, Phrase, Say
from knowledge.records import Record
from scheduler.calendar import zone
from scheduler.compose import happening, headline, hears, spec_of
from scheduler.plan import agenda_of, digests, due
from scheduler.rules import DigestRule, ReminderRule, Team
from scheduler.values import Due

DAYS: Final = 30
MOST_DAYS: Final = 3660


class Facts(Protocol):
    """The part of the knowledge base that this desk reads."""

    @property
    def kinds(self) -> Mapping[str, Kind]: ...

    def records(self) -> Sequence[Record]: ...


@dataclass(frozen=True, slots=True)
class RemindDesk:
    """Looks ahead with the rules of the team. Nothing is planned or sent here. `now` tells the time, in UTC."""

    facts: Facts
    now: Callable[[], datetime]
    rules: tuple[ReminderRule, ...] = ()
    digest_rules: tuple[DigestRule, ...] = ()
    team: Team = field(default_factory=Team)

    def upcoming(
        self, now: datetime, days: int = DAYS, viewer: Viewer | None = None
    ) -> list[tuple[Due, Record | None]]:
        """What will be said in the next `days` days if no fact changes, oldest first, each with its fact (None: a digest).
        Only what its channel may see, and the viewer; None sees all that is said."""
        records = {record.id: record for record in self.facts.records()}
        until = now + timedelta(days=days)
        reminders = due(agenda_of(records.values(), self.facts.kinds), self.rules, now, until, self.team)
        found: list[tuple[Due, Record | None]] = [
            (item, record)
            for item in reminders
            if (record := records[item.record_id])
            and hears(item, record)
            and (viewer is None or visible(record, viewer))
        ]
        found += [(item, None) for item in digests(self.digest_rules, now, until)]
        return sorted(found, key=lambda pair: (pair[0].at, pair[0].key))

    def listing(
        self, now: datetime, days: int = DAYS, viewer: Viewer | None = None, shown: int | None = None
    ) -> Message:
        """One line for each message: when, where, and its first sentence. At most `shown` lines."""
        if not self.rules and not self.digest_rules:
            return Message((Say(Phrase("due.no_rules")),))
        found = self.upcoming(now, days, viewer)
        last = Day.of((now + timedelta(days=days)).astimezone(zone(self.team.zone)).date())
        if not found:
            return Message((Say(Phrase("due.nothing", {"date": last})),))
        parts: list[Part] = [Say(Phrase("due.lead", {"count": len(found), "date": last}), strong=True)]
        parts += [Say(self.line(item, record)) for item, record in found[:shown]]
        if shown is not None and len(found) > shown:
            parts.append(Note(Phrase("due.more", {"count": len(found) - shown, "days": days})))
        return Message(tuple(parts))

    def line(self, item: Due, record: Record | None) -> Phrase:
        at = item.at.astimezone(zone(item.zone))
        args: dict[str, Any] = {"day": Day.of(at.date()), "hour": at.time(), "channel": item.channel}
        return Phrase("due.line", {**args, "what": self.said(item, record)})

    def said(self, item: Due, record: Record | None) -> Phrase:
        """The first sentence of the message."""
        if record is None:
            return Phrase("due.digest", {"rule": item.rule})
        return headline(item, happening(item, record, spec_of(self.facts.kinds, record, item.field)), item.at)
