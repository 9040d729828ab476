"""A table given to the bot in a direct message: what it would change is shown in the thread, and done at a click."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import Person, Reply
from bot.desk.exchanging import BYTES
from bot.slack.click import Click
from bot.slack.files import described, download
from bot.slack.messenger import post, update
from bot.slack.place import Place
from bot.surfaces.surface import Surface, Tools
from knowledge.exchange.files import OtherEncoding
from knowledge.messages import Message, Phrase, Say
from knowledge.ports import StoreUnavailable

SURFACE = Surface("importing", scopes=("chat:write", "files:read", "users:read"), interactive=True)


def receive(event: Mapping[str, Any], client: WebClient, tools: Tools) -> None:
    """A message with a file: its difference with the base, under it."""
    channel, thread = event["channel"], event.get("thread_ts") or event["ts"]
    person = tools.person(client, event["user"])

    def said(message: Message) -> Reply:
        return Reply(message, tools.desk.language(person))

    if refused := tools.rights.refusal(client, person.id, "import"):
        post(client, channel, tools.rendering(said(_one(refused))), thread)
        return
    ts = post(client, channel, tools.rendering(said(_one(Phrase("import.reading")))), thread)
    file = event["files"][0]
    update(client, channel, ts, tools.rendering(said(_offer(client, tools, str(file.get("id") or "")))))


def register(app: App, tools: Tools) -> None:
    @app.action(re.compile(r"^import_(all|good|read):\d+$"))
    def go_on(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        person = Person(place.user, click.lang or None)
        lang = tools.desk.language(person)
        if refused := tools.rights.refusal(client, person.id, "import"):
            post(client, place.channel, tools.rendering(Reply(_one(refused), lang)), place.thread or place.ts)
            return
        name = action["action_id"].partition(":")[0]
        if not tools.first_sight(f"{'read' if name == 'import_read' else 'import'}:{place.channel}:{place.ts}"):
            return
        if name == "import_read":
            update(client, place.channel, place.ts, tools.rendering(Reply(_offer(client, tools, click.value), lang)))
            return
        update(client, place.channel, place.ts, tools.rendering(Reply(_one(Phrase("import.writing")), lang)))
        message = _carry_out(client, tools, person.id, click.value, name == "import_good")
        update(client, place.channel, place.ts, tools.rendering(Reply(message, lang)))


def _offer(client: WebClient, tools: Tools, file: str) -> Message:
    """What becomes of a file: `file` is its id, and the encoding that people agreed on behind it."""
    fetched = _fetch(client, file.partition(" ")[0])
    if isinstance(fetched, Phrase):
        return _one(fetched)
    exchange = tools.keeping.exchange
    plan = exchange.plan(*fetched, file.partition(" ")[2])
    if isinstance(plan, OtherEncoding):
        return exchange.offer_encoding(plan, file)
    return _one(plan) if isinstance(plan, Phrase) else exchange.offer(plan, file)


def _carry_out(client: WebClient, tools: Tools, user: str, file: str, only_good: bool) -> Message:
    fetched = _fetch(client, file.partition(" ")[0])
    if isinstance(fetched, Phrase):
        return _one(fetched)
    plan = tools.keeping.exchange.plan(*fetched, file.partition(" ")[2])
    if isinstance(plan, OtherEncoding):
        return tools.keeping.exchange.offer_encoding(plan, file)
    if isinstance(plan, Phrase):
        return _one(plan)
    try:
        return tools.keeping.exchange.carry_out(plan, user, fetched[0], only_good=only_good)
    except StoreUnavailable:
        return _one(Phrase("error.store"))


def _fetch(client: WebClient, file_id: str) -> tuple[str, bytes] | Phrase:
    """The name and the content of a file, or why it could not be fetched."""
    try:
        file = described(client, file_id)
        if int(file.get("size") or 0) > BYTES:
            return Phrase("import.too_big", {"megabytes": BYTES // 2**20})
        return str(file.get("name") or ""), download(client, file, BYTES)
    except (SlackApiError, OSError):
        return Phrase("import.not_fetched")


def _one(phrase: Phrase) -> Message:
    return Message((Say(phrase),))
