"""What the doctor says of the clock and of the sending of reminders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.doctor import _clock, examine
from tests.journeys.stand_in import stand_in

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def test_a_clock_that_agrees_with_slack_is_sound(tmp_path: Path) -> None:
    with stand_in() as slack:
        environ = {"SLACK_BOT_TOKEN": "xoxb-test", "SLACK_API_URL": slack.base_url}
        checks = {check.what: check for check in examine(None, tmp_path / "new.db", environ)}
    assert checks["clock"].sound


@pytest.mark.parametrize(
    ("off", "said"), [(timedelta(hours=2), "7200 s ahead of"), (-timedelta(days=1), "86400 s behind")]
)
def test_a_clock_that_is_wrong_is_told_with_what_to_do(off: timedelta, said: str) -> None:
    (check,) = _clock(NOW + off, NOW)
    assert not check.sound
    assert said in check.finding and "set it right" in check.finding


def test_where_slack_does_not_tell_the_time_nothing_is_said_of_it() -> None:
    assert list(_clock(NOW, None)) == []
