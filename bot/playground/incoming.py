"""Reading what a call of the Web API brings, and refusing it as Slack would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.playground.elements import complete
from bot.playground.limits import BLOCKS_TEXT_LIMIT, TEXT_LIMIT, check_blocks, check_view, text_in
from bot.playground.people import BOT_USER_ID, Channel
from bot.playground.values import Json, Post, View
from bot.playground.workspace import Workspace


class Refused(Exception):
    """A call that Slack answers with `ok: false`; `more` is added to the answer."""

    def __init__(self, error: str, more: Mapping[str, Any] | None = None) -> None:
        super().__init__(error)
        self.error, self.more = error, dict(more or {})


def read_view(workspace: Workspace, body: object) -> Json:
    """A view as sent, checked and completed with ids. Raises `Refused`."""
    errors = check_view(body)
    if errors or not isinstance(body, dict):
        raise invalid([f"[ERROR] {error}" for error in errors])
    return {**body, "blocks": list(complete(body["blocks"], workspace.next_id("b")))}


def content(workspace: Workspace, given: Json) -> tuple[str | None, tuple[Json, ...] | None]:
    """The text and the blocks of a message, None where not given. Raises `Refused` as Slack does."""
    text = given.get("text")
    blocks = given.get("blocks")
    if markdown := given.get("markdown_text"):
        if text or blocks:
            raise Refused("markdown_text_conflict")
        blocks = [{"type": "markdown", "text": markdown}]
    if not text and not blocks:
        raise Refused("no_text")
    if isinstance(text, str) and len(text) > TEXT_LIMIT:
        raise Refused("msg_too_long")
    if blocks is None:
        return str(text), None
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if errors := check_blocks(blocks):
        messages = [f"[ERROR] {error}" for error in errors]
        raise Refused("invalid_blocks", {"errors": errors, "response_metadata": {"messages": messages}})
    if text_in(blocks) > BLOCKS_TEXT_LIMIT:
        raise Refused("msg_blocks_too_long")
    return (str(text) if text is not None else None), complete(blocks, workspace.next_id("b"))


def channel(workspace: Workspace, given: Json) -> Channel:
    place = workspace.channel_for(str(given.get("channel") or ""))
    if place is None:
        raise Refused("channel_not_found")
    return place


def thread(workspace: Workspace, place: Channel, given: Json) -> str:
    thread_ts = str(given.get("thread_ts") or "")
    if thread_ts and workspace.find(place.id, thread_ts) is None:
        raise Refused("thread_not_found")
    return thread_ts


def own_message(workspace: Workspace, place: Channel, given: Json, refusal: str) -> Post:
    post = workspace.find(place.id, str(given.get("ts") or ""))
    if post is None or post.only_for:
        raise Refused("message_not_found")
    if post.user != BOT_USER_ID:
        raise Refused(refusal)
    return post


def open_view(workspace: Workspace, view_id: str) -> View:
    view = workspace.view(view_id) if view_id else None
    if view is None:
        raise Refused("not_found")
    return view


def view_body(workspace: Workspace, given: Json, kind: str) -> Json:
    body = read_view(workspace, given.get("view"))
    if body["type"] != kind:
        raise invalid([f"[ERROR] must be of type {kind} [json-pointer:/view/type]"])
    return body


def invalid(messages: Sequence[str]) -> Refused:
    return Refused("invalid_arguments", {"response_metadata": {"messages": list(messages)}})


def limit(given: Json) -> int:
    text = str(given.get("limit") or "100")
    return max(1, min(int(text), 1000)) if text.isdigit() else 100


def is_true(value: object) -> bool:
    return value is True or str(value).lower() in ("1", "true")
