"""The buttons under a reminder, and those of one's own reminders. What somebody does is said in the thread, for all to see."""

from __future__ import annotations

import re
from typing import Any, Final

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.desk import Reply
from bot.slack.click import Click
from bot.slack.messenger import answer, post
from bot.slack.place import Place
from bot.surfaces.surface import Surface, Tools
from knowledge.messages import Message, Phrase, Say
from knowledge.ports import StoreUnavailable
from scheduler.compose import ACTS

SURFACE = Surface("reminding", scopes=("chat:write", "users:read"), interactive=True)
_ACT: Final = re.compile(rf"^reminder_({'|'.join(ACTS)}):\d+$")


def register(app: App, tools: Tools) -> None:
    @app.action(_ACT)
    def act(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        name = action["action_id"].removeprefix("reminder_").partition(":")[0]
        if not tools.first_sight(f"reminder:{place.channel}:{place.ts}:{place.user}:{name}"):
            return
        member = tools.people.member(client, place.user)
        called = (member.name if member else "") or place.user
        said = kept(lambda: tools.desks.reminding.act(name, click.value, place.user, called))
        lang = click.lang or tools.desk.language(tools.person(client, place.user))
        post(client, place.channel, tools.rendering(Reply(Message((Say(said),)), lang)), place.thread or place.ts)

    @app.action(re.compile(r"^reminder_cancel:\d+$"))
    def cancel(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        said = kept(lambda: tools.desks.reminding.take_back(click.value, place.user))
        lang = click.lang or tools.desk.language(tools.person(client, place.user))
        answer(respond, tools.payload(Reply(Message((Say(said),)), lang), plain=True))


def kept(work: Any) -> Phrase:
    """What the work says, or that nothing could be kept."""
    try:
        said: Phrase = work()
    except StoreUnavailable:
        return Phrase("error.store")
    return said
