"""How long planning takes, what a quiet tick costs, and how reminders that are all due at once are spread.

python -m tests.bench.reminders [--facts 100000] [--rules 20]
"""

from __future__ import annotations

import argparse
import gc
import itertools
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from knowledge.dates import Day
from knowledge.records import Record, Write
from knowledge.storage import open_store
from scheduler.agenda import agenda_of
from scheduler.delivery import Delivery
from scheduler.plan import due
from scheduler.ports import Retry
from scheduler.rules import ReminderRule
from scheduler.storage import SqliteOutbox
from tests.scheduler.many_calls import CODEC, calls_due_at, rules_at
from tests.scheduler.test_delivery import AtOnce, FakeMessenger, HandClock, Words
from tests.scheduler.test_plan import KINDS, RULE, TEAM, record

MORNING = datetime(2027, 1, 1, 8, 0, 5, tzinfo=UTC)
BURST = 1000
MIDNIGHT = datetime(2027, 1, 2, tzinfo=UTC)


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


@dataclass(frozen=True, slots=True)
class Ticks:
    """Seconds of the ticks of a night, 15 s apart and with nothing to say, sorted; of the one at midnight, which plans
    another day; and of the one after a fact has changed."""

    quiet: list[float]
    another_day: float
    after_a_change: float


def ticks(folder: Path, facts: int, count: int) -> Ticks:
    """The facts and the outbox in one SQLite file."""
    store: Any = open_store(folder / "quiet.db", CODEC)
    long_ago = MORNING - timedelta(days=30)
    store.write([Write("add", one, "U1") for one in calls(facts)], long_ago)
    clock = HandClock()
    clock.time = MIDNIGHT - timedelta(hours=2)
    outbox = SqliteOutbox(store)
    # A bot that has run for a month, until just before.
    for moment in (long_ago, clock.time):
        outbox.plan((), (), moment)
    parts = (store, KINDS, outbox, Words(), FakeMessenger(clock), clock, AtOnce(), clock.sleep)
    delivery = Delivery(*parts, rules=rules(count), team=TEAM)
    delivery.tick()

    def tick() -> float:
        clock.time += timedelta(seconds=15)
        began = perf_counter()
        delivery.tick()
        return perf_counter() - began

    *quiet, another_day = sorted(tick() for _ in range(4 * 60 * 4))
    kept = store.get("c0")
    moved = replace(kept, values={"closes": Day(2027, 6, 1)})
    store.write([Write("amend", moved, "U1", expected_revision=kept.revision)], clock.time)
    changed = tick()
    store.close()
    return Ticks(quiet, another_day, changed)


@dataclass(frozen=True, slots=True)
class Burst:
    """Reminders that were due in one minute, one channel told to wait 30 s: how many were posted, in order and at most one a
    second in each channel, and the seconds on the (made-up) clock until the last one of each channel, sorted."""

    posted: int
    ordered: bool
    paced: bool
    ends: list[float]

    def sound(self, count: int) -> bool:
        """Whether all was said as it should be, and the channel that had to wait delayed no other."""
        others = count / len(self.ends)
        return self.posted == count and self.ordered and self.paced and self.ends[-2] < others + 1 < self.ends[-1]


def burst(folder: Path, count: int, channels: int) -> Burst:
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
    paced = all(
        later - sooner >= timedelta(seconds=1)
        for found in said.values()
        for (_, sooner), (_, later) in itertools.pairwise(found)
    )
    ends = sorted((found[-1][1] - MORNING).total_seconds() for found in said.values())
    return Burst(len({one.key for one, _ in messenger.posts}), ordered, paced, ends)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument("--rules", type=int, default=20)
    given = parser.parse_args()
    seconds, found = planning(given.facts, given.rules)
    with tempfile.TemporaryDirectory() as folder:
        night = ticks(Path(folder), given.facts, given.rules)
        said = burst(Path(folder), BURST, 20)
    half, most, longest = (1000 * night.quiet[int(len(night.quiet) * share)] for share in (0.5, 0.99, 0.9999))
    print(f"- Planning {given.facts:,} facts with {given.rules} rules, from nothing: {seconds:.2f} s, {found:,} due.")
    print(
        f"- A quiet tick on as many: {half:.2f} ms (half of them), {most:.2f} ms (99 of 100), {longest:.1f} ms (the longest)."
    )
    print(
        f"  The one at midnight, which plans another day: {1000 * night.another_day:.0f} ms. The one after a fact has changed:"
    )
    print(f"  {1000 * night.after_a_change:.0f} ms.")
    print(
        f"- {BURST:,} reminders due in one minute over 20 channels: {said.posted:,} posted, {told(said)} in each channel. The"
    )
    print(f"  channel that was told to wait 30 s ended after {said.ends[-1]:.0f} s, the slowest of the others after")
    print(f"  {said.ends[-2]:.0f} s.")
    if not said.sound(BURST):
        sys.exit("the reminders of one minute were not said as they should be")


def told(said: Burst) -> str:
    order = "in order" if said.ordered else "OUT OF ORDER"
    return f"{order}, {'at most' if said.paced else 'MORE THAN'} one a second"


if __name__ == "__main__":
    main()
