"""Buttons under an answer: the choices offered when the bot is unsure, and questions to ask next.

A choice is answered in place, once: the buttons go with it, so later clicks find nothing to do.
"""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.slack.click import Click
from bot.slack.messenger import answer, post, update
from bot.slack.place import Place
from bot.surfaces.surface import Surface, Tools

SURFACE = Surface("choices", scopes=("chat:write", "users:read"), interactive=True)


def register(app: App, tools: Tools) -> None:
    @app.action(re.compile(r"^choose:\d+$"))
    def choose(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        if not click.value or not tools.first_sight(f"choice:{place.channel}:{place.ts}"):
            return
        person = tools.clicker(client, place)
        reply = tools.desk.choose(click.value, person, place.conversation, click.lang or None, click.question)
        reply = tools.kept(reply, person, client)
        if place.ephemeral:
            answer(respond, tools.payload(reply, click.question, plain=True), replace=True)
        else:
            update(client, place.channel, place.ts, tools.rendering(reply, click.question))

    @app.action(re.compile(r"^prompt:\d+$"))
    def ask(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        if not click.value or not tools.first_sight(f"prompt:{place.channel}:{place.ts}:{place.user}:{click.value}"):
            return
        person = tools.clicker(client, place)
        reply = tools.desk.ask(click.value, person, place.conversation, click.lang or None)
        reply = tools.kept(reply, person, client)
        if place.ephemeral:
            answer(respond, tools.payload(reply, click.value, plain=True))
        else:
            post(client, place.channel, tools.rendering(reply, click.value), place.thread or place.ts)
