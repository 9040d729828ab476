"""Buttons, menus and inputs as HTML. Pure.

The page learns what to send from data attributes only: `data-block`, `data-action`, and `data-fires` where a change tells
the bot at once. What an element is worth stays on the server; the page names it and cannot invent it.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.elements import options
from bot.playground.mrkdwn import mrkdwn, plain, safe_url

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """For whom a thing is drawn: names by id, the page's own words in their language, their id, and whom they may pick."""

    names: Mapping[str, str]
    texts: Mapping[str, str]
    viewer: str = ""
    people: Mapping[str, str] | None = None
    channels: Mapping[str, str] | None = None


def text(value: Json, look: Look) -> str:
    """HTML of a text object."""
    content = str(value.get("text", "")) if isinstance(value, dict) else str(value)
    return mrkdwn(content, look.names) if isinstance(value, dict) and value.get("type") == "mrkdwn" else plain(content)


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
    if kind in ("radio_buttons", "checkboxes", "multi_static_select", "multi_users_select"):
        return _choices(element, data, look, label)
    if kind in _TYPED:
        return _typed(element, data, look, label)
    if kind in ("external_select", "multi_external_select"):
        return _external(element, data, look, label)
    return _select(element, data, look, label)


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
    single = element["type"] == "radio_buttons"
    offered = _people(look) if element["type"] == "multi_users_select" else options(element)
    chosen = _chosen(element)
    name = html.escape(f"{element.get('action_id')}")
    lines = []
    for option in offered:
        value = str(option.get("value", ""))
        state = " checked" if value in chosen else ""
        note = f"<small>{text(option['description'], look)}</small>" if option.get("description") else ""
        lines.append(
            f'<label><input type="{"radio" if single else "checkbox"}" name="{name}" value="{html.escape(value)}"{state}>'
            f"<span>{text(option.get('text') or {}, look)}{note}</span></label>"
        )
    return f'<fieldset class="choices" data-input{data}><legend class="hidden">{plain(label)}</legend>{"".join(lines)}</fieldset>'


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


def _select(element: Json, data: str, look: Look, label: str) -> str:
    kind = element["type"]
    holder = str((element.get("placeholder") or {}).get("text") or look.texts["choose"])
    chosen = _chosen(element)
    if "users" in kind:
        offered = _people(look)
    elif kind in ("conversations_select", "channels_select"):
        offered = [_option(key, f"#{name}") for key, name in (look.channels or {}).items()]
    else:
        offered = []
    groups = (
        [(None, options(element) if not element.get("option_groups") else [])] if not offered else [(None, offered)]
    )
    groups += [(group.get("label"), group.get("options", [])) for group in element.get("option_groups") or []]
    inside = "".join(_group(group_label, items, chosen) for group_label, items in groups)
    aria = html.escape(label or holder)
    return (
        f'<select aria-label="{aria}" data-input{data}><option value="">{html.escape(holder)}</option>{inside}</select>'
    )


def _group(label: Json | None, items: list[Json], chosen: set[str]) -> str:
    lines = "".join(
        f'<option value="{html.escape(str(item.get("value", "")))}"{" selected" if item.get("value") in chosen else ""}>'
        f"{html.escape(_plain_of(item.get('text')))}</option>"
        for item in items
    )
    return f'<optgroup label="{html.escape(_plain_of(label))}">{lines}</optgroup>' if label else lines


def _external(element: Json, data: str, look: Look, label: str) -> str:
    """A select whose options the bot gives as one types."""
    holder = str((element.get("placeholder") or {}).get("text") or look.texts["type_to_search"])
    initial = element.get("initial_option") or {}
    value = f"{initial['value']}|{_plain_of(initial.get('text'))}" if initial.get("value") else ""
    return (
        f'<span class="external"><input type="text" role="combobox" aria-expanded="false" autocomplete="off" data-external'
        f' aria-label="{html.escape(label or holder)}" placeholder="{html.escape(holder)}"'
        f' value="{html.escape(_plain_of(initial.get("text")))}"><input type="hidden" value="{html.escape(value)}" data-input{data}>'
        f'<span class="suggestions" role="listbox" hidden></span></span>'
    )


def _people(look: Look) -> list[Json]:
    return [_option(key, name) for key, name in (look.people or {}).items()]


def _option(value: str, words: str) -> Json:
    return {"value": value, "text": {"type": "plain_text", "text": words}}


def _chosen(element: Json) -> set[str]:
    several = [element.get("initial_option"), *(element.get("initial_options") or [])]
    ids = [element.get(name) for name in ("initial_user", "initial_channel", "initial_conversation")]
    values = [option.get("value") for option in several if isinstance(option, dict)]
    return {str(value) for value in (*values, *ids, *(element.get("initial_users") or [])) if value}


def _plain_of(value: object) -> str:
    words = str(value.get("text", "")) if isinstance(value, dict) else ""
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
