"""The calendar file, as two programs that did not write it read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
import vobject

from knowledge.dates import Day
from knowledge.fields import Hour, Recurrence
from knowledge.messages import Phrase
from knowledge.records import Change, Record
from scheduler.calendar_file import CalendarFile, Shows, calendar_file, shows, tracked
from scheduler.rules import DigestRule, ReminderRule
from scheduler.values import Scope
from tests.scheduler.test_compose import CALL, KINDS, TRANSLATOR

NOW = datetime(2026, 1, 1, tzinfo=UTC)


ANYBODY = shows(Scope())


def change(after: Record, before: Record | None, at: datetime = NOW) -> Change:
    return Change(1, after.id, at, "U1", "amend", before, after)


def made(
    records: Sequence[Record],
    changes: Sequence[Change] = (),
    lang: str = "fr",
    shown: Shows = ANYBODY,
    now: datetime = NOW,
) -> CalendarFile:
    def say(phrase: Phrase) -> str:
        return TRANSLATOR.say(phrase, lang)

    return calendar_file(tracked(records, changes, now), KINDS, lang, "Entente", shown, say)


def written(*records: Record, lang: str = "fr", shown: Shows = ANYBODY) -> str:
    return made(records, (), lang, shown).data.decode()


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


def test_a_date_that_moves_keeps_its_uid_with_a_higher_sequence() -> None:
    moved = replace(CALL, values={**CALL.values, "closes": Day(2026, 3, 12)}, revision=4)
    before, after = events(written(CALL)), events(made([moved], [change(moved, CALL)]).data.decode())
    assert before.keys() == after.keys()
    (event,) = after.values()
    assert (event["SEQUENCE"], event["STATUS"]) == (4, "CONFIRMED")
    assert event["DTSTART"].dt.date() == date(2026, 3, 12)


RETIRED = replace(CALL, retired=True, revision=5)
WITHDRAWN = replace(CALL, values={}, revision=5)


@pytest.mark.parametrize("after", [RETIRED, WITHDRAWN])
def test_a_retired_fact_or_a_withdrawn_date_is_cancelled_for_a_while_and_then_gone(after: Record) -> None:
    changes = [change(after, CALL)]
    text = made([after], changes, now=NOW + timedelta(days=80)).data.decode()
    for event in (*seen_by_vobject(text).values(), *icalendar.Calendar.from_ical(text).walk("VEVENT")):
        read = {key: str(getattr(value, "value", value)) for key, value in _properties(event).items()}
        assert (read["UID"], read["STATUS"], read["SEQUENCE"]) == (f"{CALL.id}.closes@entente", "CANCELLED", "5")
    assert made([after], changes, now=NOW + timedelta(days=100)).events == 0
    # A retired fact that comes back has its event back, under the same name.
    back = replace(CALL, revision=6)
    (event,) = events(made([back], [*changes, change(back, after)]).data.decode()).values()
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (f"{CALL.id}.closes@entente", 6, "CONFIRMED")


def _properties(event: Any) -> dict[str, Any]:
    if isinstance(event, icalendar.Event):
        return {str(key): value for key, value in event.items()}
    return {child.name: child for child in event.getChildren()}


def test_one_of_several_days_that_falls_away_is_cancelled_alone() -> None:
    twice = replace(CALL, values={"recurrence": Recurrence(Day(2026, 1, 7), 6, Day(2026, 12))})
    once = replace(CALL, values={"recurrence": Recurrence(Day(2026, 7, 7), 12, Day(2026, 12))}, revision=2)
    found = seen_by_vobject(made([once], [change(once, twice)]).data.decode())
    assert {uid: event.status.value for uid, event in found.items()} == {
        f"{CALL.id}.recurrence@entente": "CONFIRMED",
        f"{CALL.id}.recurrence.2026-01-07@entente": "CANCELLED",
        f"{CALL.id}.recurrence.2026-07-07@entente": "CANCELLED",
    }


def test_what_may_not_be_seen_any_more_is_left_out_without_a_word() -> None:
    hidden = replace(CALL, audience=("C9",), revision=2)
    for after in (hidden, replace(hidden, retired=True), replace(hidden, values={})):
        text = made([after], [change(after, CALL)]).data.decode()
        assert CALL.id not in text and "BEGIN:VEVENT" not in text
    # Nor is what a fact said while it was hidden told once it is not.
    shown = replace(CALL, values={}, revision=3)
    assert made([shown], [change(shown, hidden)]).events == 0


def test_the_same_facts_give_the_same_bytes_whenever_they_are_written() -> None:
    changes = [change(CALL, None)]
    first, later = (made([CALL], changes, now=NOW + timedelta(days=days)) for days in (0, 200))
    assert first == later
    assert first.modified == NOW
    assert made([]).modified is None


def test_a_channel_has_what_its_reminders_and_digests_are_about_and_what_it_may_see() -> None:
    kept = replace(CALL, id="kept", audience=("C1",))
    deal = replace(CALL, id="deal", kind="agreement", values={"ends": Day(2026, 5, 1)})
    reviewed = ReminderRule("upkeep", "C1", (), fields=("review",))
    rules = [ReminderRule("calls", "C1", (), kinds=("call",)), ReminderRule("deals", "C2", ()), reviewed]
    letter = DigestRule("letter", "C3", ("monday",), topics=("due",), kinds=("agreement",))

    def ids(scope: Scope) -> list[str]:
        text = written(CALL, kept, deal, shown=shows(scope, rules, [letter]))
        return sorted(uid.partition(".")[0] for uid in seen_by_vobject(text)) if "VEVENT" in text else []

    assert ids(Scope("C1")) == [CALL.id, "kept"]
    assert ids(Scope("C2")) == [CALL.id, "deal"]
    assert ids(Scope("C3")) == ["deal"]
    assert ids(Scope("C4")) == [CALL.id, "deal"]
    assert ids(Scope()) == [CALL.id, "deal"]
    # A topic that is named comes before the rules of the channel; what it may see stays.
    assert ids(Scope("C1", kind="agreement")) == ["deal"]
    assert ids(Scope("C2", kind="call")) == [CALL.id]
    assert ids(Scope("C1", theme="cancer")) == ids(Scope(country="SE")) == []


def test_every_line_is_folded_at_75_bytes_and_ends_as_the_standard_asks() -> None:
    long = replace(CALL, titles={"fr": "é" * 300 + "🧬" * 40}, summaries={"fr": "à\n" * 200})
    data = made([long]).data
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in lines:
        line.decode()


def test_a_vague_date_says_so_in_the_language_of_the_calendar() -> None:
    vague = replace(CALL, values={"closes": Day(2026, 2)})
    for lang, sentence in (("fr", "Seul le mois est connu"), ("en", "Only the month is known")):
        (event,) = seen_by_vobject(written(vague, lang=lang)).values()
        assert sentence in event.description.value.replace("\u00a0", " ")


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
