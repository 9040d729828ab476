"""`entente due`: what will be said, before it is said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.bot.cli.test_cli import Shell

CONFIG = """
meaning: {encoder: none}
channels: {C0EN: {lang: en}, C0CALLS: {name: "#appels"}}
reminders:
- {name: calls, channel: C0CALLS, leads: [14d, 0d], kinds: [call], mention: [U0A]}
- {name: abroad, channel: C0EN, leads: 2d, kinds: [call], hour: "18:30"}
digests:
- {name: letter, channel: C0CALLS, cadence: monday, hour: "8:30"}
"""
JANUARY = ("--at", "2026-01-26T08:00:00+01:00")


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    config = tmp_path_factory.mktemp("due") / "config.yaml"
    config.write_text(CONFIG, "utf-8")
    return Shell(config)


def lines(text: str) -> list[str]:
    return text.replace("\u00a0", " ").replace("\u202f", " ").splitlines()


def test_each_message_is_one_line_with_when_where_and_its_first_sentence(team: Shell) -> None:
    result = team("due", "--days", "30", *JANUARY)
    assert result.exit_code == 0
    found = lines(result.stdout)
    assert found[0] == "Vu du lundi 26 janvier 2026, 8 h 00 (heure de Paris)."
    assert found[1] == f"{len(found) - 2} messages seront envoyés d'ici au 25 février 2026 :"
    assert found[2] == "lundi 26 janvier 2026 à 8 h 30, #appels — Résumé « letter »"
    reminder = next(line for line in found if "ERDERA" in line)
    assert reminder.startswith("jeudi 29 janvier 2026 à 9 h 00, #appels — Dans 14 jours : ")
    assert reminder.endswith("ferme le 12 février 2026 à 14 h 00 (CET, heure de Bruxelles), soit la même heure à Paris")


def test_each_message_is_one_object_for_machines_in_the_language_of_its_channel(team: Shell) -> None:
    result = team("due", "--json", *JANUARY)
    plain = [json.loads(line) for line in result.stdout.splitlines()]
    assert [item["at"] for item in plain] == sorted(item["at"] for item in plain)
    english = next(item for item in plain if item["channel"] == "C0EN")
    assert english["text"].startswith("In 2 days: ")
    assert english["at"].endswith("T17:30:00+00:00")
    call = next(item for item in plain if item["rule"] == "calls" and item["days_left"] == 14)
    assert (call["notice"], call["field"], call["mention"]) == ("reminder", "closes", ["U0A"])


def test_an_empty_window_says_so(team: Shell) -> None:
    result = team("due", "--days", "1", "--at", "2031-01-01T08:00:00+01:00", "--lang", "en")
    assert lines(result.stdout)[1:] == ["Nothing is planned until 2 January 2031."]


def test_without_rules_it_says_where_to_write_them(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("meaning: {encoder: none}\n")
    assert "config.yaml" in Shell(config)("due").stdout


@pytest.mark.parametrize("wrong", [("--days", "0"), ("--days", "9999"), ("--days", "x"), ("--at", "tomorrow")])
def test_a_wrong_option_is_told(team: Shell, wrong: tuple[str, str]) -> None:
    result = team("due", *wrong)
    assert result.exit_code == 2
    assert wrong[0] in result.stderr


def test_the_doctor_tells_the_rules_the_last_tick_and_what_comes_next(team: Shell) -> None:
    assert team("ask", "x").exit_code == 0
    said = team("doctor").stdout
    assert "ok   reminders: 2 rules, 1 digests; last tick never" in said
    assert re.search(
        r"^ok   digest: Digest “letter”: it has not run yet\. Next run on .* at 08:30\.$", said, re.MULTILINE
    )
    assert re.search(r"^ok   next: .* at 08:30, #appels — Digest “letter”$", said, re.MULTILINE)


def test_the_manifest_asks_for_the_history_that_reminders_need(team: Shell) -> None:
    scopes = json.loads(team("manifest").stdout)["oauth_config"]["scopes"]["bot"]
    assert {"channels:history", "groups:history"} <= set(scopes)
