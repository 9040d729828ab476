"""The Bolt app: every surface on it, each delivery handled once, and one place where failures are told.

Takes its desk, its words and its memory ready made; `bot.wiring` picks them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from slack_bolt import Ack, App, BoltContext, BoltResponse

from bot.desk import Person
from bot.desk.desks import Desks
from bot.slack.client import SlackSettings, web_client
from bot.slack.failures import FailureTeller
from bot.slack.flood import Flood
from bot.slack.people import People
from bot.slack.pool import BoundedPool
from bot.slack.rights import Rights
from bot.slack.speech import Naming, Speech
from bot.surfaces import SURFACES
from bot.surfaces.surface import Tools
from knowledge.messages import Phrase

Next = Callable[[], Any]
_log = logging.getLogger(__name__)
_ANYTHING: Final = re.compile(r"[\s\S]*")


def build_app(
    desks: Desks,
    speech: Speech,
    settings: SlackSettings,
    first_sight: Callable[[str], bool],
    reference: Callable[[], str],
    monotonic: Callable[[], float],
    make_rights: Callable[[People], Rights],
) -> App:
    """The app, ready for `bot.slack.socket` or `bot.slack.http`.

    `first_sight` keeps a key and says whether it is new (`ThreadStore.first_sight` with the time filled in);
    `reference` makes a short code for a failure; `monotonic` gives seconds that never go back; `make_rights` tells who
    may do what, given who people are. Raises BoltError when the token is
    bad and `settings.verify_token` is on.
    """
    for chatty in ("RequestVerification", "SslCheck", "IgnoringSelfEvents"):
        # Their records hold whole requests, people's words included.
        logging.getLogger(f"slack_bolt.{chatty}").setLevel(logging.WARNING)
    # It warns at each start that SLACK_BOT_TOKEN is set beside the client that holds the same token.
    logging.getLogger("slack_bolt.App").setLevel(logging.ERROR)
    pool = BoundedPool(settings.workers, settings.waiting)
    app = _bolt(settings, pool)
    people = People(monotonic)
    speech = Naming(speech, partial(people.name, app.client))
    tools = Tools(
        desks,
        speech,
        people,
        make_rights(people),
        Flood(monotonic),
        first_sight,
        monotonic,
        settings.command_patience,
    )
    app.middleware(_keep_acknowledgement)
    app.middleware(_turn_away_when_full(pool, speech, settings.language))
    app.middleware(_handle_once(first_sight))
    app.error(FailureTeller(people, speech, lambda lang: desks.asking.language(Person("", lang)), reference).tell)
    for surface in SURFACES:
        surface.register(app, tools)
    _acknowledge_the_rest(app)
    return app


def _bolt(settings: SlackSettings, pool: BoundedPool) -> App:
    def make(verify: bool) -> App:
        return App(
            name="entente",
            client=web_client(settings.bot_token, settings.base_url),
            signing_secret=settings.signing_secret,
            token_verification_enabled=verify,
            process_before_response=False,
            listener_executor=pool,
            attaching_conversation_kwargs_enabled=False,
        )

    try:
        return make(settings.verify_token)
    except OSError as error:
        # The network may come up after us. The token is then checked with the first request.
        _log.warning("the bot token could not be checked yet (%s)", type(error).__name__)
        return make(verify=False)


def drain(app: App, seconds: float = 10.0) -> bool:
    """Waits for the listeners that are running; whether all have finished. Call it once nothing comes in any more."""
    pool = app.listener_runner.listener_executor
    return pool.drain(seconds) if isinstance(pool, BoundedPool) else True


def delivery_key(body: Mapping[str, Any]) -> str:
    """What names this delivery each time that Slack sends it again; "" when nothing does."""
    if event := body.get("event_id"):
        return f"event:{event}"
    trigger = body.get("trigger_id")
    return f"trigger:{trigger}" if trigger else ""


class _KeptAck(Ack):
    """Once given, it stays: Bolt takes it back when the listener fails right after it, and Slack would wait in vain."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name != "response" or value is not None or getattr(self, name, None) is None:
            super().__setattr__(name, value)


def _keep_acknowledgement(context: BoltContext, next: Next) -> None:
    context["ack"] = _KeptAck()  # type: ignore[no-untyped-call]
    next()


def _handle_once(first_sight: Callable[[str], bool]) -> Callable[..., BoltResponse | None]:
    def handle_once(body: dict[str, Any], next: Next) -> BoltResponse | None:
        # Kept before Slack hears "received": if it cannot be kept, this raises, and Slack will send it again.
        key = delivery_key(body)
        if key and not first_sight(key):
            return BoltResponse(status=200, body="")
        next()
        return None

    return handle_once


def _turn_away_when_full(pool: BoundedPool, speech: Speech, lang: str) -> Callable[..., BoltResponse | None]:
    def turn_away_when_full(body: dict[str, Any], next: Next) -> BoltResponse | None:
        if not pool.full:
            next()
            return None
        if "command" in body:
            text = speech.say(Phrase("error.busy"), lang)
            return BoltResponse(status=200, body={"response_type": "ephemeral", "text": text})
        # Not taken and not remembered: Slack sends events again.
        return BoltResponse(status=503, body="")

    return turn_away_when_full


def _acknowledge_the_rest(app: App) -> None:
    """Whatever no surface wants is still received; unanswered, Slack would send it again and people would see an
    error."""

    def take(ack: Ack) -> None:
        ack()

    @app.event(_ANYTHING)
    def take_event() -> None:
        """An event that nobody listens to."""

    for kind in (app.action, app.view_submission, app.view_closed, app.shortcut, app.command):
        kind(_ANYTHING)(take)
