"""Socket Mode: the app calls Slack and keeps a line open, so nothing has to be reachable from outside."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import Final

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError

from bot.slack.client import SlackSettings, web_client

PING_INTERVAL: Final = 2
"""Seconds. At the library's default a dropped line stays deaf for a minute while it says that it is connected; at
2, for about eleven seconds."""
_LONGEST_WAIT: Final = 30
_CLOSING_STEPS: Final = 50
_HOPELESS: Final = frozenset(
    ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "not_allowed_token_type", "missing_scope")
)
_log = logging.getLogger(__name__)


class SocketRunner:
    """Runs an app in Socket Mode. The app-level token has its own client, at the same address as the bot's."""

    def __init__(self, app: App, settings: SlackSettings) -> None:
        self._handler = SocketModeHandler(
            app,
            settings.app_token,
            web_client=web_client(settings.app_token, settings.base_url),
            ping_interval=PING_INTERVAL,
        )

    @property
    def connected(self) -> bool:
        return bool(self._handler.client.is_connected())

    def ailments(self) -> tuple[str, ...]:
        """That nothing is heard of Slack, in a line for whoever runs the bot; empty while the line is open."""
        return () if self.connected else ("there is no line to Slack: it is tried again until there is",)

    def start(self) -> None:
        """Connects and returns. Raises SlackApiError when Slack refuses, OSError when it cannot be reached."""
        self._handler.client.connect()

    def run(self, stop: Event) -> None:
        """Stays connected until `stop` is set. Waits and tries again while Slack cannot be reached; raises
        SlackApiError when it refuses the token, which no waiting cures."""
        wait = 1
        try:
            while not stop.is_set():
                try:
                    self.start()
                    break
                except (SlackApiError, OSError) as error:
                    if isinstance(error, SlackApiError) and error.response.get("error") in _HOPELESS:
                        raise
                    _log.warning("no connection to Slack yet (%s): next try in %s s", type(error).__name__, wait)
                    stop.wait(wait)
                    wait = min(wait * 2, _LONGEST_WAIT)
            stop.wait()
        finally:
            self.close()

    def close(self) -> None:
        """Hangs up, within ten seconds. May be called twice."""
        client = self._handler.client
        closing = Thread(target=client.close, daemon=True)
        closing.start()
        for _ in range(_CLOSING_STEPS):
            closing.join(0.2)
            if not closing.is_alive():
                return
            # The library's reader clears this mark when it starts; closed in that moment, it would read for ever.
            client.current_session_state.terminated = True
        _log.warning("the line to Slack could not be closed in good order")
