"""What Slack sends when somebody runs a command, clicks, submits or uses a shortcut, built from the workspace's values. Pure."""

from __future__ import annotations

from bot.playground.payloads import TOKEN, message, view
from bot.playground.people import APP_ID, TEAM_ID, Channel, User
from bot.playground.values import Json, Post, View

_TEAM = {"id": TEAM_ID, "domain": "playground"}


def slash_command(user: User, channel: Channel, command: str, text: str, trigger_id: str, response_url: str) -> Json:
    return {
        "token": TOKEN,
        "team_id": TEAM_ID,
        "team_domain": "playground",
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user.id,
        "user_name": user.handle,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def click_in_message(
    user: User, channel: Channel, post: Post, action: Json, state: Json, trigger_id: str, response_url: str
) -> Json:
    """A click in a message. An ephemeral message is not repeated in the payload: Slack does not keep it."""
    container: Json = {
        "type": "message",
        "message_ts": post.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(post.only_for),
    }
    if post.thread_ts:
        container["thread_ts"] = post.thread_ts
    clicked = _interaction("block_actions", user, trigger_id) | {
        "container": container,
        "channel": {"id": channel.id, "name": channel.name},
        "state": {"values": state},
        "response_url": response_url,
        "actions": [action],
    }
    return clicked if post.only_for else clicked | {"message": message(post)}


def click_in_view(user: User, shown: View, action: Json, state: Json, trigger_id: str) -> Json:
    return _interaction("block_actions", user, trigger_id) | {
        "container": {"type": "view", "view_id": shown.id},
        "view": view(shown, state),
        "actions": [action],
    }


def view_submission(user: User, shown: View, state: Json, trigger_id: str) -> Json:
    submitted = _interaction("view_submission", user, trigger_id)
    return submitted | {"view": view(shown, state), "response_urls": []}


def view_closed(user: User, shown: View, is_cleared: bool) -> Json:
    closed = _interaction("view_closed", user, "")
    del closed["trigger_id"]
    return closed | {"view": view(shown), "is_cleared": is_cleared}


def block_suggestion(
    user: User, shown: View | None, post: Post | None, block_id: str, action_id: str, typed: str
) -> Json:
    """Somebody types in an external select; the bot answers with options."""
    asked = _interaction("block_suggestion", user, "") | {"block_id": block_id, "action_id": action_id, "value": typed}
    del asked["trigger_id"]
    if shown:
        return asked | {"container": {"type": "view", "view_id": shown.id}, "view": view(shown)}
    if post:
        place = {"type": "message", "message_ts": post.ts, "channel_id": post.channel, "is_ephemeral": False}
        return asked | {"container": place, "channel": {"id": post.channel}, "message": message(post)}
    return asked


def message_action(
    user: User, channel: Channel, post: Post, callback_id: str, trigger_id: str, response_url: str
) -> Json:
    """Somebody chooses a shortcut in the menu of a message."""
    return _interaction("message_action", user, trigger_id) | {
        "callback_id": callback_id,
        "response_url": response_url,
        "message_ts": post.ts,
        "channel": {"id": channel.id, "name": channel.name},
        "message": message(post),
    }


def _interaction(kind: str, member: User, trigger_id: str) -> Json:
    return {
        "type": kind,
        "user": {"id": member.id, "username": member.handle, "name": member.handle, "team_id": TEAM_ID},
        "api_app_id": APP_ID,
        "token": TOKEN,
        "team": _TEAM,
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": trigger_id,
    }
