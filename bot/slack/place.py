"""Where a click happened, read from the body that Slack sends with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A message with buttons: its channel, its own timestamp, the thread it is in ("" for none), who clicked, and
    whether only they see it."""

    channel: str
    ts: str
    thread: str
    user: str
    ephemeral: bool

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Place:
        box, message = body.get("container") or {}, body.get("message") or {}
        channel = box.get("channel_id") or (body.get("channel") or {}).get("id") or ""
        ts = box.get("message_ts") or message.get("ts") or ""
        thread = message.get("thread_ts") or box.get("thread_ts") or ""
        user = (body.get("user") or {}).get("id") or ""
        if is_home(body):
            # Each time the page is published it is another message, as it were.
            return cls("", str(body["view"].get("hash") or ""), "", user, True)
        return cls(channel, ts, thread, user, bool(box.get("is_ephemeral")))

    @property
    def conversation(self) -> str:
        """The name under which the topic is kept: the thread, or for answers that one person sees, that person here."""
        return f"{self.channel}:{self.user}" if self.ephemeral else f"{self.channel}:{self.thread or self.ts}"


def is_home(body: Mapping[str, Any]) -> bool:
    """Whether a click was on the page of the Home tab, which only the person who clicked sees."""
    view = body.get("view")
    return body.get("type") == "block_actions" and isinstance(view, Mapping) and view.get("type") == "home"
