"""What Slack refuses in a view, by its own documentation; written apart from the code that makes them."""

from __future__ import annotations

import re
from typing import Any

_LIMITS = {"title": 24, "submit": 24, "close": 24}
_MADE = re.compile(r"<https?://[^<>|\s]+(?:\|[^<>\n]*)?>|<#[CG][A-Z0-9_]+>")


def view_problems(view: dict[str, Any]) -> list[str]:
    """One line for each thing that Slack would refuse; empty for a view that opens."""
    found = [
        f"{name}: {view[name]}" for name, most in _LIMITS.items() if name in view and len(view[name]["text"]) > most
    ]
    blocks = view["blocks"]
    found += [f"{len(blocks)} blocks"] if not 1 <= len(blocks) <= 100 else []
    found += ["private_metadata"] if len(view.get("private_metadata", "")) > 3000 else []
    ids = [block.get("block_id") for block in blocks]
    found += [f"block_id {name} twice" for name in set(ids) if name and ids.count(name) > 1]
    inputs = [block for block in blocks if block["type"] == "input"]
    found += ["inputs and no submit"] if inputs and "submit" not in view else []
    for block in inputs:
        element = block["element"]
        found += [f"label of {block['block_id']}"] if not 1 <= len(block["label"]["text"]) <= 2000 else []
        found += [f"initial_value of {block['block_id']}"] if len(element.get("initial_value", "")) > 3000 else []
        if "external" in element["type"]:
            found += [f"options of {block['block_id']}"] if "options" in element else []
        elif element["type"] == "multi_conversations_select":
            ids = element.get("initial_conversations", ["C1"])
            found += [f"conversations of {block['block_id']}"] if not ids or len(set(ids)) < len(ids) else []
        elif ("select" in element["type"] or element["type"] == "checkboxes") and element["type"] != "users_select":
            options = element["options"]
            found += [f"{len(options)} ticks"] if element["type"] == "checkboxes" and len(options) > 10 else []
            found += [f"{len(options)} options"] if not 1 <= len(options) <= 100 else []
            found += [
                f"option {one}" for one in options if not 1 <= len(one["text"]["text"]) <= 75 or len(one["value"]) > 150
            ]
            values = [one["value"] for one in options]
            found += [f"options twice in {block['block_id']}"] if len(set(values)) < len(values) else []
            for initial in (*element.get("initial_options", ()), *filter(None, [element.get("initial_option")])):
                found += [f"initial option {initial}"] if initial not in options else []
    return found


def live_marks(value: Any) -> list[str]:
    """Texts that would come alive in Slack and notify or mislead somebody: a mention, a broadcast, a link that we did not make.
    The name of a channel does neither. What an input holds is
    only ever shown as it was typed."""
    if isinstance(value, dict):
        return [
            mark
            for key, inside in value.items()
            if key not in ("initial_value", "private_metadata", "value")
            for mark in live_marks(inside)
        ]
    if isinstance(value, list):
        return [mark for inside in value for mark in live_marks(inside)]
    return [value] if isinstance(value, str) and "<" in _MADE.sub("", value) else []
