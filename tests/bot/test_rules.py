"""The reminders and digests of `config.yaml` as the rules that the scheduler follows."""

from __future__ import annotations

import re
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot import sources
from bot.config import Config, load_config
from bot.i18n import Translator
from bot.rules import digest_rules, reminder_rules, review_rule, team
from bot.terminal import render_problem
from scheduler.rules import Lead, ReviewRule

ROOT = Path(__file__).parents[2]


def configured(folder: Path, text: str) -> Config:
    file = folder / "config.yaml"
    file.write_text(text, "utf-8")
    config = load_config(file, {})
    assert isinstance(config, Config), config
    return config


def test_a_rule_that_says_little_takes_the_rest_from_the_team(tmp_path: Path) -> None:
    config = configured(
        tmp_path,
        "zone: America/Toronto\nlanguages: [en, fr]\nchannels: {C0FR: {lang: fr}}\ncoordinators_channel: C0FR\n"
        "reminders:\n- {name: all, channel: C0A, leads: 14d}\n- {name: fr, channel: C0FR, leads: [2w, 10wd]}\n",
    )
    plain, french = reminder_rules(config.settings)
    assert (plain.zone, plain.lang, plain.hour, plain.leads) == ("America/Toronto", "en", time(9), (Lead(14),))
    assert (french.lang, french.leads) == ("fr", (Lead(14), Lead(10, working=True)))
    assert (plain.kinds, plain.fields, plain.mention, plain.escalate_after) == ((), (), (), None)
    assert (team(config.settings).channel, team(config.settings).lang) == ("C0FR", "fr")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ReviewRule("monday", time(9), "Europe/Paris")),
        (
            "zone: America/Toronto\nreviews: {day: Jeudi, hour: 8h30}",
            ReviewRule("thursday", time(8, 30), "America/Toronto"),
        ),
        ("reviews: {day: never}", None),
        ("reviews: {day: Jamais}", None),
    ],
)
def test_facts_are_looked_at_on_a_day_of_the_week_or_never(
    tmp_path: Path, text: str, expected: ReviewRule | None
) -> None:
    assert review_rule(configured(tmp_path, text).settings) == expected


def test_everything_that_a_rule_may_say_is_followed(tmp_path: Path) -> None:
    config = configured(
        tmp_path,
        "reminders:\n- name: calls\n  channel: C0A\n  leads: [30d, 0d, +7d]\n  hour: 8h30\n  zone: Europe/Stockholm\n"
        "  lang: en\n  kinds: [call]\n  fields: [closes]\n  themes: [financement]\n  countries: [SE, EU]\n"
        "  mention: [U0A, S0A]\n  backup: [U0B]\n  escalate_after: 2d\n"
        "digests:\n- {name: letter, channel: C0A, cadence: [lundi, thursday], hour: '8:30', topics: [due, gaps]}\n",
    )
    (rule,) = reminder_rules(config.settings)
    assert (rule.hour, rule.zone, rule.lang) == (time(8, 30), "Europe/Stockholm", "en")
    assert (rule.kinds, rule.fields, rule.themes, rule.countries) == (
        *(("call",), ("closes",), ("financement",), ("SE", "EU")),
    )
    assert (rule.mention, rule.backup, rule.escalate_after) == (("U0A", "S0A"), ("U0B",), timedelta(days=2))
    assert rule.leads[-1].after
    (digest,) = digest_rules(config.settings)
    assert (digest.cadence, digest.hour, digest.topics) == (("monday", "thursday"), time(8, 30), ("due", "gaps"))
    assert sources.organisers(config)


def test_names_that_do_not_exist_are_told_with_their_lines(tmp_path: Path) -> None:
    config = configured(
        tmp_path,
        "reminders:\n- name: a\n  channel: C0A\n  leads: 7d\n  kinds: [call, cal]\n  fields:\n  - closes\n  - opens\n"
        "digests:\n- {name: b, channel: C0A, cadence: daily, themes: [money], countries: [SE, XX]}\n",
    )
    with pytest.raises(sources.ProblemsFound) as found:
        sources.organisers(config)
    assert [(problem.line, problem.field) for problem in found.value.problems] == [
        (5, "reminders.0.kinds.1"),
        (8, "reminders.0.fields.1"),
        (10, "digests.0.themes.0"),
        (10, "digests.0.countries.1"),
    ]
    said = render_problem(found.value.problems[1], "en", Translator())
    assert "line 8" in said
    assert "closes, full_proposal_deadline, recurrence, notice" in said


def example(key: str) -> str:
    """The setting that the comment above its key shows, without the marks of the comment."""
    comment = re.search(rf"((?:^#.*\n)+)^{key}: \[\]$", (ROOT / "config.yaml").read_text("utf-8"), re.MULTILINE)
    assert comment
    shown = [line[1:] for line in comment[1].splitlines() if line.startswith("#   ")]
    return "\n".join([f"{key}:", *shown])


def test_the_examples_of_the_file_at_the_root_work_when_their_marks_are_taken_off(tmp_path: Path) -> None:
    config = configured(tmp_path, f"{example('reminders')}\n{example('digests')}\n")
    assert [rule.name for rule in reminder_rules(config.settings)] == ["calls"]
    assert [rule.name for rule in digest_rules(config.settings)] == ["monday-letter"]
    assert sources.organisers(config)
