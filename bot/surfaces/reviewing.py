"""The button that passes a fact on to the next coordinator. *Still true* and *edit* are those of every fact."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.desk import Reply
from bot.slack.click import Click
from bot.slack.messenger import answer, settle
from bot.slack.place import Place
from bot.surfaces.acts import can_be_undone
from bot.surfaces.surface import Surface, Tools
from knowledge.messages import Message, Phrase, Say
from knowledge.ports import StoreUnavailable

SURFACE = Surface("reviewing", scopes=("chat:write", "users:read"), interactive=True)


def register(app: App, tools: Tools) -> None:
    @app.action(re.compile(r"^pass_on:\d+$"))
    def pass_on(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        message = passed_on(tools, client, place.user, click.value)
        lang = click.lang or tools.desk.language(tools.person(client, place.user))
        payload = tools.payload(Reply(message, lang), plain=True)
        if not (can_be_undone(message) and settle(client, place, body, payload)):
            answer(respond, payload)


def passed_on(tools: Tools, client: WebClient, user: str, record_id: str) -> Message:
    """Passes the fact on, where this person may; what came of it."""
    if refused := tools.rights.refusal(client, user, "amend"):
        return Message((Say(refused),))
    try:
        able = [person for person, may in tools.rights.standings(client).items() if may]
        return tools.desks.reviewing.pass_on(record_id, user, able, tools.names(client))
    except StoreUnavailable:
        return Message((Say(Phrase("error.store")),))
