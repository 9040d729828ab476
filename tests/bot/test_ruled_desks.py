"""The desks that go by rules of the settings: each has those of the configuration, and writes only where it may."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import sources
from bot.config import Config, load_config
from bot.i18n import Translator
from bot.ruled_desks import calendar_desk, remind_desk
from knowledge.base import KnowledgeBase
from knowledge.storage.memory import MemoryStore
from scheduler.storage import MemoryLinks
from scheduler.values import Scope
from tests.knowledge.asking import StillClock

CLOCK = StillClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
RULES = """
name: Concorde
meaning: {encoder: none}
reminders: [{name: calls, channel: C0123ABCD, leads: [7d]}]
digests: [{name: monday-letter, channel: C0123ABCD, cadence: monday}]
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    file = tmp_path / "config.yaml"
    file.write_text(RULES)
    loaded = load_config(file, {})
    assert isinstance(loaded, Config), loaded
    return loaded


def test_reminders_and_digests_follow_the_rules_of_the_settings(config: Config) -> None:
    base = KnowledgeBase(MemoryStore(), sources.organisers(config), CLOCK)
    desk = remind_desk(config, base, CLOCK)
    assert [rule.name for rule in desk.rules] == ["calls"]
    assert [rule.name for rule in desk.digest_rules] == ["monday-letter"]
    assert desk.outbox is None


def test_an_address_of_a_calendar_has_the_token_it_was_given(config: Config) -> None:
    organised, token = sources.organisers(config), "token" + "0" * 59
    desk = calendar_desk(
        config, MemoryStore(), organised, CLOCK, Translator().say, lambda: token, MemoryLinks()
    ).served_at("https://concorde.example.org")
    assert desk.name == "Concorde"
    assert desk.link(Scope("C0123ABCD"), "fr").endswith(f"-{token}.ics")


def test_where_nothing_may_be_written_a_calendar_has_no_address(config: Config) -> None:
    organised = sources.organisers(config)
    desk = calendar_desk(config, MemoryStore(), organised, CLOCK, Translator().say, str)
    assert desk.served_at("https://concorde.example.org").link(Scope("C0123ABCD"), "fr") == ""
