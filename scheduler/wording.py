"""The sentences that reminders are made of: what comes to pass, when, how long is left, why something could not be said. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from knowledge.audience import Viewer, visible
from knowledge.dates import Day
from knowledge.fields import Hour
from knowledge.kinds import FieldSpec, Kind
from knowledge.messages import Link, Phrase
from knowledge.records import Record
from scheduler.agenda import REVIEW
from scheduler.calendar import zone
from scheduler.values import Due

REASONS: Final = frozenset(
    {
        *("is_archived", "not_in_channel", "channel_not_found", "restricted_action", "missing_scope", "msg_too_long"),
        *("too_late", "no_answer", "token_revoked", "account_inactive", "invalid_auth", "no_permission"),
    }
)
"""Why something could not be said, as far as there is a sentence for it."""


def hears(due: Due, record: Record) -> bool:
    """Whether the channel of this occurrence may see the fact: one that is kept to some channels is said in those alone."""
    return visible(record, Viewer(due.channel, private=False))


def spec_of(kinds: Mapping[str, Kind], record: Record, name: str) -> FieldSpec | None:
    """What its kind declares of this field."""
    kind = kinds.get(record.kind)
    return kind.field(name) if kind else None


def headline(due: Due, what: Phrase, now: datetime) -> Phrase:
    """How long is left, counted from today where it is said late."""
    if due.notice == "escalation":
        return Phrase("reminder.nobody", {"what": what})
    if due.deadline is None:
        return Phrase("reminder.wanted", {"what": what})
    if due.vague:
        return Phrase("reminder.ahead", {"what": what})
    left = days_left(due, now)
    if left < 0:
        return Phrase("reminder.since", {"count": -left, "what": what})
    if left < 2:
        return Phrase("reminder.tomorrow" if left else "reminder.today", {"what": what})
    return Phrase("reminder.in_days", {"count": left, "what": what})


def days_left(due: Due, now: datetime) -> int:
    """How many days are left until the deadline, where its channel is; 0 where its day is not known."""
    if due.deadline is None or due.vague:
        return 0
    return (due.deadline.first - now.astimezone(zone(due.zone)).date()).days


def happening(due: Due, record: Record, spec: FieldSpec | None, now: datetime | None = None) -> Phrase:
    """The fact, what comes to pass, and when: "ERDERA JTC2026 closes on 12 February 2026 at 14:00 (CET, Brussels time)". What
    is over by `now` no longer comes to pass: its label says what it was."""
    if due.deadline is None:
        return Phrase("reminder.about", {"title": record.titles})
    over = now is not None and days_left(due, now) < 0
    when = Phrase("reminder.day", {"date": due.deadline}) if over else moment(due, record)
    if spec is not None and spec.happens and not over:
        return Phrase("reminder.happens", {"title": record.titles, "happens": spec.happens, "when": when})
    if due.field == REVIEW:
        return Phrase("reminder.review", {"title": record.titles, "when": when})
    label = spec.labels if spec else {"en": due.field}
    return Phrase("reminder.labelled", {"title": record.titles, "label": label, "when": when})


def terms(record: Record, end: Day | None) -> Phrase:
    """What becomes of an agreement without notice: when it ends, and whether it goes on by itself."""
    renewal = record.values.get("renewal")
    key = renewal if renewal in ("tacit", "explicit") else "unsaid"
    return Phrase(f"reminder.renewal_{key}", {"date": end})


def moment(due: Due, record: Record) -> Phrase:
    """The date, with the hour as the source states it and what clocks show then in the zone of the channel; where the source
    does not state whose hour it is, under that condition."""
    hour = next((value for value in record.values.values() if isinstance(value, Hour)), None)
    if due.closes is None or hour is None:
        return Phrase("reminder.day", {"date": due.deadline})
    args: dict[str, Any] = {"date": due.deadline, "hour": hour}
    if hour.zone == due.zone:
        return Phrase("reminder.day_hour", args)
    here = due.closes.astimezone(zone(due.zone))
    args |= {"here": here.time(), "place": due.zone}
    said = Phrase("reminder.day_hour_same" if here.time() == hour.time else "reminder.day_hour_here", args)
    if due.deadline is not None and here.date() != due.deadline.first:
        said = Phrase("reminder.day_hour_elsewhere", args | {"local": Day.of(here.date())})
    return said if hour.stated else Phrase("reminder.day_hour_assumed", {"what": said, "place": hour.zone})


def lateness(late: timedelta) -> Phrase:
    """How late, in the largest unit that says it."""
    minutes = int(late.total_seconds() // 60)
    if minutes < 60:
        return Phrase("reminder.minutes", {"count": minutes})
    hours = minutes // 60
    return Phrase("reminder.hours", {"count": hours}) if hours < 48 else Phrase("reminder.days", {"count": hours // 24})


def reason(error: str) -> Phrase:
    """Why Slack or the clock stood in the way, and what to do."""
    known = error.replace(" ", "_")
    return Phrase(f"unsaid.{known}") if known in REASONS else Phrase("unsaid.other", {"error": error})


def source(record: Record) -> Phrase:
    source = Link(record.source.title, record.source.url)
    seen = record.source.verified_on or record.source.accessed
    return Phrase("source.undated" if seen is None else "source.link", {"title": source, "date": seen})
