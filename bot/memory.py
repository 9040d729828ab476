"""What a bot remembers of what it said, read beside it: before it has run for the first time there is nothing to read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from knowledge.ports import FactStore, StoreUnavailable
from scheduler.agenda import Agenda
from scheduler.belated import FRESH, Known
from scheduler.planner import fresh_dates
from scheduler.ports import Outbox
from scheduler.reports import closed
from scheduler.rules import ReminderRule
from scheduler.values import Entry, Outage


def last_tick(kept: Outbox) -> datetime | None:
    """When what is due was last looked at, read beside a running bot; None before the first time."""
    try:
        return kept.planned_until()
    except StoreUnavailable:
        # No bot that says what is due has run on this base yet: its tables are missing.
        return None


def obstacles(kept: Outbox, now: datetime) -> tuple[Outage | None, list[Entry]]:
    """Since when nothing can be sent at all, and what is due in channels that are closed, read beside a running bot."""
    try:
        waiting = kept.waiting(now)
        shut = {entry.due.channel for entry in waiting if closed(entry)}
        return kept.outage(), [entry for entry in waiting if entry.due.channel in shut]
    except StoreUnavailable:
        return None, []


def runs(kept: Outbox, prefix: str, most: int) -> Sequence[Entry]:
    """What became of past occurrences, read beside a running bot; nothing before it has run for the first time."""
    try:
        return kept.over(prefix, most)
    except StoreUnavailable:
        return ()


def posted_since(kept: Outbox, since: datetime) -> Sequence[Entry]:
    """What was posted, read beside a running bot; nothing before it has run for the first time."""
    try:
        return kept.sent(since)
    except StoreUnavailable:
        return ()


def dates_of(kept: Outbox, facts: FactStore, rules: Sequence[ReminderRule], agenda: Agenda, now: datetime) -> Known:
    """Since when dates are known that were not known some days before, read beside a running bot."""
    try:
        began = kept.began()
    except StoreUnavailable:
        began = None
    return fresh_dates(facts, agenda, rules, now - FRESH, began)
