"""Dates as people type them become days, and are said back; those that may be two days are asked about."""

from __future__ import annotations

from datetime import date

import pytest

from bot.desk.readings import Reading, ambiguous, read_days
from knowledge.dates import Day

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("fin juin 2027", Day(2027, 6, 30)),
        ("5 mars 2028", Day(2028, 3, 5)),
        ("28 March 2027", Day(2027, 3, 28)),
        ("juin 2027", Day(2027, 6)),
        ("next Friday", Day(2026, 11, 27)),
        ("13/04/2027", Day(2027, 4, 13)),
        ("04/04/2027", Day(2027, 4, 4)),
    ],
)
def test_a_date_in_words_is_read_and_said_back(typed: str, day: Day) -> None:
    assert read_days({"closes": typed}, ["closes"], TODAY) == (
        {"closes": str(day)},
        (Reading("closes", typed, day),),
        (),
    )


@pytest.mark.parametrize("typed", ["2027-03-28", "2027-03", "2027"])
def test_a_date_in_figures_is_what_it_says(typed: str) -> None:
    assert read_days({"closes": typed}, ["closes"], TODAY) == ({"closes": typed}, (), ())


@pytest.mark.parametrize("typed", ["31/02/2027", "tomorow", "25:00", "x" * 5000, "\0"])
def test_what_is_no_date_is_left_for_the_check_to_refuse(typed: str) -> None:
    read, readings, problems = read_days({"closes": typed}, ["closes"], TODAY)
    assert (read["closes"], readings, problems) == (typed, (), ())


def test_a_date_that_may_be_two_days_is_asked_about() -> None:
    read, readings, (problem,) = read_days({"closes": "03/04/2027"}, ["closes"], TODAY)
    assert (problem.field, problem.phrase.args) == ("closes", {"first": Day(2027, 4, 3), "second": Day(2027, 3, 4)})
    assert read["closes"] == "03/04/2027" and readings == ()
    assert ambiguous("13/04/2027") is ambiguous("04/04/2027") is ambiguous("1/2/27") is None


def test_only_the_dates_of_the_kind_are_read() -> None:
    assert (
        read_days({"title.fr": "juin 2027", "themes": ["a"]}, ["closes", "themes"], TODAY)[0]["title.fr"] == "juin 2027"
    )
