"""Thumbs up or down on an answer: kept first, then thanked for, to that person only."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.desk import Person
from bot.slack.click import FEEDBACK, Click
from bot.slack.messenger import tell
from bot.slack.place import Place
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
        tell(client, respond, place, tools.payload(thanks))
