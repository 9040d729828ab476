"""The blocks of one message as they are gathered: escaped, cut to the room that they have, each id used once. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from slackblocks import Button, ContextBlock, Markdown, PlainText, SectionBlock
from slackblocks.blocks import Block

from bot.slack import limits
from bot.slack.escaping import escape
from bot.slack.limits import cut
from bot.slack.speech import Speech, escaped, pick
from knowledge.messages import Phrase, Text


@dataclass(frozen=True, slots=True)
class Room:
    """How many characters each text may take; smaller rooms are tried until the whole message fits."""

    section: int
    field: int
    pieces: int


ROOMS: Final = (
    Room(limits.SECTION_TEXT, limits.FIELD_TEXT, 4),
    Room(limits.SECTION_TEXT, 600, 2),
    Room(1500, 300, 1),
    Room(600, 150, 1),
    Room(200, 80, 1),
)


class ButtonForSome(Button):
    """A button that only some people see, which the library has no word for; everybody where `seen_by` is empty."""

    seen_by: tuple[str, ...] = ()

    def _resolve(self) -> dict[str, Any]:
        shown: dict[str, Any] = super()._resolve()
        return shown | ({"visible_to_user_ids": list(self.seen_by)} if self.seen_by else {})


@dataclass(slots=True)
class Page:
    """Gathers blocks; every id in it is used once."""

    lang: str
    speech: Speech
    room: Room
    question: str
    blocks: list[Block] = field(default_factory=list)
    buttons: int = 0

    def block_id(self, name: str) -> str:
        return f"{name}-{len(self.blocks)}"

    def say(self, phrase: Phrase) -> str:
        return escaped(phrase, self.lang, self.speech, limits.MESSAGE)

    def text(self, text: Text) -> str:
        return escape(pick(text, self.lang)[: limits.MESSAGE])

    def section(self, name: str, text: str, fields: Iterable[str] = ()) -> None:
        shown = [Markdown(cut(field, self.room.field), verbatim=True) for field in fields]
        if text or shown:
            body = Markdown(cut(text, self.room.section), verbatim=True) if text else None
            self.blocks.append(SectionBlock(body, self.block_id(name), cast("list[Any]", shown) or None))

    def context(self, name: str, texts: Iterable[str]) -> None:
        limit = min(limits.CONTEXT_TEXT, self.room.section)
        shown = [Markdown(cut_line(text, limit), verbatim=True) for text in texts if text][: limits.CONTEXT_ELEMENTS]
        if shown:
            self.blocks.append(ContextBlock(cast("list[Any]", shown), self.block_id(name)))

    def button(self, name: str, text: str, value: str, seen_by: Sequence[str] = ()) -> Button:
        """A button that these people see, or everybody."""
        self.buttons += 1
        shown = PlainText(cut(text, limits.BUTTON_TEXT) or "…")
        made = ButtonForSome(shown, f"{name}:{self.buttons}", value=value)
        made.seen_by = tuple(seen_by)
        return made


def cut_line(text: str, limit: int) -> str:
    """`cut` that never ends inside a link: a text too long for its links loses them."""
    if len(text) <= limit or "<" not in text:
        return cut(text, limit)
    return cut(re.sub(r"<https?://[^<>|]*\|?([^<>]*)>", r"\1", text), limit)
