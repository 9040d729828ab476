"""A table given to the bot in a direct message: one message in its thread tells how far the reading has come, what it would
change, what was done at a click, and that it was taken back at another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import Person, Reply
from bot.desk.exchanging import BYTES
from bot.slack.click import Click
from bot.slack.files import described, download
from bot.slack.messenger import post, update
from bot.slack.place import Place
from bot.surfaces.acts import one, undo
from bot.surfaces.surface import Surface, Tools
from knowledge.exchange.files import OtherEncoding
from knowledge.messages import Message, Phrase
from knowledge.ports import StoreUnavailable

SURFACE = Surface("importing", scopes=("chat:write", "files:read", "users:read"), interactive=True)
BETWEEN: Final = 1.5
"""Seconds between two counts: Slack takes about fifty updates a minute."""


def receive(event: Mapping[str, Any], client: WebClient, tools: Tools) -> None:
    """A message with a file: one message under it, which tells how far it has come, then the difference with the base."""
    channel, thread = event["channel"], event.get("thread_ts") or event["ts"]
    person = tools.person(client, event["user"])
    lang = tools.desk.language(person)
    if refused := tools.rights.refusal(client, person.id, "import"):
        post(client, channel, tools.rendering(Reply(one(refused), lang)), thread)
        return
    ts = post(client, channel, tools.rendering(Reply(one(Phrase("import.reading")), lang)), thread)
    sheet = _Sheet(client, tools, channel, ts, lang)
    sheet.shows(_offer(sheet, str(event["files"][0].get("id") or "")))


def register(app: App, tools: Tools) -> None:
    @app.action(re.compile(r"^import_(all|good|read|cancel|undo):\d+$"))
    def go_on(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        name = action["action_id"].removeprefix("import_").partition(":")[0]
        lang = tools.desk.language(Person(place.user, click.lang or None))
        sheet = _Sheet(client, tools, place.channel, place.ts, lang)
        if refused := tools.rights.refusal(client, place.user, "undo" if name == "undo" else "import"):
            post(client, place.channel, tools.rendering(Reply(one(refused), lang)), place.thread or place.ts)
            return
        step = name if name in ("read", "undo") else "import"
        if not tools.first_sight(f"{step}:{place.channel}:{place.ts}"):
            return
        if name in ("all", "good"):
            sheet.shows(one(Phrase("import.writing")))
        sheet.shows(_next(sheet, name, click.value, place.user))


def _next(sheet: _Sheet, name: str, value: str, user: str) -> Message:
    """What the message becomes after a click: `value` is the file, or the batch to take back."""
    match name:
        case "read":
            return _offer(sheet, value)
        case "cancel":
            return one(Phrase("import.cancelled"))
        case "undo":
            return undo(sheet.tools, sheet.client, user, value)
        case _:
            return _carry_out(sheet, user, value, name == "good")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The message that is brought up to date from the reading to the undoing."""

    client: WebClient
    tools: Tools
    channel: str
    ts: str
    lang: str

    def shows(self, message: Message) -> None:
        update(self.client, self.channel, self.ts, self.tools.rendering(Reply(message, self.lang)))

    def counting(self) -> Callable[[int, int], None]:
        """Tells how far the reading has come, at the start and then once in a while. That it cannot be told stops nothing."""
        said = float("-inf")

        def told(done: int, rows: int) -> None:
            nonlocal said
            now = self.tools.monotonic()
            if now - said < BETWEEN:
                return
            said = now
            args = {"count": rows, "done": done}
            with suppress(SlackApiError, OSError):
                self.shows(one(Phrase("import.counted" if done else "import.counting", args)))

        return told


def _offer(sheet: _Sheet, file: str) -> Message:
    """What becomes of a file: `file` is its id, and the encoding that people agreed on behind it."""
    fetched = _fetch(sheet.client, file.partition(" ")[0])
    if isinstance(fetched, Phrase):
        return one(fetched)
    exchange = sheet.tools.keeping.exchange
    plan = exchange.plan(*fetched, file.partition(" ")[2], sheet.counting())
    if isinstance(plan, OtherEncoding):
        return exchange.offer_encoding(plan, file)
    return one(plan) if isinstance(plan, Phrase) else exchange.offer(plan, file)


def _carry_out(sheet: _Sheet, user: str, file: str, only_good: bool) -> Message:
    fetched, exchange = _fetch(sheet.client, file.partition(" ")[0]), sheet.tools.keeping.exchange
    if isinstance(fetched, Phrase):
        return one(fetched)
    plan = exchange.plan(*fetched, file.partition(" ")[2])
    if isinstance(plan, OtherEncoding):
        return exchange.offer_encoding(plan, file)
    if isinstance(plan, Phrase):
        return one(plan)
    try:
        return exchange.carry_out(plan, user, fetched[0], only_good=only_good)
    except StoreUnavailable:
        return one(Phrase("error.store"))


def _fetch(client: WebClient, file_id: str) -> tuple[str, bytes] | Phrase:
    """The name and the content of a file, or why it could not be fetched."""
    try:
        file = described(client, file_id)
        if int(file.get("size") or 0) > BYTES:
            return Phrase("import.too_big", {"megabytes": BYTES // 2**20})
        return str(file.get("name") or ""), download(client, file, BYTES)
    except (SlackApiError, OSError):
        return Phrase("import.not_fetched")
