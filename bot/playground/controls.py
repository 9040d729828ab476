"""Buttons, menus and inputs as HTML. Pure.

The page learns what to send from data attributes only: `data-block`, `data-action`, and `data-fires` where a change tells
the bot at once. What an element is worth stays on the server; the page names it and cannot invent it.
"""

from __future__ import annotations

import html
import json
from typing import Any

from bot.playground.elements import options
from bot.playground.menus import Look, chosen_in, external, offered_in, select, text, ticks
from bot.playground.mrkdwn import plain, safe_url

Json = dict[str, Any]


def control(element: Json, block_id: str, look: Look, label: str = "", fires: bool = False) -> str:
    """HTML of an element. `label` names an input; `fires`: the bot hears of a change at once."""
    kind = str(element.get("type"))
    seen_by = element.get("visible_to_user_ids")
    if isinstance(seen_by, list) and look.viewer not in seen_by:
        return ""
    data = _data(element, block_id, fires)
    if kind in ("button", "icon_button"):
        return _button(element, data, look)
    if kind == "feedback_buttons":
        return _feedback(element, data)
    if kind == "overflow":
        return _overflow(element, data, look)
    if kind in (
        "radio_buttons",
        "checkboxes",
        "multi_static_select",
        "multi_users_select",
        "multi_conversations_select",
    ):
        return _choices(element, data, look, label)
    if kind in _TYPED:
        return _typed(element, data, look, label)
    if kind in ("external_select", "multi_external_select"):
        return external(element, data, look, label)
    return select(element, data, look, label)


_TYPED = {
    "plain_text_input": "text",
    "rich_text_input": "text",
    "number_input": "number",
    "email_text_input": "email",
    "url_text_input": "url",
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "datetime-local",
}
_INITIAL = ("initial_value", "initial_date", "initial_time", "initial_date_time")
_ICONS = {"trash": "🗑️", "edit": "✏️", "pencil": "✏️"}


def _data(element: Json, block_id: str, fires: bool) -> str:
    data = f' data-block="{html.escape(block_id)}" data-action="{html.escape(str(element.get("action_id", "")))}"'
    data += f' data-kind="{html.escape(str(element.get("type")))}"'
    if isinstance(element.get("confirm"), dict):
        words = {
            name: (value.get("text") if isinstance(value, dict) else value)
            for name, value in element["confirm"].items()
        }
        data += f' data-confirm="{html.escape(json.dumps(words, ensure_ascii=False))}"'
    return data + (" data-fires" if fires else "")


def _button(element: Json, data: str, look: Look) -> str:
    style = element.get("style") if element.get("style") in ("primary", "danger") else ""
    name = element.get("accessibility_label")
    aria = f' aria-label="{html.escape(str(name))}"' if name else ""
    shown = text(element.get("text") or {}, look)
    if element.get("type") == "icon_button":
        icon = _ICONS.get(str(element.get("icon")), "•")
        return f'<button type="button" class="icon-button"{data}{aria}><span aria-hidden="true">{icon}</span> {shown}</button>'
    if address := safe_url(str(element.get("url") or "")):
        return (
            f'<a class="button {style}" role="button" href="{html.escape(address)}" target="_blank"'
            f' rel="noopener noreferrer nofollow"{data}{aria}>{shown}</a>'
        )
    return f'<button type="button" class="button {style}"{data}{aria}>{shown}</button>'


def _feedback(element: Json, data: str) -> str:
    buttons = []
    for name, mark in (("positive_button", "👍"), ("negative_button", "👎")):
        button = element.get(name) or {}
        words = str((button.get("text") or {}).get("text", ""))
        aria = html.escape(str(button.get("accessibility_label") or words))
        buttons.append(
            f'<button type="button" class="thumb"{data} data-value="{html.escape(str(button.get("value", "")))}"'
            f' aria-label="{aria}" aria-pressed="false"><span aria-hidden="true">{mark}</span> {plain(words)}</button>'
        )
    return '<span class="feedback">' + "".join(buttons) + "</span>"


def _overflow(element: Json, data: str, look: Look) -> str:
    items = "".join(
        f'<button type="button"{data} data-value="{html.escape(str(option.get("value", "")))}">'
        f"{text(option.get('text') or {}, look)}</button>"
        for option in options(element)
    )
    more = html.escape(look.texts["more_actions"])
    return (
        f'<details class="overflow"><summary aria-label="{more}" title="{more}">⋯</summary><div>{items}</div></details>'
    )


def _choices(element: Json, data: str, look: Look, label: str) -> str:
    """Radio buttons, check boxes, and lists of which several may be taken."""
    name = html.escape(f"{element.get('action_id')}")
    lines = ticks(offered_in(element, look), chosen_in(element), name, look, element["type"] == "radio_buttons")
    return (
        f'<fieldset class="choices" data-input{data}><legend class="hidden">{plain(label)}</legend>{lines}</fieldset>'
    )


def _typed(element: Json, data: str, look: Look, label: str) -> str:
    kind = _TYPED[element["type"]]
    initial = next((element[name] for name in _INITIAL if element.get(name) is not None), "")
    holder = element.get("placeholder") or {}
    attributes = (
        f' aria-label="{html.escape(label)}" placeholder="{html.escape(str(holder.get("text", "")))}" data-input{data}'
    )
    for name, attribute in (("min_length", "minlength"), ("max_length", "maxlength")):
        if isinstance(element.get(name), int):
            attributes += f' {attribute}="{element[name]}"'
    if kind == "number":
        attributes += ' step="any"' if element.get("is_decimal_allowed") else ' step="1"'
        attributes += "".join(
            f' {bound}="{html.escape(str(element[f"{bound}_value"]))}"'
            for bound in ("min", "max")
            if element.get(f"{bound}_value")
        )
    value = html.escape(str(initial)) if isinstance(initial, str | int) else ""
    if element["type"] == "rich_text_input" or element.get("multiline"):
        return f'<textarea rows="4"{attributes}>{value}</textarea>'
    return f'<input type="{kind}" value="{value}"{attributes}>'
