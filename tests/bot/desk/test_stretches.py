"""For when people want to see what is coming, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.desk.stretches import Stretch, read
from knowledge.dates import Day
from knowledge.messages import Phrase

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def days(text: str, now: datetime = NOW) -> tuple[str, str, str]:
    found = read(text, now, "Europe/Paris")
    assert isinstance(found, Stretch), found
    assert found.since < found.until
    return str(found.first), str(found.last), f"due.lead{found.form}"


@pytest.mark.parametrize(
    ("text", "first", "last", "key"),
    [
        ("", "2026-11-25", "2026-12-25", "due.lead"),
        ("60 jours", "2026-11-25", "2027-01-24", "due.lead"),
        ("7 Days", "2026-11-25", "2026-12-02", "due.lead"),
        ("Demain ?", "2026-11-26", "2026-11-26", "due.lead_on"),
        ("today", "2026-11-25", "2026-11-25", "due.lead_on"),
        ("cette semaine", "2026-11-25", "2026-11-29", "due.lead"),
        ("la semaine prochaine", "2026-11-30", "2026-12-06", "due.lead_between"),
        ("mars", "2027-03-01", "2027-03-31", "due.lead_between"),
        ("in May", "2027-05-01", "2027-05-31", "due.lead_between"),
        ("d'ici fin juin", "2026-11-25", "2027-06-30", "due.lead"),
        ("by the end of June", "2026-11-25", "2027-06-30", "due.lead"),
        ("à partir de juin", "2027-06-01", "2036-12-02", "due.lead_between"),
        ("du 3 au 10 mars", "2027-03-03", "2027-03-10", "due.lead_between"),
    ],
)
def test_a_number_of_days_or_a_period_is_read(text: str, first: str, last: str, key: str) -> None:
    assert days(text) == (first, last, key)


def test_a_day_is_that_of_the_team_and_ends_at_its_midnight() -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    assert days("demain", late)[0] == "2026-11-27"
    found = read("tomorrow", NOW, "Europe/Paris")
    assert isinstance(found, Stretch)
    assert (found.since, found.until) == (
        datetime(2026, 11, 25, 23, tzinfo=UTC),
        datetime(2026, 11, 26, 23, tzinfo=UTC),
    )
    assert found.days == 2


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("0", "due.usage"),
        ("-5", "due.usage"),
        ("99999", "due.usage"),
        ("hier", "due.past"),
        ("janvier 2020", "due.past"),
        ("in 2060", "due.too_far"),
        ("30 février 2027", "due.no_such_day"),
        ("31/02/2027", "due.no_such_day"),
        ("03/04/2027", "fact.ambiguous_day"),
    ],
)
def test_what_cannot_be_shown_is_told(text: str, key: str) -> None:
    found = read(text, NOW, "Europe/Paris")
    assert isinstance(found, Phrase) and found.key == key
    if key == "due.no_such_day":
        assert found.args["last"] == Day(2027, 2, 28)


@pytest.mark.parametrize(
    "text", ["dates of the Danish projects", "this week with Sweden", "JTC 2026", "31/02/2027 JTC"]
)
def test_a_question_is_left_to_who_answers_it(text: str) -> None:
    assert read(text, NOW, "Europe/Paris") is None
    assert read(text * 5000, NOW, "Europe/Paris") is None
