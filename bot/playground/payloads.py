"""The payloads that Slack sends and answers with, built from the workspace's values. Pure: nothing is looked up or sent.

Shapes follow what Slack sends to an app installed in one workspace, with the fields that an app may read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.playground.people import APP_ID, BOT_ID, BOT_NAME, BOT_USER_ID, TEAM_ID, Channel, User
from bot.playground.values import Json, Post, Prompts, View

TOKEN = "playground"


def message(post: Post) -> Json:
    """A message as `conversations.history`, a click and `chat.postMessage` show it."""
    shown: Json = {"type": "message", "user": post.user, "text": post.text, "ts": post.ts, "team": TEAM_ID}
    if post.user == BOT_USER_ID:
        profile = {"id": BOT_ID, "app_id": APP_ID, "name": BOT_NAME, "deleted": False, "team_id": TEAM_ID}
        shown |= {"bot_id": BOT_ID, "app_id": APP_ID, "bot_profile": profile}
    if post.blocks:
        shown["blocks"] = list(post.blocks)
    if post.thread_ts:
        shown["thread_ts"] = post.thread_ts
    if post.edited:
        shown["edited"] = {"user": post.user, "ts": post.edited}
    if post.metadata:
        shown["metadata"] = dict(post.metadata)
    return shown


def parent_message(post: Post, replies: Sequence[Post]) -> Json:
    """A message with what Slack adds once it has replies."""
    if not replies:
        return message(post)
    users = list(dict.fromkeys(reply.user for reply in replies))
    thread = {"thread_ts": post.ts, "reply_count": len(replies), "reply_users": users, "latest_reply": replies[-1].ts}
    return message(post) | thread


def event_callback(event: Json, event_id: str, now: float, authorized: str = BOT_USER_ID) -> Json:
    return {
        "token": TOKEN,
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(now),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": authorized,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


def app_mention(post: Post) -> Json:
    return _posted("app_mention", post)


def message_im(post: Post) -> Json:
    return _posted("message", post) | {"channel_type": "im"}


def file_share(post: Post, files: Sequence[Json]) -> Json:
    """A message to the bot with files, each with its `id`, `name` and `size`."""
    return message_im(post) | {"subtype": "file_share", "files": list(files)}


def _posted(kind: str, post: Post) -> Json:
    event: Json = {
        "type": kind,
        "user": post.user,
        "text": post.text,
        "ts": post.ts,
        "team": TEAM_ID,
        "channel": post.channel,
        "event_ts": post.ts,
    }
    return event | ({"thread_ts": post.thread_ts} if post.is_reply else {})


def app_home_opened(user: User, channel: str, tab: str, ts: str, home: View | None) -> Json:
    event: Json = {"type": "app_home_opened", "user": user.id, "channel": channel, "tab": tab, "event_ts": ts}
    return event | ({"view": view(home)} if home and tab == "home" else {})


def view(shown: View, state: Json | None = None) -> Json:
    """A modal or a home page as Slack gives it back."""
    body = shown.body
    given: Json = {
        "id": shown.id,
        "team_id": TEAM_ID,
        "type": body.get("type"),
        "blocks": list(body.get("blocks") or []),
        "private_metadata": body.get("private_metadata") or "",
        "callback_id": body.get("callback_id") or "",
        "state": {"values": state or {}},
        "hash": shown.hash,
        "clear_on_close": bool(body.get("clear_on_close")),
        "notify_on_close": bool(body.get("notify_on_close")),
        "previous_view_id": shown.previous_id or None,
        "root_view_id": shown.root_id,
        "app_id": APP_ID,
        "external_id": body.get("external_id") or "",
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
    }
    return given | {name: body[name] for name in ("title", "close", "submit") if body.get(name)}


def user(member: User, with_locale: bool = False) -> Json:
    """A person as `users.info` gives them."""
    shown: Json = {
        "id": member.id,
        "team_id": TEAM_ID,
        "name": member.handle,
        "deleted": False,
        "color": member.colour.lstrip("#"),
        "real_name": member.title,
        "tz": member.tz,
        "tz_label": member.tz_label,
        "tz_offset": member.tz_offset,
        "profile": {"real_name": member.title, "display_name": member.handle, "team": TEAM_ID},
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": member.is_bot,
        "is_app_user": False,
        "updated": 0,
    }
    return shown | ({"locale": member.locale} if with_locale else {})


def channel(place: Channel) -> Json:
    """A conversation as `conversations.info` gives it."""
    if place.is_im:
        return {"id": place.id, "is_im": True, "user": place.im_with, "is_archived": False, "is_open": True}
    topic = place.topic.get("fr") or place.topic.get("en") or ""
    return {
        "id": place.id,
        "name": place.name,
        "name_normalized": place.name,
        "is_channel": True,
        "is_im": False,
        "is_private": False,
        "is_archived": False,
        "is_member": True,
        "num_members": len(place.members),
        "topic": {"value": topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def prompts(sent: object, title: str) -> Prompts | None:
    """Suggested prompts as sent, or None where Slack would refuse them: one to four, each with a title and a message."""
    if not isinstance(sent, list) or not 1 <= len(sent) <= 4:
        return None
    pairs = [(item.get("title"), item.get("message")) for item in sent if isinstance(item, Mapping)]
    kept = tuple(
        (title, text) for title, text in pairs if isinstance(title, str) and isinstance(text, str) and title and text
    )
    return Prompts(title, kept) if len(kept) == len(sent) else None
