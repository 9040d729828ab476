"""The button under an answer that shows what led to it, to the person who asks; from there a coordinator has another record
answer the question."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.desk import Reply
from bot.slack.click import WHY, Click
from bot.slack.messenger import tell
from bot.slack.place import Place
from bot.surfaces.surface import Surface, Tools
from knowledge.messages import Message, Say

SURFACE = Surface("why", scopes=("chat:write", "users:read"), interactive=True)


def register(app: App, tools: Tools) -> None:
    @app.action(re.compile(rf"^{WHY}:\d+$"))
    def explain(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        if not click.question:
            return
        person = tools.person(client, place.user, place.channel)
        reply = tools.desk.why(click.question, person, place.conversation, click.lang or None)
        tell(client, respond, place, tools.payload(reply, click.question, plain=True))

    @app.action(re.compile(r"^alias(_anyway)?:\d+$"))
    def add_name(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        if not click.question or not click.value:
            return
        lang = tools.desk.language(tools.person(client, place.user))
        refused = tools.rights.refusal(client, place.user, "amend")
        anyway = str(action.get("action_id", "")).startswith("alias_anyway")
        said = (
            Message((Say(refused),))
            if refused
            else tools.desks.tuning.alias(click.value, click.question, place.user, anyway=anyway)
        )
        tell(client, respond, place, tools.payload(Reply(said, lang), click.question))
