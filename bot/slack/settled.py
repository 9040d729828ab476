"""A message in which something was asked of one person, once they have answered: what came of it in place of the buttons. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from bot.slack.limits import BLOCKS, Payload, check_blocks


def settled(message: Mapping[str, Any], block_id: str, said: Sequence[Mapping[str, Any]]) -> Payload | None:
    """The message with what is `said` in place of the row of buttons that was clicked. None where there is no such row, or no
    room for what is said."""
    blocks = list(message.get("blocks") or ())
    place = next((at for at, block in enumerate(blocks) if block.get("block_id") == block_id), None)
    if place is None or blocks[place].get("type") != "actions" or len(blocks) + len(said) > BLOCKS:
        return None
    taken = {str(block.get("block_id")) for block in blocks}
    ids = (f"settled-{number}" for number in count() if f"settled-{number}" not in taken)
    used = {element.get("action_id") for block in blocks for element in block.get("elements", ())}
    answered = [_renamed(block, next(ids), used) for block in said]
    payload = Payload(text=str(message.get("text") or ""), blocks=[*blocks[:place], *answered, *blocks[place + 1 :]])
    return None if check_blocks(payload) else payload


def _renamed(block: Mapping[str, Any], block_id: str, used: set[Any]) -> dict[str, Any]:
    """The block under that id, each of its actions under a number that no other has."""
    renamed: dict[str, Any] = {**block, "block_id": block_id}
    if block.get("type") == "actions":
        renamed["elements"] = [{**one, "action_id": _free(str(one["action_id"]), used)} for one in block["elements"]]
    return renamed


def _free(action_id: str, used: set[Any]) -> str:
    name = action_id.partition(":")[0]
    free = next(f"{name}:{number}" for number in count(1) if f"{name}:{number}" not in used)
    used.add(free)
    return free
