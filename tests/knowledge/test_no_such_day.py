"""Days that no calendar has are told from days that are only written oddly."""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time

import pytest

from knowledge.date_rules.no_such_day import NoSuchDay, no_such_day
from knowledge.dates import Day

FEBRUARY, APRIL = Day(2027, 2), Day(2027, 4)


@pytest.mark.parametrize(
    ("text", "said", "month", "days"),
    [
        ("31/02/2027", "31/02/2027", FEBRUARY, 28),
        ("CARMEN2026 le 31.02.2027 à 9 h", "31.02.2027", FEBRUARY, 28),
        ("02/31/2027", "02/31/2027", FEBRUARY, 28),
        ("2027-02-30", "2027-02-30", FEBRUARY, 28),
        ("le 29 février 2027", "29 février 2027", FEBRUARY, 28),
        ("on 29 Feb. 2027", "29 Feb. 2027", FEBRUARY, 28),
        ("February 30th, 2028", "February 30th, 2028", Day(2028, 2), 29),
        ("the 31st of April 2027", "31st of April 2027", APRIL, 30),
        ("le 31 avril", "31 avril", APRIL, 30),
        ("April 31", "April 31", APRIL, 30),
        ("00/04/2027", "00/04/2027", APRIL, 30),
        ("45/04/2027", "45/04/2027", APRIL, 30),
    ],
)
def test_a_day_that_its_month_does_not_have_is_found(text: str, said: str, month: Day, days: int) -> None:
    assert no_such_day(text, 2027) == NoSuchDay(said, month, days)


@pytest.mark.parametrize(
    "text",
    [
        *("", "demain", "29/02/2028", "29 février 2028", "February 28, 2027", "31/13/2027", "13/31/2027", "0000-02-30"),
        *(
            "version 31.02.2027.1",
            "JTC31/02/2027",
            "31/02",
            "2027-02",
            "28 mars",
            "page 30 of 31",
            "call 45 opens in May 2027",
        ),
        *("sept 30", "30 sept. 2027", "1er mars", "31/02/20270"),
    ],
)
def test_what_is_a_day_or_none_at_all_is_left_alone(text: str) -> None:
    assert no_such_day(text, 2027) is None


def test_without_a_year_nothing_is_said_of_a_day_that_names_none() -> None:
    assert no_such_day("31 avril") is None
    assert no_such_day("31 avril 2027") is not None


def test_every_day_of_ten_years_exists_in_whatever_form() -> None:
    day = date(2024, 1, 1)
    while day.year < 2034:
        for form in ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y"):
            assert no_such_day(day.strftime(form)) is None
        day += timedelta(days=1)


def test_a_long_text_of_numbers_is_read_at_once() -> None:
    began = process_time()
    for text in ("31/" * 20_000, "31 février" * 5_000, "30 " * 20_000, "février " * 7_000):
        no_such_day(text)
    assert process_time() - began < 1
