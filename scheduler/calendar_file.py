"""The deadlines as a calendar file (RFC 5545): one event for each, known by the same UID for ever. Pure.

A date that moves keeps its UID with a higher SEQUENCE. One that was withdrawn, or whose fact was retired, is told as cancelled for a
while, so that calendars take it out; what may not be seen any more is left out without a word. Nothing here depends on the moment of
writing but what has been cancelled long enough, so that the same facts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, vText

from knowledge.audience import Viewer, visible
from knowledge.kinds import Kind
from knowledge.messages import Phrase, Text
from knowledge.records import Change, Record
from scheduler.agenda import REVIEW, Deadline, deadlines
from scheduler.calendar import instant, zone
from scheduler.plan import fits
from scheduler.rules import DigestRule, ReminderRule
from scheduler.values import Scope

PRODUCT: Final = "-//Entente//Deadlines//EN"
CANCELLED_FOR: Final = timedelta(days=90)
"""How long a date that no longer holds is told as cancelled: longer than any program waits before it looks again."""
AGAIN: Final = timedelta(hours=6)
"""How often programs are asked to look."""
_DOMAIN: Final = "entente"


@dataclass(frozen=True, slots=True)
class Tracked:
    """A fact with the moment of its last change, and what it was before each late change, newest first."""

    record: Record
    changed: datetime
    earlier: tuple[Record, ...] = ()


def tracked(records: Iterable[Record], changes: Iterable[Change], now: datetime) -> list[Tracked]:
    """Facts, retired ones too, with what their history says of the last months. `changes` are oldest first."""
    changed: dict[str, datetime] = {}
    earlier: dict[str, list[Record]] = {}
    for change in changes:
        changed[change.record_id] = change.at
        if change.before is not None and not change.before.retired and change.at > now - CANCELLED_FOR:
            earlier.setdefault(change.record_id, []).append(change.before)
    return [
        Tracked(record, changed.get(record.id, now), tuple(reversed(earlier.get(record.id, ())))) for record in records
    ]


Shows = Callable[[Record, Deadline], bool]
"""Whether a calendar shows this deadline of this fact."""


def shows(scope: Scope, reminders: Sequence[ReminderRule] = (), digests: Sequence[DigestRule] = ()) -> Shows:
    """What belongs into the calendar of that scope, by the rules of its channel where it names nothing itself."""
    viewer = Viewer(scope.channel, private=False)
    asked = ReminderRule(
        *("", scope.channel, ()),
        kinds=(scope.kind,) if scope.kind else (),
        themes=(scope.theme,) if scope.theme else (),
        countries=(scope.country,) if scope.country else (),
    )
    rules = [asked]
    if scope.channel and scope == Scope(scope.channel):
        own: list[ReminderRule] = [rule for rule in reminders if rule.channel == scope.channel]
        own += [
            replace(asked, kinds=rule.kinds, themes=rule.themes, countries=rule.countries)
            for rule in digests
            if rule.channel == scope.channel and "due" in rule.topics
        ]
        rules = own or rules

    def shown(record: Record, one: Deadline) -> bool:
        return one.field != REVIEW and visible(record, viewer) and any(fits(one, rule) for rule in rules)

    return shown


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The file, how many events stand in it, and the last change of what it tells (None: it tells nothing)."""

    data: bytes
    events: int
    modified: datetime | None


def calendar_file(
    facts: Iterable[Tracked],
    kinds: Mapping[str, Kind],
    lang: str,
    name: str,
    shown: Shows,
    say: Callable[[Phrase], str],
) -> CalendarFile:
    """A calendar called `name` of the deadlines that are `shown`; `say` puts a phrase into its language."""
    calendar = Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(key, value)
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(name))
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    moments = []
    for fact in facts:
        kind = kinds.get(fact.record.kind)
        for event in _events(fact, kind, lang, shown, say) if kind else ():
            calendar.add_component(event)
            moments.append(fact.changed)
    calendar.add_missing_timezones()
    return CalendarFile(bytes(calendar.to_ical()), len(moments), max(moments, default=None))


def _events(fact: Tracked, kind: Kind, lang: str, shown: Shows, say: Callable[[Phrase], str]) -> Iterator[Event]:
    known: set[str] = set()
    standing = () if fact.record.retired else (fact.record,)
    for version in (*standing, *fact.earlier):
        marked = list(deadlines(replace(version, retired=False, reminders=()), kind))
        for one in marked:
            alone = sum(other.field == one.field for other in marked) == 1
            uid = f"{version.id}.{one.field}{'' if alone else f'.{one.day}'}@{_DOMAIN}"
            # What a fact said before is told of only to those who may see what it says now.
            if uid in known or not shown(version, one) or not shown(fact.record, one):
                continue
            known.add(uid)
            event = _event(one, version, kind, lang, say)
            event.add("uid", uid)
            event.add("sequence", fact.record.revision)
            event.add("dtstamp", fact.changed)
            event.add("last-modified", fact.changed)
            event.add("status", "CONFIRMED" if version is fact.record else "CANCELLED")
            yield event


def _event(one: Deadline, record: Record, kind: Kind, lang: str, say: Callable[[Phrase], str]) -> Event:
    event = Event()
    spec = kind.field(one.field)
    label = _pick(spec.labels, lang) if spec else one.field
    event.add("summary", f"{_pick(record.titles, lang)} · {label}")
    only = "" if one.day.grain == "day" else say(Phrase(f"reminder.{one.day.grain}_only"))
    lines = (_pick(record.summaries, lang), only, record.source.url)
    event.add("description", "\n".join(text for text in lines if text))
    if record.source.url:
        event.add("url", record.source.url)
    event.add("transp", "TRANSPARENT")
    event.add("categories", [_pick(kind.labels, lang)])
    if one.hour is not None and one.day.grain == "day":
        at = instant(one.day.first, one.hour.time, one.hour.zone)
        # "Anywhere on earth" is no place that calendars know: its instant is told in UTC.
        event.add("dtstart", at if one.hour.zone.startswith("Etc/") else at.astimezone(zone(one.hour.zone)))
    else:
        # A date without its day covers the whole month or year.
        event.add("dtstart", one.day.first)
        event.add("dtend", one.end + timedelta(days=1))
    return event


def _pick(text: Text, lang: str) -> str:
    return text.get(lang) or next((other for other in text.values() if other), "")
