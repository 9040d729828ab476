"""Where a record stands on a day: computed from its dates, as far as they decide."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.dates import Day
from knowledge.fields import Recurrence
from knowledge.questions.states import day_of, occurrences, state
from knowledge.records import Record, Source
from tests.knowledge.asking import museum_organisers

KINDS = museum_organisers().kinds


def exhibition(opens: str = "", closes: str = "", status: str = "unknown") -> Record:
    days = {"opens": opens, "closes": closes}
    values = {name: Day.parse(text) for name, text in days.items() if text}
    return Record("a", "exhibition", {"en": "A"}, {}, Source("Register"), values=values, status=status)


@pytest.mark.parametrize(
    ("opens", "closes", "today", "expected"),
    [
        ("2031-02-01", "2031-03-01", "2031-01-31", "upcoming"),
        ("2031-02-01", "2031-03-01", "2031-02-01", "open"),
        ("2031-02-01", "2031-03-01", "2031-03-01", "open"),
        ("2031-02-01", "2031-03-01", "2031-03-02", "closed"),
        ("", "2031-03-01", "2031-03-02", "closed"),
        ("", "2031-03-01", "2031-02-01", ""),
        ("2031-02-01", "", "2031-01-31", "upcoming"),
        ("2031", "2032", "2030-12-31", "upcoming"),
        ("2031-02", "2031-05", "2031-06-01", "closed"),
        ("2031-02", "2031-05", "2031-03-15", "open"),
        ("", "", "2031-03-01", ""),
    ],
)
def test_dates_decide_as_far_as_they_go(opens: str, closes: str, today: str, expected: str) -> None:
    assert state(exhibition(opens, closes), KINDS["exhibition"], date.fromisoformat(today)) == expected


@pytest.mark.parametrize("entered", ["open", "closed", "upcoming"])
def test_dates_go_before_the_status_that_was_entered(entered: str) -> None:
    record = exhibition("2031-02-01", "2031-03-01", entered)
    assert state(record, KINDS["exhibition"], date(2031, 2, 10)) == "open"


def test_a_status_closed_counts_where_no_closing_day_is_known() -> None:
    assert state(exhibition("2031-02-01", "", "closed"), KINDS["exhibition"], date(2031, 2, 10)) == "closed"


def test_a_kind_that_neither_opens_nor_closes_stands_as_entered() -> None:
    record = Record("a", "agreement", {"en": "A"}, {}, Source("Register"), status="renewed")
    assert state(record, KINDS["agreement"], date(2031, 2, 10)) == "renewed"


def test_only_a_day_is_a_day() -> None:
    record = exhibition("2031-02-01")
    assert day_of(record, "opens") == Day(2031, 2, 1)
    assert day_of(record, "closes") is None


def test_a_recurrence_stands_for_each_of_its_returns() -> None:
    every_half_year = Recurrence(Day(2031, 1, 31), 6, Day(2032, 1))
    record = Record("a", "exhibition", {"en": "A"}, {}, Source("Register"), values={"inventory": every_half_year})
    assert occurrences(record, "inventory") == (Day(2031, 1, 31), Day(2031, 7, 31), Day(2032, 1, 31))
    assert occurrences(record, "opens") == ()
