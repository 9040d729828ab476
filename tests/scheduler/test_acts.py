"""What follows from what people do about a reminder, or from nobody doing anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from knowledge.dates import Day
from scheduler.acts import again, assignments, escalations, heeded, standings
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


def test_who_was_given_a_matter_by_somebody_else_is_told_once_in_their_own_language() -> None:
    given, taken = act("assign", assignee="U3"), act("assign", 2, assignee="U2")
    (told,) = assignments(standings([sent(given, taken)]), SAID + timedelta(hours=3))
    assert (told.notice, told.channel, told.lang, told.by, told.at) == ("assigned", "U3", "", "U2", given.at)
    assert "U3" not in told.key
    later = replace(sent(key="next", at=NEXT.at))
    assert [one.key for one in assignments(standings([sent(given), later]), SAID + timedelta(hours=3))] == [told.key]
    assert assignments(standings([sent(given)]), SAID + timedelta(days=2)) == []


def test_what_came_of_it_is_asked_of_the_person_whose_matter_it_was_and_no_more_once_it_is_done() -> None:
    after = replace(FIRST, key="after", notice="follow_up", at=SAID + timedelta(days=24), lead="+7d")
    known = standings([sent(act("assign", assignee="U3"), act("done", 2))])
    (item,) = heeded([after], known)
    assert (item.mention, item.assignee) == (("U3",), "U3")
    told = Entry(after, "sent", receipt=Receipt("C1", "3.5"), acts=(act("done", 600),))
    assert heeded([replace(after, key="later", lead="+30d")], standings([sent(), told])) == []
    until = SAID + timedelta(days=40)
    put_off = replace(told, acts=(act("snooze", 600, until=until),))
    assert [(one.notice, one.at) for one in again(standings([sent(), put_off]))] == [("follow_up", until)]


def test_a_reminder_of_one_s_own_is_put_off_by_itself_even_past_its_deadline() -> None:
    until, mine = SAID + timedelta(days=40), replace(FIRST, key="personal:7:jtc", notice="personal", channel="U1")
    entry = Entry(mine, "sent", receipt=Receipt("D1", "1.5"), acts=(act("snooze", until=until),))
    (item,) = again(standings([entry]))
    assert (item.channel, item.at) == ("U1", until)
    assert item.key.startswith("personal:7:jtc:again:")
    once_more = Entry(item, "sent", receipt=Receipt("D1", "2.5"), acts=(act("done", 1000),))
    other = replace(mine, key="personal:8:jtc")
    assert heeded([mine, other], standings([entry, once_more])) == [other]


def test_what_will_become_of_a_reminder_that_nobody_heeds_can_be_looked_up_ahead() -> None:
    found = escalations(standings([sent()]), [RULE], TEAM, SAID, until=SAID + timedelta(days=30))
    assert [(item.channel, item.at - SAID) for item in found] == [
        ("C1", timedelta(days=2)),
        ("CBOSS", timedelta(days=4)),
    ]
