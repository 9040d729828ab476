"""Every limit of Slack that we must keep, text cut to fit, and our own check of a message before it leaves.

Slack refuses a whole message for one field that is too long, so nothing is sent that `check_blocks` complains about.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypedDict

SECTION_TEXT: Final = 3000
FIELD_TEXT: Final = 2000
FIELDS: Final = 10
HEADER_TEXT: Final = 150
CONTEXT_TEXT: Final = 2000
CONTEXT_ELEMENTS: Final = 10
BLOCKS: Final = 50
BUTTONS: Final = 25
BUTTON_TEXT: Final = 75
BUTTON_VALUE: Final = 2000
ACTION_ID: Final = 255
SEEN_BY: Final = 10
"""People whom a button can be shown to alone. Slack states it for icons; ordinary buttons are held to it too."""
MESSAGE_TEXT: Final = 3000
MESSAGE: Final = 12_000
"""Characters of the whole message as it travels. Slack's figure is on its text; counting everything is on the safe
side."""
LINK: Final = 1000
PROMPTS: Final = 4
PROMPT_TITLE: Final = 75
AGENT_DESCRIPTION: Final = 300

_ENTITY_CUT = re.compile(r"&[a-z]{0,4}\Z")
_LINK_MADE = re.compile(r"<https?://[^<>|\s]+(?:\|[^<>\n]*)?>|<#[CG][A-Z0-9_]+>")
"""A link, or the name of a channel: nothing that notifies anybody."""
CALLED: Final = "called"
"""The block that calls people by their ids, which only the configuration gives: the one place where their marks may stand."""
_CALLS = re.compile(r"<@[UW][A-Z0-9_]+>|<!subteam\^S[A-Z0-9_]+>")
_BARE_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;)")


class Payload(TypedDict):
    """A message ready for `chat.postMessage`, `chat.update`, an acknowledgement or a `response_url`."""

    text: str
    blocks: list[dict[str, Any]]


def cut(escaped: str, limit: int) -> str:
    """At most `limit` characters of a text that is escaped already, ended with "…" after a whole word where one is
    near. Never leaves half an entity behind."""
    if len(escaped) <= limit:
        return escaped
    if limit <= 1:
        return "…"[:limit]
    kept = _ENTITY_CUT.sub("", escaped[: limit - 1])
    if not escaped[len(kept)].isspace():
        space = max(kept.rfind(" "), kept.rfind("\n"))
        if space > len(kept) // 2:
            kept = kept[:space]
    return kept.rstrip() + "…"


def chunks(escaped: str, limit: int) -> list[str]:
    """The whole text in pieces of at most `limit` characters, broken between paragraphs, lines or words."""
    pieces = []
    rest = escaped.strip()
    while len(rest) > limit:
        window = rest[:limit]
        at = next((at for mark in ("\n\n", "\n", " ") if (at := window.rfind(mark)) > limit // 4), 0)
        head = window[:at] if at else _ENTITY_CUT.sub("", window)
        pieces.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    return [*pieces, rest] if rest else pieces


def size(payload: Mapping[str, Any]) -> int:
    """Characters of the message as it travels."""
    return len(json.dumps(payload, ensure_ascii=False))


def check_blocks(payload: Mapping[str, Any], most: int = BLOCKS, characters: int = MESSAGE) -> list[str]:
    """What Slack would refuse or misread in this message, one line each; empty when it may be sent.
    The lines name places and figures, never people's text."""
    blocks = payload.get("blocks", [])
    problems = [*_text_problems("text", payload.get("text", ""), MESSAGE_TEXT)]
    if not payload.get("text", "").strip():
        problems.append("text: empty")
    if len(blocks) > most:
        problems.append(f"blocks: {len(blocks)} of {most}")
    if (found := size(payload)) >= characters:
        problems.append(f"message: {found} characters, must be under {characters}")
    for number, block in enumerate(blocks):
        problems += _block_problems(f"blocks[{number}]", block)
    problems += _repeats("block_id", [block.get("block_id") for block in blocks])
    problems += _repeats("action_id", [element.get("action_id") for element in _interactive(blocks)])
    return problems


def _interactive(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        for element in [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]:
            if isinstance(element, dict) and element.get("type") in ("button", "feedback_buttons"):
                yield element


def _repeats(name: str, ids: list[str | None]) -> list[str]:
    problems = [f"{name}: missing" for value in ids if not value]
    seen = [value for value in ids if value]
    problems += [f"{name}: {value} twice" for value in sorted({value for value in seen if seen.count(value) > 1})]
    return problems + [f"{name}: {len(value)} of {ACTION_ID} characters" for value in seen if len(value) > ACTION_ID]


def _block_problems(place: str, block: Mapping[str, Any]) -> list[str]:
    kind = block.get("type")
    if kind == "section" and block.get("block_id") == CALLED:
        text = block.get("text", {})
        bare = _CALLS.sub("", text.get("text", ""))
        return _object_problems(f"{place}.text", {**text, "text": bare.strip() or "…"}, SECTION_TEXT)
    if kind == "section":
        problems = _object_problems(f"{place}.text", block["text"], SECTION_TEXT) if "text" in block else []
        fields = block.get("fields", [])
        if "text" not in block and not fields:
            problems.append(f"{place}: neither text nor fields")
        if len(fields) > FIELDS:
            problems.append(f"{place}.fields: {len(fields)} of {FIELDS}")
        for field in fields:
            problems += _object_problems(f"{place}.fields", field, FIELD_TEXT)
        return problems
    if kind == "header":
        return _object_problems(f"{place}.text", block["text"], HEADER_TEXT)
    if kind == "context":
        return _elements_problems(place, block, CONTEXT_ELEMENTS, CONTEXT_TEXT)
    if kind in ("actions", "context_actions"):
        return _actions_problems(place, block, BUTTONS if kind == "actions" else 5)
    return [] if kind == "divider" else [f"{place}: unknown type {kind}"]


def _elements_problems(place: str, block: Mapping[str, Any], most: int, text: int) -> list[str]:
    elements = block.get("elements", [])
    problems = [] if 1 <= len(elements) <= most else [f"{place}.elements: {len(elements)} of {most}"]
    for element in elements:
        problems += _object_problems(f"{place}.elements", element, text)
    return problems


def _actions_problems(place: str, block: Mapping[str, Any], most: int) -> list[str]:
    elements = block.get("elements", [])
    problems = [] if 1 <= len(elements) <= most else [f"{place}.elements: {len(elements)} of {most}"]
    for element in elements:
        buttons = [element] if element.get("type") == "button" else []
        buttons += [element[side] for side in ("positive_button", "negative_button") if side in element]
        for button in buttons:
            problems += _object_problems(f"{place}.button", button.get("text", {}), BUTTON_TEXT)
            if len(button.get("visible_to_user_ids") or ()) > SEEN_BY:
                problems.append(f"{place}.button: shown to {len(button['visible_to_user_ids'])} of {SEEN_BY} people")
            if len(button.get("value", "")) > BUTTON_VALUE:
                problems.append(f"{place}.button: value has {len(button['value'])} of {BUTTON_VALUE} characters")
    return problems


def _object_problems(place: str, value: Mapping[str, Any], limit: int) -> list[str]:
    text = value.get("text", "")
    problems = _text_problems(place, text, limit)
    if not text.strip():
        problems.append(f"{place}: empty")
    if value.get("type") == "mrkdwn" and value.get("verbatim") is not True:
        problems.append(f"{place}: mrkdwn must be verbatim")
    return problems


def _text_problems(place: str, text: str, limit: int) -> list[str]:
    problems = [f"{place}: {len(text)} of {limit} characters"] if len(text) > limit else []
    bare = _LINK_MADE.sub("", text)
    if "<" in bare or ">" in bare or _BARE_AMPERSAND.search(bare):
        problems.append(f"{place}: not escaped")
    return problems
