"""What people click and fill in: finding an element in blocks, and saying what somebody did with it as Slack says it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.playground.limits import elements_of, inner_blocks

Json = dict[str, Any]
Given = str | list[str] | None
"""What the page sends for an input: the value chosen or typed, several, or nothing."""


def complete(blocks: Iterable[Json], seed: str) -> tuple[Json, ...]:
    """The blocks with the ids that Slack gives to those without, and plain texts escaped as Slack gives them back."""
    done: list[Json] = []
    for index, block in enumerate(blocks):
        named: Json = {**block, "block_id": block.get("block_id") or f"{seed}{index}"}
        for name in ("elements", "actions"):
            if isinstance(named.get(name), list) and named["type"] not in ("rich_text", "carousel"):
                named[name] = [_complete_element(item, f"a{place}") for place, item in enumerate(named[name])]
        for name in ("accessory", "element"):
            if isinstance(named.get(name), dict):
                named[name] = _complete_element(named[name], "a0")
        inside_name, inside = inner_blocks(named)
        if inside_name:
            named[inside_name] = list(complete(inside, f"{seed}{index}."))
        done.append(named)
    return tuple(done)


def walk(blocks: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """(block, element) for every element, those inside containers too."""
    for block in blocks:
        for _, element in elements_of(block):
            yield block, element
        yield from walk(inner_blocks(block)[1])


def find(blocks: Iterable[Json], block_id: str, action_id: str) -> Json | None:
    wanted = (
        element
        for block, element in walk(blocks)
        if block.get("block_id") == block_id and element.get("action_id") == action_id
    )
    return next(wanted, None)


def values(blocks: Iterable[Json], given: Mapping[str, Given]) -> Json:
    """`state.values`: for each input, what is in it. `given` maps "block_id action_id" to what the page holds."""
    state: Json = {}
    for block, element in walk(blocks):
        if element.get("type") in _STATEFUL:
            key = f"{block['block_id']} {element.get('action_id')}"
            state.setdefault(block["block_id"], {})[element["action_id"]] = held(element, given.get(key))
    return state


def action(element: Json, block_id: str, given: Given, action_ts: str) -> Json | None:
    """One entry of `actions`: the element and what was done with it. None when the page asks for what is not offered."""
    kind = element["type"]
    head: Json = {"type": kind, "action_id": element["action_id"], "block_id": block_id, "action_ts": action_ts}
    if kind in ("button", "icon_button"):
        return {**head, **{name: element[name] for name in ("text", "value", "style") if name in element}}
    if kind == "feedback_buttons":
        offered = (element["positive_button"], element["negative_button"])
        chosen = next((button for button in offered if button["value"] == given), None)
        return {**head, "text": chosen["text"], "value": chosen["value"]} if chosen else None
    if kind == "overflow":
        option = _option(element, given)
        return {**head, "selected_option": option} if option else None
    if kind not in _STATEFUL:
        return None
    return {**head, **held(element, given)}


def held(element: Json, given: Given) -> Json:
    """What an input holds, in the words of Slack."""
    kind = element["type"]
    field = _STATEFUL[kind]
    several = given if isinstance(given, list) else [given] if given else []
    one = several[0] if several else None
    if field == "selected_options":
        chosen = [_option(element, item) for item in several]
        return {"type": kind, field: [option for option in chosen if option]}
    if field == "selected_option":
        return {"type": kind, field: _option(element, one)}
    if field in ("selected_users", "selected_conversations"):
        return {"type": kind, field: several}
    if field == "selected_date_time":
        return {"type": kind, field: int(one) if one and one.isdigit() else None}
    if field == "rich_text_value":
        return {"type": kind, field: _rich(one)} if one else {"type": kind}
    return {"type": kind, field: one}


def options(element: Mapping[str, Any]) -> list[Json]:
    """All the options of a select, out of their groups."""
    grouped = [option for group in element.get("option_groups") or [] for option in group.get("options", [])]
    return list(element.get("options") or []) + grouped


_STATEFUL = {
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}


def _option(element: Json, given: Given) -> Json | None:
    """The option of that value. An external select has none of its own: the page gives `value|label`."""
    found = next((option for option in options(element) if option.get("value") == given), None)
    if found is None and isinstance(given, str) and "external" in element["type"] and "|" in given:
        value, _, label = given.partition("|")
        return {"text": {"type": "plain_text", "text": label, "emoji": True}, "value": value}
    return found


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _complete_element(element: Json, action_id: str) -> Json:
    if element.get("type") in ("mrkdwn", "plain_text", "image") or "type" not in element:
        return element
    named = {**element, "action_id": element.get("action_id") or action_id}
    if isinstance(named.get("text"), dict):
        named["text"] = {**named["text"], "text": _escaped(str(named["text"].get("text", "")))}
    return named


def _escaped(text: str) -> str:
    raw = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
