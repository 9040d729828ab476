"""What the bot says, before any language or surface is chosen.

A `Message` is a list of parts. Each part holds `Phrase`s (a key of the locales and its arguments) and texts that exist
in several languages (`Text`). `bot.i18n` turns them into sentences; `bot.slack.blocks` and `bot.terminal` lay them out.
No part holds markup: people's text stays raw here and is escaped once, at output.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Text = Mapping[str, str]
"""The same text by language code, at least one language: `{"fr": "Accord", "en": "Agreement"}`."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence to be: `key` names it in the locales. Arguments are str, int, float, Day, Period, Hour, Quantity, Money,
    Text, Phrase, Channel, Member, or a list of these; the renderer formats each in the reader's language."""

    key: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page outside: `title` is shown, with the host of `url`."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel by its id, which each surface names as well as it can."""

    id: str


@dataclass(frozen=True, slots=True)
class Member:
    """A person by their id, or by the name that was written in its place; each surface names them as well as it can."""

    id: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a card: the label of a field and its typed value."""

    label: Text
    value: Any


@dataclass(frozen=True, slots=True)
class Card:
    """One fact as people see it. `remarks` say how far it can be trusted today."""

    record_id: str
    kind: Text
    title: Text
    summary: Text
    rows: tuple[Row, ...] = ()
    status: Text | None = None
    source: Link | None = None
    source_date: Any = None
    other_sources: tuple[Link, ...] = ()
    note: Text = field(default_factory=dict)
    programme: bool = False
    remarks: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Say:
    """A paragraph. `strong` marks the value that answers the question, said first."""

    phrase: Phrase
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a listing: a fact's title and the detail that matters to the question (often a date)."""

    record_id: str
    title: Text
    detail: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Several facts in short. `total` counts all that fit, which may be more than `items`."""

    items: tuple[Item, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Action:
    """Something to click. `name` says what it does (`choose`, `feedback`, `why`, `prompt`); `value` is its argument.
    `label` is a Phrase or a Text (a fact's title)."""

    name: str
    label: Phrase | Text
    value: str


@dataclass(frozen=True, slots=True)
class Actions:
    """Buttons in a row: the choices of the unsure band, suggested questions. `seen_by` are the ids of the only people to show
    them to, where the surface can (presentation: whoever clicks is asked for their right); empty for everybody."""

    actions: tuple[Action, ...]
    seen_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: how a period was read, what was left out, the age of a figure."""

    phrase: Phrase


Part = Say | Card | Listing | Actions | Note


@dataclass(frozen=True, slots=True)
class Message:
    """All that is said in one reply, in order."""

    parts: tuple[Part, ...]
