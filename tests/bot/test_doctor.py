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


def test_every_mistake_of_the_configuration_and_of_its_kinds_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(
        "langages: [fr]\nkinds: [fellowship.yaml, missing.yaml]\nzone: Pari\nreminders:\n"
        "- {name: a, channel: C0A, leads: 7d, kinds: [cal, fellowship], fields: [whatever], countries: [se, XX]}\n"
        "- {name: a, channel: C0B, leads: soon, themes: [money], kinds: [call], fields: [closes, opens]}\n"
        "digests:\n- {name: a, channel: general, cadence: daily, kinds: call}\n",
        "utf-8",
    )
    (tmp_path / "fellowship.yaml").write_text("labels: {fr: bourse}\n", "utf-8")
    told = [check.finding for check in examine(config, tmp_path / "new.db", {"PORT": "high"}) if not check.sound]
    places = [line.partition(f"{tmp_path}/")[2].partition(":")[0].rpartition(",")[0] for line in told]
    lines = [1, 2, 3, 5, 5, 5, 6, 6, 6, 6, 8, 8]
    assert [place for place in places if place.startswith("config.yaml")] == [
        f"config.yaml, line {line}" for line in lines
    ]
    assert any(place.startswith("fellowship.yaml, line 1") for place in places)
    assert "PORT" in told[-1]
    for words in (
        "langages",
        "missing.yaml",
        "“cal”",
        "money",
        "“opens”",
        "XX",
        "se",
        "general",
        "soon",
        "Two rules are called “a”",
    ):
        assert any(words in line for line in told), words
    assert not any("fellowship" in line and line.startswith("config") for line in told)


@pytest.mark.parametrize(
    ("off", "said"), [(timedelta(hours=2), "7200 s ahead of"), (-timedelta(days=1), "86400 s behind")]
)
def test_a_clock_that_is_wrong_is_told_with_what_to_do(off: timedelta, said: str) -> None:
    (check,) = _clock(NOW + off, NOW)
    assert not check.sound
    assert said in check.finding and "set it right" in check.finding


def test_where_slack_does_not_tell_the_time_nothing_is_said_of_it() -> None:
    assert list(_clock(NOW, None)) == []
