"""What is to be said once people's acts and wishes are heeded, and where a fact is not for everyone to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from scheduler.agenda import agenda_of
from scheduler.ahead import ahead
from scheduler.rules import Lead, ReminderRule, Team
from scheduler.values import Act, Due, Entry, Receipt, Request
from tests.scheduler.test_compose import CALL, KINDS

START = datetime(2026, 1, 1, tzinfo=UTC)
WINDOW = (START, datetime(2026, 3, 1, tzinfo=UTC))
RULE = ReminderRule("calls", "C1", (Lead(14), Lead(2)), mention=("U1",))
ELSEWHERE = replace(RULE, name="else", channel="C2")
TEAM = Team(channel="CBOSS", lang="en")


def coming(
    *rules: ReminderRule,
    audience: tuple[str, ...] = (),
    team: Team = TEAM,
    requests: tuple[Request, ...] = (),
    sent: tuple[Entry, ...] = (),
) -> list[Due]:
    agenda = agenda_of([replace(CALL, audience=audience)], KINDS)
    found = ahead(agenda, rules, (), team, requests, sent, WINDOW, START)
    return sorted(found, key=lambda item: item.at)


def places(found: list[Due]) -> list[tuple[str, str]]:
    return [(item.channel, item.lead) for item in found]


def test_a_fact_for_everyone_is_said_where_each_rule_wants_it() -> None:
    assert places(coming(RULE, ELSEWHERE)) == [("C1", "14d"), ("C2", "14d"), ("C1", "2d"), ("C2", "2d")]


def test_a_fact_of_one_channel_is_said_there_alone_and_nobody_else_hears_of_it() -> None:
    assert places(coming(RULE, ELSEWHERE, audience=("C1",))) == [("C1", "14d"), ("C1", "2d")]


def test_a_fact_that_no_channel_may_hear_of_is_told_to_the_coordinators_once_each_time() -> None:
    found = coming(RULE, ELSEWHERE, audience=("coordinators",))
    assert places(found) == [("CBOSS", "14d"), ("CBOSS", "2d")]
    assert {(item.rule, item.mention, item.lang) for item in found} == {("", (), "en")}
    assert coming(RULE, audience=("coordinators",), team=Team()) == []


def test_what_one_asked_for_is_said_as_long_as_they_want_it() -> None:
    mine = Request("7", "U9", "fr", START, CALL.id, "closes", Lead(3))
    assert places(coming(requests=(mine,))) == [("U9", "3d")]
    (item,) = coming(requests=(mine,))
    snoozed = Act("snooze", "U9", item.at, until=item.at + timedelta(days=9))
    sent = Entry(item, "sent", receipt=Receipt("D9", "1.5"), acts=(snoozed,))
    assert places(coming(requests=(mine,), sent=(sent,)))[-1] == ("U9", "")
    assert coming(sent=(sent,)) == []
