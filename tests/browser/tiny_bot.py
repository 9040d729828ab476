"""The smallest Bolt app that does what ours does: answers a mention in its thread, replaces it at a click, runs a command."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient


def start(base_url: str, bot_token: str, app_token: str) -> Callable[[], None]:
    """Starts it against that Web API; returns what stops it."""
    quiet = logging.getLogger("tiny-bot")
    quiet.setLevel(logging.CRITICAL)
    client = WebClient(token=bot_token, base_url=base_url, logger=quiet)
    client.proxy = None
    app = App(client=client, logger=quiet)
    _listen(app)
    line = SocketModeHandler(app, app_token, logger=quiet, ping_interval=2)
    line.client.proxy = None
    line.client.connect()
    return line.client.close


def _listen(app: App) -> None:
    app.event("app_mention")(_answer)
    app.event("message")(_answer)
    app.event("app_home_opened")(_welcome)
    app.action("choose")(_choose)
    app.action("feedback")(_thank)
    app.action("open")(_open_modal)
    app.command("/entente")(_command)
    app.view("note")(_take_note)


def _answer(event: dict[str, Any], say: Say) -> None:
    question = event["text"].split("> ", 1)[-1]
    thread = event.get("thread_ts") or event["ts"]
    say(text=f"Which one? {question}", thread_ts=thread, blocks=blocks(question))


def _welcome(event: dict[str, Any], client: WebClient) -> None:
    prompts = [{"title": "Next deadline?", "message": "Next deadline?"}]
    if event["tab"] == "messages":
        client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], prompts=prompts, title="Try")


def _choose(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
    ack()
    text = f"You chose *{action['value']}*"
    shown = [{"type": "section", "text": {"type": "mrkdwn", "text": text}}]
    client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text=text, blocks=shown)


def _thank(ack: Ack, body: dict[str, Any], respond: Respond) -> None:
    ack()
    respond(text="Thank you", replace_original=False, thread_ts=body["message"].get("thread_ts"))


def _command(ack: Ack, command: dict[str, Any], client: WebClient, respond: Respond) -> None:
    if command["text"] == "slow":
        ack("Looking…")
        time.sleep(0.5)  # a search that takes its time: the acknowledgement goes first
        respond("Found", replace_original=True)
        return
    ack()
    if command["text"] == "note":
        client.views_open(trigger_id=command["trigger_id"], view=NOTE)
    else:
        respond(f"Only you see this: {command['text']}")


def _open_modal(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=NOTE)


def _take_note(ack: Ack, view: dict[str, Any], client: WebClient, context: BoltContext) -> None:
    words = view["state"]["values"]["words"]["typed"]["value"] or ""
    if len(words) < 3:
        ack(response_action="errors", errors={"words": "Too short"})
        return
    ack()
    assert context.user_id is not None
    client.chat_postMessage(channel=context.user_id, text=f"Noted: {words}")


def blocks(question: str) -> list[dict[str, Any]]:
    """An unsure answer: two choices and two thumbs."""
    choices = [
        {
            "type": "button",
            "action_id": "choose",
            "text": {"type": "plain_text", "text": "Denmark"},
            "value": "Denmark",
        },
        {"type": "button", "action_id": "open", "text": {"type": "plain_text", "text": "Note"}, "value": "note"},
    ]
    thumbs = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": {"text": {"type": "plain_text", "text": "Useful"}, "value": "good"},
        "negative_button": {"text": {"type": "plain_text", "text": "Not useful"}, "value": "bad"},
    }
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"Which one? {question}"}},
        {"type": "actions", "elements": choices},
        {"type": "context_actions", "elements": [thumbs]},
    ]


NOTE: dict[str, Any] = {
    "type": "modal",
    "callback_id": "note",
    "title": {"type": "plain_text", "text": "Take a note"},
    "submit": {"type": "plain_text", "text": "Keep"},
    "blocks": [
        {
            "type": "input",
            "block_id": "words",
            "label": {"type": "plain_text", "text": "Words"},
            "element": {"type": "plain_text_input", "action_id": "typed"},
        }
    ],
}
