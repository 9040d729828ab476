"""`entente calendar`: the shipped deadlines in a file."""

from __future__ import annotations

from pathlib import Path

import icalendar

from tests.bot.cli.test_cli import Shell, shell

__all__ = ["shell"]


def test_the_deadlines_are_written_and_read_back(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "calls.ics"
    assert shell("calendar", "--kind", "call", "--lang", "en", "--output", str(file)).exit_code == 0
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    erdera = [event for event in events if str(event["UID"]) == "appel-erdera-jtc2026.closes@entente"]
    assert len(erdera) == 1
    assert len(events) > 20
    fewer = icalendar.Calendar.from_ical(shell("calendar", "--kind", "call", "--country", "zz").stdout)
    assert fewer.walk("VEVENT") == []


def test_a_kind_that_does_not_exist_is_told(shell: Shell) -> None:
    result = shell("calendar", "--kind", "cal")
    assert result.exit_code == 2 and "there is no kind cal" in result.stderr
