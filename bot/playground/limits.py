"""What Slack refuses: pure checks of blocks and views, with the words and the pointers that Slack answers with.

Covers the limits that a bot meets by accident: too long, too many, missing, duplicated, unknown. It is not Slack's schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.playground.shapes import (
    BLOCK_LISTS,
    BLOCK_TEXTS,
    ELEMENT_TEXTS,
    MOST_OPTIONS,
    NEED_OPTIONS,
    ONLY_IN_MESSAGES,
    ONLY_IN_VIEWS,
    OPTION_TEXT,
)

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
TEXT_LIMIT, BLOCKS_TEXT_LIMIT = 40_000, 13_200


def check_blocks(blocks: object, surface: str = "message", pointer: str = "/blocks") -> list[str]:
    """Every reason for which Slack refuses these blocks on that surface (`message`, `modal` or `home`), with its pointer."""
    if not isinstance(blocks, Sequence) or isinstance(blocks, str):
        return [_at("must be an array", pointer)]
    errors: list[str] = []
    most = MESSAGE_BLOCKS if surface == "message" else VIEW_BLOCKS
    if len(blocks) > most:
        errors.append(_at(f"no more than {most} items allowed", pointer))
    block_ids: list[str] = []
    for index, block in enumerate(blocks):
        here = f"{pointer}/{index}"
        if not isinstance(block, dict):
            errors.append(_at("must be an object", here))
            continue
        errors.extend(_check_block(block, surface, here))
        if block_id := block.get("block_id"):
            if block_id in block_ids:
                errors.append(_at(f"`block_id` already exists: {block_id}", f"{here}/block_id"))
            block_ids.append(str(block_id))
    return errors


def check_view(view: object) -> list[str]:
    """The same for a whole modal or home page."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return [_at("unsupported type", "/view/type")]
    errors: list[str] = []
    if view["type"] == "modal":
        errors += _texts(view, {"title!": 24, "submit": 24, "close": 24}, "/view")
        has_input = any(isinstance(block, dict) and block.get("type") == "input" for block in view.get("blocks") or [])
        if has_input and not view.get("submit"):
            errors.append(_at("`submit` is required when an `input` block is within blocks", "/view"))
    errors += _texts(view, {"private_metadata": 3000, "callback_id": 255, "external_id": 255}, "/view")
    return errors + check_blocks(view.get("blocks"), view["type"], "/view/blocks")


def text_in(value: object) -> int:
    """How many characters of text a payload shows: Slack refuses a message over about 13,200."""
    if isinstance(value, Mapping):
        return sum(
            len(inner) if key in ("text", "value", "label") and isinstance(inner, str) else text_in(inner)
            for key, inner in value.items()
        )
    return sum(text_in(inner) for inner in value) if isinstance(value, list | tuple) else 0


def elements_of(block: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(pointer inside the block, element) for everything in a block that may be clicked, filled or shown as an element."""
    for name in ("elements", "actions"):
        if block.get("type") in ("rich_text", "carousel"):
            break
        for index, element in enumerate(block.get(name) or []):
            if isinstance(element, dict):
                yield f"/{name}/{index}", element
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            yield f"/{name}", block[name]


def inner_blocks(block: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """The blocks inside a container or a carousel, and the field that holds them."""
    name = {"container": "child_blocks", "carousel": "elements"}.get(str(block.get("type")), "")
    return name, list(block.get(name) or []) if name else []


def _check_block(block: dict[str, Any], surface: str, here: str) -> list[str]:
    kind = str(block.get("type"))
    if kind not in BLOCK_TEXTS or (kind == "input" and surface == "message"):
        return [_at(f"unsupported type: {kind}", f"{here}/type")]
    if (surface != "message" and kind in ONLY_IN_MESSAGES) or (surface == "message" and kind in ONLY_IN_VIEWS):
        return [_at(f"unsupported type: {kind}", f"{here}/type")]
    errors = _texts(block, {**BLOCK_TEXTS[kind], "block_id": 255}, here)
    if kind in BLOCK_LISTS:
        errors += _list(block, *BLOCK_LISTS[kind], here)
    if kind == "section":
        errors += _check_section(block, here)
    if kind in ("table", "data_table"):
        errors += _check_rows(block, here)
    action_ids: list[str] = []
    for place, element in elements_of(block):
        errors += _check_element(element, here + place)
        if action_id := element.get("action_id"):
            if action_id in action_ids:
                errors.append(_at(f"`action_id` already exists: {action_id}", f"{here}{place}/action_id"))
            action_ids.append(str(action_id))
    name, inside = inner_blocks(block)
    return errors + (check_blocks(inside, surface, f"{here}/{name}") if name else [])


def _check_section(block: Mapping[str, Any], here: str) -> list[str]:
    if not block.get("text") and not block.get("fields"):
        return [_at("must define either `text` or `fields`", here)]
    errors: list[str] = []
    for index, text in enumerate(block.get("fields") or []):
        errors += _text(text, 2000, f"{here}/fields/{index}")
    return errors


def _check_rows(block: Mapping[str, Any], here: str) -> list[str]:
    errors: list[str] = []
    for index, row in enumerate(block.get("rows") or []):
        if not isinstance(row, list) or not row:
            errors.append(_at("must be a non-empty array", f"{here}/rows/{index}"))
        elif len(row) > 20:
            errors.append(_at("no more than 20 items allowed", f"{here}/rows/{index}"))
    return errors


def _check_element(element: dict[str, Any], here: str) -> list[str]:
    kind = str(element.get("type"))
    if kind not in ELEMENT_TEXTS:
        return [_at(f"unsupported type: {kind}", f"{here}/type")]
    if kind in ("mrkdwn", "plain_text"):
        return _text(element, 3000, here)
    errors = _texts(element, {**ELEMENT_TEXTS[kind], "action_id": 255}, here)
    if kind == "button" and element.get("style") not in (None, "primary", "danger"):
        errors.append(_at("must be one of: primary, danger", f"{here}/style"))
    if kind == "feedback_buttons":
        for name in ("positive_button", "negative_button"):
            if not isinstance(element.get(name), dict):
                errors.append(_at(f"missing required field: {name}", here))
            else:
                errors += _texts(
                    element[name], {"text!": 75, "value!": 2000, "accessibility_label": 75}, f"{here}/{name}"
                )
    return errors + _check_options(element, kind, here)


def _check_options(element: Mapping[str, Any], kind: str, here: str) -> list[str]:
    if kind in NEED_OPTIONS and not element.get("options") and not element.get("option_groups"):
        return [_at("missing required field: options", here)]
    errors = _list(element, "options", MOST_OPTIONS.get(kind, 100), 0, here)
    values: list[str] = []
    for index, option in enumerate(element.get("options") or []):
        place = f"{here}/options/{index}"
        errors += _texts(option, {"text!": OPTION_TEXT.get(kind, 75), "value": 150, "description": 75}, place)
        if option.get("value") in values:
            errors.append(_at("duplicate option value", f"{place}/value"))
        values.append(option.get("value"))
    return errors


def _list(holder: Mapping[str, Any], name: str, most: int, least: int, here: str) -> list[str]:
    items = holder.get(name)
    if items is None and not least:
        return []
    if not isinstance(items, list) or len(items) < least:
        return [_at(f"no fewer than {least} items allowed", f"{here}/{name}")]
    return [_at(f"no more than {most} items allowed", f"{here}/{name}")] if len(items) > most else []


def _texts(holder: Mapping[str, Any], limits: Mapping[str, int], here: str) -> list[str]:
    errors: list[str] = []
    for field, most in limits.items():
        name = field.rstrip("!")
        if holder.get(name) is not None:
            errors += _text(holder[name], most, f"{here}/{name}")
        elif field.endswith("!"):
            errors.append(_at(f"missing required field: {name}", here))
    return errors


def _text(value: object, most: int, here: str) -> list[str]:
    """A string, or an object of text with its own `text`."""
    if isinstance(value, dict):
        if value.get("type") not in ("plain_text", "mrkdwn"):
            return [_at(f"unsupported type: {value.get('type')}", f"{here}/type")]
        value, here = value.get("text"), f"{here}/text"
    if isinstance(value, bool):
        return []
    if not isinstance(value, str):
        return [_at("must be a string", here)]
    if not value and not here.endswith("/private_metadata"):
        return [_at("must be more than 0 characters", here)]
    return [_at(f"must be less than {most + 1} characters", here)] if len(value) > most else []


def _at(words: str, pointer: str) -> str:
    return f"{words} [json-pointer:{pointer}]"
