"""A form with one thing to type or choose, for what needs no more. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.slack.limits import cut

TITLE: Final = 24
LABEL: Final = 2000
BLOCK: Final = "line"
_LINE: Final = 300
_HELD: Final = ("value", "selected_date", "selected_user")


def one_line(
    callback_id: str, title: str, label: str, submit: str, close: str, metadata: str, hint: str = "", begun: str = ""
) -> dict[str, Any]:
    """The view: `label` over the line, which holds what is `begun`, `hint` under it, `metadata` to come back with it."""
    line = {"type": "plain_text_input", "max_length": _LINE, **({"initial_value": begun[:_LINE]} if begun else {})}
    return one_input(callback_id, title, label, submit, close, metadata, line, hint)


def one_input(
    callback_id: str,
    title: str,
    label: str,
    submit: str,
    close: str,
    metadata: str,
    element: Mapping[str, Any],
    hint: str = "",
) -> dict[str, Any]:
    """The view around any element that Slack has for one answer."""
    field: dict[str, Any] = {
        "type": "input",
        "block_id": BLOCK,
        "label": {"type": "plain_text", "text": cut(label, LABEL)},
        "element": {**element, "action_id": BLOCK},
    }
    if hint:
        field["hint"] = {"type": "plain_text", "text": cut(hint, LABEL)}
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": {"type": "plain_text", "text": cut(title, TITLE)},
        "submit": {"type": "plain_text", "text": cut(submit, TITLE)},
        "close": {"type": "plain_text", "text": cut(close, TITLE)},
        "private_metadata": metadata,
        "blocks": [field],
    }


def typed(view: dict[str, Any]) -> str:
    """What was typed in the line of a submitted form, or the day (ISO) or the member (an id) that was chosen."""
    state = (view.get("state") or {}).get("values") or {}
    held = (state.get(BLOCK) or {}).get(BLOCK) or {}
    return str(next((held[name] for name in _HELD if held.get(name)), ""))
