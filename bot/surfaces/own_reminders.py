"""Reminders that people ask for themselves: which fact was meant, and taking one back. Nobody else sees what is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.desk import Reply
from bot.desk.wishes import Wish, read
from bot.slack.click import Click
from bot.slack.messenger import answer
from bot.slack.place import Place
from bot.surfaces.surface import Surface, Tools
from knowledge.messages import Message, Phrase, Say
from knowledge.ports import StoreUnavailable

SURFACE = Surface("own_reminders", scopes=("chat:write", "users:read"), interactive=True)


def register(app: App, tools: Tools) -> None:
    @app.action(re.compile(r"^remind_pick:\d+$"))
    def pick(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click, desk = Place.of(body), Click.load(action.get("value", "")), tools.desks.own
        wish = read(click.question, desk.today())

        def keep() -> Message:
            kept = desk.keep(wish, place.user, click.lang, click.value) if isinstance(wish, Wish) else None
            return kept or Message((Say(Phrase("asked.usage")),))

        _say(tools, client, respond, place, click.lang, keep)

    @app.action(re.compile(r"^reminder_cancel:\d+$"))
    def cancel(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))

        def take_back() -> Message:
            return Message((Say(tools.desks.own.take_back(click.value, place.user)),))

        _say(tools, client, respond, place, click.lang, take_back)


def _say(
    tools: Tools, client: WebClient, respond: Respond, place: Place, clicked: str, work: Callable[[], Message]
) -> None:
    """What came of it, or that nothing could be kept."""
    lang = clicked or tools.desk.language(tools.person(client, place.user))
    try:
        message = work()
    except StoreUnavailable:
        message = Message((Say(Phrase("error.store")),))
    answer(respond, tools.payload(Reply(message, lang), plain=True))
