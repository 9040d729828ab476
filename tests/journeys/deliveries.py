"""What Slack delivers when people act, in its own words: one function for each kind of delivery."""

from __future__ import annotations

import itertools
from typing import Any

_number = itertools.count(1)


def event(said: dict[str, Any], event_id: str = "") -> dict[str, Any]:
    """Something that happened: a message, a mention, a tab that was opened. `said` may have a timestamp of its own."""
    number = next(_number)
    return {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": event_id or f"Ev{number}",
        "event_time": 1700000000,
        "event": {"ts": f"17{number:08d}.000100", "team": "T1", **said},
        "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
    }


def command(text: str, user: str, response_url: str, channel: str = "C1", trigger: str = "") -> dict[str, Any]:
    """/entente with these words."""
    return {
        "command": "/entente",
        "text": text,
        "user_id": user,
        "team_id": "T1",
        "channel_id": channel,
        "trigger_id": trigger or f"trigger-{next(_number)}",
        "response_url": response_url,
    }


def click(
    button: dict[str, Any],
    user: str,
    response_url: str,
    channel: str = "C1",
    ts: str = "1.1",
    *,
    ephemeral: bool = False,
    message: dict[str, Any] | None = None,
    block: str = "b",
) -> dict[str, Any]:
    """A click under the message of that timestamp. Slack shows the `message` too, unless one person alone sees it."""
    shown = {} if ephemeral else {"ts": ts, **(message or {})}
    return {
        **_by(user, "block_actions"),
        "container": {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": ephemeral},
        "channel": {"id": channel},
        "message": shown,
        "response_url": response_url,
        "actions": [{**button, "block_id": block, "action_ts": "1"}],
    }


def press(view: dict[str, Any], button: dict[str, Any], user: str, view_id: str = "V1") -> dict[str, Any]:
    """A click in a window, or on the page of the Home tab."""
    return {
        **_by(user, "block_actions"),
        "container": {"type": "view", "view_id": view_id},
        "view": {**view, "id": view_id, "hash": f"{next(_number)}.h"},
        "actions": [{**button, "block_id": "b", "action_ts": "1"}],
    }


def submission(view: dict[str, Any], values: dict[str, Any], user: str) -> dict[str, Any]:
    """A form that is sent with these `state.values`."""
    return {**_by(user, "view_submission"), "view": {**view, "id": "V1", "state": {"values": values}}}


def suggestion(view: dict[str, Any], key: str, words: str, user: str) -> dict[str, Any]:
    """Words that are typed into a list of a window that is searched."""
    return {
        **_by(user, "block_suggestion"),
        "container": {"type": "view", "view_id": "V1"},
        "view": {**view, "id": "V1"},
        "block_id": key,
        "action_id": "typed",
        "value": words,
    }


def _by(user: str, kind: str) -> dict[str, Any]:
    trigger = f"trigger-{next(_number)}"
    return {"type": kind, "team": {"id": "T1"}, "user": {"id": user}, "api_app_id": "A1", "trigger_id": trigger}
