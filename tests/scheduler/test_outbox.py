"""What may become of an occurrence, state by state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.dates import Day
from scheduler.outbox import Patience, claimed, lateness, looked_for, overtaken, posted, report
from scheduler.ports import Absent, Closed, Gone, Outcome, Refused, Retry, Sent, Unclear
from scheduler.rules import Team
from scheduler.values import Due, Entry, Notice, Receipt

NOW = datetime(2027, 2, 3, 8, tzinfo=UTC)
RECEIPT = Receipt("C1", "1.5")
PATIENCE = Patience()
FAR = Day(2027, 2, 10)


def a_due(key: str = "k", at: datetime = NOW, notice: Notice = "reminder", deadline: Day | None = FAR) -> Due:
    return Due(key, notice, "calls", at, "C1", "fr", "Europe/Paris", "jtc", "closes", deadline)


def sending() -> Entry:
    return claimed(Entry(a_due()), NOW, NOW + PATIENCE.lease)


@pytest.mark.parametrize(
    ("late", "closes_in", "expected"),
    [
        (timedelta(seconds=10), 7, "on_time"),
        (timedelta(minutes=10), 7, "on_time"),
        (timedelta(minutes=15), 7, "on_time"),
        (timedelta(hours=6), 7, "late"),
        (timedelta(hours=6), -1, "expired"),
        (timedelta(hours=24), 7, "late"),
        (timedelta(hours=26), 7, "expired"),
        (timedelta(days=10), 30, "expired"),
    ],
)
def test_what_is_late_is_said_so_while_it_is_of_use(late: timedelta, closes_in: int, expected: str) -> None:
    day = Day.of((NOW + timedelta(days=closes_in)).date())
    assert lateness(a_due(at=NOW - late, deadline=day), NOW) == expected


def test_a_deadline_has_passed_once_its_hour_has() -> None:
    due = replace(a_due(at=NOW - timedelta(hours=2), deadline=Day(2027, 2, 3)), closes=NOW - timedelta(minutes=1))
    assert lateness(due, NOW) == "expired"
    assert lateness(replace(due, closes=NOW + timedelta(minutes=1)), NOW) == "late"


def test_what_a_person_asked_for_is_never_too_late() -> None:
    assert lateness(a_due(at=NOW - timedelta(days=10), notice="personal"), NOW) == "late"


def test_of_several_missed_reminders_of_one_deadline_only_the_newest_is_left() -> None:
    missed = [Entry(a_due(f"k{days}", NOW - timedelta(days=days))) for days in (0, 3, 5)]
    other = Entry(replace(a_due("other", NOW - timedelta(days=4)), field="full_proposal_deadline"))
    ahead = Entry(a_due("ahead", NOW + timedelta(days=1)))
    assert overtaken([*missed, other, ahead], NOW) == {"k3", "k5"}


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Sent(RECEIPT), "sent"),
        (Retry(30, "ratelimited"), "pending"),
        (Refused("msg_too_long"), "failed"),
        (Closed("is_archived"), "pending"),
        (Unclear("timeout"), "sending"),
        (Gone("token_revoked"), "pending"),
    ],
)
def test_each_class_of_outcome_leads_to_its_state(outcome: Outcome, state: str) -> None:
    after = posted(sending(), outcome, NOW)
    assert after.state == state
    assert after.receipt == (RECEIPT if state == "sent" else None)
    assert (after.lease_until is not None) == (state == "sending")


def test_a_retry_waits_as_long_as_it_was_told_and_at_most_an_hour() -> None:
    assert posted(sending(), Retry(30, ""), NOW).not_before == NOW + timedelta(seconds=30)
    assert posted(sending(), Retry(9e6, ""), NOW).not_before == NOW + timedelta(hours=1)


def test_refusals_that_took_nothing_do_not_use_up_the_tries() -> None:
    entry = Entry(a_due())
    for _ in range(20):
        entry = posted(claimed(entry, NOW, NOW), Retry(1, "ratelimited"), NOW)
    assert (entry.state, entry.attempts) == ("pending", 0)


def test_what_is_unclear_is_sent_again_only_after_two_searches_in_vain_well_apart() -> None:
    first = looked_for(posted(sending(), Unclear("reset"), NOW), Absent(), NOW)
    assert (first.state, first.misses, first.lease_until) == ("sending", 1, NOW + timedelta(seconds=15))
    too_soon = looked_for(first, Absent(), NOW + timedelta(seconds=14))
    assert too_soon.state == "sending"
    again = looked_for(too_soon, Absent(), NOW + timedelta(seconds=15))
    assert (again.state, again.attempts, again.first_try) == ("pending", 1, NOW)


def test_what_is_found_in_the_history_was_sent() -> None:
    found = looked_for(sending(), Sent(RECEIPT), NOW)
    assert (found.state, found.receipt) == ("sent", RECEIPT)


def test_after_five_tries_it_has_failed_with_its_reason() -> None:
    entry = replace(sending(), attempts=5, missed_at=NOW - timedelta(seconds=20), error="timeout")
    assert looked_for(entry, Absent(), NOW).state == "failed"


def test_without_the_right_to_read_the_history_a_late_reminder_may_repeat_and_a_digest_does_not() -> None:
    later = NOW + timedelta(hours=1)
    repeated = looked_for(sending(), Refused("missing_scope"), later)
    assert (repeated.state, repeated.due.may_repeat) == ("pending", True)
    digest = replace(sending(), due=a_due(notice="digest", deadline=None))
    assert looked_for(digest, Refused("missing_scope"), later).state == "failed"


def test_what_could_not_be_said_is_told_to_the_coordinators_once_and_no_report_is_reported() -> None:
    failed = [Entry(a_due("a")), Entry(a_due("b")), Entry(a_due("r", notice="report"))]
    (told,) = report(failed, Team(channel="CBOSS"), NOW)
    assert (told.channel, told.subjects) == ("CBOSS", ("a", "b"))
    assert report(failed[2:], Team(channel="CBOSS"), NOW) == ()


def test_of_the_weekly_looks_that_were_missed_only_the_newest_is_asked_for_and_it_is_never_too_late() -> None:
    weeks = [Entry(a_due(f"w{week}", NOW - timedelta(weeks=week), "review", None)) for week in range(3)]
    personal = Entry(a_due("p", NOW - timedelta(weeks=1), "personal"))
    assert overtaken([*weeks, personal], NOW) == {"w1", "w2"}
    assert lateness(weeks[1].due, NOW) == "late"


def test_of_several_missed_runs_of_a_digest_the_last_one_tells_what_all_would_have_told() -> None:
    runs = [
        Entry(replace(a_due(f"{rule}{n}", NOW - timedelta(days=n), "digest", None), rule=rule, record_id="", field=""))
        for rule in ("daily", "letter")
        for n in (2, 1, 0)
    ]
    assert overtaken(runs, NOW) == {"daily2", "daily1", "letter2", "letter1"}


def test_what_is_held_is_of_use_until_its_deadline_has_passed_and_a_digest_for_a_day() -> None:
    later = NOW + timedelta(days=3)
    assert lateness(a_due(), later) == "expired"
    assert lateness(a_due(), later, held=True) == "late"
    assert lateness(a_due(), NOW + timedelta(days=9), held=True) == "expired"
    assert lateness(a_due(notice="digest", deadline=None), later, held=True) == "expired"


def test_a_closed_channel_is_noted_once_and_forgotten_when_it_takes_a_message() -> None:
    closed = posted(sending(), Closed("is_archived"), NOW)
    assert (closed.closed_at, closed.error, closed.attempts) == (NOW, "is_archived", 0)
    assert closed.not_before == NOW + PATIENCE.before_trying_again
    taken = claimed(closed, NOW + timedelta(hours=1), NOW + timedelta(hours=1, minutes=1))
    assert posted(taken, Closed("is_archived"), NOW + timedelta(hours=1)).closed_at == NOW
    assert posted(taken, Sent(RECEIPT), NOW + timedelta(hours=1)).closed_at is None
