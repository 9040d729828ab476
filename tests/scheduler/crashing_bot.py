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
from knowledge.records import Write
from knowledge.storage import open_store
from scheduler.delivery import Delivery
from scheduler.outbox import Patience
from scheduler.storage import SqliteOutbox
from scheduler.values import Due
from tests.bot.slack.plain_speech import PlainSpeech
from tests.scheduler.many_calls import CODEC, calls_due_at, rules_at
from tests.scheduler.test_plan import KINDS, TEAM

TIMEOUT = 0.4
"""Seconds that a call may take: with the lag of the history well below the lease."""
PATIENCE = Patience(lease=timedelta(seconds=1), between_scans=timedelta(seconds=0.15), tries=1000)


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class Words:
    def compose(self, due: Due, now: datetime) -> Message | None:
        return Message((Say(Phrase("echo", {"text": due.key})),))


def prepare(base: Path, count: int, channels: int, at: datetime) -> None:
    """A base with calls that are due at that moment, on which a bot has run until just before."""
    store: Any = open_store(base, CODEC)
    store.write([Write("add", one, "U1") for one in calls_due_at(at, count, channels)], at - timedelta(hours=1))
    SqliteOutbox(store).plan((), (), at - timedelta(seconds=1))
    store.close()


def speak(base: Path, address: str, count: int, channels: int, at: datetime) -> None:
    """Says the `count` things that are due since that moment, over so many channels, whatever was said by those who were
    killed before."""
    store: Any = open_store(base, CODEC)
    outbox, clock = SqliteOutbox(store), SystemClock()
    client = WebClient("xoxb-test", base_url=address, timeout=TIMEOUT, retry_handlers=[])  # type: ignore[arg-type]
    messenger = OutboxMessenger(client, PlainSpeech())
    with ThreadPoolExecutor(channels) as pool:
        delivery = Delivery(
            *(store, KINDS, outbox, Words(), messenger, clock, pool, time.sleep),
            *(rules_at(at, channels), (), TEAM, PATIENCE, 0.005),
        )
        while len(outbox.sent(at)) < count:
            delivery.tick()
            time.sleep(0.02)
    store.close()
