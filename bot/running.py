"""Running until stopped: Slack in Socket Mode or over HTTP, and the playground. Signals end each of them in good order."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from contextlib import ExitStack
from threading import Event
from typing import TYPE_CHECKING

import click

from bot import sending, wiring
from bot.logs import set_up_logging

if TYPE_CHECKING:
    from bot.wiring import Parts

_log = logging.getLogger(__name__)


def run_until_stopped(parts: Parts, http: bool) -> int:
    """Connects to Slack and answers; the exit code to end with. SIGTERM and Ctrl-C stop it."""
    from slack_bolt.error import BoltError
    from slack_sdk.errors import SlackApiError

    from bot.slack.client import settings_of

    set_up_logging()
    tell_of_history(parts)
    settings = settings_of(parts.config)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        if http:
            sending.run_http(parts, settings, parts.config.port)
        else:
            sending.run_socket(parts, settings, stop)
    except (BoltError, SlackApiError) as error:
        click.echo(
            f"entente: Slack refuses the connection ({reason(error)}). Check the tokens in the environment.", err=True
        )
        return 1
    except OSError as error:
        port, name = (parts.config.port, "PORT") if http else (parts.config.settings.health_port, "health_port")
        if port is None:
            raise
        click.echo(f"entente: cannot listen on port {port}: {error.strerror}. Set {name} to another.", err=True)
        return 1
    return 0


def tell_of_history(parts: Parts) -> None:
    """The last seal goes to the log, which is kept elsewhere than the base: a history rewritten since does not lead to it."""
    audit = parts.base.audit()
    _log.info("the history has %s changes, the last seal is %s", audit.count, audit.head or "none")
    for fault in audit.faults:
        _log.error("the history: %s", fault)


def reason(error: Exception) -> str:
    """Slack's own word for a refusal, or the type of the error: never a message that could hold a token."""
    # Bolt wraps what Slack said into an error of its own.
    response = getattr(error, "response", None) or getattr(error.__context__, "response", None)
    return str(response.get("error")) if response is not None and hasattr(response, "get") else type(error).__name__


def play_until_stopped(parts: Parts, port: int) -> int:
    """Serves the playground on this machine, the real Bolt app behind it; the exit code to end with."""
    from bot.app import drain
    from bot.manifest import manifest
    from bot.playground.people import COORDINATORS
    from bot.playground.server import run
    from bot.slack.client import SlackSettings
    from bot.slack.socket import SocketRunner

    language = parts.config.settings.languages[0]

    def start_bot(base_url: str, bot_token: str, app_token: str) -> Callable[[], None]:
        settings = SlackSettings(bot_token, "playground", app_token, base_url, language)
        app = wiring.bolt_app(parts, settings, COORDINATORS)
        runner = SocketRunner(app, settings)
        runner.start()
        saying = ExitStack()
        saying.enter_context(sending.delivering(parts, settings, coordinators=COORDINATORS))

        def stop() -> None:
            saying.close()
            runner.close()
            drain(app)

        return stop

    def seconds() -> float:
        return parts.clock.now().timestamp()

    set_up_logging("WARNING")
    features = manifest()["features"]
    home_tab = bool(features["app_home"].get("home_tab_enabled"))
    shortcuts = tuple((one["callback_id"], one["name"]) for one in features["shortcuts"] if one["type"] == "message")
    return run(port, start_bot, lang=language, say=click.echo, clock=seconds, home_tab=home_tab, shortcuts=shortcuts)
