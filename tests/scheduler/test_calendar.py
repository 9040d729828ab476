"""Hours on days when clocks change, public holidays, working days."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler.calendar import holiday, instant, is_working_day, local_day, working_days_before, zone

ZONES = (
    *(
        "Europe/Paris",
        "Europe/London",
        "America/Montreal",
        "America/New_York",
        "Australia/Sydney",
        "Australia/Lord_Howe",
    ),
    *("Pacific/Chatham", "America/Santiago", "Africa/Cairo", "Asia/Beirut", "Africa/Casablanca", "Antarctica/Troll"),
    "Asia/Tokyo",
)
HOURS = tuple(time(hour, minute) for hour in (0, 1, 2, 3, 23) for minute in (0, 30))


@pytest.mark.parametrize("name", ZONES)
def test_every_hour_of_every_day_from_2026_to_2030_is_one_instant_in_order(name: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=count) for count in range(5 * 365 + 1)]
    for hour in HOURS:
        moments = [instant(day, hour, name) for day in days]
        assert all(
            timedelta(hours=21) <= later - sooner <= timedelta(hours=27)
            for sooner, later in itertools.pairwise(moments)
        )
        for day, moment in zip(days, moments, strict=True):
            local = moment.astimezone(zone(name)).replace(tzinfo=None)
            wanted = datetime.combine(day, hour)
            assert local == wanted or (timedelta() < local - wanted <= timedelta(hours=2) and local.date() == day)


def test_a_time_that_does_not_exist_keeps_the_offset_before_the_gap() -> None:
    assert instant(date(2026, 3, 29), time(2, 30), "Europe/Paris") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_that_occurs_twice_is_the_first() -> None:
    assert instant(date(2026, 10, 25), time(2, 30), "Europe/Paris") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_anywhere_on_earth_ends_the_next_day_at_noon_in_paris() -> None:
    end = instant(date(2027, 3, 15), time(23, 59), "anywhere on earth")
    assert end == datetime(2027, 3, 16, 11, 59, tzinfo=UTC)
    assert local_day(end, "Europe/Paris") == date(2027, 3, 16)


@pytest.mark.parametrize("name", ["EST", "IST", "CET", "Europe/Atlantis", "", "../etc/passwd", "3"])
def test_what_is_no_name_of_a_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a time zone"):
        zone(name)


def test_public_holidays_have_names_in_both_languages() -> None:
    day = date(2026, 7, 14)
    assert (holiday(day, "FR", "fr"), holiday(day, "FR", "en")) == ("Fête nationale", "National Day")
    assert holiday(date(2026, 7, 15), "FR", "fr") == ""


def test_working_days_leave_out_week_ends_and_public_holidays() -> None:
    assert not is_working_day(date(2026, 5, 1), "FR")
    assert working_days_before(date(2026, 5, 4), 1, "FR") == date(2026, 4, 30)
    assert working_days_before(date(2026, 5, 4), 0, "FR") == date(2026, 5, 4)
