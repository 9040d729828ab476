"""Thumbs up or down on an answer: kept first, then thanked for, to that person only."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import Person
from bot.slack.click import FEEDBACK, Click
from bot.slack.limits import Payload
from bot.slack.messenger import answer, whisper
from bot.surfaces.place import Place
from bot.surfaces.surface import Surface, Tools

SURFACE = Surface("feedback", scopes=("chat:write", "users:read"), interactive=True)


def register(app: App, tools: Tools) -> None:
    @app.action(re.compile(rf"^{FEEDBACK}:\d+$"))
    def rate(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        place, click = Place.of(body), Click.load(action.get("value", ""))
        verdict, _, answer_key = click.value.partition(":")
        if verdict not in ("good", "bad") or not answer_key:
            ack()
            return
        thanks = tools.desk.rate(answer_key, verdict, Person(place.user, click.lang or None), click.lang or None)
        ack()
        if not tools.first_sight(f"thanks:{answer_key}:{place.user}:{verdict}"):
            return
        if place.ephemeral or not _whispered(client, place, tools.payload(thanks)):
            answer(respond, tools.payload(thanks))


def _whispered(client: WebClient, place: Place, payload: Payload) -> bool:
    """Whether the person could be thanked in the thread. The rating is kept either way, so a refusal is no failure."""
    try:
        whisper(client, place.channel, place.user, payload, place.thread or None)
        return True
    except SlackApiError:
        return False
