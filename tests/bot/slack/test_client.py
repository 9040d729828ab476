"""What is needed to talk to a workspace, taken from the configuration and the environment."""

from __future__ import annotations

from pathlib import Path

from bot.config import Config, load_config
from bot.slack.client import SLACK, settings_of


def configured(folder: Path, **environment: str) -> Config:
    file = folder / "config.yaml"
    file.write_text("languages: [en, fr]\nmeaning: {encoder: none}\n")
    config = load_config(file, environment)
    assert isinstance(config, Config)
    return config


def test_the_secrets_of_the_environment_are_revealed_and_never_shown(tmp_path: Path) -> None:
    given = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-2", "SLACK_SIGNING_SECRET": "three"}
    settings = settings_of(configured(tmp_path, **given))
    assert (settings.bot_token, settings.app_token, settings.signing_secret) == ("xoxb-1", "xapp-2", "three")
    assert not [secret for secret in given.values() if secret in repr(settings)]


def test_without_secrets_there_are_empty_ones_and_the_address_of_slack(tmp_path: Path) -> None:
    settings = settings_of(configured(tmp_path))
    assert (settings.bot_token, settings.app_token, settings.signing_secret) == ("", "", "")
    assert (settings.base_url, settings.language) == (SLACK, "en")


def test_a_stand_in_for_slack_has_its_own_address(tmp_path: Path) -> None:
    config = configured(tmp_path, SLACK_API_URL="http://127.0.0.1:9999/api/")
    assert settings_of(config).base_url == "http://127.0.0.1:9999/api/"
