"""What a digest tells: what is due soon, and what is new, changed, off track or without an answer since the last one. Pure.

A message of None means that there is no news. Deadlines that the last digest has told already are no news by themselves: they are
told again only beside something that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from knowledge.audience import Viewer, visible
from knowledge.dates import Day
from knowledge.fields import Quantity
from knowledge.kinds import Kind
from knowledge.messages import Item, Listing, Message, Note, Part, Phrase, Say, Text
from knowledge.records import Change, Record
from scheduler.agenda import OVER, deadlines
from scheduler.calendar import instant, local_day, zone
from scheduler.rules import DigestRule

SOON: Final = timedelta(days=30)
SHOWN: Final = 10
TOPICS: Final = ("due", "new", "changed", "off_track", "gaps")
_MONTH: Final = 32
_NEARLY: Final = 0.95
"""The share of a target that a forecast must reach: paces are not that exact."""
_NO_NEWS: Final = ("aliases", "owner", "source", "other_sources", "stale", "reminders", "revision", "audience")
"""What may change about a fact without a word: how it is looked after, and not what it says."""


@dataclass(frozen=True, slots=True)
class News:
    """What a digest reads: every fact, the changes that people made, and the questions that found no answer."""

    records: Sequence[Record]
    kinds: Mapping[str, Kind]
    changes: Sequence[Change] = ()
    gaps: Sequence[tuple[datetime, str]] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Up to when the news of a digest have been told; not `ever`, where no run has come through yet."""

    until: datetime
    ever: bool = True


def digest(
    rule: DigestRule, news: News, at: datetime, told: Told | None = None, viewer: Viewer | None = None
) -> Message | None:
    """The digest of that moment, of what the rule asks for and its channel may see (and the `viewer`, where one looks ahead).
    Before the first run, all that is due soon is news."""
    told = told or Told(previous(rule, at), ever=False)
    start, today = told.until, local_day(at, rule.zone)

    def fits(record: Record) -> bool:
        return _fits(record, rule) and (viewer is None or visible(record, viewer))

    earlier = _earlier(news.changes, start, at)
    now = {record.id: record for record in news.records if fits(record)}
    then = {name: record for name, record in now.items() if name not in earlier}
    then |= {name: before for name, before in earlier.items() if before is not None and fits(before)}
    due = due_soon(now.values(), news.kinds, today)
    said = due_soon(then.values(), news.kinds, local_day(start, rule.zone)) if told.ever else {}
    sections: dict[str, list[Item]] = {
        "due": list(due.values()),
        "new": [Item(name, record.titles) for name, record in now.items() if name in earlier and name not in then],
        "changed": _changed(now, then, earlier, {record.id: record for record in news.records}, news.kinds),
        "off_track": _news_of(off_track(now.values(), today), off_track(then.values(), local_day(start, rule.zone))),
    }
    sections = {topic: items for topic, items in sections.items() if items and topic in rule.topics}
    shown = viewer is None or viewer.coordinator or viewer.place == rule.channel
    asked = [text for moment, text in news.gaps if start < moment <= at] if shown and "gaps" in rule.topics else []
    if not asked and not sections.keys() - {"due"} and ("due" not in sections or due.keys() <= said.keys()):
        return None
    parts: list[Part] = []
    for topic, items in sections.items():
        parts += [Say(Phrase(f"digest.{topic}"), strong=True), Listing(tuple(items[:SHOWN]), len(items))]
    if asked:
        parts.append(Say(Phrase("digest.gaps"), strong=True))
        parts += [Say(Phrase("digest.question", {"question": text})) for text in asked[:SHOWN]]
        if len(asked) > SHOWN:
            parts.append(Note(Phrase("digest.more_gaps", {"count": len(asked) - SHOWN})))
    return Message((*parts, Note(Phrase("digest.since", {"date": Day.of(local_day(start, rule.zone))}))))


def counts(message: Message) -> dict[str, int]:
    """How much a digest tells of each topic, in the order of `TOPICS`."""
    found: dict[str, int] = {}
    topic = ""
    for part in message.parts:
        if isinstance(part, Listing):
            found[topic] = part.total
        elif isinstance(part, Say | Note):
            name = part.phrase.key.removeprefix("digest.")
            topic = name if name in TOPICS else topic
            if name in ("question", "more_gaps"):
                found["gaps"] = found.get("gaps", 0) + int(part.phrase.args.get("count", 1))
    return found


def previous(rule: DigestRule, at: datetime) -> datetime:
    """When this digest last fell before that moment."""
    day = at.astimezone(zone(rule.zone)).date()
    for count in range(_MONTH):
        moment = instant(day - timedelta(days=count), rule.hour, rule.zone)
        if moment < at and rule.falls_on(day - timedelta(days=count)):
            return moment
    return at - timedelta(days=_MONTH)


def due_soon(records: Iterable[Record], kinds: Mapping[str, Kind], today: date) -> dict[tuple[str, str, str], Item]:
    """What these facts are due for in the next thirty days, soonest first, by fact, field and day."""
    found: list[tuple[date, tuple[str, str, str], Item]] = []
    for record in records:
        kind = kinds.get(record.kind)
        for one in deadlines(record, kind) if kind else ():
            spec = kind.field(one.field) if kind else None
            if one.marked and not one.over and spec and _is_soon(one.day, today):
                value: Any = Phrase("digest.hour", {"day": one.day, "hour": one.hour}) if one.hour else one.day
                detail = Phrase("list.detail", {"label": spec.labels, "value": value})
                key = (record.id, one.field, str(one.day))
                found.append((one.day.first, key, Item(record.id, record.titles, detail)))
    return {key: item for _, key, item in sorted(found, key=lambda entry: entry[:2])}


def _is_soon(day: Day, today: date) -> bool:
    """Within thirty days; a month as soon as it is near and for as long as it lasts, a year when it comes to its end."""
    first = day.last if day.grain == "year" else day.first
    return first <= today + SOON and today <= day.last


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


def _earlier(changes: Iterable[Change], since: datetime, at: datetime) -> dict[str, Record | None]:
    """What the facts that were changed in that time were before; None for one that was not there."""
    found: dict[str, Record | None] = {}
    for change in changes:
        if since < change.at <= at:
            found.setdefault(change.record_id, change.before)
    return found


def _changed(
    now: Mapping[str, Record],
    then: Mapping[str, Record],
    earlier: Iterable[str],
    known: Mapping[str, Record],
    kinds: Mapping[str, Kind],
) -> list[Item]:
    """What says something else than before, and what was retired. `known` are all facts that stand, of whatever channel."""
    found = []
    for name in earlier:
        before, after = then.get(name), now.get(name)
        if before is not None and after is not None and _says(before) != _says(after):
            found.append(Item(name, after.titles, _difference(before, after, kinds.get(after.kind))))
        elif before is not None and name not in known:
            found.append(Item(name, before.titles, Phrase("digest.retired")))
    return found


def _says(record: Record) -> list[Any]:
    return [getattr(record, name) for name in Record.__dataclass_fields__ if name not in _NO_NEWS]


def _difference(before: Record, after: Record, kind: Kind | None) -> Phrase | None:
    """From what to what a date has moved, else what was changed; None where no name says it."""
    specs = [
        spec for spec in (kind.fields if kind else ()) if before.values.get(spec.name) != after.values.get(spec.name)
    ]
    for spec in sorted(specs, key=lambda one: not one.deadline):
        was, value = before.values.get(spec.name), after.values.get(spec.name)
        if isinstance(was, Day) and isinstance(value, Day):
            return Phrase("digest.moved", {"label": spec.labels, "was": was, "value": value})
    names: list[Text | Phrase] = [spec.labels for spec in specs]
    names += [Phrase("digest.status")] if before.status != after.status else []
    names += [Phrase("digest.text")] if _texts(before) != _texts(after) else []
    return Phrase("digest.fields", {"names": names}) if names else None


def _texts(record: Record) -> tuple[Text, ...]:
    return record.titles, record.summaries, record.note


def off_track(records: Iterable[Record], today: date) -> dict[tuple[str, str], Item]:
    """Targets that were not reached by their day, and those that will not be at the pace of their points so far, by fact and
    field."""
    found = {}
    for record in records:
        for name, value in record.values.items():
            detail = _lag(value, today) if isinstance(value, Quantity) else None
            if detail is not None and record.status not in OVER:
                found[record.id, name] = Item(record.id, record.titles, detail)
    return found


def _lag(value: Quantity, today: date) -> Phrase | None:
    """How far behind its target a figure is; None where it is not, or that cannot be told."""
    share, by = value.share, value.by
    if share is None or share >= 1 or by is None or not value.value:
        return None
    if by.last < today:
        return Phrase("digest.missed", {"date": by, "share": share})
    first, last = value.progress[0], value.progress[-1]
    days = (last.date.last - first.date.last).days
    if days <= 0:
        return None
    forecast = last.value + (last.value - first.value) * max(0, (by.last - last.date.last).days) / days
    if forecast >= value.value * _NEARLY:
        return None
    return Phrase("digest.behind", {"date": by, "share": share, "forecast": max(0.0, forecast) / value.value})


def _news_of(now: Mapping[tuple[str, str], Item], then: Mapping[tuple[str, str], Item]) -> list[Item]:
    """What was not so then, or was so to another degree."""
    return [item for key, item in now.items() if key not in then or then[key].detail != item.detail]
