"""Lead times and cadences as people write them."""

from __future__ import annotations

from datetime import date, time

import pytest

from scheduler.rules import DigestRule, Lead, cadence


@pytest.mark.parametrize(
    ("text", "day", "canonical"),
    [
        ("60d", date(2027, 2, 12), "60d"),
        ("2w", date(2027, 3, 30), "14d"),
        ("0d", date(2027, 4, 13), "0d"),
        ("10wd", date(2027, 3, 30), "10wd"),
        ("+7d", date(2027, 4, 20), "+7d"),
    ],
)
def test_a_lead_time_gives_the_day_to_speak(text: str, day: date, canonical: str) -> None:
    lead = Lead.parse(text)
    assert (lead.day(date(2027, 4, 13), "FR"), str(lead)) == (day, canonical)


def test_working_days_before_step_over_easter_monday() -> None:
    assert Lead.parse("1wd").day(date(2027, 3, 30), "FR") == date(2027, 3, 26)


@pytest.mark.parametrize("text", ["", "14", "d", "-3d", "3 months", "+2wd", "99999d", "1,5d"])
def test_what_is_no_lead_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a lead time"):
        Lead.parse(text)


def test_a_cadence_is_a_name_in_either_language_and_never_a_digit() -> None:
    assert (cadence("Lundi"), cadence("monday"), cadence("daily")) == ("monday", "monday", "daily")
    for wrong in ("1", "0 9 * * 1", "", "mon"):
        with pytest.raises(ValueError, match="not a cadence"):
            cadence(wrong)


def test_a_digest_falls_on_its_days() -> None:
    weekly = DigestRule("week", "C1", ("monday",), time(9))
    assert weekly.falls_on(date(2026, 11, 23))
    assert not weekly.falls_on(date(2026, 11, 24))
    assert DigestRule("month", "C1", ("monthly",)).falls_on(date(2026, 12, 1))
