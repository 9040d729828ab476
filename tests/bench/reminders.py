"""How long planning takes, what a quiet tick costs, and how reminders that are all due at once are spread.

python -m tests.bench.reminders [--facts 100000] [--rules 20]
"""

from __future__ import annotations

import argparse
import gc
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from knowledge.dates import Day
from knowledge.records import Record, Write
from knowledge.storage import open_store
from scheduler.delivery import Delivery
from scheduler.plan import agenda_of, due
from scheduler.ports import Retry
from scheduler.rules import ReminderRule
from scheduler.storage import SqliteOutbox
from tests.scheduler.many_calls import CODEC, calls_due_at, rules_at
from tests.scheduler.test_delivery import AtOnce, FakeMessenger, HandClock, Words
from tests.scheduler.test_plan import KINDS, RULE, TEAM, record

MORNING = datetime(2027, 1, 1, 8, 0, 5, tzinfo=UTC)


def calls(count: int) -> list[Record]:
    """Calls that close one after the other over five years."""
    return [record(f"c{n}", closes=Day.of(date(2026, 1, 1) + timedelta(days=n % 1800))) for n in range(count)]


def rules(count: int) -> list[ReminderRule]:
    return [replace(RULE, name=f"r{n}", channel=f"C{n:02}") for n in range(count)]


def planning(facts: int, count: int) -> tuple[float, int]:
    """Seconds from facts in memory to what is due within two days, and how much that is."""
    base, wanted = calls(facts), rules(count)
    gc.collect()
    began = perf_counter()
    found = due(agenda_of(base, KINDS, reviews=False), wanted, MORNING, MORNING + timedelta(days=2), TEAM)
    return perf_counter() - began, len(found)


def quiet_ticks(folder: Path, facts: int, count: int) -> list[float]:
    """Seconds of ticks 15 s apart with nothing to say, the facts and the outbox in one SQLite file, sorted."""
    store: Any = open_store(folder / "quiet.db", CODEC)
    store.write([Write("add", one, "U1") for one in calls(facts)], MORNING)
    clock = HandClock()
    clock.time = MORNING + timedelta(hours=1)
    parts = (store, KINDS, SqliteOutbox(store), Words(), FakeMessenger(clock), clock, AtOnce(), clock.sleep)
    delivery = Delivery(*parts, rules=rules(count), team=TEAM)
    delivery.tick()
    times = []
    for _ in range(100):
        clock.time += timedelta(seconds=15)
        began = perf_counter()
        delivery.tick()
        times.append(perf_counter() - began)
    store.close()
    return sorted(times)


def burst(folder: Path, count: int, channels: int) -> tuple[int, bool, float, float]:
    """Reminders due in one minute, one channel told to wait 30 s: how many were posted, whether in order, and the seconds on
    the (made-up) clock until the last one in the slowest and in the next slowest channel."""
    store: Any = open_store(folder / "burst.db", CODEC)
    clock = HandClock()
    clock.time = MORNING - timedelta(seconds=1)
    outbox, messenger = SqliteOutbox(store), FakeMessenger(clock)
    messenger.answers = [Retry(30, "ratelimited")]
    store.write([Write("add", one, "U1") for one in calls_due_at(MORNING, count, channels)], MORNING)
    parts = (store, KINDS, outbox, Words(), messenger, clock, AtOnce(), clock.sleep)
    delivery = Delivery(*parts, rules=rules_at(MORNING, channels), team=TEAM)
    clock.time = MORNING
    while len(outbox.sent(MORNING)) < count:
        delivery.tick()
        clock.sleep(1)
    said: dict[str, list[tuple[str, datetime]]] = {}
    for one, at in messenger.posts:
        said.setdefault(one.channel, []).append((one.key, at))
    store.close()
    ordered = all(found == sorted(found) for found in said.values())
    ends = sorted((found[-1][1] - MORNING).total_seconds() for found in said.values())
    return len({one.key for one, _ in messenger.posts}), ordered, ends[-1], ends[-2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument("--rules", type=int, default=20)
    given = parser.parse_args()
    seconds, found = planning(given.facts, given.rules)
    with tempfile.TemporaryDirectory() as folder:
        ticks = quiet_ticks(Path(folder), min(given.facts, 20_000), given.rules)
        posted, ordered, slowest, others = burst(Path(folder), 1000, 20)
    order = "in order" if ordered else "OUT OF ORDER"
    print(f"- Planning {given.facts:,} facts with {given.rules} rules, from nothing: {seconds:.2f} s, {found:,} due.")
    print(
        f"- A quiet tick: {1000 * ticks[50]:.2f} ms (half of them), {1000 * ticks[-1]:.0f} ms (the longest, which plans)."
    )
    print(
        f"- 1,000 reminders due in one minute over 20 channels: {posted:,} posted, {order} in each channel. The channel that"
    )
    print(f"  was told to wait 30 s ended after {slowest:.0f} s, the slowest of the others after {others:.0f} s.")


if __name__ == "__main__":
    main()
