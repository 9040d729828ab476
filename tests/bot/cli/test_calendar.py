"""`entente calendar`: the shipped deadlines in a file."""

from __future__ import annotations

from pathlib import Path

import icalendar
import pytest

from tests.bot.cli.test_cli import Shell, shell

__all__ = ["shell"]


def test_the_deadlines_are_written_and_read_back(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "calls.ics"
    assert shell("calendar", "--kind", "call", "--lang", "en", "--output", str(file)).exit_code == 0
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    erdera = [event for event in events if str(event["UID"]) == "appel-erdera-jtc2026.closes@entente"]
    assert len(erdera) == 1
    assert len(events) > 20
    fewer = icalendar.Calendar.from_ical(shell("calendar", "--kind", "call", "--country", "is").stdout)
    assert len(fewer.walk("VEVENT")) < len(events)


def test_a_kind_that_does_not_exist_is_told(shell: Shell) -> None:
    result = shell("calendar", "--kind", "cal")
    assert result.exit_code == 2 and "there is no kind cal" in result.stderr


def test_export_writes_the_same_calendar_and_names_end_in_ics(shell: Shell, tmp_path: Path) -> None:
    named, asked = tmp_path / "calls.ics", tmp_path / "calls.txt"
    assert shell("export", "--kind", "call", "--output", str(named)).exit_code == 0
    assert shell("export", "--ics", "--kind", "call", "--output", str(asked)).exit_code == 0
    assert named.read_bytes() == asked.read_bytes() == shell("calendar", "--kind", "call").stdout_bytes
    french = icalendar.Calendar.from_ical(shell("export", "--ics", "--theme", "maladies-rares", "--lang", "fr").stdout)
    assert "Maladies rares" in str(french["NAME"]) and french.walk("VEVENT")


def test_a_channel_has_the_calendar_of_its_rules(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(
        "meaning: {encoder: none}\nreminders:\n- {name: deals, channel: C0DEALS, leads: 7d, kinds: [workshop]}\n",
        "utf-8",
    )
    team = Shell(config)
    of = {
        channel: icalendar.Calendar.from_ical(team("export", "--ics", "--channel", channel).stdout).walk("VEVENT")
        for channel in ("C0DEALS", "C0ELSE")
    }
    assert 0 < len(of["C0DEALS"]) < len(of["C0ELSE"])


def test_a_channel_has_its_calendar_in_its_language(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("meaning: {encoder: none}\nchannels: {C0ABROAD: {lang: en}}\n", "utf-8")
    team = Shell(config)
    for arguments, begins in (
        (("--channel", "C0ABROAD"), "ERDERA JTC2026 call"),
        (("--channel", "C0ABROAD", "--lang", "fr"), "Appel ERDERA JTC2026"),
        ((), "Appel ERDERA JTC2026"),
    ):
        for command in (("calendar",), ("export", "--ics")):
            assert f"SUMMARY:{begins}" in team(*command, *arguments).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "--ics", "--format", "csv"), "--ics is a format of its own"),
        (("export", "--channel", "C1"), "go with --ics"),
        (("export", "--ics", "--channel", "#calls"), "#calls is not the id of a Slack channel"),
        (("calendar", "--channel", "calls"), "calls is not the id of a Slack channel"),
        (("export", "--lang", "fr"), "go with --ics"),
        (("export", "--country", "SE"), "go with --ics"),
        (("export", "--ics", "--country", "zz"), "there is no country ZZ"),
        (("export", "--ics", "--theme", "licornes"), "there is no theme licornes"),
        (("calendar", "--country", "zz"), "there is no country ZZ"),
    ],
)
def test_options_that_do_not_go_together_are_told(shell: Shell, arguments: tuple[str, ...], said: str) -> None:
    result = shell(*arguments)
    assert result.exit_code == 2 and said in result.stderr
