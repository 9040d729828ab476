"""A clock that steps: nothing is said from a future that is none, nothing twice, and nothing waits for an hour that was wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge.dates import Day
from knowledge.records import Write
from knowledge.storage import open_store
from scheduler.delivery import Delivery
from scheduler.ports import Retry, Unclear
from scheduler.steady import SteadyClock
from scheduler.storage import SqliteOutbox
from tests.scheduler.many_calls import CODEC
from tests.scheduler.test_delivery import AtOnce, FakeMessenger, Words
from tests.scheduler.test_plan import KINDS, RULE, TEAM, record

EIGHT = datetime(2027, 2, 3, 8, tzinfo=UTC)
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
TEN_MINUTES = timedelta(minutes=10)


class Machine:
    """A machine at a true time, whose clock is wrong by `off`, and whose count stands still while it is `asleep`."""

    def __init__(self, true: datetime) -> None:
        self.true, self.off, self.counted, self.reached = true, timedelta(), 0.0, True
        self.clock = SteadyClock(self, lambda: self.counted, lambda: self.true if self.reached else None)

    def now(self) -> datetime:
        return self.true + self.off

    def pass_by(self, time: timedelta, asleep: bool = False) -> None:
        self.true += time
        self.counted += 0 if asleep else time.total_seconds()


@pytest.fixture
def machine() -> Machine:
    return Machine(EIGHT)


@pytest.mark.parametrize("step", [2 * HOUR, -2 * HOUR, DAY, -DAY, 50 * YEAR])
def test_a_step_that_nobody_confirms_is_not_followed_and_time_goes_on(machine: Machine, step: timedelta) -> None:
    machine.off = step
    for _ in range(3):
        machine.pass_by(HOUR)
        machine.clock.confirm()
        assert machine.clock.now() == machine.true
        (ailment,) = machine.clock.ailments()
        assert ailment.startswith(f"the clock stepped by {step.total_seconds():.0f} s, and Slack has another time")
    machine.off = timedelta()
    machine.clock.confirm()
    assert machine.clock.now() == machine.true
    assert machine.clock.ailments() == ()


def test_one_wrong_reading_is_no_moment_at_all(machine: Machine) -> None:
    machine.off = YEAR
    assert machine.clock.now() == EIGHT
    machine.off = timedelta()
    assert machine.clock.now() == EIGHT


@pytest.mark.parametrize("slept", [10 * HOUR, 3 * YEAR])
def test_a_machine_that_was_asleep_catches_up_once_it_is_confirmed(machine: Machine, slept: timedelta) -> None:
    machine.pass_by(slept, asleep=True)
    machine.reached = False
    machine.clock.confirm()
    assert machine.clock.now() == EIGHT
    machine.reached = True
    machine.clock.confirm()
    assert machine.clock.now() == EIGHT + slept


def test_a_clock_that_was_wrong_from_the_start_is_put_right_when_it_is_corrected() -> None:
    machine = Machine(EIGHT)
    machine.off = DAY
    machine.clock = SteadyClock(machine, lambda: machine.counted, lambda: machine.true)
    assert machine.clock.now() == EIGHT + DAY
    machine.off = timedelta()
    machine.clock.confirm()
    assert machine.clock.now() == EIGHT


def test_small_corrections_are_followed_as_they_come(machine: Machine) -> None:
    for _ in range(100):
        machine.pass_by(timedelta(seconds=15))
        machine.off += timedelta(seconds=30)
        assert machine.clock.now() == machine.now()


class TrueTime:
    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def now(self) -> datetime:
        return self.machine.true


class Sender:
    """A delivery on a machine whose clock can be wrong; one reminder each day at eight, for a month."""

    def __init__(self, store: Any, outbox: SqliteOutbox) -> None:
        self.store, self.outbox, self.machine = store, outbox, Machine(EIGHT - 2 * HOUR)
        self.messenger = FakeMessenger(TrueTime(self.machine))
        self.restart()

    def restart(self) -> None:
        """A new process, which takes the clock as it is."""
        machine = self.machine
        machine.clock = SteadyClock(machine, lambda: machine.counted, lambda: machine.true if machine.reached else None)
        parts = (self.store, KINDS, self.outbox, Words(), self.messenger, machine.clock, AtOnce(), self.sleep)
        self.delivery = Delivery(*parts, rules=[RULE], team=replace(TEAM, channel=""))

    def sleep(self, seconds: float) -> None:
        self.machine.pass_by(timedelta(seconds=max(seconds, 0.001)))

    def run(self, time: timedelta, every: timedelta = timedelta(minutes=1)) -> None:
        end = self.machine.true + time
        while self.machine.true < end:
            self.machine.clock.confirm()
            self.delivery.tick()
            self.machine.pass_by(every)

    def said(self) -> list[tuple[str, datetime]]:
        """Of which facts something was posted, and when by the clock of the world."""
        return [
            (key.split(":")[2], at)
            for due, at in self.messenger.posts
            for key in (due.subjects if due.notice == "catch_up" else (due.key,))
        ]


@pytest.fixture
def sender(tmp_path: Path) -> Iterator[Sender]:
    store: Any = open_store(tmp_path / "base.db", CODEC)
    calls = [record(f"call-{n:02}", closes=Day.of((EIGHT + timedelta(days=n + 7)).date())) for n in range(30)]
    store.write([Write("add", one, "U1") for one in calls], EIGHT - DAY)
    made = Sender(store, SqliteOutbox(store))
    made.run(HOUR)
    yield made
    store.close()


def seven_days_before(posts: list[tuple[str, datetime]], days: int) -> list[tuple[str, datetime]]:
    """The reminders of seven days before among what was posted, of the first days."""
    wanted = {f"call-{n:02}": EIGHT + timedelta(days=n) for n in range(days)}
    return [
        (name, at) for name, at in posts if at - wanted.get(name, EIGHT - YEAR) < DAY and at >= wanted.get(name, at)
    ]


@pytest.mark.parametrize("step", [2 * HOUR, -2 * HOUR, DAY, -DAY, 2 * YEAR])
@pytest.mark.parametrize("lasting", [TEN_MINUTES, 30 * HOUR])
def test_while_the_clock_is_wrong_everything_is_said_at_its_time_and_once(
    sender: Sender, step: timedelta, lasting: timedelta
) -> None:
    sender.machine.off = step
    sender.run(lasting, TEN_MINUTES)
    sender.machine.off = timedelta()
    sender.run(2 * DAY - lasting, TEN_MINUTES)
    said = seven_days_before(sender.said(), 2)
    assert [name for name, _ in said] == ["call-00", "call-01"]
    assert all(timedelta() <= at - EIGHT - n * DAY <= TEN_MINUTES for n, (_, at) in enumerate(said))
    assert len({due.key for due, _ in sender.messenger.posts}) == len(sender.messenger.posts)


def test_what_a_start_in_a_wrong_year_gave_up_is_said_when_its_time_comes(sender: Sender) -> None:
    sender.machine.off = YEAR
    sender.restart()
    sender.run(TEN_MINUTES)
    assert sender.said() == []
    sender.machine.off = timedelta()
    sender.restart()
    sender.run(3 * DAY, TEN_MINUTES)
    assert [name for name, _ in seven_days_before(sender.said(), 3)] == ["call-00", "call-01", "call-02"]


@pytest.mark.parametrize("answer", [Retry(120, "ratelimited"), Unclear("reset")])
@pytest.mark.parametrize("taken", [True, False])
def test_what_waits_for_an_hour_of_a_clock_that_ran_ahead_goes_on_when_it_is_put_right(
    sender: Sender, answer: Retry | Unclear, taken: bool
) -> None:
    sender.messenger.answers, sender.messenger.taken = [answer], taken
    sender.machine.off = 3 * HOUR
    sender.restart()
    sender.run(timedelta(minutes=1))
    sender.machine.off = timedelta()
    sender.restart()
    sender.run(2 * HOUR)
    first = [name for name, _ in sender.said() if name == "call-00"]
    assert first == ["call-00"]
    assert not sender.outbox.waiting(sender.machine.true)
