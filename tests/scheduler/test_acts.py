"""What follows from what people do about a reminder, or from nobody doing anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from knowledge.dates import Day
from scheduler.acts import again, escalations, heeded, standings
from scheduler.rules import ReminderRule, Team
from scheduler.values import Act, Due, Entry, Receipt

SAID = datetime(2027, 2, 3, 8, tzinfo=UTC)
FIRST = Due(
    *("first", "reminder", "calls", SAID, "C1", "fr", "Europe/Paris", "jtc", "closes", Day(2027, 2, 20)),
    lead="17d",
    days_left=17,
    mention=("U1",),
)
NEXT = replace(FIRST, key="next", at=SAID + timedelta(days=10), lead="7d")
RULE = ReminderRule("calls", "C1", (), backup=("UBACK",), escalate_after=timedelta(days=2))
TEAM = Team(channel="CBOSS", lang="en")


def sent(*acts: Act, **changes: Any) -> Entry:
    return Entry(replace(FIRST, **changes), "sent", receipt=Receipt("C1", "1.5"), acts=acts)


def act(verb: Any, hours: int = 1, **more: Any) -> Act:
    return Act(verb, "U2", SAID + timedelta(hours=hours), **more)


def escalated(*entries: Entry, days: float, rule: ReminderRule = RULE) -> list[tuple[str, str, tuple[str, ...], str]]:
    found = escalations(standings(entries), [rule], TEAM, SAID + timedelta(days=days))
    return [(item.channel, item.lang, item.mention, item.thread) for item in found]


def test_where_nobody_acts_the_back_up_is_told_and_then_the_coordinators() -> None:
    assert escalated(sent(), days=1.9) == []
    assert escalated(sent(), days=2) == [("C1", "fr", ("UBACK",), "1.5")]
    assert escalated(sent(), days=4) == [("C1", "fr", ("UBACK",), "1.5"), ("CBOSS", "en", (), "")]
    first, second = escalations(standings([sent()]), [RULE], TEAM, SAID + timedelta(days=9))
    assert first.key != second.key
    assert (first.notice, first.subjects, first.days_left) == ("escalation", ("first",), 15)


def test_without_a_back_up_the_coordinators_are_told_first() -> None:
    assert escalated(sent(), days=2, rule=replace(RULE, backup=())) == [("CBOSS", "en", (), "")]


@pytest.mark.parametrize("verb", ["done", "snooze", "not_ours", "assign"])
def test_what_somebody_acted_on_is_not_escalated(verb: Any) -> None:
    assert escalated(sent(act(verb)), days=9) == []


def test_an_act_on_the_escalation_counts_for_the_reminder() -> None:
    told = Entry(replace(FIRST, key="e", notice="escalation", channel="CBOSS", subjects=("first",)), "sent")
    assert len(escalated(sent(), told, days=4)) == 2
    assert escalated(sent(), replace(told, acts=(act("done", 90),)), days=4) == []


def test_an_act_on_an_earlier_reminder_does_not_answer_a_later_one() -> None:
    later = replace(sent(key="next", at=NEXT.at))
    assert len(escalated(sent(act("assign", assignee="U3")), later, days=12.5)) == 1
    assert escalated(sent(act("done")), later, days=12.5) == []


def test_nothing_is_escalated_after_the_deadline_or_by_a_rule_that_does_not_want_it() -> None:
    assert escalated(sent(), days=20) == []
    assert escalated(sent(), days=9, rule=replace(RULE, escalate_after=None)) == []
    assert escalated(sent(), days=9, rule=replace(RULE, name="other")) == []


@pytest.mark.parametrize("verb", ["done", "not_ours"])
def test_what_is_closed_is_not_said_again_in_that_channel(verb: Any) -> None:
    elsewhere, moved = replace(NEXT, channel="C2"), replace(NEXT, deadline=Day(2027, 9, 1))
    known = standings([sent(act(verb))])
    assert heeded([NEXT, elsewhere, moved], known) == [elsewhere, moved]
    assert again(known) == []


def test_what_is_put_off_is_held_until_then_and_said_once_more() -> None:
    until = SAID + timedelta(days=10, hours=3)
    known = standings([sent(act("snooze", until=until))])
    after = replace(NEXT, key="after", at=until + timedelta(days=2))
    assert heeded([NEXT, after], known) == [after]
    (item,) = again(known)
    assert (item.notice, item.channel, item.at, item.days_left) == ("reminder", "C1", until, 7)
    assert item.key not in (FIRST.key, NEXT.key)
    said_again = Entry(item, "sent", receipt=Receipt("C1", "2.5"))
    assert [one.key for one in again(standings([sent(act("snooze", until=until)), said_again]))] == [item.key]


def test_what_is_put_off_beyond_its_deadline_is_reminded_all_the_same() -> None:
    known = standings([sent(act("snooze", until=SAID + timedelta(days=40)))])
    assert (heeded([NEXT], known), again(known)) == ([NEXT], [])


def test_what_is_assigned_calls_that_person_from_then_on() -> None:
    known = standings([sent(act("assign", assignee="U3"), act("assign", 2, assignee="U4"))])
    assert [item.mention for item in heeded([NEXT], known)] == [("U4",)]


def test_what_was_closed_by_mistake_is_open_again_once_somebody_takes_it() -> None:
    known = standings([sent(act("done"), act("assign", 2, assignee="U3"))])
    assert len(heeded([NEXT], known)) == 1
