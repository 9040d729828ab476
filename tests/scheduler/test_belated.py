"""A date that came to be known after its lead times is said once, soon, with the days that are left."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from knowledge.dates import Day
from knowledge.fields import Hour
from knowledge.records import Change, Record
from scheduler.agenda import agenda_of
from scheduler.ahead import ahead
from scheduler.belated import belated, followed, known_since, unheard
from scheduler.calendar import is_working_day, working_hour
from scheduler.rules import Lead, ReminderRule, Team
from scheduler.values import Due, Entry
from tests.scheduler.test_calendar import ZONES
from tests.scheduler.test_plan import KINDS, LEADS, RULE, TEAM, local, record

TUESDAY = datetime(2027, 2, 2, 14, 23, tzinfo=UTC)
"""In Paris, 15:23 on a day that is worked."""
EVER = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2032, 1, 1, tzinfo=UTC))


def entered(one: Record, at: datetime = TUESDAY, before: Record | None = None) -> Change:
    return Change(1, one.id, at, "U1", "amend" if before else "add", before, one)


def said(one: Record, *rules: ReminderRule, at: datetime = TUESDAY, before: Record | None = None) -> list[Due]:
    rules = rules or (RULE,)
    agenda = agenda_of([one], KINDS)
    return belated(agenda, known_since(agenda, rules, [entered(one, at, before)]), rules, EVER, TEAM)


def test_the_last_lead_time_that_was_missed_is_said_at_the_next_working_hour_with_the_days_that_are_left() -> None:
    (item,) = said(record(closes=Day(2027, 2, 7)), replace(RULE, leads=(Lead(30), Lead(7))))
    assert (item.lead, local(item), item.days_left, item.belated) == ("7d", "2027-02-02 16:00", 5, True)
    assert item.key == "reminder:C1:jtc:closes:2027-02-07:7d"


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        ("2027-02-02T05:00", "2027-02-02 09:00"),
        ("2027-02-02T16:30", "2027-02-03 09:00"),
        ("2027-02-05T15:30", "2027-02-08 09:00"),  # a Friday evening
        ("2027-03-27T10:00", "2027-03-30 09:00"),  # Easter, and the clocks change
    ],
)
def test_nobody_is_called_at_night_on_a_weekend_or_on_a_holiday(at: str, moment: str) -> None:
    known = datetime.fromisoformat(at).replace(tzinfo=UTC)
    (item,) = said(record(closes=Day.of(known.date() + timedelta(days=6))), replace(RULE, leads=LEADS[:3]), at=known)
    assert local(item) == moment


def test_what_would_have_passed_by_the_next_working_hour_is_said_at_once() -> None:
    friday = datetime(2027, 2, 5, 17, 3, tzinfo=UTC)
    (item,) = said(record(closes=Day(2027, 2, 7)), replace(RULE, leads=(Lead(7),)), at=friday)
    assert (item.at, item.days_left) == (friday, 2)
    noon = record(closes=Day(2027, 2, 2), deadline_time=Hour(time(15, 45), "15:45 CET", "Europe/Brussels"))
    (item,) = said(noon)
    assert (item.at, item.days_left) == (TUESDAY, 0)


@pytest.mark.parametrize("closes", [Day(2027, 2, 1), Day(2026, 5, 1), Day(2027, 1), Day(2026), Day(2029, 1, 1)])
def test_what_has_passed_and_what_is_far_ahead_is_not_said(closes: Day) -> None:
    assert said(record(closes=closes)) == []


@pytest.mark.parametrize(
    ("left", "lead"),
    [(29, "30d"), (27, ""), (20, ""), (13, ""), (6, "7d"), (4, "7d"), (3, ""), (2, "2d"), (1, "2d"), (0, "2d")],
)
def test_where_the_next_lead_time_comes_before_half_of_the_time_has_gone_by_that_one_is_enough(
    left: int, lead: str
) -> None:
    found = said(record(closes=Day.of(TUESDAY.date() + timedelta(days=left))))
    assert [item.lead for item in found] == ([lead] if lead else [])


def test_two_rules_of_one_channel_say_it_once_and_each_channel_hears_it() -> None:
    late = record(closes=Day(2027, 2, 12))
    first, second = replace(RULE, leads=(Lead(14),)), replace(RULE, name="more", leads=(Lead(12),))
    assert [(item.channel, item.lead) for item in said(late, first, second)] == [("C1", "12d")]
    assert [item.channel for item in said(late, first, replace(second, channel="C2"))] == ["C1", "C2"]
    # The other rule of the channel speaks of it tomorrow.
    assert said(late, first, replace(second, leads=(Lead(9),))) == []


def test_a_month_that_has_begun_is_said_once() -> None:
    (item,) = said(record(closes=Day(2027, 2)))
    assert (item.lead, item.vague, item.days_left) == ("start", True, None)


def test_only_a_date_that_is_new_has_been_moved_or_counts_again_is_said() -> None:
    now = record(closes=Day(2027, 2, 7))
    retitled = replace(now, titles={"en": "Another title"})
    assert said(retitled, before=now) == []
    for before in (
        replace(now, values={"closes": Day(2027, 6, 30)}),
        replace(now, retired=True),
        replace(now, reminders=("none",)),
        replace(now, status="completed"),
    ):
        assert len(said(now, before=before)) == 1
    assert said(replace(now, status="completed")) == []


def test_a_date_that_moves_on_is_followed_and_one_that_is_taken_out_is_forgotten() -> None:
    near, far = record(closes=Day(2027, 2, 7)), record(closes=Day(2027, 6, 30))
    later = TUESDAY + timedelta(hours=1)
    known = followed({}, [entered(near)], KINDS, [RULE])
    assert list(known.values()) == [TUESDAY]
    assert followed(known, [entered(far, later, near)], KINDS, [RULE]) == {}
    back = [entered(far, later, near), entered(near, later + timedelta(hours=1), far)]
    assert list(followed(known, back, KINDS, [RULE]).values()) == [later + timedelta(hours=1)]


def test_lead_times_of_the_fact_itself_count() -> None:
    own = replace(record(closes=Day(2027, 5, 1)), reminders=("100d", "70wd"))
    (item,) = said(own)
    assert item.lead == "70wd"
    assert said(replace(own, reminders=("10d",))) == []


def test_at_the_first_start_all_that_stands_is_new_and_what_is_entered_later_counts_from_then() -> None:
    old, new = record("old", closes=Day(2027, 2, 7)), record("new", closes=Day(2027, 2, 6))
    month, far = record("month", closes=Day(2027, 2)), record("far", closes=Day(2027, 9, 1))
    agenda = agenda_of([old, new, month, far], KINDS)
    later = TUESDAY + timedelta(hours=3)
    changes = [entered(old, TUESDAY - timedelta(days=3)), entered(new, later)]
    known = known_since(agenda, [RULE], changes, began=TUESDAY)
    assert {name: at for (name, _, _), at in known.items()} == {"old": TUESDAY, "new": later, "month": TUESDAY}


def test_what_a_channel_was_told_last_is_not_said_again_out_of_turn() -> None:
    (item,) = said(record(closes=Day(2027, 2, 7)))
    moved = replace(item, key="moved:x", notice="moved", was=Day(2027, 6, 30))
    assert unheard([item], [Entry(moved, "sent")]) == []
    assert unheard([item], [Entry(replace(moved, channel="C2"), "sent")]) == [item]
    withdrawn = replace(moved, deadline=None)
    assert unheard([item], [Entry(moved, "sent"), Entry(withdrawn, "sent")]) == [item]


def test_a_lead_time_before_the_date_was_known_is_not_late_but_out_of_turn() -> None:
    late = record(closes=Day(2027, 2, 7))
    agenda = agenda_of([late], KINDS)
    window = (TUESDAY - timedelta(days=5), TUESDAY + timedelta(days=10))
    known = known_since(agenda, [RULE], [entered(late)])
    found = ahead(agenda, [RULE], (), TEAM, (), (), window, TUESDAY, dates=known)
    assert [(item.lead, item.belated) for item in sorted(found, key=lambda item: item.at)] == [
        ("7d", True),
        ("2d", False),
    ]


def test_a_channel_that_may_not_see_the_fact_hears_nothing_of_it_out_of_turn_either() -> None:
    kept = replace(record(closes=Day(2027, 2, 7)), audience=("coordinators",))
    agenda = agenda_of([kept], KINDS)
    dates = known_since(agenda, [RULE], [entered(kept)])
    window = (TUESDAY, TUESDAY + timedelta(days=1))
    (item,) = ahead(agenda, [RULE], (), TEAM, (), (), window, TUESDAY, dates=dates)
    assert (item.channel, item.key) == ("CBOSS", "reserved:jtc:closes:2027-02-07:7d")
    assert ahead(agenda, [RULE], (), Team(), (), (), window, TUESDAY, dates=dates) == []


def _expected(closes: date, known: datetime, zone: str) -> tuple[int, datetime] | None:
    """The lead time and the moment, worked out one hour and one lead at a time."""
    place = ZoneInfo(zone)
    moments = {n: datetime.combine(closes - timedelta(days=n), time(2, 30), tzinfo=place) for n in (30, 14, 7, 2)}
    moments = {n: at.replace(fold=0).astimezone(UTC) for n, at in moments.items()}
    missed = [n for n, at in moments.items() if at < known]
    if not missed:
        return None
    at, day = None, known.astimezone(place).date()
    while at is None:
        for hour in range(2, 10):
            moment = datetime.combine(day, time(hour, 30), tzinfo=place).replace(fold=0).astimezone(UTC)
            if at is None and moment > known and is_working_day(day, "FR"):
                at = moment
        day += timedelta(days=1)
    if at.astimezone(place).date() > closes:
        at = known
    today = at.astimezone(place).date()
    ahead = [moment for n, moment in moments.items() if n not in missed]
    soon = ahead and (min(ahead).astimezone(place).date() - today).days * 2 < (closes - today).days
    return None if today > closes or soon or (ahead and min(ahead) <= at) else (min(missed), at)


def test_five_years_of_dates_entered_at_any_moment_in_twelve_zones_give_exactly_what_is_expected() -> None:
    chance = random.Random(11)
    rules = [ReminderRule(name, f"C{n}", LEADS, time(2, 30), name) for n, name in enumerate(ZONES[:12])]
    start, changes, expected = datetime(2026, 1, 1, tzinfo=UTC), [], set()
    for n in range(200):
        known = start + timedelta(minutes=chance.randrange(1800 * 24 * 60), seconds=chance.randrange(60))
        closes = known.date() + timedelta(days=chance.randrange(-5, 40))
        changes.append(entered(record(f"call-{n}", closes=Day.of(closes)), known))
        for rule in rules:
            if (found := _expected(closes, known, rule.zone)) is not None:
                expected.add((rule.channel, f"call-{n}", str(found[0]) + "d", found[1]))
    agenda = agenda_of([change.after for change in changes], KINDS)
    known_dates, told, now = known_since(agenda, rules, changes), [], start
    while now < EVER[1]:
        told += belated(agenda, known_dates, rules, (now, now + timedelta(hours=31)), TEAM)
        now += timedelta(hours=31)
    assert len(told) == len(expected) > 300
    assert {(item.channel, item.record_id, item.lead, item.at) for item in told} == expected


def test_a_working_hour_is_found_in_every_zone_through_every_change_of_clocks() -> None:
    for zone in ZONES:
        moment: Any = datetime(2026, 1, 1, tzinfo=UTC)
        while moment < datetime(2031, 1, 1, tzinfo=UTC):
            found = working_hour(moment, time(22), zone, "FR")
            assert timedelta() < found - moment < timedelta(days=5)
            moment += timedelta(hours=53)
