"""From facts to posts: each due thing once, in order, whatever Slack answers. On both stores."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from knowledge.dates import Day
from knowledge.exchange.plain import record_from_plain, record_to_plain
from knowledge.messages import Message, Phrase, Say
from knowledge.ports import Clock, Store
from knowledge.records import Write
from knowledge.storage import Codec, open_store
from scheduler.delivery import Delivery
from scheduler.ports import Absent, Closed, Found, Gone, Outbox, Outcome, Refused, Retry, Sent, Unclear
from scheduler.rules import Lead
from scheduler.storage import MemoryOutbox, SqliteOutbox
from scheduler.ticker import Ticker
from scheduler.values import Act, Due, Outage, Receipt, Request
from tests.scheduler.test_plan import KINDS, RULE, TEAM, record

START = datetime(2027, 1, 30, 8, tzinfo=UTC)
ESCALATING = replace(RULE, backup=("UBACK",), escalate_after=timedelta(days=2))


class HandClock:
    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=max(seconds, 0.001))


class AtOnce(Executor):
    """Runs work where it is handed in."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class FakeMessenger:
    """Channels that take messages, except where they are `closed` or `answers` says otherwise; unclear ones are `taken` or
    not."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.posts: list[tuple[Due, datetime]] = []
        self.answers: list[Outcome] = []
        self.closed: dict[str, str] = {}
        self.taken = True

    def post(self, due: Due, message: Message) -> Outcome:
        if due.channel in self.closed:
            return Closed(self.closed[due.channel])
        answer = self.answers.pop(0) if self.answers else None
        if answer is None or (isinstance(answer, Unclear) and self.taken):
            self.posts.append((due, self.clock.now()))
        return answer or Sent(Receipt(due.channel, str(len(self.posts))))

    def find(self, due: Due, since: datetime) -> Found:
        seen = [one for one, at in self.posts if one.mark == due.mark and at >= since]
        return Sent(Receipt(due.channel, "found")) if seen else Absent()


class Words:
    def compose(self, due: Due, now: datetime) -> Message | None:
        return Message((Say(Phrase(due.key)),))


class Desk:
    """All that a tick needs, with a clock moved by hand."""

    def __init__(self, store: Store, outbox: Outbox) -> None:
        self.store, self.outbox, self.clock = store, outbox, HandClock()
        self.messenger = FakeMessenger(self.clock)
        self.restart()

    def restart(self, channel: str = "C1") -> None:
        team = replace(TEAM, coordinators=("UANNE", "UBEN"))
        rules = [replace(ESCALATING, channel=channel), replace(RULE, name="two", channel="C2")]
        parts = (self.store, KINDS, self.outbox, Words(), self.messenger, self.clock, AtOnce(), self.clock.sleep)
        self.delivery = Delivery(*parts, rules=rules, team=team)

    def at(self, text: str) -> list[tuple[str, str]]:
        """Ticks at this moment; gives all (channel, key) posted so far."""
        self.clock.time = datetime.fromisoformat(text).replace(tzinfo=UTC)
        self.delivery.tick()
        return [(due.channel, due.lead or due.notice) for due, _ in self.messenger.posts]

    def amend(self, **values: Any) -> None:
        now = self.store.get("jtc")
        assert now is not None
        kept = {name: value for name, value in {**now.values, **values}.items() if value is not None}
        changed = replace(now, values=kept)
        self.store.write([Write("amend", changed, "U1", expected_revision=now.revision)], self.clock.now())


@pytest.fixture(params=["memory", "sqlite"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    codec = Codec(partial(record_to_plain, kinds=KINDS), partial(record_from_plain, kinds=KINDS))
    store: Any = open_store(":memory:" if request.param == "memory" else tmp_path / "base.db", codec)
    store.write([Write("add", record(closes=Day(2027, 2, 10)), "U1")], START)
    made = Desk(store, MemoryOutbox(store.last_seq) if request.param == "memory" else SqliteOutbox(store))
    made.at("2027-01-30T08:00")
    yield made
    store.close()


def test_a_reminder_is_posted_at_its_minute_once_in_each_channel(desk: Desk) -> None:
    assert desk.at("2027-02-03T07:59:50") == []
    assert desk.at("2027-02-03T08:00:05") == [("C1", "7d"), ("C2", "7d")]
    desk.restart()
    assert len(desk.at("2027-02-03T08:00:20")) == 2


def test_what_was_taken_without_an_answer_is_found_and_not_repeated(desk: Desk) -> None:
    desk.messenger.answers = [Unclear("reset")]
    assert len(desk.at("2027-02-03T08:00:05")) == 2
    desk.restart()
    assert len(desk.at("2027-02-03T08:02:00")) == 2
    assert not [entry for entry in desk.outbox.waiting() if entry.state == "sending"]


def test_what_was_not_taken_is_sent_again_after_two_searches(desk: Desk) -> None:
    desk.messenger.answers, desk.messenger.taken = [Unclear("timeout")], False
    assert desk.at("2027-02-03T08:00:05") == [("C2", "7d")]
    assert len(desk.at("2027-02-03T08:01:10")) == 1
    assert desk.at("2027-02-03T08:01:30")[-1] == ("C1", "7d")


def test_a_busy_channel_delays_no_other(desk: Desk) -> None:
    desk.messenger.answers = [Retry(120, "ratelimited")]
    assert desk.at("2027-02-03T08:00:05") == [("C2", "7d")]
    assert len(desk.at("2027-02-03T08:02:10")) == 2


def test_a_message_that_is_refused_is_told_to_the_coordinators(desk: Desk) -> None:
    desk.messenger.answers = [Refused("msg_too_long")]
    assert sorted(desk.at("2027-02-03T08:00:05")) == [("C2", "7d"), ("CBOSS", "report")]


def test_a_date_that_moves_leaves_no_reminder_at_the_old_date(desk: Desk) -> None:
    desk.at("2027-02-03T07:59:59")
    desk.amend(closes=Day(2027, 6, 30))
    assert desk.at("2027-02-03T08:00:05") == []


def test_a_date_that_moves_after_a_post_is_announced_once_under_it(desk: Desk) -> None:
    desk.at("2027-02-03T08:00:05")
    desk.amend(closes=Day(2027, 6, 30))
    said = desk.at("2027-02-03T09:00")
    assert said[2:] == [("C1", "moved"), ("C2", "moved")]
    moved = desk.messenger.posts[2][0]
    assert (moved.was, moved.deadline, moved.by, moved.thread) == (Day(2027, 2, 10), Day(2027, 6, 30), "U1", "1")
    desk.restart()
    assert len(desk.at("2027-02-03T10:00")) == 4
    desk.amend(closes=Day(2027, 2, 10))
    desk.at("2027-02-03T11:00")
    back = desk.messenger.posts[-1][0]
    assert (back.was, back.deadline, back.thread) == (Day(2027, 6, 30), Day(2027, 2, 10), "2")


def test_a_date_that_is_taken_out_after_a_post_is_withdrawn_once(desk: Desk) -> None:
    desk.at("2027-02-03T08:00:05")
    desk.amend(closes=None)
    assert desk.at("2027-02-03T09:00")[2:] == [("C1", "moved"), ("C2", "moved")]
    withdrawn = desk.messenger.posts[2][0]
    assert (withdrawn.was, withdrawn.deadline, withdrawn.by, withdrawn.thread) == (Day(2027, 2, 10), None, "U1", "1")
    desk.restart()
    assert len(desk.at("2027-02-03T10:00")) == 4


def test_a_fact_that_is_retired_after_a_post_is_withdrawn_and_one_that_is_to_be_left_alone_is_not(desk: Desk) -> None:
    desk.at("2027-02-03T08:00:05")
    kept = desk.store.get("jtc")
    assert kept is not None
    quiet = replace(kept, reminders=("none",))
    (change,) = desk.store.write([Write("amend", quiet, "U1", expected_revision=kept.revision)], desk.clock.now())
    assert len(desk.at("2027-02-03T09:00")) == 2
    gone = replace(change.after, retired=True)
    desk.store.write([Write("retire", gone, "U3", expected_revision=gone.revision)], desk.clock.now())
    assert len(desk.at("2027-02-03T10:00")) == 4
    assert (desk.messenger.posts[-1][0].deadline, desk.messenger.posts[-1][0].by) == (None, "U3")


def test_a_deadline_that_was_met_is_not_withdrawn(desk: Desk) -> None:
    desk.at("2027-02-03T08:00:05")
    kept = desk.store.get("jtc")
    assert kept is not None
    met = replace(kept, status="completed")
    desk.store.write([Write("amend", met, "U1", expected_revision=kept.revision)], desk.clock.now())
    assert len(desk.at("2027-02-03T09:00")) == 2


def test_once_the_token_is_revoked_nothing_is_tried_and_the_next_sender_loses_nothing(desk: Desk) -> None:
    desk.messenger.answers = [Gone("token_revoked")]
    desk.at("2027-02-03T08:00:05")
    assert desk.delivery.gone == "token_revoked"
    assert desk.at("2027-02-03T08:10") == []
    assert desk.outbox.outage() == Outage(datetime(2027, 2, 3, 8, 0, 5, tzinfo=UTC), "token_revoked")
    desk.restart()
    said = desk.at("2027-02-03T08:20")
    assert sorted(said) == [("C1", "7d"), ("C2", "7d"), ("CBOSS", "token_revoked")]
    assert desk.outbox.outage() is None
    assert len(desk.at("2027-02-03T08:30")) == 3


def test_what_came_due_while_the_token_was_revoked_is_said_as_long_as_its_deadline_is_ahead(desk: Desk) -> None:
    desk.messenger.answers = [Gone("token_revoked")]
    desk.at("2027-02-03T08:00:05")
    # Days later than anything is said otherwise.
    desk.at("2027-02-07T07:00")
    desk.restart()
    assert sorted(desk.at("2027-02-07T07:10")) == [("C1", "7d"), ("C2", "7d"), ("CBOSS", "token_revoked")]


def test_a_closed_channel_is_told_once_and_what_is_due_there_comes_once_it_is_mended(desk: Desk) -> None:
    desk.store.write([Write("add", record("next", closes=Day(2027, 2, 11)), "U1")], START)
    desk.messenger.closed = {"C1": "not_in_channel"}
    assert sorted(desk.at("2027-02-03T08:00:05")) == [("C2", "7d"), ("CBOSS", "report")]
    assert {due.channel for due, _ in desk.messenger.posts if due.notice == "report"} == {"CBOSS"}
    for hour in range(9, 24):
        desk.at(f"2027-02-03T{hour:02}:00")
    desk.restart()
    # The reminder of the second date comes due there meanwhile; still nothing more is told to the coordinators.
    assert [said for said in desk.at("2027-02-04T20:00") if said[0] == "CBOSS"] == [("CBOSS", "report")]
    desk.messenger.closed = {}
    said = desk.at("2027-02-05T07:50")
    assert [what for channel, what in said if channel == "C1"] == ["catch_up"]
    caught_up = desk.messenger.posts[-1][0]
    assert [key.split(":")[2] for key in caught_up.subjects] == ["jtc", "next"]
    assert [said for said in desk.at("2027-02-05T08:20") if said[0] == "CBOSS"] == [("CBOSS", "report")]


def test_a_channel_that_is_closed_again_after_it_was_mended_is_told_again(desk: Desk) -> None:
    desk.messenger.closed = {"C1": "is_archived"}
    desk.at("2027-02-03T08:00:05")
    desk.messenger.closed = {}
    desk.at("2027-02-03T08:06")
    desk.messenger.closed = {"C1": "is_archived"}
    said = desk.at("2027-02-08T08:00:05")
    assert said.count(("CBOSS", "report")) == 2


def test_what_waits_for_a_closed_channel_is_reported_once_its_deadline_has_passed(desk: Desk) -> None:
    desk.messenger.closed = {"C1": "is_archived"}
    desk.at("2027-02-08T08:00:05")
    reports = [due for due, _ in desk.messenger.posts if due.notice == "report"]
    desk.at("2027-02-11T09:00")
    lost = [due for due, _ in desk.messenger.posts if due.notice == "report"][len(reports) :]
    assert [key.split(":")[-1] for due in lost for key in due.subjects] == ["2d"]
    entry = desk.outbox.get(lost[0].subjects[0])
    assert entry is not None
    assert (entry.state, entry.error) == ("expired", "is_archived")


def test_what_waits_for_a_closed_channel_goes_where_its_rule_points_now(desk: Desk) -> None:
    desk.messenger.closed = {"C1": "is_archived"}
    desk.at("2027-02-03T08:00:05")
    desk.restart(channel="C3")
    assert ("C3", "7d") in desk.at("2027-02-03T12:00")
    assert not [entry for entry in desk.outbox.waiting(desk.clock.now()) if entry.due.channel == "C1"]


def test_where_the_channel_of_coordinators_is_closed_they_are_told_one_by_one(desk: Desk) -> None:
    desk.messenger.closed = {"C1": "is_archived", "CBOSS": "not_in_channel"}
    said = desk.at("2027-02-03T08:00:05")
    assert sorted(said) == [("C2", "7d"), ("UANNE", "report"), ("UBEN", "report")]
    assert [len(due.subjects) for due, _ in desk.messenger.posts if due.notice == "report"] == [1, 1]


def test_after_an_outage_a_channel_hears_one_message_and_the_coordinators_one_report(desk: Desk) -> None:
    more = [record(f"call-{n:02}", closes=Day(2027, 2, 20)) for n in range(8)]
    late = [record(f"gone-{n:02}", closes=Day(2027, 2, 5)) for n in range(12)]
    desk.store.write([Write("add", one, "U1") for one in (*more, *late)], START)
    said = desk.at("2027-02-06T15:00")
    assert sorted(said) == [("C1", "catch_up"), ("C2", "catch_up"), ("CBOSS", "report")]
    caught_up = next(due for due, _ in desk.messenger.posts if due.notice == "catch_up")
    assert {key.split(":")[2] for key in caught_up.subjects} == {one.id for one in more}
    assert len(desk.at("2027-02-06T15:10")) == len(said)
    standing = [desk.outbox.get(key) for key in caught_up.subjects]
    assert {entry.state for entry in standing if entry} == {"sent"}
    assert len({entry.receipt for entry in standing if entry}) == 1


def test_many_late_reminders_make_few_messages_and_none_is_left_out(desk: Desk) -> None:
    more = [record(f"call-{n:02}", closes=Day(2027, 2, 20)) for n in range(40)]
    desk.store.write([Write("add", one, "U1") for one in more], START)
    desk.at("2027-02-06T07:00")
    desk.at("2027-02-06T15:00")
    told = [due for due, _ in desk.messenger.posts if due.channel == "C1" and due.notice == "catch_up"]
    assert [len(due.subjects) for due in told] == [8, 8, 8, 8, 8]


@pytest.mark.parametrize("taken", [True, False])
def test_a_catch_up_whose_fate_is_unclear_is_looked_for_and_said_once(desk: Desk, taken: bool) -> None:
    more = [record(f"call-{n:02}", closes=Day(2027, 2, 20)) for n in range(3)]
    desk.store.write([Write("add", one, "U1") for one in more], START)
    desk.at("2027-02-06T07:00")
    desk.messenger.answers, desk.messenger.taken = [Unclear("reset")], taken
    desk.at("2027-02-06T15:00")
    desk.restart()
    desk.at("2027-02-06T15:01:10")
    desk.at("2027-02-06T15:01:40")
    told = [due for due, _ in desk.messenger.posts if due.channel == "C1" and due.notice == "catch_up"]
    assert [len(due.subjects) for due in told] == [3]
    assert not desk.outbox.waiting(desk.clock.now())


class Crash(Exception):
    """The process ends here."""


def crashing(part: Any, name: str, before: bool) -> Callable[..., Any]:
    """The method of that name, which crashes before or after its work, once."""
    work, armed = getattr(part, name), [True]

    def method(*args: Any) -> Any:
        if not armed:
            return work(*args)
        armed.clear()
        if not before:
            work(*args)
        raise Crash

    return method


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(("part", "name"), [("outbox", "claim"), ("messenger", "post"), ("outbox", "settle")])
def test_a_crash_at_any_point_of_a_post_leaves_it_said_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, part: str, name: str, before: bool, late: bool
) -> None:
    more = [record(f"call-{n}", closes=Day(2027, 2, 10)) for n in range(2)]
    desk.store.write([Write("add", one, "U1") for one in more], START)
    desk.at("2027-02-03T07:00")
    whole = getattr(desk, part)
    with monkeypatch.context() as broken:
        broken.setattr(whole, name, crashing(whole, name, before))
        with pytest.raises(Crash):
            desk.at("2027-02-03T09:00" if late else "2027-02-03T08:00:05")
    desk.restart()
    for minute in range(1, 5):
        desk.at(f"2027-02-03T{'09' if late else '08'}:{minute:02}:30")
    for channel in ("C1", "C2"):
        posts = [due for due, _ in desk.messenger.posts if due.channel == channel]
        told = [key for due in posts for key in (due.subjects if due.notice == "catch_up" else (due.key,))]
        assert sorted(key.split(":")[2] for key in told) == ["call-0", "call-1", "jtc"]
        assert len(posts) == (1 if late else 3)
    assert not desk.outbox.waiting(desk.clock.now())


def test_what_moves_after_a_catch_up_is_announced_under_it(desk: Desk) -> None:
    desk.store.write([Write("add", record("other", closes=Day(2027, 2, 10)), "U1")], START)
    desk.at("2027-02-02T08:00")
    desk.at("2027-02-03T15:00")
    assert [due.notice for due, _ in desk.messenger.posts] == ["catch_up", "catch_up"]
    desk.amend(closes=Day(2027, 6, 30))
    desk.at("2027-02-03T16:00")
    moved = [due for due, _ in desk.messenger.posts if due.notice == "moved"]
    assert [(due.channel, due.thread) for due in moved] == [("C1", "1"), ("C2", "2")]


@pytest.mark.parametrize(
    ("stopped", "expected"),
    [
        (timedelta(seconds=10), {"7d": "on time"}),
        (timedelta(minutes=10), {"7d": "on time"}),
        (timedelta(hours=6), {"7d": "late"}),
        (timedelta(hours=26), {"7d": "reported"}),
        (timedelta(days=5, hours=3), {"7d": "overtaken", "2d": "late"}),
        (timedelta(days=6, hours=3), {"7d": "overtaken", "2d": "reported"}),
        (timedelta(days=10), {"7d": "overtaken", "2d": "reported"}),
    ],
)
def test_what_an_outage_makes_of_each_reminder(desk: Desk, stopped: timedelta, expected: dict[str, str]) -> None:
    moment = datetime(2027, 2, 3, 8, tzinfo=UTC) + stopped
    desk.restart()
    desk.at(moment.isoformat()[:19])
    posted = {due.lead: at - due.at for due, at in desk.messenger.posts if due.channel == "C1"}
    reported = {key.split(":")[-1] for due, _ in desk.messenger.posts if due.notice == "report" for key in due.subjects}
    for lead, fate in expected.items():
        entry = desk.outbox.get(f"reminder:C1:jtc:closes:2027-02-10:{lead}")
        assert entry is not None
        assert (lead in reported) == (fate == "reported")
        assert (lead in posted) == (fate in ("on time", "late"))
        assert entry.state == ("sent" if lead in posted else "expired")
        assert fate != "late" or posted[lead] > timedelta(minutes=15)


def test_after_an_outage_only_the_newest_missed_reminder_comes_and_then_it_is_late(desk: Desk) -> None:
    assert desk.at("2027-02-08T14:00") == [("C1", "2d"), ("C2", "2d")]


def test_what_is_too_late_is_reported_instead(desk: Desk) -> None:
    desk.restart()
    assert desk.at("2027-02-04T12:00") == [("CBOSS", "report")]
    assert len(desk.messenger.posts[0][0].subjects) == 2


def test_nobody_acts_so_the_back_up_and_then_the_coordinators_are_told_once_each(desk: Desk) -> None:
    desk.at("2027-02-03T08:00:05")
    assert desk.at("2027-02-05T08:00:10")[2:] == [("C1", "escalation")]
    desk.restart()
    assert len(desk.at("2027-02-05T08:00:30")) == 3
    assert desk.at("2027-02-07T08:00:10")[3:] == [("CBOSS", "escalation")]
    assert len(desk.at("2027-02-07T08:00:30")) == 4


def test_what_is_done_is_neither_escalated_nor_said_again_there(desk: Desk) -> None:
    desk.at("2027-02-03T08:00:05")
    desk.outbox.act(desk.messenger.posts[0][0].key, Act("done", "U2", desk.clock.now()))
    for day in (5, 7, 8):
        said = desk.at(f"2027-02-{day:02}T09:00")
    assert said[2:] == [("C2", "2d")]


def test_what_is_put_off_is_said_again_at_its_moment_once(desk: Desk) -> None:
    desk.at("2027-02-03T08:00:05")
    until = datetime(2027, 2, 4, 9, tzinfo=UTC)
    desk.outbox.act(desk.messenger.posts[0][0].key, Act("snooze", "U2", desk.clock.now(), until))
    assert len(desk.at("2027-02-04T08:59:50")) == 2
    assert desk.at("2027-02-04T09:00:05")[2:] == [("C1", "reminder")]
    desk.restart()
    assert len(desk.at("2027-02-04T09:10")) == 3


def test_what_is_put_off_is_not_said_again_once_its_date_has_moved(desk: Desk) -> None:
    desk.at("2027-02-03T08:00:05")
    desk.outbox.act(desk.messenger.posts[0][0].key, Act("snooze", "U2", START, datetime(2027, 2, 4, 9, tzinfo=UTC)))
    desk.amend(closes=Day(2027, 6, 30))
    assert {said for _, said in desk.at("2027-02-04T09:00:05")[2:]} == {"moved"}


def test_a_person_hears_what_they_asked_for_by_direct_message(desk: Desk) -> None:
    asked = Request("", "U7", "en", desk.clock.now(), "jtc", lead=Lead(9))
    desk.outbox.add_request(asked)
    cancelled = desk.outbox.add_request(replace(asked, person="U8"))
    desk.at("2027-01-31T09:00")
    assert desk.outbox.cancel_request(cancelled.id, "U8")
    assert desk.at("2027-02-01T08:00:05") == [("U7", "9d")]
    assert len(desk.at("2027-02-01T08:01")) == 1


@pytest.mark.parametrize("new", [Day(2027, 2, 20), Day(2027, 2, 4), None])
def test_a_person_whose_lead_time_no_longer_fits_once_the_date_has_moved_is_told_so_once(
    desk: Desk, new: Day | None
) -> None:
    desk.amend(closes=Day(2027, 6, 30))
    desk.outbox.add_request(Request("", "U7", "en", desk.clock.now(), "jtc", lead=Lead(21)))
    assert desk.at("2027-01-31T09:00") == []
    desk.amend(closes=new)
    assert desk.at("2027-01-31T09:05") == [("U7", "moved")]
    (told, _) = desk.messenger.posts[0]
    assert (told.was, told.deadline, told.by, told.thread) == (Day(2027, 6, 30), new, "U1", "")
    desk.restart()
    assert len(desk.at("2027-01-31T09:10")) == 1
    desk.amend(closes=Day(2027, 7, 30))
    assert desk.at("2027-01-31T09:15")[1:] == ([("U7", "moved")] if new else [])
    assert ("U7", "21d") in desk.at("2027-07-09T07:00:05")


def silence(desk: Desk, *reminders: str) -> None:
    kept = desk.store.get("jtc")
    assert kept is not None
    quiet = replace(kept, reminders=reminders)
    desk.store.write([Write("amend", quiet, "U3", expected_revision=kept.revision)], desk.clock.now())


def test_a_person_who_counts_on_a_fact_that_wants_no_reminders_any_more_is_told_so_once(desk: Desk) -> None:
    desk.outbox.add_request(Request("", "U7", "en", desk.clock.now(), "jtc", lead=Lead(2)))
    desk.outbox.add_request(Request("", "U8", "en", desk.clock.now(), moment=datetime(2027, 2, 1, 9, tzinfo=UTC)))
    desk.at("2027-01-31T09:00")
    silence(desk, "none")
    assert desk.at("2027-01-31T09:05") == [("U7", "moved")]
    told = desk.messenger.posts[0][0]
    assert (told.was, told.deadline, told.by) == (Day(2027, 2, 10), None, "U3")
    desk.restart()
    assert desk.at("2027-02-01T09:00:05")[1:] == [("U8", "personal")]
    assert len(desk.at("2027-02-08T08:00:05")) == 2
    silence(desk)
    assert [said for said in desk.at("2027-02-08T08:05") if said[0] == "U7"] == [("U7", "moved")]


def test_a_person_who_has_heard_what_they_asked_for_is_not_told_that_the_fact_wants_no_reminders(desk: Desk) -> None:
    desk.outbox.add_request(Request("", "U7", "en", desk.clock.now(), "jtc", lead=Lead(8)))
    assert ("U7", "8d") in desk.at("2027-02-02T08:00:05")
    silence(desk, "none")
    assert [said for said in desk.at("2027-02-02T08:05") if said[1] == "moved"] == []


def test_a_person_who_counts_on_a_fact_that_is_retired_is_told_so_by_a_sender_that_starts_afterwards(
    desk: Desk,
) -> None:
    desk.outbox.add_request(Request("", "U7", "en", desk.clock.now(), "jtc", lead=Lead(2)))
    desk.at("2027-01-31T09:00")
    kept = desk.store.get("jtc")
    assert kept is not None
    gone = replace(kept, retired=True)
    desk.store.write([Write("retire", gone, "U3", expected_revision=kept.revision)], desk.clock.now())
    desk.restart()
    assert desk.at("2027-01-31T09:05") == [("U7", "moved")]
    assert (desk.messenger.posts[0][0].deadline, desk.messenger.posts[0][0].by) == (None, "U3")


def test_a_date_that_moves_and_leaves_the_lead_time_is_not_told_and_what_was_too_close_when_asked_stays_unsaid(
    desk: Desk,
) -> None:
    desk.outbox.add_request(Request("", "U7", "en", desk.clock.now(), "jtc", lead=Lead(60)))
    desk.outbox.add_request(Request("", "U8", "en", desk.clock.now(), "jtc", lead=Lead(3)))
    desk.at("2027-01-31T09:00")
    desk.amend(closes=Day(2027, 2, 12))
    assert desk.at("2027-01-31T09:05") == []


def test_a_date_that_moves_away_and_back_is_reminded_after_all(desk: Desk) -> None:
    desk.at("2027-02-02T08:00")
    desk.amend(closes=Day(2027, 6, 30))
    desk.at("2027-02-02T09:00")
    desk.amend(closes=Day(2027, 2, 10))
    assert desk.at("2027-02-03T08:00:05") == [("C1", "7d"), ("C2", "7d")]


CLOSE = Day(2027, 2, 5)


def enter(desk: Desk, *ids: str, closes: Day = CLOSE) -> None:
    desk.store.write([Write("add", record(name, closes=closes), "U1") for name in ids], desk.clock.now())


def test_what_is_entered_after_its_lead_times_is_said_once_at_the_next_working_hour(desk: Desk) -> None:
    desk.at("2027-02-01T09:20")
    enter(desk, "late")
    assert desk.at("2027-02-01T09:30") == []
    assert desk.at("2027-02-01T10:00:05") == [("C1", "7d"), ("C2", "7d")]
    assert [(due.record_id, due.days_left) for due, _ in desk.messenger.posts] == [("late", 4)] * 2
    desk.restart()
    assert len(desk.at("2027-02-01T11:00:05")) == 2
    assert [lead for _, lead in desk.at("2027-02-03T07:00:05")[2:]] == []
    desk.at("2027-02-03T08:00:05")
    assert [(due.record_id, due.lead) for due, _ in desk.messenger.posts[2:] if due.channel == "C2"] == [
        ("jtc", "7d"),
        ("late", "2d"),
    ]


def test_what_was_entered_while_the_bot_was_stopped_is_said_too_and_what_had_come_too_late_by_itself_is_not_late(
    desk: Desk,
) -> None:
    desk.clock.time = datetime(2027, 2, 3, 7, tzinfo=UTC)
    enter(desk, "late", closes=Day(2027, 2, 9))
    desk.clock.time = datetime(2027, 2, 3, 7, 50, tzinfo=UTC)
    desk.restart()
    # The lead of a week had passed the day before, while the fact was not known: it is no late reminder.
    assert desk.at("2027-02-03T07:50") == []
    desk.at("2027-02-03T08:00:05")
    said = [(due.record_id, due.lead, due.belated) for due, _ in desk.messenger.posts if due.channel == "C1"]
    assert sorted(said) == [("jtc", "7d", False), ("late", "7d", True)]


def test_many_dates_that_are_entered_late_come_in_one_message(desk: Desk) -> None:
    desk.at("2027-02-01T09:20")
    enter(desk, *(f"late-{n}" for n in range(7)))
    assert desk.at("2027-02-01T10:00:05") == [("C1", "catch_up"), ("C2", "catch_up")]
    assert [len(due.subjects) for due, _ in desk.messenger.posts] == [7, 7]
    assert desk.at("2027-02-01T12:00:05")[2:] == []


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(
    ("part", "name"), [("outbox", "plan"), ("outbox", "claim"), ("messenger", "post"), ("outbox", "settle")]
)
def test_a_crash_at_any_point_leaves_what_is_said_out_of_turn_said_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, part: str, name: str, before: bool
) -> None:
    desk.at("2027-02-01T09:20")
    enter(desk, *(f"late-{n}" for n in range(3)))
    whole = getattr(desk, part)
    with monkeypatch.context() as broken:
        broken.setattr(whole, name, crashing(whole, name, before))
        with pytest.raises(Crash):
            desk.at("2027-02-01T10:00:05")
    desk.restart()
    for minute in range(1, 5):
        desk.at(f"2027-02-01T10:{minute:02}:30")
    for channel in ("C1", "C2"):
        posts = [due for due, _ in desk.messenger.posts if due.channel == channel]
        assert [sorted(key.split(":")[2] for key in due.subjects) for due in posts] == [["late-0", "late-1", "late-2"]]
    assert not desk.outbox.waiting(desk.clock.now())


def test_a_first_start_on_a_base_that_stood_for_long_says_what_is_close_in_one_message(desk: Desk) -> None:
    enter(desk, *(f"old-{n}" for n in range(3)))
    # The outbox in memory knows nothing of what was planned for these facts before.
    first = Desk(desk.store, MemoryOutbox(desk.store.last_seq))
    first.clock.time = datetime(2027, 2, 1, 9, 20, tzinfo=UTC)
    first.restart()
    assert first.at("2027-02-01T09:20") == []
    assert first.at("2027-02-01T10:00:05") == [("C1", "catch_up"), ("C2", "catch_up")]
    # What is entered later is counted from then, and nothing is said twice over a restart.
    first.restart()
    assert len(first.at("2027-02-01T11:00:05")) == 2


def test_a_date_that_moves_close_is_said_out_of_turn_where_nothing_had_been_said_of_it(desk: Desk) -> None:
    enter(desk, "far", closes=Day(2027, 9, 1))
    desk.at("2027-02-01T09:20")
    far = desk.store.get("far")
    assert far is not None
    moved = replace(far, values={"closes": CLOSE})
    desk.store.write([Write("amend", moved, "U1", expected_revision=far.revision)], desk.clock.now())
    assert desk.at("2027-02-01T10:00:05") == [("C1", "7d"), ("C2", "7d")]
    desk.store.write([Write("retire", replace(moved, retired=True), "U1", expected_revision=2)], desk.clock.now())
    assert [what for _, what in desk.at("2027-02-01T10:05")[2:]] == ["moved", "moved"]


def test_a_date_that_moves_close_after_it_was_spoken_of_is_announced_in_the_thread_and_not_said_again(
    desk: Desk,
) -> None:
    desk.at("2027-02-03T08:00:05")
    desk.amend(closes=Day(2027, 2, 5))
    assert desk.at("2027-02-03T08:20")[2:] == [("C1", "moved"), ("C2", "moved")]
    for hour in range(9, 18):
        assert len(desk.at(f"2027-02-03T{hour:02}:00:05")) == 4


def test_what_is_entered_late_for_a_closed_channel_is_kept_as_long_as_it_is_of_use(desk: Desk) -> None:
    desk.at("2027-02-01T09:20")
    enter(desk, "late", closes=Day(2027, 2, 25))
    late = desk.store.get("late")
    assert late is not None
    alone = replace(late, reminders=("30d",))
    desk.store.write([Write("amend", alone, "U1", expected_revision=late.revision)], desk.clock.now())
    desk.messenger.closed = {"C1": "is_archived"}
    for day in range(1, 20):
        desk.at(f"2027-02-{day:02}T10:00:05")
    desk.messenger.closed = {}
    desk.restart()
    said = [key for due, _ in desk.messenger.posts if due.channel == "C1" for key in (due.key, *due.subjects)]
    assert not any("late" in key for key in said)
    desk.at("2027-02-20T10:10")
    said = [key for due, _ in desk.messenger.posts if due.channel == "C1" for key in (due.key, *due.subjects)]
    assert "reminder:C1:late:closes:2027-02-25:30d" in said


def test_a_date_that_is_corrected_before_its_hour_is_not_said(desk: Desk) -> None:
    desk.at("2027-02-01T09:20")
    enter(desk, "late")
    desk.at("2027-02-01T09:30")
    late = desk.store.get("late")
    assert late is not None
    moved = replace(late, values={"closes": Day(2028, 2, 4)})
    desk.store.write([Write("amend", moved, "U1", expected_revision=late.revision)], desk.clock.now())
    assert desk.at("2027-02-01T10:00:05") == []


def test_a_clock_that_steps_back_repeats_nothing(desk: Desk) -> None:
    desk.at("2027-02-03T08:00:05")
    desk.at("2027-02-02T08:00:05")
    assert len(desk.at("2027-02-03T08:00:05")) == 2


def test_one_channel_hears_one_message_a_second_in_order(desk: Desk) -> None:
    more = [record(f"call-{n:02}", closes=Day(2027, 2, 17)) for n in range(20)]
    desk.store.write([Write("add", one, "U1") for one in more], START)
    desk.at("2027-02-02T08:00")
    desk.at("2027-02-03T08:00:05")
    times = [at for due, at in desk.messenger.posts if due.channel == "C1"]
    assert len(times) == 21
    assert all(later - sooner >= timedelta(seconds=1) for sooner, later in itertools.pairwise(times))


def test_a_tick_that_fails_says_why_and_the_next_one_clears_it() -> None:
    outcomes = [ValueError("no"), None]

    def tick() -> None:
        if error := outcomes.pop(0):
            raise error

    ticker = Ticker(tick, HandClock())
    ticker.run_once()
    assert (ticker.last_tick, ticker.last_error) == (None, "ValueError: no")
    ticker.run_once()
    assert (ticker.last_tick, ticker.last_error) == (START, "")


def test_ticks_go_on_when_the_clock_steps_back() -> None:
    ticks: list[float] = []
    ticker = Ticker(lambda: ticks.append(time.monotonic()), HandClock(), every=0.05)
    ticker.start()
    # What a step back by two hours leaves: the next tick is two hours away.
    ticker._job.modify(next_run_time=datetime.now(UTC) + timedelta(hours=2))
    count = len(ticks)
    time.sleep(0.5)
    ticker.stop()
    assert len(ticks) > count + 1
