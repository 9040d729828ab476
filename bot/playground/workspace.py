"""A Slack workspace kept in memory: people, channels, messages, modals. State only: no HTTP, no thread, no clock of its own.

Every change is told to those who subscribed as a `Change`, which says where to look and not what is there.
All calls come from one event loop, so nothing here locks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.playground.people import BOT, BOT_USER_ID, CHANNELS, PEOPLE, Channel, User, dm_of
from bot.playground.values import RESPONSE_URL_LIFE, TRIGGER_LIFE, Change, Grant, Json, Post, Prompts, View


class Workspace:
    """All that the page shows. `clock` gives seconds since 1970."""

    def __init__(
        self, clock: Callable[[], float], people: Iterable[User] = PEOPLE, channels: Iterable[Channel] = CHANNELS
    ) -> None:
        self._clock = clock
        self.people: dict[str, User] = {user.id: user for user in (*people, BOT)}
        self.channels: dict[str, Channel] = {channel.id: channel for channel in channels}
        self.files: dict[str, tuple[str, bytes]] = {}
        self._posts: dict[tuple[str, str], Post] = {}
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self._prompts: dict[str, Prompts] = {}
        self._triggers: dict[str, tuple[str, float]] = {}
        self._grants: dict[str, Grant] = {}
        self._listeners: list[Callable[[Change], None]] = []
        self._started = int(clock() * 1000)
        self._last_micros = 0
        self._counter = 0

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Calls `listener` at each change; the returned function stops that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            listener(change)

    # messages

    def post(
        self,
        channel: str,
        user: str,
        text: str,
        blocks: Iterable[Json] = (),
        *,
        thread_ts: str = "",
        only_for: str = "",
        metadata: Mapping[str, Any] | None = None,
    ) -> Post:
        """Adds a message. A reply to a reply joins the thread of its parent, as in Slack."""
        parent = self.find(channel, thread_ts) if thread_ts else None
        if parent and parent.thread_ts:
            thread_ts = parent.thread_ts
        post = Post(channel, self.next_ts(), user, text, tuple(blocks), thread_ts, only_for, "", metadata or {})
        self._posts[channel, post.ts] = post
        if user == BOT_USER_ID:
            self.tell(Change("status", channel, thread_ts=thread_ts))
        self.tell(Change("post", channel, post.ts, thread_ts, only_for))
        return post

    def edit(self, channel: str, ts: str, text: str | None, blocks: Iterable[Json] | None) -> Post | None:
        """Replaces the text and the blocks that are given; None keeps what there is."""
        old = self.find(channel, ts)
        if old is None:
            return None
        kept = old.blocks if blocks is None else tuple(blocks)
        post = replace(old, text=old.text if text is None else text, blocks=kept, edited=self.next_ts())
        self._posts[channel, ts] = post
        self.tell(Change("edit", channel, ts, post.thread_ts, post.only_for))
        return post

    def remove(self, channel: str, ts: str) -> Post | None:
        post = self._posts.pop((channel, ts), None)
        if post:
            self.tell(Change("remove", channel, ts, post.thread_ts, post.only_for))
        return post

    def find(self, channel: str, ts: str) -> Post | None:
        return self._posts.get((channel, ts))

    def history(self, channel: str, viewer: str = "", thread_ts: str = "") -> list[Post]:
        """The messages of a channel that `viewer` sees, oldest first: those of one thread, or those outside threads."""
        seen = (post for post in self._posts.values() if post.channel == channel and post.only_for in ("", viewer))
        if thread_ts:
            return [post for post in seen if thread_ts in (post.ts, post.thread_ts)]
        return [post for post in seen if not post.is_reply]

    def replies(self, channel: str, ts: str) -> list[Post]:
        """The replies under a message that everybody sees, oldest first."""
        return [post for post in self.history(channel, thread_ts=ts) if post.ts != ts]

    def next_ts(self) -> str:
        """A message id: the time in microseconds, never given twice."""
        self._last_micros = max(self._last_micros + 1, int(self._clock() * 1_000_000))
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    # modals and home pages

    def stack(self, user: str) -> tuple[View, ...]:
        """The modals that somebody has open, the one in front last."""
        return tuple(self._stacks.get(user, ()))

    def open_view(self, user: str, body: Json, *, push: bool = False) -> View:
        stack = self._stacks.setdefault(user, [])
        if not push:
            stack.clear()
        view_id = self.next_id("V")
        root, previous = (stack[0].id, stack[-1].id) if stack else (view_id, "")
        view = View(view_id, user, body, self._hash(), root, previous)
        stack.append(view)
        self.tell(Change("view", viewer=user))
        return view

    def update_view(self, view_id: str, body: Json) -> View | None:
        for user, stack in self._stacks.items():
            for place, old in enumerate(stack):
                if view_id in (old.id, old.body.get("external_id") or None):
                    stack[place] = replace(old, body=body, hash=self._hash())
                    self.tell(Change("view", viewer=user))
                    return stack[place]
        return None

    def view(self, view_id: str) -> View | None:
        open_views = (view for stack in (*self._stacks.values(), self._homes.values()) for view in stack)
        return next((view for view in open_views if view_id in (view.id, view.body.get("external_id") or None)), None)

    def close_view(self, user: str, *, all_of_them: bool = False) -> tuple[View, ...]:
        """Closes the modal in front, or all; returns what was closed, the front one first."""
        stack = self._stacks.get(user, [])
        kept = 0 if all_of_them else max(len(stack) - 1, 0)
        closed = tuple(reversed(stack[kept:]))
        del stack[kept:]
        self.tell(Change("view", viewer=user))
        return closed

    def publish_home(self, user: str, body: Json) -> View:
        view_id = self._homes[user].id if user in self._homes else self.next_id("V")
        self._homes[user] = View(view_id, user, body, self._hash(), view_id)
        self.tell(Change("home", viewer=user))
        return self._homes[user]

    def home(self, user: str) -> View | None:
        return self._homes.get(user)

    # the rest of a conversation

    def suggest(self, channel: str, prompts: Prompts) -> None:
        self._prompts[channel] = prompts
        self.tell(Change("prompts", channel))

    def prompts(self, channel: str) -> Prompts:
        return self._prompts.get(channel, Prompts())

    def set_status(self, channel: str, thread_ts: str, status: str) -> None:
        self.tell(Change("status", channel, thread_ts=thread_ts, note=status))

    def channel_for(self, name: str) -> Channel | None:
        """The channel of that id, of that `#name`, or the direct message with that person."""
        if name in self.people and name != BOT_USER_ID:
            name = dm_of(name)
        by_name = (
            channel for channel in self.channels.values() if not channel.is_im and channel.name == name.lstrip("#")
        )
        return self.channels.get(name) or next(by_name, None)

    # rights given for a while

    def new_trigger(self, user: str) -> str:
        trigger = self.next_id("") + ".0.playground"
        self._triggers[trigger] = (user, self._clock() + TRIGGER_LIFE)
        return trigger

    def take_trigger(self, trigger: str) -> tuple[str, str]:
        """(user, error): a trigger serves once, within a few seconds. One of the two is empty."""
        if trigger not in self._triggers:
            return "", "invalid_trigger_id"
        user, expires = self._triggers[trigger]
        self._triggers[trigger] = ("", expires)
        if not user:
            return "", "exchanged_trigger_id"
        return (user, "") if self._clock() <= expires else ("", "expired_trigger_id")

    def grant_response(
        self, user: str, channel: str, thread_ts: str = "", ts: str = "", ephemeral: bool = False
    ) -> str:
        """The name of a new response_url, good for thirty minutes and five uses."""
        name = self.next_id("R")
        self._grants[name] = Grant(user, channel, thread_ts, ts, ephemeral, self._clock() + RESPONSE_URL_LIFE)
        return name

    def remember_original(self, name: str, ts: str) -> None:
        """Says which message a response_url replaces when it is asked to: the command's first answer."""
        self._grants[name].ts = ts

    def use_response(self, name: str) -> Grant | None:
        grant = self._grants.get(name)
        if grant is None or grant.uses_left == 0 or self._clock() > grant.expires:
            return None
        grant.uses_left -= 1
        return grant

    def next_id(self, prefix: str) -> str:
        """An id never given before, not even in an earlier run: the bot remembers which events it has seen."""
        self._counter += 1
        return f"{prefix}{self._started}{self._counter:05d}"

    def _hash(self) -> str:
        return f"{self.next_ts()}.h"
