"""A bot that runs as in a workspace, reached as Slack reaches it, whose clock is moved by hand."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from bot import sending, wiring
from bot.app import drain
from bot.config import Config, load_config
from bot.slack.client import SlackSettings
from bot.slack.http import front
from bot.slack.socket import SocketRunner
from scheduler.ticker import Ticker
from tests.journeys import deliveries
from tests.journeys.conftest import SECRET, HttpLine, Line, SocketLine, filled
from tests.journeys.stand_in import Call, StandIn, eventually, serving

ACKNOWLEDGED_WITHIN = 3.0
"""Seconds that Slack waits."""


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


class HandClock:
    """Set by hand, it runs from there."""

    def __init__(self, start: datetime) -> None:
        self.set(start)

    def set(self, moment: datetime) -> None:
        self._moment, self._since = moment, time.monotonic()

    def now(self) -> datetime:
        return self._moment + timedelta(seconds=time.monotonic() - self._since)


@dataclass
class RunningBot:
    """`seen` is how much of what was posted was looked at."""

    slack: StandIn
    parts: wiring.Parts
    ticker: Ticker
    clock: HandClock
    line: Line
    channel: str = "C0FR"
    seen: int = field(default=0)

    def at(self, moment: datetime) -> list[Call]:
        """What is posted when the clock shows this."""
        self.clock.set(moment)
        self.ticker.run_once()
        assert self.ticker.last_error == ""
        posted = self.slack.called("chat.postMessage")
        new, self.seen = posted[self.seen :], len(posted)
        return new

    def send(self, kind: str, payload: dict[str, Any]) -> Any:
        started = time.monotonic()
        answer = self.line.deliver(kind, payload)
        assert time.monotonic() - started < ACKNOWLEDGED_WITHIN
        return answer

    def ordered(self, text: str, user: str) -> dict[str, Any]:
        """The whole answer to a command."""
        asked = deliveries.command(text, user, self.slack.response_url, self.channel)
        return dict(self.send("slash_commands", asked))

    def command(self, text: str, user: str = "U0MARIE") -> str:
        """What is said to a command."""
        return plain(str(self.ordered(text, user).get("text", "")))

    def event(self, **event: Any) -> None:
        self.send("events_api", deliveries.event(event))

    def under(self, ts: str, button: dict[str, Any], user: str, channel: str, **more: Any) -> None:
        """A click under a message."""
        self.send("interactive", deliveries.click(button, user, self.slack.response_url, channel, ts, **more))

    def submit(self, view: dict[str, Any], typed: dict[str, Any], user: str) -> dict[str, Any]:
        return dict(self.send("interactive", deliveries.submission(view, filled(view, typed), user)))


B = TypeVar("B", bound=RunningBot)


@contextmanager
def running(kind: type[B], slack: StandIn, folder: Path, text: str, start: datetime, way: str = "http") -> Iterator[B]:
    """A bot of that kind with this configuration on the base of this folder, from that moment on; reached by that way,
    "socket" or "http"."""
    file = folder / "config.yaml"
    file.write_text(text, "utf-8")
    config = load_config(file, {})
    assert isinstance(config, Config), config
    clock = HandClock(start)
    parts = wiring.build(config, clock, meaning=False)
    with ExitStack() as stack:
        stack.callback(parts.close)
        settings = SlackSettings(
            "xoxb-test", SECRET, "xapp-test", slack.base_url, verify_token=False, command_patience=2.5
        )
        app = wiring.bolt_app(parts, settings)
        ticker = stack.enter_context(sending.delivering(parts, settings))
        if way == "socket":
            runner, before = SocketRunner(app, settings), list(slack.lines)
            runner.start()
            stack.callback(Thread(target=runner.close, daemon=True).start)
            line: Line = SocketLine(
                slack, eventually(lambda: next((one for one in slack.lines if one not in before), None))
            )
        else:
            line = HttpLine(stack.enter_context(serving(front(app, SECRET, time.time))))
        yield kind(slack, parts, ticker, clock, line)
        drain(app, 5)
