"""Each line that a rule of reminders may have in config.yaml, and what it changes in what is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.config import Config, load_config
from bot.rules import reminder_rules, team
from knowledge.dates import Day
from knowledge.records import NO_REMINDERS, Record
from scheduler.agenda import agenda_of
from scheduler.ahead import ahead
from scheduler.values import Due
from tests.scheduler.test_compose import CALL, KINDS

SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
TWO_STAGES = replace(
    CALL,
    themes=("financement",),
    values={**CALL.values, "full_proposal_deadline": Day(2026, 6, 9), "countries": ("SE", "FR")},
)
WORKSHOP = Record(
    *("atelier-lyon", "workshop", {"fr": "Atelier de Lyon"}, {}, CALL.source),
    themes=("donnees",),
    values={"event_date": Day(2026, 5, 4), "countries": ("DK",)},
)


def planned(tmp_path: Path, rule: str, *records: Record, above: str = "") -> list[Due]:
    """What one rule brings about in a year, from the lines of its file on."""
    file = tmp_path / "config.yaml"
    file.write_text(f"{above}\nreminders:\n- {{name: r, channel: C0, {rule}}}\n", "utf-8")
    config = load_config(file, {})
    assert isinstance(config, Config), config
    agenda = agenda_of(records or (TWO_STAGES, WORKSHOP), KINDS)
    rules, settings = reminder_rules(config.settings), team(config.settings)
    return sorted(ahead(agenda, rules, (), settings, (), (), (SINCE, UNTIL), SINCE), key=lambda item: item.at)


def said(found: list[Due]) -> list[tuple[str, str]]:
    return [(item.record_id.partition("-")[0], item.field) for item in found]


def test_kind_only_facts_of_these_kinds(tmp_path: Path) -> None:
    assert {name for name, _ in said(planned(tmp_path, "leads: 0d, kinds: [call]"))} == {"appel"}
    assert {name for name, _ in said(planned(tmp_path, "leads: 0d"))} == {"appel", "atelier"}


def test_field_only_these_dates_of_them(tmp_path: Path) -> None:
    only = planned(tmp_path, "leads: 0d, kinds: [call], fields: [full_proposal_deadline]")
    assert said(only) == [("appel", "full_proposal_deadline")]
    assert said(planned(tmp_path, "leads: 0d, kinds: [call]")) == [
        ("appel", "closes"),
        ("appel", "full_proposal_deadline"),
    ]


def test_lead_times_each_so_many_days_before(tmp_path: Path) -> None:
    found = planned(tmp_path, "leads: [60d, 30d, 14d, 7d, 2d, 0d], fields: [full_proposal_deadline], kinds: [call]")
    assert [(item.days_left, f"{item.at:%d/%m}") for item in found] == [
        *((60, "10/04"), (30, "10/05"), (14, "26/05"), (7, "02/06"), (2, "07/06"), (0, "09/06")),
    ]


def test_lead_times_in_working_days_of_the_country(tmp_path: Path) -> None:
    # Whit Monday, 25 May 2026, is not worked in France; it is in Denmark too, and 5 June besides.
    line = "leads: [10wd], fields: [full_proposal_deadline], kinds: [call]"
    (french,) = planned(tmp_path, line)
    (american,) = planned(tmp_path, line, above="country: GB")
    assert f"{french.at:%d/%m} {american.at:%d/%m}" == "26/05 26/05"
    (longer,) = planned(tmp_path, line.replace("10wd", "12wd"))
    assert f"{longer.at:%d/%m}" == "21/05"


@pytest.mark.parametrize(
    ("line", "above", "expected"),
    [
        ('hour: "08:15"', "", "08:15 Europe/Paris"),
        ('hour: "08:15", zone: America/Montreal', "", "08:15 America/Montreal"),
        ('hour: "08:15"', "zone: Asia/Tokyo", "08:15 Asia/Tokyo"),
        ("zone: Europe/Athens", "", "09:00 Europe/Athens"),
    ],
)
def test_hour_in_the_zone_of_the_rule_or_of_the_team(tmp_path: Path, line: str, above: str, expected: str) -> None:
    found = planned(tmp_path, f"leads: 7d, {line}", above=above)
    assert {f"{item.at.astimezone(ZoneInfo(item.zone)):%H:%M} {item.zone}" for item in found} == {expected}


def test_channel_where_it_is_said(tmp_path: Path) -> None:
    assert {item.channel for item in planned(tmp_path, "leads: 7d")} == {"C0"}


@pytest.mark.parametrize(
    ("line", "above", "expected"),
    [
        ("lang: en", "", "en"),
        ("leads: 7d", "", "fr"),
        ("leads: 7d", "languages: [en, fr]", "en"),
        ("leads: 7d", "channels: {C0: {lang: en}}", "en"),
        ("lang: fr", "channels: {C0: {lang: en}}", "fr"),
    ],
)
def test_language_of_the_rule_of_the_channel_or_of_the_team(
    tmp_path: Path, line: str, above: str, expected: str
) -> None:
    rule = line if line.startswith("leads") else f"leads: 7d, {line}"
    assert {item.lang for item in planned(tmp_path, rule, above=above)} == {expected}


def test_people_to_mention(tmp_path: Path) -> None:
    found = planned(tmp_path, "leads: 7d, mention: [U0ANA, S0TEAM]")
    assert {item.mention for item in found} == {("U0ANA", "S0TEAM")}


def test_filter_by_theme(tmp_path: Path) -> None:
    assert {name for name, _ in said(planned(tmp_path, "leads: 0d, themes: [donnees]"))} == {"atelier"}
    assert {name for name, _ in said(planned(tmp_path, "leads: 0d, themes: [financement]"))} == {"appel"}


def test_filter_by_country(tmp_path: Path) -> None:
    assert {name for name, _ in said(planned(tmp_path, "leads: 0d, countries: [DK]"))} == {"atelier"}
    assert {name for name, _ in said(planned(tmp_path, "leads: 0d, countries: [SE, NO]"))} == {"appel"}


@pytest.mark.parametrize(
    ("own", "expected"),
    [((), [14]), (("45d", "1d"), [45, 1]), (("5wd",), [7]), ((NO_REMINDERS,), [])],
)
def test_overrides_per_fact_replace_the_lead_times_of_every_rule(
    tmp_path: Path, own: tuple[str, ...], expected: list[int]
) -> None:
    kept = replace(TWO_STAGES, reminders=own, values={"full_proposal_deadline": Day(2026, 6, 9)})
    found = planned(tmp_path, "leads: 14d", kept)
    assert [item.days_left for item in found] == expected


def test_a_date_known_to_the_month_is_said_once_at_its_start_whatever_the_lead_times(tmp_path: Path) -> None:
    vague: Mapping[str, Any] = {"closes": Day(2026, 6)}
    found = planned(tmp_path, "leads: [60d, 14d, 2d]", replace(TWO_STAGES, values=vague))
    assert [(f"{item.at:%d/%m}", item.days_left, item.vague) for item in found] == [("01/06", None, True)]
