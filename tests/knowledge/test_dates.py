from __future__ import annotations

from datetime import date

import pytest

from knowledge.dates import Day, Period


@pytest.mark.parametrize("text", ["2027", "2027-03", "2027-03-28"])
def test_a_day_is_written_as_it_was_read(text: str) -> None:
    assert str(Day.parse(text)) == text


@pytest.mark.parametrize("text", ["", "27", "2027-13", "2027-02-30", "2027-3", "2027/03", "2027-03-28T10:00", "soon"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|month must be|day is out of range"):
        Day.parse(text)


def test_a_day_of_no_month_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its month"):
        Day(2027, None, 3)


@pytest.mark.parametrize(
    ("text", "grain", "first", "last"),
    [
        ("2028", "year", date(2028, 1, 1), date(2028, 12, 31)),
        ("2028-02", "month", date(2028, 2, 1), date(2028, 2, 29)),
        ("2028-02-29", "day", date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_a_day_knows_its_grain_and_the_dates_it_can_mean(text: str, grain: str, first: date, last: date) -> None:
    day = Day.parse(text)
    assert (day.grain, day.first, day.last) == (grain, first, last)


def test_days_sort_by_the_earliest_date_they_can_mean() -> None:
    days = [Day.parse(text) for text in ("2027-03-28", "2027", "2026-12-31", "2027-03")]
    assert [str(day) for day in sorted(days)] == ["2026-12-31", "2027", "2027-03", "2027-03-28"]


MARCH = Period(date(2027, 3, 1), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("day", "holds", "touches"),
    [
        ("2027-03-01", True, True),
        ("2027-03-31", True, True),
        ("2027-04-01", False, False),
        ("2027-03", True, True),
        ("2027", False, True),
        ("2026", False, False),
    ],
)
def test_a_period_holds_only_what_lies_wholly_inside(day: str, holds: bool, touches: bool) -> None:
    assert (MARCH.holds(Day.parse(day)), MARCH.touches(Day.parse(day))) == (holds, touches)


def test_a_period_without_bounds_holds_every_day() -> None:
    assert Period().holds(Day(1900)) and Period(None, date(2020, 1, 1)).holds(Day(1900))
    assert not Period(date(2020, 1, 1), None).touches(Day(2019))
