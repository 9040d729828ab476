"""What will be said without being asked, when and where: the look ahead that the terminal and Slack share. Pure but for the
facts that it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol

from bot.desk.stretches import DAYS, Stretch
from knowledge.audience import Viewer, visible
from knowledge.dates import Day
from knowledge.kinds import Kind
from knowledge.messages import Channel, Member, Message, Note, Part, Phrase, Say
from knowledge.records import Change, Record
from scheduler.agenda import OVER, REVIEW, Agenda, agenda_of
from scheduler.ahead import REMEMBERED, ahead
from scheduler.belated import Known
from scheduler.calendar import local_day, zone
from scheduler.digest import News, digest
from scheduler.heartbeat import Heartbeat, heartbeat, prefix, told_until
from scheduler.plan import reviews
from scheduler.ports import Outbox
from scheduler.rules import DigestRule, ReminderRule, ReviewRule, Team
from scheduler.values import Due, Entry
from scheduler.wording import happening, headline, hears, spec_of

_RUNS: Final = 100
"""Past runs of a digest that are looked at, to know when it last told its news."""


class Facts(Protocol):
    """The part of the knowledge base that this desk reads."""

    @property
    def kinds(self) -> Mapping[str, Kind]: ...

    def records(self) -> Sequence[Record]: ...


@dataclass(frozen=True, slots=True)
class RemindDesk:
    """Looks ahead with the rules of the team. Nothing is planned or sent here. `now` tells the time, in UTC;
    `outbox` keeps what people do about reminders, None where nothing is written; `changes` and `gaps` are what digests tell;
    `batches` gives how many facts each person will be asked to look at on a day, as far as the base tells; `over` what became of
    past occurrences, by the beginning of their keys, newest first; `posted` what was posted since a moment, oldest first; `dates` since
    when dates are known that came to be known shortly before a moment."""

    facts: Facts
    now: Callable[[], datetime]
    rules: tuple[ReminderRule, ...] = ()
    digest_rules: tuple[DigestRule, ...] = ()
    team: Team = field(default_factory=Team)
    outbox: Outbox | None = None
    changes: Callable[[], Sequence[Change]] = tuple
    gaps: Callable[[], Sequence[tuple[datetime, str]]] = tuple
    review_rule: ReviewRule | None = None
    batches: Callable[[date], Mapping[str, int]] = lambda day: {}
    over: Callable[[str, int], Sequence[Entry]] = lambda prefix, most: ()
    posted: Callable[[datetime], Sequence[Entry]] = lambda since: ()
    dates: Callable[[Agenda, datetime], Known] = lambda agenda, now: {}

    def upcoming(
        self, now: datetime, days: int = DAYS, viewer: Viewer | None = None, asker: str = ""
    ) -> list[tuple[Due, Record | None]]:
        """What will be said in the next `days` days if no fact changes and nobody acts, oldest first, each with its fact (None:
        a digest). Only what the viewer may see; None sees all that is said. What people asked for themselves is shown to the
        `asker` alone. Of the weekly look at facts only the next one: what comes after depends on what people do then."""
        return self._between(now, now + timedelta(days=days), viewer, asker)

    def _between(
        self, now: datetime, until: datetime, viewer: Viewer | None, asker: str
    ) -> list[tuple[Due, Record | None]]:
        records = {record.id: record for record in self.facts.records()}
        found: list[tuple[Due, Record | None]] = []
        for item in self._ahead(records.values(), now, until, asker):
            record = records.get(item.record_id)
            if now < item.at <= until and (item.notice == "digest" or _shown(item, record, viewer)):
                found.append((item, record))
        if viewer is None or viewer.coordinator:
            found += [(item, None) for item in self._next_reviews(now, until)]
        return sorted(found, key=lambda pair: (pair[0].at, pair[0].key))

    def _ahead(self, records: Iterable[Record], now: datetime, until: datetime, asker: str) -> list[Due]:
        """As the sender plans it, from what had been posted and done by then."""
        requests = self.outbox.requests(asker) if self.outbox and asker else ()
        sent = [
            replace(entry, acts=tuple(act for act in entry.acts if act.at <= now))
            for entry in self.posted(now - REMEMBERED)
            if entry.due.at <= now
        ]
        agenda = agenda_of(records, self.facts.kinds, any(REVIEW in rule.fields for rule in self.rules))
        dates = {one: at for one, at in self.dates(agenda, now).items() if at <= now}
        rules, window = (self.rules, self.digest_rules), (now, until)
        return ahead(agenda, *rules, self.team, requests, sent, window, now, unless_done=until, dates=dates)

    def _next_reviews(self, now: datetime, until: datetime) -> list[Due]:
        first = next(iter(reviews(self.review_rule, lambda: ("",), now, until)), None)
        return reviews(self.review_rule, lambda: self._batches_of(first), now, first.at) if first else []

    def _batches_of(self, item: Due) -> Mapping[str, int]:
        return self.batches(local_day(item.at, item.zone))

    def listing(
        self,
        now: datetime,
        stretch: Stretch,
        viewer: Viewer | None = None,
        shown: int | None = None,
        asker: str = "",
    ) -> Message:
        """One line for each message of that time: when, where, and its first sentence. At most `shown` lines, which then name each
        digest once, so that a daily one leaves room for the rest."""
        found = [pair for pair in self._between(now, stretch.until, viewer, asker) if pair[0].at > stretch.since]
        if not self.rules and not self.digest_rules and not found:
            return Message((Say(Phrase("due.no_rules")),))
        if not found:
            return Message((Say(Phrase(f"due.nothing{stretch.form}", stretch.args)),))
        parts: list[Part] = [Say(Phrase(f"due.lead{stretch.form}", {"count": len(found), **stretch.args}), strong=True)]
        lines = found if shown is None else _each_digest_once(found)[:shown]
        parts += [Say(self.line(item, record, viewer)) for item, record in lines]
        if len(found) > len(lines):
            parts.append(Note(Phrase("due.more", {"count": len(found) - len(lines), "days": stretch.days})))
        return Message(tuple(parts))

    def as_of(self, now: datetime) -> Phrase:
        """The moment from which one looks ahead, in the zone of the team."""
        at = now.astimezone(zone(self.team.zone))
        return Phrase("due.as_of", {"day": Day.of(at.date()), "hour": at.time(), "place": self.team.zone})

    def line(self, item: Due, record: Record | None, viewer: Viewer | None = None) -> Phrase:
        """When, in the zone of its channel, where, and what."""
        at = item.at.astimezone(zone(item.zone))
        where: Any = Channel(item.channel)
        if item.notice in ("personal", "review"):
            where = Phrase("due.to_you") if item.notice == "personal" else Member(item.channel)
        args: dict[str, Any] = {"day": Day.of(at.date()), "hour": at.time(), "channel": where, "place": item.zone}
        said = self.said(item, record, viewer)
        if item.assignee:
            said = Phrase("due.for", {"what": said, "name": Member(item.assignee)})
        return Phrase("due.line" if item.zone == self.team.zone else "due.line_zone", {**args, "what": said})

    def said(self, item: Due, record: Record | None, viewer: Viewer | None = None) -> Phrase:
        """The first sentence of the message; to a viewer who may see more than its channel, all of it."""
        if item.notice == "review":
            return Phrase("due.review", {"count": self._batches_of(item).get(item.channel, 0)})
        if record is None:
            return Phrase("due.digest", {"rule": item.rule})
        told = hears(item, record) or viewer is not None
        spec = spec_of(self.facts.kinds, record, item.field)
        what = happening(item, record, spec, item.at) if told else Phrase("reminder.reserved")
        return Phrase("due.unless", {"what": what}) if item.notice == "escalation" else headline(item, what, item.at)

    def digest(self, item: Due, now: datetime) -> Message | None:
        """What the digest of this occurrence tells; None where there is no news."""
        rule = next((rule for rule in self.digest_rules if rule.name == item.rule), None)
        if rule is None:
            return None
        return digest(rule, self._news(), item.at, told_until(rule, self._runs(rule), item.at))

    def preview(self, viewer: Viewer) -> Message:
        """The digests of the channel where one looks, all of them where it has none, as they would be sent now: of what their
        channel and the viewer may see."""
        news, now = self._news(), self.now()
        parts: list[Part] = []
        for rule in [one for one in self.digest_rules if one.channel == viewer.place] or self.digest_rules:
            told = told_until(rule, self._runs(rule), now)
            message = digest(rule, news, now, told, viewer)
            key = "digest.preview" if message else "digest.quiet_since" if told.ever else "digest.quiet"
            args = {"rule": rule.name, "date": Day.of(local_day(told.until, rule.zone))}
            parts += [Say(Phrase(key, args)), *(message.parts if message else ())]
        return Message(tuple(parts)) if parts else Message((Say(Phrase("digest.none")),))

    def heartbeats(self, now: datetime) -> list[Heartbeat]:
        """When each digest last ran, what came of it, and when it runs again."""
        waiting = self.outbox.waiting(now) if self.outbox and self.digest_rules else ()
        return [heartbeat(rule, self._runs(rule), now, waiting) for rule in self.digest_rules]

    def _runs(self, rule: DigestRule) -> list[Entry]:
        return [run for run in self.over(prefix(rule), _RUNS) if run.due.rule == rule.name]

    def _news(self) -> News:
        return News(self.facts.records(), self.facts.kinds, self.changes(), self.gaps())


def _shown(item: Due, record: Record | None, viewer: Viewer | None) -> bool:
    """Whether it will be said, and this viewer may know of it."""
    if record is None or (record.status in OVER and item.notice != "follow_up"):
        return False
    return viewer is None or visible(record, viewer)


def _each_digest_once(found: Sequence[tuple[Due, Record | None]]) -> list[tuple[Due, Record | None]]:
    """Without the later occurrences of a digest."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for item, record in found:
        digest_of = (item.rule, item.channel)
        if item.notice != "digest" or digest_of not in seen:
            kept.append((item, record))
        if item.notice == "digest":
            seen.add(digest_of)
    return kept
