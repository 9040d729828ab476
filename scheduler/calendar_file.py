"""The deadlines as a calendar file (RFC 5545): one event for each, known by the same UID for ever. Pure.

A date that moves keeps its UID with a higher SEQUENCE; that of a retired fact is cancelled, so that calendars take it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from knowledge.audience import ANYONE, visible
from knowledge.kinds import Kind
from knowledge.messages import Text
from knowledge.records import Record
from scheduler.calendar import instant, zone
from scheduler.plan import Deadline, deadlines

PRODUCT: Final = "-//Entente//Deadlines//EN"
_DOMAIN: Final = "entente"


def calendar_file(records: Iterable[Record], kinds: Mapping[str, Kind], lang: str, now: datetime, name: str) -> bytes:
    """A calendar called `name` of every deadline that anyone may see, retired facts too. `now` stamps the events."""
    calendar = Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", "PUBLISH"), ("x-wr-calname", name)):
        calendar.add(key, value)
    for record in records:
        kind = kinds.get(record.kind)
        if kind is None or not visible(record, ANYONE):
            continue
        marked = [one for one in deadlines(replace(record, retired=False, reminders=()), kind) if one.marked]
        for one in marked:
            alone = sum(other.field == one.field for other in marked) == 1
            calendar.add_component(_event(one, record, kind, lang, now, alone))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(one: Deadline, record: Record, kind: Kind, lang: str, now: datetime, alone: bool) -> Event:
    """`alone` is False for one of several days of the same field, which their dates then tell apart."""
    event = Event()
    spec = kind.field(one.field)
    label = _pick(spec.labels, lang) if spec else one.field
    own = "" if alone else f".{one.day}"
    event.add("uid", f"{record.id}.{one.field}{own}@{_DOMAIN}")
    event.add("sequence", record.revision)
    event.add("dtstamp", now)
    event.add("summary", f"{_pick(record.titles, lang)} · {label}")
    event.add("description", "\n".join(text for text in (_pick(record.summaries, lang), record.source.url) if text))
    if record.source.url:
        event.add("url", record.source.url)
    event.add("status", "CANCELLED" if record.retired else "CONFIRMED")
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
