"""What is needed to talk to a workspace, and the one place that makes a client of the Web API: every call has the same address,
patience and retries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from slack_sdk import WebClient
from slack_sdk.http_retry import RateLimitErrorRetryHandler

from bot.config import Config

SLACK: Final = "https://slack.com/api/"
TIMEOUT: Final = 10


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What is needed to talk to one workspace. `base_url` comes from SLACK_API_URL and may point at a stand-in.

    `signing_secret` is for HTTP mode, `app_token` for Socket Mode. `language` is used where a person's own is not
    known. `verify_token` asks Slack at start whether the token is good: off in tests, which have no network.
    `command_patience` is how long, in seconds, a command may search before it says "looking"; `workers` threads run the
    listeners and `waiting` requests may queue for them before newcomers hear "busy".
    """

    bot_token: str = field(repr=False)
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    base_url: str = SLACK
    language: str = "fr"
    workers: int = 8
    waiting: int = 200
    command_patience: float = 1.5
    verify_token: bool = True


def settings_of(config: Config) -> SlackSettings:
    """What Slack needs, from the configuration. The caller has checked that the tokens are there."""

    def revealed(name: str) -> str:
        secret = getattr(config.secrets, name)
        return secret.get_secret_value() if secret else ""

    return SlackSettings(
        bot_token=revealed("bot_token"),
        signing_secret=revealed("signing_secret"),
        app_token=revealed("app_token"),
        base_url=config.slack_api_url,
        language=config.settings.languages[0],
    )


def web_client(token: str, base_url: str = SLACK, patient: bool = True) -> WebClient:
    """A client that never repeats a call whose fate is unknown: the default handler of the library posts twice when a
    connection breaks after the message was taken. A `patient` one waits when Slack says so and tries again; with another the
    caller plans the next try."""
    return WebClient(
        token=token,
        base_url=base_url if base_url.endswith("/") else base_url + "/",
        timeout=TIMEOUT,
        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=2)] if patient else [],
    )
