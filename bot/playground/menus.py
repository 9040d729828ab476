"""Lists to choose from as HTML: given whole, of people or channels, or searched while one types. Pure."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.elements import options
from bot.playground.mrkdwn import mrkdwn, plain

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


def select(element: Json, data: str, look: Look, label: str) -> str:
    holder = str((element.get("placeholder") or {}).get("text") or look.texts["choose"])
    chosen = chosen_in(element)
    offered = offered_in(element, look)
    groups: list[tuple[Json | None, list[Json]]] = [(None, [] if element.get("option_groups") else offered)]
    groups += [(group.get("label"), group.get("options", [])) for group in element.get("option_groups") or []]
    inside = "".join(_group(group_label, items, chosen) for group_label, items in groups)
    aria = html.escape(label or holder)
    return (
        f'<select aria-label="{aria}" data-input{data}><option value="">{html.escape(holder)}</option>{inside}</select>'
    )


def offered_in(element: Json, look: Look) -> list[Json]:
    """The options of a list: its own, or the people or the channels of the workspace."""
    kind = element["type"]
    if "users" in kind:
        return [_option(key, name) for key, name in (look.people or {}).items()]
    if "conversations" in kind or "channels" in kind:
        return [_option(key, f"#{name}") for key, name in (look.channels or {}).items()]
    return options(element)


def ticks(offered: list[Json], chosen: set[str], name: str, look: Look, single: bool = False) -> str:
    """A line to tick for each option."""
    lines = []
    for option in offered:
        value = str(option.get("value", ""))
        state = " checked" if value in chosen else ""
        note = f"<small>{text(option['description'], look)}</small>" if option.get("description") else ""
        lines.append(
            f'<label><input type="{"radio" if single else "checkbox"}" name="{name}" value="{html.escape(value)}"{state}>'
            f"<span>{text(option.get('text') or {}, look)}{note}</span></label>"
        )
    return "".join(lines)


def _group(label: Json | None, items: list[Json], chosen: set[str]) -> str:
    lines = "".join(
        f'<option value="{html.escape(str(item.get("value", "")))}"{" selected" if item.get("value") in chosen else ""}>'
        f"{html.escape(_plain_of(item.get('text')))}</option>"
        for item in items
    )
    return f'<optgroup label="{html.escape(_plain_of(label))}">{lines}</optgroup>' if label else lines


def external(element: Json, data: str, look: Look, label: str) -> str:
    """A list whose options the bot gives as one types. What is chosen travels with its name: the server has no list of them."""
    holder = str((element.get("placeholder") or {}).get("text") or look.texts["type_to_search"])
    several = element["type"] == "multi_external_select"
    initial = [element.get("initial_option"), *(element.get("initial_options") or [])]
    carried = [{**one, "value": f"{one['value']}|{_plain_of(one.get('text'))}"} for one in initial if one]
    shown = "" if several or not carried else html.escape(_plain_of(carried[0].get("text")))
    if several:
        everything = {str(one["value"]) for one in carried}
        held = f'<fieldset class="choices" data-input{data}>{ticks(carried, everything, "found", look)}</fieldset>'
    else:
        held = (
            f'<input type="hidden" value="{html.escape(str(carried[0]["value"])) if carried else ""}" data-input{data}>'
        )
    return (
        f'<span class="external"><input type="text" role="combobox" aria-expanded="false" autocomplete="off" data-external'
        f' aria-label="{html.escape(label or holder)}" placeholder="{html.escape(holder)}" value="{shown}">'
        f'{held}<span class="suggestions" role="listbox" hidden></span></span>'
    )


def _option(value: str, words: str) -> Json:
    return {"value": value, "text": {"type": "plain_text", "text": words}}


def chosen_in(element: Json) -> set[str]:
    several = [element.get("initial_option"), *(element.get("initial_options") or [])]
    ids = [element.get(name) for name in ("initial_user", "initial_channel", "initial_conversation")]
    values = [option.get("value") for option in several if isinstance(option, dict)]
    lists = [one for name in ("initial_users", "initial_conversations") for one in element.get(name) or ()]
    return {str(value) for value in (*values, *ids, *lists) if value}


def _plain_of(value: object) -> str:
    words = str(value.get("text", "")) if isinstance(value, dict) else ""
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
