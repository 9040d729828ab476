"""Many calls whose reminders are due at one moment, spread over channels by their themes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from knowledge.dates import Day
from knowledge.exchange.plain import record_from_plain, record_to_plain
from knowledge.records import Record
from knowledge.storage import Codec
from scheduler.rules import Lead, ReminderRule
from tests.scheduler.test_plan import KINDS, RULE, record

CODEC = Codec(partial(record_to_plain, kinds=KINDS), partial(record_from_plain, kinds=KINDS))


def calls_due_at(at: datetime, count: int, channels: int) -> list[Record]:
    """Calls that close on the day of that moment, in UTC."""
    return [
        replace(record(f"call-{n:04}", closes=Day.of(at.date())), themes=(f"theme-{n % channels}",))
        for n in range(count)
    ]


def rules_at(at: datetime, channels: int) -> list[ReminderRule]:
    """One rule a channel, at that moment of the day itself."""
    return [
        replace(
            RULE,
            name=f"rule-{n}",
            channel=f"C{n:02}",
            leads=(Lead(0),),
            hour=at.time().replace(microsecond=0),
            zone="UTC",
            themes=(f"theme-{n}",),
        )
        for n in range(channels)
    ]
