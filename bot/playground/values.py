"""What a workspace is made of: messages, views, changes, and the rights to answer. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
"""A JSON object, as Slack's payloads are."""

TRIGGER_LIFE = 3.0
"""Seconds during which a trigger opens a modal."""
RESPONSE_URL_USES = 5
RESPONSE_URL_LIFE = 1800.0


@dataclass(frozen=True, slots=True)
class Post:
    """A message. `only_for` is the one person who sees an ephemeral one; `edited` is the ts of its last edit."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    thread_ts: str = ""
    only_for: str = ""
    edited: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        return bool(self.thread_ts) and self.thread_ts != self.ts


@dataclass(frozen=True, slots=True)
class View:
    """A modal (or a home page) that one person has open; `body` is what the bot sent, completed with its ids."""

    id: str
    user: str
    body: Json
    hash: str
    root_id: str
    previous_id: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Something moved. `kind`: post, edit, remove, view, home, prompts, status, link or notice. `viewer`: the only person
    concerned, or empty. `note`: the words of a status, or the key of a notice."""

    kind: str
    channel: str = ""
    ts: str = ""
    thread_ts: str = ""
    viewer: str = ""
    note: str = ""


@dataclass(slots=True)
class Grant:
    """The right to answer an interaction through its response_url."""

    user: str
    channel: str
    thread_ts: str
    ts: str
    ephemeral: bool
    expires: float
    uses_left: int = RESPONSE_URL_USES


@dataclass(frozen=True, slots=True)
class Prompts:
    """Questions suggested in a direct message: (title, message) pairs under a heading."""

    title: str = ""
    prompts: tuple[tuple[str, str], ...] = ()
