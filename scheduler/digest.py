"""What a digest tells: what is due soon, and what is new, changed, off track or without an answer since the last one. Pure.

A message of None means that there is no news.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from knowledge.audience import Viewer, visible
from knowledge.dates import Day
from knowledge.fields import Quantity
from knowledge.kinds import Kind
from knowledge.messages import Item, Listing, Message, Note, Part, Phrase, Say
from knowledge.records import Change, Record
from scheduler.calendar import instant, local_day, zone
from scheduler.plan import deadlines
from scheduler.rules import DigestRule

SOON: Final = timedelta(days=30)
SHOWN: Final = 10
_MONTH: Final = 32


@dataclass(frozen=True, slots=True)
class News:
    """What a digest reads: every fact, the changes that people made, and the questions that found no answer."""

    records: Sequence[Record]
    kinds: Mapping[str, Kind]
    changes: Sequence[Change] = ()
    gaps: Sequence[tuple[datetime, str]] = ()


def digest(rule: DigestRule, news: News, at: datetime) -> Message | None:
    """The digest of that moment, of what this channel may see and the rule asks for."""
    since, today = previous(rule, at), local_day(at, rule.zone)
    fitting = {record.id: record for record in news.records if _fits(record, rule)}
    sections = {
        "due": _soon(fitting.values(), news.kinds, today),
        "new": _changed(fitting, news.changes, since, at, ("add", "restore")),
        "changed": _changed(fitting, news.changes, since, at, ("amend", "verify")),
        "off_track": _off_track(fitting.values(), local_day(since, rule.zone), today),
    }
    parts: list[Part] = []
    for topic, items in sections.items():
        if items and topic in rule.topics:
            parts += [Say(Phrase(f"digest.{topic}"), strong=True), Listing(tuple(items[:SHOWN]), len(items))]
    asked = [text for moment, text in news.gaps if since < moment <= at] if "gaps" in rule.topics else []
    if asked:
        parts.append(Say(Phrase("digest.gaps"), strong=True))
        parts += [Say(Phrase("digest.question", {"question": text})) for text in asked[:SHOWN]]
    if not parts:
        return None
    return Message((*parts, Note(Phrase("digest.since", {"date": Day.of(local_day(since, rule.zone))}))))


def previous(rule: DigestRule, at: datetime) -> datetime:
    """When this digest last fell before that moment."""
    day = at.astimezone(zone(rule.zone)).date()
    for count in range(_MONTH):
        moment = instant(day - timedelta(days=count), rule.hour, rule.zone)
        if moment < at and rule.falls_on(day - timedelta(days=count)):
            return moment
    return at - timedelta(days=_MONTH)


def _fits(record: Record, rule: DigestRule) -> bool:
    countries = record.values.get("countries")
    return (
        not record.retired
        and visible(record, Viewer(rule.channel, private=False))
        and (not rule.kinds or record.kind in rule.kinds)
        and (not rule.themes or not set(rule.themes).isdisjoint(record.themes))
        and (
            not rule.countries or not set(rule.countries).isdisjoint(countries if isinstance(countries, tuple) else ())
        )
    )


def _soon(records: Iterable[Record], kinds: Mapping[str, Kind], today: date) -> list[Item]:
    found = []
    for record in records:
        kind = kinds.get(record.kind)
        for one in deadlines(record, kind) if kind else ():
            spec = kind.field(one.field) if kind else None
            if one.marked and not one.over and spec and today <= one.day.first <= today + SOON:
                detail = Phrase("list.detail", {"label": spec.labels, "value": one.day})
                found.append((one.day.first, record.id, Item(record.id, record.titles, detail)))
    return [item for _, _, item in sorted(found, key=lambda entry: entry[:2])]


def _changed(
    records: Mapping[str, Record], changes: Iterable[Change], since: datetime, at: datetime, verbs: tuple[str, ...]
) -> list[Item]:
    ids = dict.fromkeys(
        change.record_id
        for change in changes
        if since < change.at <= at and change.verb in verbs and change.record_id in records
    )
    return [Item(name, records[name].titles) for name in ids]


def _off_track(records: Iterable[Record], since: date, today: date) -> list[Item]:
    """Targets whose day has passed since the last digest and that were not reached."""
    found = []
    for record in records:
        for value in record.values.values():
            if not isinstance(value, Quantity) or value.by is None or value.share is None:
                continue
            if since < value.by.last <= today and value.share < 1:
                found.append(Item(record.id, record.titles, Phrase("digest.share", {"share": value.share})))
    return found
