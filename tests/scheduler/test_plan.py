"""What is due, held against an oracle that tries every lead of every date one by one."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from knowledge.dates import Day
from knowledge.fields import Duration, Hour, Quantity
from knowledge.kinds.reading import load_kinds
from knowledge.records import Record, Source
from scheduler.agenda import agenda_of
from scheduler.plan import digests, due, personal, reviews
from scheduler.rules import DigestRule, Lead, ReminderRule, ReviewRule, Team
from scheduler.values import Due, Request
from tests.scheduler.test_calendar import ZONES

KINDS, _ = load_kinds()
TEAM = Team(channel="CBOSS")
LEADS = tuple(Lead.parse(text) for text in ("30d", "14d", "7d", "2d"))
RULE = ReminderRule("calls", "C1", LEADS)


def record(record_id: str = "jtc", kind: str = "call", status: str = "open", **values: Any) -> Record:
    return Record(record_id, kind, {"en": record_id}, {}, Source("page"), values=values, status=status)


def planned(
    records: list[Record], *rules: ReminderRule, since: str = "2026-01-01", until: str = "2028-01-01"
) -> list[Due]:
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (since, until)]
    return due(agenda_of(records, KINDS), rules or (RULE,), moments[0], moments[1], TEAM)


def local(item: Due) -> str:
    return f"{item.at.astimezone(ZoneInfo(item.zone)):%Y-%m-%d %H:%M}"


def test_five_years_of_deadlines_in_twelve_zones_give_exactly_what_is_expected() -> None:
    chance = random.Random(5)
    start = date(2026, 1, 1)
    records = [record(f"call-{n}", closes=Day.of(start + timedelta(days=chance.randrange(1826)))) for n in range(200)]
    rules = [ReminderRule(name, f"C{n}", LEADS, time(2, 30), name) for n, name in enumerate(ZONES[:12])]
    expected = set()
    for rule in rules:
        for one in records:
            for count in (30, 14, 7, 2):
                day = one.values["closes"].first - timedelta(days=count)
                wall = datetime.combine(day, time(2, 30), tzinfo=ZoneInfo(rule.zone))
                if datetime(2026, 1, 1, tzinfo=UTC) < wall.astimezone(UTC) <= datetime(2031, 1, 1, tzinfo=UTC):
                    expected.add((rule.channel, one.id, count, wall.astimezone(UTC)))
    agenda, found, now = agenda_of(records, KINDS), [], datetime(2026, 1, 1, tzinfo=UTC)
    while now < datetime(2031, 1, 1, tzinfo=UTC):
        until = min(now + timedelta(hours=31), datetime(2031, 1, 1, tzinfo=UTC))
        found += due(agenda, rules, now, until, TEAM)
        now = until
    assert len(found) == len(expected)
    assert {(item.channel, item.record_id, item.days_left, item.at) for item in found} == expected


def test_both_stages_of_a_call_are_reminded() -> None:
    call = record(closes=Day(2027, 2, 10), full_proposal_deadline=Day(2027, 6, 16))
    assert [(item.field, local(item)) for item in planned([call])] == [
        *(("closes", f"{day} 09:00") for day in ("2027-01-11", "2027-01-27", "2027-02-03", "2027-02-08")),
        *(
            ("full_proposal_deadline", f"{day} 09:00")
            for day in ("2027-05-17", "2027-06-02", "2027-06-09", "2027-06-14")
        ),
    ]


@pytest.mark.parametrize(("day", "at"), [(Day(2027, 3), "2027-03-01 09:00"), (Day(2027), "2027-01-01 09:00")])
def test_a_date_known_to_the_month_or_year_is_reminded_once_at_its_start(day: Day, at: str) -> None:
    (item,) = planned([record(closes=day)])
    assert (local(item), item.vague, item.days_left) == (at, True, None)


@pytest.mark.parametrize("gone", [{"retired": True}, {"status": "completed"}, {"reminders": ("none",)}])
def test_nothing_is_due_for_what_is_over_or_wants_no_reminder(gone: dict[str, Any]) -> None:
    assert planned([replace(record(closes=Day(2027, 2, 10)), **gone)]) == []


def test_a_fact_may_have_lead_times_of_its_own() -> None:
    own = replace(record(closes=Day(2027, 2, 10)), reminders=("3d",))
    assert [local(item) for item in planned([own])] == ["2027-02-07 09:00"]


def test_a_reminder_comes_before_the_hour_of_its_deadline() -> None:
    early = record(closes=Day(2027, 2, 10), deadline_time=Hour(time(8), "08:00 CET", "Europe/Brussels"))
    (item,) = planned([early], replace(RULE, leads=(Lead(0),)))
    assert (local(item), item.days_left) == ("2027-02-09 09:00", 1)
    assert item.closes == datetime(2027, 2, 10, 7, tzinfo=UTC)


def test_a_target_is_due_by_the_day_of_its_figure() -> None:
    target = record("million", "target", "in_progress", quantity=Quantity(1e6, by=Day(2027, 2, 10)))
    assert {item.field for item in planned([target])} == {"quantity"}


def test_a_target_that_states_the_same_day_twice_is_reminded_of_it_once() -> None:
    day, later = Day(2027, 2, 10), Day(2027, 3, 10)
    same = record("million", "target", "in_progress", quantity=Quantity(1e6, by=day), target_date=day)
    assert {item.field for item in planned([same])} == {"target_date"}
    two = record("million", "target", "in_progress", quantity=Quantity(1e6, by=day), target_date=later)
    assert {item.field for item in planned([two])} == {"quantity", "target_date"}
    named = replace(RULE, fields=("quantity",))
    assert {item.field for item in planned([same], named)} == {"quantity"}


def test_an_agreement_is_reminded_of_its_end_and_of_the_last_day_to_give_notice() -> None:
    accord = record("mou", "agreement", "in_force", ends=Day(2027, 9, 30), notice=Duration(3, "month"))
    found = planned([accord], replace(RULE, leads=(Lead(30),)))
    assert [(item.field, str(item.deadline), local(item)) for item in found] == [
        ("notice", "2027-06-30", "2027-05-31 09:00"),
        ("ends", "2027-09-30", "2027-08-31 09:00"),
    ]
    only = planned([accord], replace(RULE, leads=(Lead(30),), fields=("notice",)))
    assert [item.field for item in only] == ["notice"]
    assert planned([record("mou", "agreement", "in_force", notice=Duration(3, "month"))]) == []


def test_the_day_to_verify_a_fact_again_is_reminded_where_a_rule_names_it() -> None:
    seen = replace(record("mou", "agreement", "in_force"), source=Source("page", verified_on=Day(2027, 1, 1)))
    (item,) = planned([seen], replace(RULE, leads=(Lead(0),), fields=("review",)))
    assert (item.field, local(item)) == ("review", "2027-06-30 09:00")
    assert planned([seen]) == []


def test_a_workshop_is_reminded_before_it_and_followed_up_after_its_last_day() -> None:
    rule = replace(RULE, leads=(Lead(7), Lead(7, after=True)), fields=("event_date",))
    held = record("day", "workshop", "planned", event_date=Day(2027, 3, 8), ends=Day(2027, 3, 10))
    found = planned([held], rule)
    assert [(item.notice, local(item)) for item in found] == [
        ("reminder", "2027-03-01 09:00"),
        ("follow_up", "2027-03-17 09:00"),
    ]
    assert [item.notice for item in planned([replace(held, status="completed")], rule)] == ["follow_up"]


def test_lead_times_that_fall_on_the_same_day_are_said_once() -> None:
    rule = replace(RULE, leads=(Lead(14), Lead(10, working=True)))
    assert len(planned([record(closes=Day(2027, 4, 13))], rule, replace(rule, name="again"))) == 1


def test_a_rule_keeps_to_its_kinds_themes_and_countries() -> None:
    call = replace(record(closes=Day(2027, 2, 10), countries=("FR", "DK")), themes=("rare",))
    fitting: tuple[dict[str, Any], ...] = ({"kinds": ("call",)}, {"themes": ("rare", "x")}, {"countries": ("DK",)})
    for fits in fitting:
        assert len(planned([call], replace(RULE, **fits))) == 4
    others: tuple[dict[str, Any], ...] = (
        {"kinds": ("event",)},
        {"themes": ("x",)},
        {"countries": ("SE",)},
        {"fields": ("opens",)},
    )
    for other in others:
        assert planned([call], replace(RULE, **other)) == []


def test_a_changed_record_takes_the_place_of_the_one_before() -> None:
    agenda = agenda_of([record(closes=Day(2027, 2, 10))], KINDS)
    agenda.put(record(closes=Day(2027, 3, 10)))
    found = due(agenda, (RULE,), datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC), TEAM)
    assert {str(item.deadline) for item in found} == {"2027-03-10"}
    assert len({item.key for item in found} | {item.mark for item in found}) == 8


def test_a_person_is_reminded_of_what_they_asked_for_and_not_of_what_had_passed() -> None:
    agenda = agenda_of([record(closes=Day(2027, 2, 10), full_proposal_deadline=Day(2027, 6, 16))], KINDS)
    asked = Request("r1", "U1", "en", datetime(2027, 2, 1, tzinfo=UTC), "jtc", lead=Lead(14))
    window = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
    assert [(item.channel, local(item)) for item in personal(agenda, [asked], *window, TEAM)] == [
        ("U1", "2027-06-02 09:00")
    ]
    moment = datetime(2027, 3, 1, 8, tzinfo=UTC)
    at_once = replace(asked, lead=None, moment=moment)
    assert [item.at for item in personal(agenda, [at_once], *window, TEAM)] == [moment]


def test_a_weekly_digest_keeps_its_hour_over_the_change_of_clocks() -> None:
    rule = DigestRule("week", "C1", ("monday",), time(8))
    found = digests([rule], datetime(2027, 3, 20, tzinfo=UTC), datetime(2027, 4, 6, tzinfo=UTC))
    assert [local(item) for item in found] == ["2027-03-22 08:00", "2027-03-29 08:00", "2027-04-05 08:00"]


def test_each_person_is_asked_once_a_week_and_who_they_are_only_when_it_is_time() -> None:
    rule, window = (
        ReviewRule("tuesday", time(8)),
        (datetime(2027, 3, 20, tzinfo=UTC), datetime(2027, 4, 6, 6, tzinfo=UTC)),
    )
    found = reviews(rule, lambda: ["U2", "U1", "U2"], *window)
    assert [(item.channel, local(item)) for item in found] == [
        *(("U1", "2027-03-23 08:00"), ("U2", "2027-03-23 08:00")),
        *(("U1", "2027-03-30 08:00"), ("U2", "2027-03-30 08:00")),
        *(("U1", "2027-04-06 08:00"), ("U2", "2027-04-06 08:00")),
    ]
    assert len({item.key for item in found}) == 6 and {item.notice for item in found} == {"review"}

    def nobody_asks() -> list[str]:
        raise AssertionError

    assert reviews(None, nobody_asks, *window) == []
    assert reviews(rule, nobody_asks, datetime(2027, 3, 24, tzinfo=UTC), datetime(2027, 3, 26, tzinfo=UTC)) == []


def test_a_hundred_thousand_facts_are_ready_to_be_planned_in_a_moment() -> None:
    facts = [record(f"c{n}", closes=Day.of(date(2026, 1, 1) + timedelta(days=n % 1800))) for n in range(100_000)]
    rules = [replace(RULE, name=f"r{n}", channel=f"C{n}") for n in range(20)]
    began = process_time()
    agenda = agenda_of(facts, KINDS, reviews=False)
    due(agenda, rules, datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 1, 3, tzinfo=UTC), TEAM)
    assert process_time() - began < 2
