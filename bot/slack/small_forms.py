"""A form with one line to type, for what needs no more. Pure."""

from __future__ import annotations

from typing import Any, Final

from bot.slack.limits import cut

TITLE: Final = 24
LABEL: Final = 2000
BLOCK: Final = "line"
_LINE: Final = 300


def one_line(
    callback_id: str, title: str, label: str, submit: str, close: str, metadata: str, hint: str = "", begun: str = ""
) -> dict[str, Any]:
    """The view: `label` over the line, which holds what is `begun`, `hint` under it, `metadata` to come back with it."""
    field: dict[str, Any] = {
        "type": "input",
        "block_id": BLOCK,
        "label": {"type": "plain_text", "text": cut(label, LABEL)},
        "element": {"type": "plain_text_input", "action_id": BLOCK, "max_length": _LINE},
    }
    if begun:
        field["element"]["initial_value"] = begun[:_LINE]
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
    """What was typed in the line of a submitted form."""
    state = (view.get("state") or {}).get("values") or {}
    return str(((state.get(BLOCK) or {}).get(BLOCK) or {}).get("value") or "")
