"""What the page shows of the workspace, for one person: messages, modals, home pages, as JSON with HTML inside. Pure reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.playground.menus import Look
from bot.playground.mrkdwn import mrkdwn, plain
from bot.playground.people import BOT, BOT_USER_ID, PEOPLE, Channel, User, dm_of
from bot.playground.render import render_blocks
from bot.playground.values import Json, Post, View
from bot.playground.workspace import Workspace

PAGE_FOLDER = Path(__file__).parent / "page"


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """The page's own words by language, as `page/texts.json` holds them."""
    loaded: Mapping[str, Mapping[str, str]] = json.loads((PAGE_FOLDER / "texts.json").read_text(encoding="utf-8"))
    return loaded


class Drawing:
    """Draws for `viewer`, in their language."""

    def __init__(self, workspace: Workspace, viewer: User) -> None:
        self._workspace, self._viewer = workspace, viewer
        people = {person.id: person.title for person in workspace.people.values()}
        channels = {place.id: place.name for place in workspace.channels.values() if not place.is_im}
        self.texts = texts()[viewer.lang]
        self._look = Look(
            names=people | channels,
            texts=self.texts,
            viewer=viewer.id,
            people={key: name for key, name in people.items() if key != BOT_USER_ID},
            channels=channels,
        )

    def state(self) -> Json:
        """All of the workspace that the page needs to start."""
        places = [place for place in self._workspace.channels.values() if place.im_with in ("", self._viewer.id)]
        return {
            "me": self._person(self._viewer),
            "bot": self._person(BOT),
            "people": [self._person(person) for person in PEOPLE],
            "channels": [self._place(place) for place in places],
            "dm": dm_of(self._viewer.id),
            "texts": self.texts,
            "view": self.view(),
        }

    def history(self, channel: str, thread_ts: str = "") -> list[Json]:
        return [self.post(post) for post in self._workspace.history(channel, self._viewer.id, thread_ts)]

    def post(self, post: Post) -> Json:
        """One message; a parent tells how many replies it has, and from whom."""
        author = self._workspace.people[post.user]
        replies = [] if post.is_reply else self._replies(post)
        return {
            "channel": post.channel,
            "ts": post.ts,
            "thread_ts": post.thread_ts,
            "author": self._person(author),
            "html": self._body(post),
            "edited": bool(post.edited),
            "only_for_you": bool(post.only_for),
            "replies": len(replies),
            "repliers": [self._person(self._workspace.people[user]) for user in dict.fromkeys(r.user for r in replies)],
        }

    def view(self) -> Json | None:
        """The modal in front, if there is one."""
        stack = self._workspace.stack(self._viewer.id)
        if not stack:
            return None
        view = stack[-1]
        return {
            "id": view.id,
            "title": self._words(view, "title") or BOT.title,
            "submit": self._words(view, "submit"),
            "close": self._words(view, "close") or self.texts["close"],
            "html": render_blocks(view.body.get("blocks") or [], self._look),
            "back": len(stack) > 1,
        }

    def home(self) -> Json:
        view = self._workspace.home(self._viewer.id)
        empty = f'<p class="empty">{plain(self.texts["home_empty"])}</p>'
        blocks = render_blocks(view.body.get("blocks") or [], self._look) if view else empty
        return {"id": view.id if view else "", "html": blocks}

    def prompts(self, channel: str) -> Json:
        kept = self._workspace.prompts(channel)
        return {"title": kept.title, "prompts": [{"title": title, "message": text} for title, text in kept.prompts]}

    def _body(self, post: Post) -> str:
        if post.blocks:
            return render_blocks(post.blocks, self._look)
        return f'<div class="text">{mrkdwn(post.text, self._look.names)}</div>'

    def _replies(self, post: Post) -> list[Post]:
        seen = self._workspace.history(post.channel, self._viewer.id, post.ts)
        return [reply for reply in seen if reply.ts != post.ts]

    def _words(self, view: View, name: str) -> str:
        value = view.body.get(name)
        words = str(value.get("text", "")) if isinstance(value, dict) else ""
        return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    def _person(self, person: User) -> Json:
        return {
            "id": person.id,
            "name": person.title,
            "handle": person.handle,
            "initials": person.initials,
            "colour": person.colour,
            "is_bot": person.is_bot,
            "lang": person.lang,
            "locale": person.locale,
            "tz": person.tz,
        }

    def _place(self, place: Channel) -> Json:
        topic = place.topic.get(self._viewer.lang) or next(iter(place.topic.values()), "")
        return {"id": place.id, "name": BOT.title if place.is_im else place.name, "topic": topic, "is_im": place.is_im}
