"""Posting and updating: the few calls that put words in front of people, always without unfurling or parsing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.limits import Payload, check_blocks, cut
from bot.slack.place import Place
from bot.slack.settled import settled

Render = Callable[[bool], Payload]
"""Renders the message; True asks for the plain form, without elements that some places refuse."""

QUIET: Final[dict[str, Any]] = {"unfurl_links": False, "unfurl_media": False}
REFUSED_BLOCKS: Final = ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long")
_log = logging.getLogger(__name__)


def post(client: WebClient, channel: str, render: Render, thread: str | None = None) -> str:
    """Posts to a channel or a thread and returns the message's timestamp. Raises SlackApiError when Slack refuses
    it."""

    def send(payload: Payload) -> str:
        said = client.chat_postMessage(
            channel=channel, thread_ts=thread, parse="none", link_names=False, **QUIET, **checked(payload)
        )
        return str(said.get("ts", ""))

    return _with_fallback(send, render)


def update(client: WebClient, channel: str, ts: str, render: Render) -> None:
    """Replaces a message of ours. Raises SlackApiError when Slack refuses it."""

    def send(payload: Payload) -> str:
        client.chat_update(channel=channel, ts=ts, parse="none", link_names=False, **checked(payload))
        return ts

    _with_fallback(send, render)


def whisper(client: WebClient, channel: str, user: str, payload: Payload, thread: str | None = None) -> None:
    """Says something to one person only. Raises SlackApiError when Slack refuses it."""
    client.chat_postEphemeral(
        channel=channel, user=user, thread_ts=thread, parse="none", link_names=False, **checked(payload)
    )


def answer(
    respond: Respond, payload: Payload, *, replace: bool = False, kind: Literal["ephemeral"] | None = "ephemeral"
) -> bool:
    """Answers through a `response_url`, which works where the bot is no member. False when Slack did not take it."""
    taken = respond(replace_original=replace, response_type=kind, **QUIET, **checked(payload))
    if taken.status_code != 200:
        _log.warning("an answer through a response address was refused with status %s", taken.status_code)
    return bool(taken.status_code == 200)


def tell(client: WebClient, respond: Respond, place: Place, payload: Payload) -> None:
    """Says something to the person who clicked: in the thread where they did, or through the `response_url` where the bot may
    not speak or only they see what is said."""
    if not place.ephemeral and not place.channel.startswith("D"):
        try:
            whisper(client, place.channel, place.user, payload, place.thread or None)
            return
        except SlackApiError as error:
            _log.info("a whisper was refused (%s): answered through the response address", error.response.get("error"))
    answer(respond, payload)


def settle(client: WebClient, place: Place, body: Mapping[str, Any], payload: Payload) -> bool:
    """Puts the answer in place of the buttons that were clicked, in a direct message; False where that cannot be done."""
    if place.ephemeral or not place.channel.startswith("D") or not payload["blocks"]:
        return False
    clicked: Mapping[str, Any] = next(iter(body.get("actions") or ()), {})
    changed = settled(body.get("message") or {}, str(clicked.get("block_id")), payload["blocks"])
    if changed is None:
        return False
    try:
        client.chat_update(channel=place.channel, ts=place.ts, parse="none", link_names=False, **changed)
    except SlackApiError as error:
        _log.info("a message could not be changed (%s): answered under it", error.response.get("error"))
        return False
    return True


def checked(payload: Payload) -> dict[str, Any]:
    """The payload when it keeps Slack's rules, otherwise its text alone as one plain block."""
    problems = check_blocks(payload)
    if not problems:
        return dict(payload)
    _log.error("a message broke the rules of Slack: %s", "; ".join(problems))
    return plainest(payload["text"])


def plainest(text: str) -> dict[str, Any]:
    """The text alone, as one block that Slack cannot refuse."""
    bare = cut(text.replace("<", "").replace(">", ""), 2900) or "…"
    block = {"type": "section", "block_id": "plain", "text": {"type": "plain_text", "text": bare}}
    return {"text": bare, "blocks": [block]}


def _with_fallback(send: Callable[[Payload], str], render: Render) -> str:
    try:
        return send(render(False))
    except SlackApiError as error:
        if error.response.get("error") not in REFUSED_BLOCKS:
            raise
        _log.warning("blocks were refused (%s): sent again in the plain form", error.response.get("error"))
        return send(render(True))
