"""What every outbox promises, in memory and in the file of the facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge.dates import Day
from knowledge.records import FORMER_MEMBER, Write
from knowledge.storage import open_store
from scheduler.outbox import posted
from scheduler.ports import Outbox, Sent
from scheduler.rules import Lead
from scheduler.storage import MemoryOutbox, SqliteOutbox
from scheduler.values import Act, Due, Entry, Outage, Receipt, Request
from tests.plain_codec import PLAIN, a_record

NOW = datetime(2027, 2, 3, 8, tzinfo=UTC)
LEASE = NOW + timedelta(seconds=60)
DUE = Due("k", "reminder", "calls", NOW, "C1", "fr", "Europe/Paris", "jtc", "closes", Day(2027, 2, 10), mention=("U1",))
ASKED = Request("", "U1", "fr", NOW, "jtc", "closes", Lead.parse("10wd"))


class Box:
    """An outbox with the store that it follows."""

    def __init__(self, store: Any, outbox: Outbox) -> None:
        self.store, self.outbox = store, outbox

    def plan(self, *dues: Due, withdrawn: tuple[str, ...] = ()) -> int:
        return self.outbox.plan(dues, withdrawn, NOW)

    def state(self, key: str = "k") -> str:
        entry = self.outbox.get(key)
        return entry.state if entry else ""


@pytest.fixture(params=["memory", "sqlite"])
def box(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Box]:
    store: Any = open_store(":memory:" if request.param == "memory" else tmp_path / "base.db", PLAIN)
    yield Box(store, MemoryOutbox(store.last_seq) if request.param == "memory" else SqliteOutbox(store))
    store.close()


def test_each_key_is_planned_once_and_what_is_pending_moves(box: Box) -> None:
    assert (box.plan(DUE), box.plan(DUE)) == (1, 0)
    later = replace(DUE, at=NOW + timedelta(hours=1))
    assert box.plan(later) == 0
    assert [entry.due for entry in box.outbox.waiting()] == [later]
    assert box.outbox.planned_until() == NOW


def test_when_planning_began_is_kept_once(box: Box) -> None:
    assert box.outbox.began() is None
    box.plan()
    box.outbox.plan((), (), NOW + timedelta(days=1))
    assert (box.outbox.began(), box.outbox.planned_until()) == (NOW, NOW + timedelta(days=1))


def test_what_was_withdrawn_and_is_planned_again_is_pending_again(box: Box) -> None:
    box.plan(DUE)
    box.plan(withdrawn=("k", "unknown"))
    assert box.state() == "cancelled"
    assert box.plan(DUE) == 1
    assert box.state() == "pending"


def test_only_one_claim_is_given_and_none_after_a_fact_has_changed(box: Box) -> None:
    box.plan(DUE)
    box.store.write([Write("add", a_record(), "U1")], NOW)
    assert box.outbox.claim(["k"], NOW, LEASE, 0) == ()
    assert box.outbox.claim(["k"], NOW, LEASE, 1)
    assert box.outbox.claim(["k"], NOW, LEASE, 1) == ()
    assert box.outbox.claim(["unknown"], NOW, LEASE, 1) == ()


def test_what_is_settled_stays_so(box: Box) -> None:
    box.plan(DUE)
    (taken,) = box.outbox.claim(["k"], NOW, LEASE, 0)
    sent = posted(taken, Sent(Receipt("C1", "1.5")), NOW)
    report = replace(DUE, key="report", notice="report")
    assert box.outbox.settle([sent], [report])
    assert not box.outbox.settle([replace(sent, state="failed")])
    assert [entry.due for entry in box.outbox.waiting()] == [report]
    assert list(box.outbox.sent(NOW)) == [sent]
    assert list(box.outbox.sent(NOW + timedelta(seconds=1))) == []


def test_acts_are_kept_in_order_and_a_second_click_adds_nothing(box: Box) -> None:
    box.plan(DUE)
    snooze = Act("snooze", "U2", NOW, until=NOW + timedelta(days=7))
    box.outbox.act("k", snooze)
    box.outbox.act("k", replace(snooze, at=NOW + timedelta(seconds=2)))
    assign = Act("assign", "U2", NOW, assignee="U3")
    after = box.outbox.act("k", assign)
    assert after is not None
    assert after.acts == (snooze, assign)
    assert box.outbox.get("k") == after
    assert box.outbox.act("unknown", assign) is None


def test_an_act_on_what_is_under_way_is_not_lost_when_it_is_settled(box: Box) -> None:
    box.plan(DUE)
    (taken,) = box.outbox.claim(["k"], NOW, LEASE, 0)
    done = Act("done", "U2", NOW)
    box.outbox.act("k", done)
    box.outbox.settle([posted(taken, Sent(Receipt("C1", "1.5")), NOW)])
    (sent,) = box.outbox.sent(NOW)
    assert (sent.state, sent.acts) == ("sent", (done,))


def test_a_request_reads_back_under_a_number_that_is_never_given_twice(box: Box) -> None:
    first = box.outbox.add_request(ASKED)
    moment = box.outbox.add_request(replace(ASKED, person="U2", lead=None, moment=NOW + timedelta(days=1)))
    assert first == replace(ASKED, id=first.id)
    assert list(box.outbox.requests()) == [first, moment]
    assert list(box.outbox.requests("U2")) == [moment]
    assert box.outbox.cancel_request(moment.id, "U2")
    assert box.outbox.add_request(ASKED).id not in (first.id, moment.id)


def test_a_person_cancels_their_own_request_and_what_is_pending_of_it(box: Box) -> None:
    asked = [box.outbox.add_request(ASKED) for _ in range(12)]
    box.plan(*(replace(DUE, key=f"personal:{one.id}:jtc", notice="personal") for one in asked))
    assert not box.outbox.cancel_request(asked[0].id, "U2")
    assert not box.outbox.cancel_request("x", "U1")
    assert box.outbox.cancel_request(asked[0].id, "U1")
    assert len(box.outbox.requests("U1")) == 11
    assert box.state(f"personal:{asked[0].id}:jtc") == "cancelled"
    assert len(box.outbox.waiting()) == 11


def test_what_is_due_by_a_moment_is_told_without_what_comes_later(box: Box) -> None:
    box.plan(DUE, replace(DUE, key="later", at=NOW + timedelta(hours=1)))
    assert [entry.due.key for entry in box.outbox.waiting(NOW)] == ["k"]
    assert len(box.outbox.waiting()) == 2


def test_acts_requests_and_settlements_are_seen_by_the_version_and_plans_are_not(box: Box) -> None:
    seen = [box.outbox.version()]
    box.plan(DUE)
    assert box.outbox.version() == seen[0]
    box.outbox.act("k", Act("done", "U2", NOW))
    seen.append(box.outbox.version())
    asked = box.outbox.add_request(ASKED)
    seen.append(box.outbox.version())
    box.outbox.cancel_request(asked.id, "U1")
    seen.append(box.outbox.version())
    (taken,) = box.outbox.claim(["k"], NOW, LEASE, 0)
    box.outbox.settle([taken])
    seen.append(box.outbox.version())
    assert seen == sorted(set(seen))


def test_a_person_forgotten_leaves_what_was_said_to_all_and_nothing_that_was_said_to_them(box: Box) -> None:
    asked = box.outbox.add_request(ASKED)
    other = box.outbox.add_request(replace(ASKED, person="U2"))
    alone = replace(DUE, key=f"personal:{asked.id}:jtc", notice="personal", channel="U1", mention=())
    box.plan(replace(DUE, mention=("U1", "U3"), by="U1", assignee="U1"), alone)
    (under_way,) = box.outbox.claim([alone.key], NOW, LEASE, 0)
    done = [Act("assign", "U2", NOW, assignee="U1"), Act("snooze", "U1", NOW, until=LEASE), Act("done", "U3", NOW)]
    for act in done:
        box.outbox.act("k", act)
    seen = box.outbox.version()
    assert box.outbox.forget("U1") == 1
    assert box.outbox.version() > seen
    assert list(box.outbox.requests()) == [other]
    assert not box.outbox.settle([posted(under_way, Sent(Receipt("D1", "1.5")), NOW)])
    assert box.outbox.get(alone.key) is None
    (entry,) = box.outbox.waiting()
    assert (entry.due.mention, entry.due.by, entry.due.assignee) == (("U3",), "", "")
    assert entry.acts == (replace(done[0], assignee=""), replace(done[1], by=FORMER_MEMBER), done[2])
    assert box.outbox.forget("U1") == 0


def test_what_is_over_is_found_by_the_beginning_of_its_key_last_ones_first(box: Box) -> None:
    dues = [replace(DUE, key=f"digest:é:C1:2027-02-0{day}", notice="digest") for day in (1, 2, 3, 4)]
    others = [replace(DUE, key=key) for key in ("digest:é:C10:2027-02-01", "digest:éa:C1:2027-02-01", "k")]
    box.plan(*dues, *others)
    told = replace(Entry(dues[1]), state="sent", told={"due": 2, "new": 1})
    for entry in (replace(Entry(dues[0]), state="failed"), told, replace(Entry(dues[2]), state="expired")):
        box.outbox.settle([entry])
    for other in others:
        box.outbox.settle([replace(Entry(other), state="sent")])
    found = box.outbox.over("digest:é:C1:", 9)
    assert [entry.due for entry in found] == [dues[2], dues[1], dues[0]]
    assert dict(found[1].told) == {"due": 2, "new": 1}
    assert len(box.outbox.over("digest:é:C1:", 2)) == 2
    assert list(box.outbox.over("digest:e:", 9)) == []


def test_several_are_taken_for_one_message_and_settled_together_or_not_at_all(box: Box) -> None:
    both = [DUE, replace(DUE, key="other")]
    box.plan(*both)
    assert not box.outbox.claim(["k", "other", "unknown"], NOW, LEASE, 0)
    taken = box.outbox.claim(["k", "other"], NOW, LEASE, 0)
    assert [entry.within for entry in taken] == [("k", "other")] * 2
    assert [entry.within for entry in box.outbox.waiting()] == [("k", "other")] * 2
    sent = [posted(entry, Sent(Receipt("C1", "1.5")), NOW) for entry in taken]
    assert not box.outbox.settle([*sent, replace(sent[0], due=replace(DUE, key="unknown"))])
    assert box.state() == "sending"
    assert box.outbox.settle(sent)
    assert list(box.outbox.sent(NOW)) == sent


def test_when_nothing_can_be_sent_is_kept_until_it_is_over(box: Box) -> None:
    assert box.outbox.outage() is None
    box.outbox.set_outage(Outage(NOW, "token_revoked"))
    assert box.outbox.outage() == Outage(NOW, "token_revoked")
    box.outbox.set_outage(None)
    assert box.outbox.outage() is None


def test_what_a_clock_that_ran_ahead_gave_up_is_pending_again_before_its_time(box: Box) -> None:
    box.plan(DUE)
    box.outbox.settle([replace(box.outbox.waiting()[0], state="expired")])
    assert box.plan(DUE) == 0
    assert box.state() == "expired"
    assert box.outbox.plan([DUE], (), NOW - timedelta(hours=1)) == 1
    assert box.state() == "pending"
