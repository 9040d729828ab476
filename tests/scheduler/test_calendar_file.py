"""The calendar file, as two programs that did not write it read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import icalendar
import pytest
import recurring_ical_events
import vobject

from knowledge.dates import Day
from knowledge.fields import Hour, Recurrence
from knowledge.records import Record
from scheduler.calendar_file import calendar_file
from tests.scheduler.test_compose import CALL, KINDS

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def written(*records: Record, lang: str = "fr") -> str:
    return calendar_file(records, KINDS, lang, NOW, "Entente").decode()


def events(text: str) -> dict[str, Any]:
    """The events of 2026, by UID, as recurring-ical-events sees them."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between((2026, 1, 1), (2027, 1, 1))
    return {str(event["UID"]): event for event in found}


def seen_by_vobject(text: str) -> dict[str, Any]:
    return {str(event.uid.value): event for event in vobject.readOne(text).vevent_list}


def test_both_see_the_same_instant_with_its_zone_and_the_same_words() -> None:
    text = written(CALL)
    uid = f"{CALL.id}.closes@entente"
    for event, start in (
        (events(text)[uid], events(text)[uid]["DTSTART"].dt),
        (seen_by_vobject(text)[uid], seen_by_vobject(text)[uid].dtstart.value),
    ):
        assert event is not None
        assert start.astimezone(UTC) == datetime(2026, 2, 12, 13, tzinfo=UTC)
    assert "DTSTART;TZID=Europe/Brussels:20260212T140000" in text
    assert "BEGIN:VTIMEZONE" in text
    assert events(text)[uid]["SUMMARY"] == seen_by_vobject(text)[uid].summary.value == "ERDERA JTC2026 · Clôture"
    assert seen_by_vobject(written(CALL, lang="en"))[uid].summary.value == "ERDERA JTC2026 · Closes"


def test_a_date_that_moves_keeps_its_uid_and_a_retired_fact_is_cancelled() -> None:
    moved = replace(CALL, values={**CALL.values, "closes": Day(2026, 3, 12)}, revision=4)
    before, after = events(written(CALL)), events(written(moved))
    assert before.keys() == after.keys()
    (event,) = after.values()
    assert (event["SEQUENCE"], event["STATUS"]) == (4, "CONFIRMED")
    (gone,) = seen_by_vobject(written(replace(moved, retired=True, revision=5))).values()
    assert (gone.sequence.value, gone.status.value) == ("5", "CANCELLED")


def test_anywhere_on_earth_is_told_in_utc() -> None:
    earth = replace(CALL, values={**CALL.values, "deadline_time": Hour(time(23, 59), "23:59 AoE", "Etc/GMT+12")})
    assert "DTSTART:20260213T115900Z" in written(earth)


@pytest.mark.parametrize(
    ("day", "first", "after"),
    [
        (Day(2026, 2, 12), date(2026, 2, 12), date(2026, 2, 13)),
        (Day(2026, 2), date(2026, 2, 1), date(2026, 3, 1)),
        (Day(2026), date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_date_without_an_hour_lasts_as_long_as_it_is_vague(day: Day, first: date, after: date) -> None:
    (event,) = seen_by_vobject(written(replace(CALL, values={"closes": day}))).values()
    assert (event.dtstart.value, event.dtend.value) == (first, after)


def test_each_return_of_a_date_is_an_event_of_its_own() -> None:
    back = replace(CALL, values={"recurrence": Recurrence(Day(2026, 1, 7), 6, Day(2026, 12))})
    assert sorted(events(written(back))) == [
        f"{CALL.id}.recurrence.2026-01-07@entente",
        f"{CALL.id}.recurrence.2026-07-07@entente",
    ]


def test_what_people_wrote_cannot_forge_a_line_and_what_is_kept_to_a_channel_stays_out() -> None:
    forged = replace(CALL, titles={"fr": "A\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil;,\\"})
    (event,) = seen_by_vobject(written(forged)).values()
    assert event.uid.value == f"{CALL.id}.closes@entente"
    assert "BEGIN:VEVENT" not in written(replace(CALL, audience=("C1",)))


def test_every_shipped_kind_of_text_comes_through() -> None:
    long = replace(CALL, titles={"fr": "é" * 300 + "🧬" * 40})
    (event,) = events(written(long)).values()
    assert str(event["SUMMARY"]).startswith("é" * 300 + "🧬" * 40)
