"""What came of a click stands in the place of the buttons, and the rest of the message stays."""

from __future__ import annotations

from typing import Any

from bot.slack.blocks import render
from bot.slack.limits import BLOCKS, check_blocks
from bot.slack.settled import settled
from knowledge.messages import Action, Actions, Message, Phrase, Say
from tests.bot.slack.plain_speech import PlainSpeech


def said(*texts: str, name: str = "verify") -> dict[str, Any]:
    parts: list[Any] = []
    for text in texts:
        parts += [Say(Phrase("echo", {"text": text})), Actions((Action(name, {"fr": name}, text),))]
    return dict(render(Message(tuple(parts)), "fr", PlainSpeech()))


DONE = said("noted", name="undo")["blocks"]


def test_the_row_that_was_clicked_gives_way_to_what_came_of_it_twice_over() -> None:
    message = said("a", "b")
    first = settled(message, message["blocks"][1]["block_id"], DONE)
    assert first is not None
    assert [block["type"] for block in first["blocks"]] == ["section", "section", "actions", "section", "actions"]
    second = settled(first, message["blocks"][3]["block_id"], DONE)
    assert second is not None and check_blocks(second) == []
    names = [element["action_id"] for block in second["blocks"] for element in block.get("elements", [])]
    assert names == ["undo:1", "undo:2"]


def test_a_message_without_that_row_or_without_room_is_left_alone() -> None:
    message = said("a")
    assert settled(message, "elsewhere", DONE) is None
    assert settled(message, message["blocks"][0]["block_id"], DONE) is None
    assert settled({}, "b", DONE) is None
    full = {**message, "blocks": [*message["blocks"], *said(*map(str, range(BLOCKS)))["blocks"][: BLOCKS - 2]]}
    assert settled(full, message["blocks"][1]["block_id"], DONE) is None
