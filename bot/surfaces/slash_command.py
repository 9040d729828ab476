"""/entente: the word after it chooses a command of `bot.surfaces.commands`, in both languages; answered to the person
alone and within the three seconds that Slack allows."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWorking
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.desk import Person
from bot.slack.blocks import render
from bot.slack.escaping import heard
from bot.slack.flood import COMMANDS_A_MINUTE
from bot.slack.limits import Payload
from bot.slack.messenger import answer, checked
from bot.surfaces.commands import ASK, HELP, WORDS, Call, Subcommand
from bot.surfaces.surface import Command, Surface, Tools
from knowledge.messages import Action, Actions, Message, Phrase, Say

COMMAND: Final = "/entente"
SURFACE = Surface(
    "slash_command",
    scopes=("commands", "users:read", "files:write", "im:write"),
    commands=(
        Command(COMMAND, "Poser une question · Ask a question", "demander … | ask … | aide [page] | help [page]"),
    ),
)


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for: the command (None: an unknown word) and what follows. `near` is the word that an unknown one
    resembles, "" for none."""

    command: Subcommand | None
    rest: str = ""
    word: str = ""
    near: str = ""


def read(text: str) -> Order:
    """Understands the words after /entente. A sentence that starts with no known word is taken for a question."""
    word, _, rest = text.strip().partition(" ")
    folded, rest = _fold(word), rest.strip()
    if not word:
        return Order(HELP)
    if known := WORDS.get(folded):
        return Order(known, rest)
    near = max((name for name in WORDS if _resembles(folded, name)), key=lambda name: _ratio(folded, name), default="")
    if near or not rest:
        return Order(None, rest, word, near)
    return Order(ASK, text.strip())


def suggestion(order: Order) -> Message:
    """What to say to an unknown word: what it resembles, and a button to ask what follows as a question."""
    question = order.rest if order.near and WORDS[order.near] is ASK else "" if order.near else order.word
    if order.near:
        command = f"{COMMAND} {order.near} {order.rest}".strip()
        said = Say(Phrase("error.unknown_command", {"command": order.word, "suggestion": command}))
    else:
        said = Say(Phrase("error.unknown_command_plain", {"command": order.word}))
    if not question:
        return Message((said,))
    button = Action("prompt", Phrase("slack.ask", {"question": question}), question)
    return Message((said, Actions((button,))))


def register(app: App, tools: Tools) -> None:
    working = ThreadPoolExecutor(max_workers=4, thread_name_prefix="command")

    @app.command(COMMAND)
    def answer_command(ack: Ack, command: dict[str, Any], client: WebClient, respond: Respond) -> None:
        future = working.submit(_answer, command, client, tools)
        try:
            payload = future.result(tools.patience)
        except StillWorking:
            if future.done():
                raise
            ack({"response_type": "ephemeral", "text": _working(command, tools)})
            if late := future.result():
                answer(respond, late, replace=True)
        else:
            ack({"response_type": "ephemeral", **checked(payload)} if payload else "")


def _answer(command: dict[str, Any], client: WebClient, tools: Tools) -> Payload | None:
    person = tools.person(client, command.get("user_id", ""), command.get("channel_id", ""))
    if not tools.flood.takes(person.id):
        slower = Message((Say(Phrase("error.flood", {"limit": COMMANDS_A_MINUTE})),))
        return render(slower, tools.desk.language(person), tools.speech)
    typed = command.get("text") or ""
    order = read(heard(typed))
    if order.command is None:
        return render(suggestion(order), tools.desk.language(person), tools.speech)
    call = Call(order.rest, typed, person, command.get("channel_id", ""), command.get("trigger_id", ""), client, tools)
    reply = order.command.run(call)
    # The plain form: nobody tells us when Slack refuses the blocks of an acknowledgement.
    return tools.payload(tools.kept(reply, person, client), order.rest, plain=True) if reply else None


def _working(command: dict[str, Any], tools: Tools) -> str:
    return tools.speech.say(Phrase("slack.working"), tools.desk.language(Person(command.get("user_id", ""))))


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _resembles(word: str, name: str) -> bool:
    """A slip of the finger, not another word: same first letter, and the same letters or nearly the same spelling."""
    return word[:1] == name[0] and (sorted(word) == sorted(name) or _ratio(word, name) >= 0.8)


def _ratio(word: str, name: str) -> float:
    return SequenceMatcher(None, word[:40], name).ratio()
