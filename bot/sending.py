"""Running the sender of what is due beside the bot, in Socket Mode and over HTTP."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Final

from bot import wiring
from bot.desk import Person
from bot.wiring import Parts, SystemClock
from knowledge.messages import Message
from scheduler.compose import Words
from scheduler.delivery import Delivery
from scheduler.steady import SteadyClock

if TYPE_CHECKING:
    from bot.slack.client import SlackSettings
    from scheduler.ticker import Ticker

USER_ID: Final = re.compile(r"[UW][A-Z0-9_]+")
SENDERS: Final = 20
"""Channels that are written to at the same time."""
TIDYING: Final = 3600.0
"""Seconds after which what has been kept for its time is dropped again."""


@contextmanager
def delivering(
    parts: Parts, settings: SlackSettings, ahead: timedelta = timedelta(), coordinators: Sequence[str] = ()
) -> Iterator[Ticker]:
    """Says what is due for as long as the body runs; then waits for what is being said. `ahead` is how far the clock of these
    parts runs before that of Slack, `coordinators` are some beside those of the configuration."""
    from bot.slack.client import web_client
    from bot.slack.outbox_messenger import OutboxMessenger
    from bot.slack.people import People
    from bot.slack.slack_time import slack_time
    from bot.slack.speech import Naming
    from scheduler.ticker import Ticker

    client = web_client(settings.bot_token, settings.base_url, patient=False)
    people, desk = People(time.monotonic), parts.desks.reminding
    rights = wiring.rights_of(parts, coordinators, people)
    kept = desk.outbox or wiring.outbox(parts.store)
    clock, stop = parts.clock, Event()
    if isinstance(clock, SystemClock):
        clock = SteadyClock(clock, clock.count, partial(slack_time, client, clock.ahead))

    def name(person: str) -> str:
        member = people.member(client, person) if USER_ID.fullmatch(person) else None
        return member.name if member else ""

    speech = Naming(parts.translator, partial(people.name, client))

    def language(person: str) -> str:
        return parts.desk.language(Person(person, people.language(client, person)))

    def review(person: str) -> Message | None:
        return parts.desks.reviewing.weekly(person, rights.standings(client))

    def pause(seconds: float) -> None:
        stop.wait(seconds)

    with ThreadPoolExecutor(SENDERS, thread_name_prefix="due") as pool:
        delivery = Delivery(
            *(
                parts.store,
                parts.base.kinds,
                kept,
                Words(parts.store.get, parts.base.kinds, kept.get, name, desk.digest, review),
            ),
            *(OutboxMessenger(client, speech, ahead, language), clock, pool, pause),
            *(desk.rules, desk.digest_rules, desk.team),
            stopping=stop.is_set,
            review_rule=desk.review_rule,
            reviewers=partial(rights.candidates, client),
        )

        tidied = float("-inf")

        def tick() -> None:
            nonlocal tidied
            if isinstance(clock, SteadyClock):
                clock.confirm()
            delivery.tick()
            if time.monotonic() - tidied > TIDYING:
                parts.desk.tidy()
                tidied = time.monotonic()

        def ailing() -> tuple[str, ...]:
            return (*(clock.ailments() if isinstance(clock, SteadyClock) else ()), *delivery.ailments())

        ticker = Ticker(tick, clock, ailing=ailing)
        ticker.start()
        try:
            yield ticker
        finally:
            stop.set()
            ticker.stop()


def run_socket(parts: Parts, settings: SlackSettings, stop: Event) -> None:
    """Runs in Socket Mode until `stop` is set. Raises OSError when the port for /healthz, where one is set, is taken."""
    from bot.app import drain
    from bot.slack.health import telling_health
    from bot.slack.socket import SocketRunner

    app, port = wiring.bolt_app(parts, settings), parts.config.settings.health_port
    with ExitStack() as running:
        ticker = running.enter_context(delivering(parts, settings, ahead_of_slack(parts)))
        runner = SocketRunner(app, settings)
        if port is not None:
            running.enter_context(telling_health(port, lambda: (*ticker.ailments(), *runner.ailments())))
        runner.run(stop)
    drain(app)


def run_http(parts: Parts, settings: SlackSettings, port: int) -> None:
    """Serves Slack's requests at /slack/events, and calendars, until SIGTERM. Raises OSError when the port is taken."""
    from bot.app import drain
    from bot.slack.http import front, serve

    calendars = parts.desks.calendars.served_at(parts.config.settings.address or "")
    parts = replace(parts, desks=replace(parts.desks, calendars=calendars))
    app = wiring.bolt_app(parts, settings)
    # Slack calls from outside, so this listens on every address of the machine.
    with (
        socket.create_server(("0.0.0.0", port), backlog=128) as listener,  # noqa: S104
        delivering(parts, settings, ahead_of_slack(parts)) as ticker,
    ):
        web = front(app, settings.signing_secret, time.time, ticker.ailments, calendars.opened)
        serve(web, "0.0.0.0", port).run(sockets=[listener])  # noqa: S104
    drain(app)


def ahead_of_slack(parts: Parts) -> timedelta:
    """How far a clock that was set runs before Slack's, which is that of the world."""
    return parts.clock.ahead if isinstance(parts.clock, SystemClock) else timedelta()
