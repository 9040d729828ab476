"""A delivery in a process of its own, to be killed: `speak` ends by itself once all is said."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

from bot.slack.outbox_messenger import OutboxMessenger
from knowledge.messages import Message, Phrase, Say
from knowledge.storage import open_store
from scheduler.delivery import Delivery
from scheduler.outbox import Patience
from scheduler.rules import Team
from scheduler.storage import SqliteOutbox
from scheduler.values import Due
from tests.bot.slack.plain_speech import PlainSpeech
from tests.plain_codec import PLAIN

TIMEOUT = 0.4
"""Seconds that a call may take: with the lag of the history well below the lease."""
PATIENCE = Patience(lease=timedelta(seconds=1), between_scans=timedelta(seconds=0.15), tries=1000)


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class Words:
    def compose(self, due: Due, now: datetime) -> Message | None:
        return Message((Say(Phrase("echo", {"text": due.key})),))


def occurrences(count: int, channels: int, at: datetime) -> list[Due]:
    return [
        Due(f"post:{n:04}", "report", "", at + timedelta(microseconds=n), f"C{n % channels}", "en", "Europe/Paris")
        for n in range(count)
    ]


def speak(base: Path, address: str, count: int, channels: int) -> None:
    """Says `count` things that are all due now, over so many channels, whatever was said by those who were killed before."""
    store: Any = open_store(base, PLAIN)
    outbox, clock = SqliteOutbox(store), SystemClock()
    if outbox.planned_until() is None:
        outbox.plan(occurrences(count, channels, clock.now()), (), clock.now())
    client = WebClient("xoxb-test", base_url=address, timeout=TIMEOUT, retry_handlers=[])  # type: ignore[arg-type]
    messenger = OutboxMessenger(client, PlainSpeech())
    with ThreadPoolExecutor(channels) as pool:
        delivery = Delivery(
            *(store, {}, outbox, Words(), messenger, clock, pool, time.sleep), (), (), Team(), PATIENCE, 0.005
        )
        while outbox.waiting():
            delivery.tick()
            time.sleep(0.02)
    store.close()
