"""A message as the Home tab of one person. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from bot.slack import limits
from bot.slack.blocks import keep, render
from bot.slack.speech import Speech
from knowledge.messages import Message

BLOCKS: Final = 100
SIZE: Final = 100_000
"""Characters of the whole page; Slack takes 250,000."""
SAID: Final = 30
"""Blocks of what is said on top of it."""
_NUMBER: Final = re.compile(r":(\d+)\Z")


def home_view(message: Message, lang: str, speech: Speech, said: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """The page, under what is `said` about a click on it (blocks of a message), with a line between."""
    above = [_renamed(block) for block in keep(list(said), SAID)]
    above += [{"type": "divider", "block_id": "under-said"}] if above else []
    page = render(message, lang, speech, most=BLOCKS - len(above), size=SIZE)["blocks"]
    return {"type": "home", "blocks": [*above, *page]}


def problems(view: dict[str, Any]) -> list[str]:
    """What Slack would refuse in this page; empty when it may be published."""
    return limits.check_blocks({"text": "home", "blocks": view["blocks"]}, BLOCKS, SIZE)


def _renamed(block: dict[str, Any]) -> dict[str, Any]:
    """The block with ids that no block of the page has: each may stand only once in a view."""
    named = {**block, "block_id": f"said-{block.get('block_id', '')}"}
    if "elements" in block:
        named["elements"] = [_clicked(element) for element in block["elements"]]
    return named


def _clicked(element: dict[str, Any]) -> dict[str, Any]:
    if "action_id" not in element:
        return element
    return {**element, "action_id": _NUMBER.sub(lambda match: f":{int(match[1]) + 1000}", element["action_id"])}
