"""What the composition root passes on from the configuration and the environment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.config import Config, load_config
from bot.slack.client import SlackSettings
from bot.wiring import Parts, bolt_app, build
from knowledge.messages import Phrase

SETTINGS = SlackSettings("xoxb-test", "secret", verify_token=False)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    file = tmp_path / "config.yaml"
    file.write_text("name: Concorde\nprogramme: {fr: Plan Atlas, en: Atlas Plan}\nmeaning: {encoder: none}\n")
    config = load_config(file, {})
    assert isinstance(config, Config)
    built = build(replace(config, database=tmp_path / "facts.db"))
    yield built
    built.close()


@pytest.mark.parametrize(("lang", "programme"), [("fr", "Plan Atlas"), ("en", "Atlas Plan")])
def test_the_bot_gives_its_configured_name_and_programme(parts: Parts, lang: str, programme: str) -> None:
    said = parts.translator.say(Phrase("chat.who"), lang)
    assert "Concorde" in said
    assert programme in said


def test_the_secrets_of_another_app_in_the_environment_change_nothing(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "of another app")
    app = bolt_app(parts, SETTINGS)
    assert app.oauth_flow is None
