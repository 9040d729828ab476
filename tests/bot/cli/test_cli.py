"""The command line: what people type wrong ends in a line that helps, and what they type right in an answer."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from bot import batch, wiring
from bot.cli import CONFIGURATION, OUR_MISTAKE, main
from bot.config import load_config
from bot.desk import Person

ROOT = Path(__file__).parents[3]
NAMES = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "ENTENTE_DB", "PORT")
QUESTION = "Quand ferme JTC2024 ?"


@dataclass(frozen=True)
class Shell:
    """Runs commands on a base of its own, in words alone."""

    config: Path

    def __call__(self, *arguments: str, typed: str | None = None, **environ: str) -> Result:
        given = dict.fromkeys(NAMES) | {"ENTENTE_CONFIG": str(self.config)} | environ
        result = CliRunner().invoke(main, list(arguments), input=typed, env=given)
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        return result


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    config = tmp_path_factory.mktemp("cli") / "config.yaml"
    config.write_text("meaning: {encoder: none}\n")
    shell = Shell(config)
    assert shell("ask", QUESTION).exit_code == 0
    return shell


def test_a_question_is_answered_with_its_source(shell: Shell) -> None:
    result = shell("ask", QUESTION)
    assert result.exit_code == 0
    assert result.stdout.startswith("5 mars 2024\n") and "http://www.eppermed.eu/jtc2024" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "quand ? " * 1250,
        "\U0001f600\U0001f600",
        "quand\x01\x02 ferme\x1b[31m JTC2024\x07\u202e",
        'NEAR("a" OR b*) AND ^c -x:"',
        "'; DROP TABLE records; --",
        "\udcff\udcfe quand",
        "--",
    ],
    ids=["empty", "spaces", "long", "emoji", "control", "search-syntax", "sql", "bytes", "dashes"],
)
def test_any_text_is_answered_in_words_that_a_terminal_may_show(shell: Shell, question: str) -> None:
    result = shell("ask", "--", question)
    assert result.exit_code == 0
    assert result.stdout.strip()
    assert not any(sign in result.output for sign in "\x1b\x07\u202e")


def test_the_language_and_the_day_can_be_chosen(shell: Shell) -> None:
    assert "5 March 2024" in shell("ask", QUESTION, "--lang", "en").stdout
    before, after = (
        shell("ask", "Prochaine échéance ?", "--today", day).stdout for day in ("2019-01-01", "2024-03-01")
    )
    assert before.splitlines()[0].endswith("2019") and after.startswith("5 mars 2024")


def test_json_is_one_object_with_the_fact(shell: Shell) -> None:
    plain = json.loads(shell("ask", "--json", QUESTION).stdout)
    assert (plain["band"], plain["field"], plain["value"], plain["lang"]) == ("sure", "closes", "2024-03-05", "fr")
    assert "why" not in plain and "id" not in plain


def test_why_adds_what_led_to_the_answer(shell: Shell) -> None:
    without, told = shell("ask", QUESTION).stdout, shell("ask", "--why", QUESTION).stdout
    assert told.startswith(without) and len(told) > len(without)
    assert json.loads(shell("ask", "--why", "--json", QUESTION).stdout)["why"]


def test_why_tells_for_each_turn_of_a_batch_what_its_thread_was_about(shell: Shell) -> None:
    turns = [{"thread": "t", "text": "Quels événements en 2018 ?"}, {"thread": "t", "text": "et en 2022 ?"}]
    told = shell("ask", "--batch", "-", "--why", typed="\n".join(map(json.dumps, turns)))
    first, second = (json.loads(line)["why"] for line in told.stdout.splitlines())
    assert "conversation" not in first
    assert "conversation" in second and "2022" in second


def test_a_batch_answers_line_by_line_in_order(shell: Shell, tmp_path: Path) -> None:
    lines = [{"id": "a", "text": QUESTION}, {"id": "\udcff", "text": "When did B1MG end?", "today": "2025-01-01"}]
    file = tmp_path / "questions.jsonl"
    file.write_text("\ufeff" + "\n\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    from_file = shell("ask", "--batch", str(file))
    from_input = shell("ask", "--batch", "-", typed="\n".join(map(json.dumps, lines)))
    answers = [json.loads(line) for line in from_file.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "?"]
    assert [answer["lang"] for answer in answers] == ["fr", "en"]
    assert len(from_input.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{nope", "not JSON"),
        ("[1]", 'expected an object with a "text"'),
        ('{"id": 1}', 'expected an object with a "text"'),
        ('{"text": 5}', 'expected an object with a "text"'),
        ('{"text": "x", "today": "soon"}', '"today" is not a day'),
        ("[" * 100_000, "not JSON"),
        ("1" * 10_000, "Exceeds the limit"),
    ],
    ids=["syntax", "list", "no-text", "number", "day", "deep", "huge"],
)
def test_a_bad_line_of_a_batch_ends_it_with_its_number(shell: Shell, line: str, complaint: str) -> None:
    result = shell("ask", "--batch", "-", typed=json.dumps({"text": QUESTION}) + "\n" + line + "\n")
    assert result.exit_code == 1
    assert result.stderr.startswith("line 2: ") and complaint in result.stderr
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["aks", "x"], "Did you mean 'ask'?"),
        (["ask"], "give one question, or --batch FILE"),
        (["ask", "x", "--batch", "-"], "give one question, or --batch FILE"),
        (["ask", "x", "--lang", "de"], "'fr', 'en'"),
        (["ask", "x", "--today", "demain"], "is not a day. Example: 2026-03-02"),
        (["ask", "--batch", "/no/such/file"], "cannot read /no/such/file: No such file or directory"),
        (["ask", "--batch", "/"], "cannot read /: Is a directory"),
        (["ask", "--tody", "2026-01-01", "x"], "--today"),
        (["run", "--at", "tomorrow"], "is not a moment"),
        (["run", "--at", "2026-03-02T08:59:00"], "has no offset from UTC"),
        (["run", "--at", "0001-01-01T00:00:00+14:00"], "too far away"),
        (["play", "--port", "99999"], "65535"),
    ],
)
def test_wrong_usage_is_told_with_what_is_right(shell: Shell, arguments: list[str], said: str) -> None:
    result = shell(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_missing_configuration_is_named(shell: Shell) -> None:
    for command in (["ask", "x"], ["run"], ["play"], ["doctor"], ["manifest"]):
        result = shell(*command, "--config", "/no/such.yaml")
        assert result.exit_code == CONFIGURATION
        assert "/no/such.yaml does not exist" in result.output


def test_a_broken_configuration_shows_every_mistake_with_its_line(shell: Shell, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("zonne: Europe/Paris\nlanguages: [de]\nquestions:\n  keep_days: ten\n")
    result = shell("ask", "x", ENTENTE_CONFIG=str(broken), PORT="high")
    assert result.exit_code == CONFIGURATION
    assert re.findall(r"broken\.yaml, line (\d)|(PORT):", result.stderr) == [
        ("1", ""),
        ("2", ""),
        ("4", ""),
        ("", "PORT"),
    ]


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        (["run"], {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}),
        (["run", "--http"], {"SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"}),
    ],
)
def test_missing_tokens_are_all_named_before_anything_is_opened(
    shell: Shell, tmp_path: Path, arguments: list[str], missing: set[str]
) -> None:
    result = shell(*arguments, "--db", str(tmp_path / "new.db"))
    assert result.exit_code == CONFIGURATION
    assert {name for name in NAMES if name in result.stderr} == missing
    assert not (tmp_path / "new.db").exists()


def other_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (other_program, "belongs to another program; it was left as it is"),
        (lambda path: path.write_text("a letter"), "is not a SQLite file; it was left as it is"),
        (Path.mkdir, "Is a directory"),
    ],
)
def test_a_file_that_is_no_base_of_ours_is_left_alone(
    shell: Shell, tmp_path: Path, make: Callable[[Path], object], said: str
) -> None:
    path = tmp_path / "theirs.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    for command in (["ask", "x"], ["play"]):
        result = shell(*command, "--db", str(path))
        assert result.exit_code == CONFIGURATION
        assert said in result.stderr and len(result.stderr.splitlines()) == 1
    assert (path.read_bytes() if path.is_file() else b"") == before
    unsound = shell("doctor", "--db", str(path))
    assert unsound.exit_code == CONFIGURATION
    assert f"FAIL database: theirs.db {said}" in unsound.stdout or said in unsound.stdout


def test_facts_of_the_team_that_are_wrong_are_told_with_file_and_line(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text("visit-oslo:\n  kind: nothing\n")
    config = tmp_path / "config.yaml"
    config.write_text("facts: [shipped, ours.yaml]\nmeaning: {encoder: none}\n")
    result = shell("ask", "x", ENTENTE_CONFIG=str(config))
    assert result.exit_code == CONFIGURATION
    assert "ours.yaml, line " in result.stderr
    unsound = shell("doctor", ENTENTE_CONFIG=str(config))
    assert unsound.exit_code == CONFIGURATION
    assert "FAIL facts: " in unsound.stdout and "ours.yaml, line " in unsound.stdout


def test_the_doctor_finds_a_good_house_sound_and_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    sound = shell("doctor")
    assert sound.exit_code == 0
    assert "FAIL" not in sound.stdout and "180 facts" in sound.stdout
    new = shell("doctor", "--db", str(tmp_path / "new.db"))
    assert new.exit_code == 0
    assert "does not exist yet" in new.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_tells_when_slack_cannot_be_reached(shell: Shell) -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": "http://127.0.0.1:9/api/"}
    result = shell("doctor", **tokens)
    assert result.exit_code == CONFIGURATION
    assert "FAIL Slack: cannot be reached" in result.stdout
    assert "xoxb-1" not in result.output


def test_the_manifest_is_json_in_the_mode_asked_for(shell: Shell) -> None:
    socket = json.loads(shell("manifest").stdout)
    http = json.loads(shell("manifest", "--request-url", "https://bot.example/slack/events").stdout)
    assert socket["settings"]["socket_mode_enabled"] and not http["settings"]["socket_mode_enabled"]
    assert http["settings"]["event_subscriptions"]["request_url"] == "https://bot.example/slack/events"
    assert socket["features"]["agent_view"]["suggested_prompts"]


def test_a_mistake_of_ours_is_one_line_without_the_words_of_people(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("the secret question")

    monkeypatch.setattr(batch.Answering, "one", fail)
    result = shell("ask", "the secret question")
    assert result.exit_code == OUR_MISTAKE
    assert result.stderr.startswith("entente: something went wrong inside (ZeroDivisionError at test_cli.py:")
    assert "secret" not in result.output


def test_one_question_uses_meaning_only_where_the_facts_were_read_before(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    build = wiring.build

    def noted(*arguments: object, meaning: bool, **options: object) -> object:
        asked.append(meaning)
        return build(*arguments, meaning=False, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(wiring, "build", noted)
    database = tmp_path / "new.db"
    shell("ask", "x", "--db", str(database))
    shell("ask", "--batch", "-", "--db", str(database), typed="")
    database.with_name("new.db.vectors.npz").touch()
    shell("ask", "x", "--db", str(database))
    assert asked == [False, True, True]


def test_the_module_runs_as_the_command_does(shell: Shell) -> None:
    run = [sys.executable, "-m", "bot", "ask", QUESTION, "--config", str(shell.config)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == shell("ask", QUESTION).stdout


def test_a_reader_that_goes_away_ends_the_program_quietly(shell: Shell) -> None:
    command = f'"{sys.executable}" -m bot ask --batch - --config "{shell.config}" | true'
    lines = (json.dumps({"text": QUESTION}) + "\n") * 50
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=ROOT, input=lines, capture_output=True, text=True, timeout=60, check=False
    )
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command", [[], *([name] for name in main.commands)], ids=lambda command: " ".join(command) or "entente"
)
def test_each_command_explains_itself(shell: Shell, command: list[str]) -> None:
    assert isinstance(main, click.Group)
    result = shell(*command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


def test_the_pairs_of_the_team_are_listed_in_words_or_as_json(shell: Shell, tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("meaning: {encoder: none}\n")
    given = {"ENTENTE_CONFIG": str(config)}
    assert "has added no pair" in shell("glossary", "--lang", "en", **given).stdout
    parts = wiring.build(load_config(config, {}))  # type: ignore[arg-type]
    parts.desks.glossary.add("alliance secrète = convention", "UANA", anyway=True)
    parts.base.glossary.remove(1, "UMARC")
    parts.desks.glossary.add("pacte = convention", "UANA", anyway=True)
    parts.close()

    said = shell("glossary", **given).stdout.replace("\u00a0", " ")
    assert "« pacte » = « convention », par UANA" in said and "Retirée : « alliance secrète »" in said
    first, second = map(json.loads, shell("glossary", "--json", **given).stdout.splitlines())
    assert (first["said"], first["means"], first["by"], first["removed_by"]) == (
        *("alliance secrète", "convention", "UANA", "UMARC"),
    )
    assert second["said"] == "pacte" and "removed_at" not in second


def test_questions_without_an_answer_are_listed_in_words_or_as_json(shell: Shell, tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("meaning: {encoder: none}\n")
    parts = wiring.build(load_config(config, {}))  # type: ignore[arg-type]
    parts.desk.ask("Combien de platine dans le télescope Hubble ?", Person("U1"), "C1:1.1")
    parts.close()

    given = {"ENTENTE_CONFIG": str(config)}
    assert "Combien de platine dans le télescope Hubble" in shell("gaps", **given).stdout
    plain = json.loads(shell("gaps", "--json", **given).stdout)
    assert (plain["question"], plain["asked"], plain["people"]) == (
        "Combien de platine dans le télescope Hubble ?",
        1,
        1,
    )
    assert "No question is waiting" in shell("gaps", "--lang", "en").stdout
