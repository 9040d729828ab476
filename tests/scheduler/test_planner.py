"""Planning again only what has changed gives what planning everything again gives."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from knowledge.dates import Day
from knowledge.records import Verb, Write
from knowledge.storage import open_store
from scheduler.outbox import posted
from scheduler.planner import Planner, Wishes
from scheduler.ports import Outbox, Sent
from scheduler.rules import DigestRule, Lead, ReminderRule
from scheduler.storage import MemoryOutbox
from scheduler.values import Act, Receipt, Request
from tests.scheduler.many_calls import CODEC
from tests.scheduler.test_delivery import HandClock
from tests.scheduler.test_plan import KINDS, RULE, TEAM, record

START = datetime(2027, 1, 30, 6, tzinfo=UTC)
RULES: list[ReminderRule] = [
    replace(RULE, backup=("UBACK",), escalate_after=timedelta(days=1)),
    replace(RULE, name="abroad", channel="C2", zone="America/Montreal", leads=(Lead(0), Lead(5, working=True))),
    replace(RULE, name="themes", channel="C3", themes=("rare",), leads=(Lead(3), Lead(2, after=True))),
]
DIGESTS = [DigestRule("letter", "C1", ("daily",)), DigestRule("week", "C2", ("monday",))]


class Forgetful(Planner):
    """Plans everything, every time."""

    def plan(self) -> None:
        self._planned_for = None
        super().plan()


def kept(outbox: Outbox) -> dict[str, tuple[Any, ...]]:
    return {entry.due.key: (entry.due, entry.state) for entry in outbox.waiting()}


def say(outboxes: list[MemoryOutbox], now: datetime, chance: random.Random) -> None:
    """Posts what is due, and lets people act on some of it."""
    for entry in outboxes[0].waiting(now):
        click = chance.choice([None, None, Act("done", "U1", now), Act("snooze", "U1", now, now + timedelta(days=1))])
        for outbox in outboxes:
            (taken,) = outbox.claim([entry.due.key], now, now, outbox._last_seq())
            outbox.settle([posted(taken, Sent(Receipt("C", entry.due.mark[:4])), now)])
            if click is not None:
                outbox.act(entry.due.key, click)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_planned_bit_by_bit_is_what_is_planned_as_a_whole(seed: int) -> None:
    chance, clock = random.Random(seed), HandClock()
    clock.time = START
    store: Any = open_store(":memory:", CODEC)
    days = [Day.of((START + timedelta(days=n)).date()) for n in range(-3, 40)]
    names = [f"call-{n:02}" for n in range(25)]
    store.write([Write("add", record(name, closes=chance.choice(days)), "U1") for name in names], START)
    outboxes = [MemoryOutbox(store.last_seq), MemoryOutbox(store.last_seq)]
    for outbox in outboxes:
        outbox.add_request(Request("", "U7", "en", START, "call-03", lead=Lead(4)))
        outbox.add_request(Request("", "U8", "en", START, moment=START + timedelta(days=2)))
    wishes = Wishes(RULES, DIGESTS, TEAM)
    planners = [
        kind(store, KINDS, outbox, clock, wishes) for kind, outbox in zip((Planner, Forgetful), outboxes, strict=True)
    ]
    for _ in range(120):
        clock.time += timedelta(minutes=chance.choice([0, 1, 7, 60, 700, 3000]) + chance.random())
        for _ in range(chance.choice([0, 0, 1, 3])):
            old = store.get(chance.choice(names))
            new = replace(
                old,
                values={"closes": chance.choice(days)} if chance.random() < 0.8 else {},
                retired=chance.random() < 0.1,
                status=chance.choice(["open", "open", "completed"]),
                themes=chance.choice([(), ("rare",)]),
                reminders=chance.choice([(), (), ("none",), ("9d",)]),
            )
            verb: Verb = "retire" if new.retired and not old.retired else "restore" if old.retired else "amend"
            store.write([Write(verb, new, "U2", expected_revision=old.revision)], clock.time)
        for planner in planners:
            planner.plan()
        assert kept(outboxes[0]) == kept(outboxes[1])
        say(outboxes, clock.time, chance)
    store.close()


def test_a_change_of_one_fact_looks_at_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = HandClock()
    clock.time = START
    store: Any = open_store(":memory:", CODEC)
    store.write([Write("add", record(f"call-{n}", closes=Day(2027, 2, 8)), "U1") for n in range(50)], START)
    outbox = MemoryOutbox(store.last_seq)
    planner = Planner(store, KINDS, outbox, clock, Wishes(RULES, (), TEAM))
    planner.plan()
    planned = []
    monkeypatch.setattr(
        outbox, "plan", lambda dues, withdrawn, now: planned.append(({due.record_id for due in dues}, withdrawn))
    )
    one = store.get("call-7")
    store.write(
        [Write("amend", replace(one, values={"closes": Day(2027, 2, 1)}), "U1", expected_revision=one.revision)], START
    )
    planner.plan()
    assert [ids for ids, _ in planned] == [{"call-7"}, set()]
    assert all(key.split(":")[2] == "call-7" for _, withdrawn in planned for key in withdrawn)
    store.close()
