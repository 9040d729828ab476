"""Blocks as HTML. Pure: every text is escaped on the way, and what is not known is said to be so rather than guessed."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.playground.controls import control
from bot.playground.markdown import markdown
from bot.playground.menus import Look, text
from bot.playground.mrkdwn import anchor, plain, safe_url

Json = dict[str, Any]


def render_blocks(blocks: Iterable[Json], look: Look) -> str:
    """HTML of a message's, a modal's or a home page's blocks."""
    return "".join(_block(block, look) for block in blocks)


def _block(block: Json, look: Look) -> str:
    draw = _BLOCKS.get(str(block.get("type")))
    if draw is None:
        return (
            f'<p class="unknown">{html.escape(look.texts["unknown_block"])} {html.escape(str(block.get("type")))}</p>'
        )
    return draw(block, look)


def _section(block: Json, look: Look) -> str:
    body = f'<div class="text">{text(block["text"], look)}</div>' if block.get("text") else ""
    if block.get("fields"):
        body += (
            '<div class="fields">' + "".join(f"<div>{text(field, look)}</div>" for field in block["fields"]) + "</div>"
        )
    accessory = _element(block["accessory"], block, look) if block.get("accessory") else ""
    aside = f'<div class="accessory">{accessory}</div>' if accessory else ""
    return f'<div class="block section"><div class="grow">{body}</div>{aside}</div>'


def _header(block: Json, look: Look) -> str:
    return f'<h3 class="block header">{text(block["text"], look)}</h3>'


def _context(block: Json, look: Look) -> str:
    inside = "".join(f"<span>{_element(element, block, look)}</span>" for element in block.get("elements", []))
    return f'<div class="block context">{inside}</div>'


def _actions(block: Json, look: Look) -> str:
    inside = "".join(_element(element, block, look) for element in block.get("elements", []))
    return f'<div class="block {html.escape(block["type"])}" role="group">{inside}</div>'


def _input(block: Json, look: Look) -> str:
    block_id, element = str(block.get("block_id", "")), block.get("element") or {}
    optional = f' <span class="optional">{html.escape(look.texts["optional"])}</span>' if block.get("optional") else ""
    hint = f'<p class="hint">{text(block["hint"], look)}</p>' if block.get("hint") else ""
    label = text(block["label"], look)
    field = control(
        element, block_id, look, label=str(block["label"].get("text", "")), fires=bool(block.get("dispatch_action"))
    )
    required = "" if block.get("optional") else " data-required"
    name = html.escape(block_id)
    return (
        f'<div class="block input" data-input-block="{name}"{required}><span class="label">{label}{optional}</span>{field}'
        f'{hint}<p class="error" data-error="{name}" role="alert" hidden></p></div>'
    )


def _image(block: Json, look: Look) -> str:
    title = f'<div class="image-title">{text(block["title"], look)}</div>' if block.get("title") else ""
    return f'<div class="block image">{title}{_picture(block, look)}</div>'


def _picture(image: Json, look: Look) -> str:
    """A picture is named, not loaded: loading it would call an address outside."""
    label = html.escape(str(image.get("alt_text") or ""))
    url = str(image.get("image_url") or "")
    shown = anchor(url, label or html.escape(url)) if safe_url(url) else label
    return f'<span class="picture" title="{html.escape(look.texts["picture_not_loaded"])}">🖼 {shown}</span>'


def _markdown(block: Json, look: Look) -> str:
    return f'<div class="block markdown">{markdown(str(block.get("text", "")))}</div>'


def _table(block: Json, look: Look) -> str:
    rows = [row for row in block.get("rows") or [] if isinstance(row, list)]
    if not rows:
        return ""
    caption = f"<caption>{html.escape(str(block['caption']))}</caption>" if block.get("caption") else ""
    head = "".join(f'<th scope="col">{_cell(cell, look)}</th>' for cell in rows[0])
    body = "".join("<tr>" + "".join(_table_cell(cell, look) for cell in row) + "</tr>" for row in rows[1:])
    return (
        f'<div class="block table" tabindex="0"><table>{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _table_cell(cell: Json, look: Look) -> str:
    number = ' class="number"' if isinstance(cell, dict) and cell.get("type") == "raw_number" else ""
    return f"<td{number}>{_cell(cell, look)}</td>"


def _cell(cell: object, look: Look) -> str:
    if not isinstance(cell, dict):
        return ""
    if cell.get("type") == "rich_text":
        return _rich_text(cell, look)
    return plain(str(cell.get("text", cell.get("value", ""))))


def _chart(block: Json, look: Look) -> str:
    """A chart as the table of its figures."""
    chart = block.get("chart") or {}
    if chart.get("type") == "pie":
        rows = [[_raw(""), _raw("")]] + [
            [_raw(part.get("label")), _raw(part.get("value"))] for part in chart.get("segments", [])
        ]
    else:
        series = chart.get("series") or []
        labels = [point.get("label") for point in series[0].get("data", [])] if series else []
        rows = [[_raw(""), *(_raw(one.get("name")) for one in series)]]
        for index, label in enumerate(labels):
            points = (one.get("data", [])[index : index + 1] for one in series)
            rows.append([_raw(label), *(_raw(point[0].get("value") if point else "") for point in points)])
    return _table({"rows": rows, "caption": block.get("title")}, look)


def _raw(value: object) -> Json:
    return {
        "type": "raw_number" if isinstance(value, int | float) else "raw_text",
        "text": "" if value is None else str(value),
    }


def _alert(block: Json, look: Look) -> str:
    level = str(block.get("level") or "default")
    level = level if level in ("info", "warning", "error", "success") else "default"
    return f'<div class="block alert {level}" role="note">{text(block["text"], look)}</div>'


def _card(block: Json, look: Look) -> str:
    parts = [
        f'<div class="card-{name}">{text(block[name], look)}</div>'
        for name in ("title", "subtitle", "body", "subtext")
        if block.get(name)
    ]
    buttons = "".join(_element(element, block, look) for element in block.get("actions") or [])
    return f'<div class="block card">{"".join(parts)}<div class="actions">{buttons}</div></div>'


def _carousel(block: Json, look: Look) -> str:
    return f'<div class="block carousel" tabindex="0">{render_blocks(block.get("elements") or [], look)}</div>'


def _container(block: Json, look: Look) -> str:
    title = text(block["title"], look) if block.get("title") else ""
    subtitle = f"<span>{text(block['subtitle'], look)}</span>" if block.get("subtitle") else ""
    inside = render_blocks(block.get("child_blocks") or [], look)
    if not block.get("is_collapsible"):
        return f'<div class="block container"><div class="container-title">{title}{subtitle}</div>{inside}</div>'
    state = "" if block.get("default_collapsed") else " open"
    return f'<details class="block container"{state}><summary>{title}{subtitle}</summary>{inside}</details>'


def _rich_text(block: Json, look: Look) -> str:
    return (
        '<div class="block rich">' + "".join(_rich(element, look) for element in block.get("elements") or []) + "</div>"
    )


def _rich(element: Json, look: Look) -> str:
    kind = element.get("type")
    inside = element.get("elements") or []
    if kind == "rich_text_list":
        tag = "ol" if element.get("style") == "ordered" else "ul"
        return f"<{tag}>" + "".join(f"<li>{_rich(item, look)}</li>" for item in inside) + f"</{tag}>"
    content = "".join(_leaf(leaf, look) for leaf in inside)
    tag = {"rich_text_preformatted": "pre", "rich_text_quote": "blockquote"}.get(str(kind), "div")
    return f"<{tag}>{content}</{tag}>"


def _leaf(leaf: Json, look: Look) -> str:
    kind = leaf.get("type")
    if kind == "link":
        shown = anchor(str(leaf.get("url", "")), html.escape(str(leaf.get("text") or leaf.get("url", ""))))
    elif kind in ("user", "channel"):
        mark, name = ("@", leaf.get("user_id")) if kind == "user" else ("#", leaf.get("channel_id"))
        shown = f'<span class="mention">{mark}{html.escape(look.names.get(str(name), str(name)))}</span>'
    elif kind == "emoji":
        shown = plain(f":{leaf.get('name')}:")
    elif kind == "date":
        shown = html.escape(str(leaf.get("fallback") or ""))
    else:
        shown = html.escape(str(leaf.get("text") or "")).replace("\n", "<br>")
    style = leaf.get("style") if isinstance(leaf.get("style"), dict) else {}
    for name, tag in (("code", "code"), ("strike", "s"), ("italic", "em"), ("bold", "strong")):
        if style and style.get(name):
            shown = f"<{tag}>{shown}</{tag}>"
    return shown


def _element(element: Json, block: Json, look: Look) -> str:
    kind = element.get("type")
    if kind in ("mrkdwn", "plain_text"):
        return text(element, look)
    if kind == "image":
        return _picture(element, look)
    return control(element, str(block.get("block_id", "")), look, fires=True)


def _divider(block: Json, look: Look) -> str:
    return '<hr class="block">'


_BLOCKS: Mapping[str, Callable[[Json, Look], str]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "divider": _divider,
    "actions": _actions,
    "context_actions": _actions,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
    "table": _table,
    "data_table": _table,
    "data_visualization": _chart,
    "alert": _alert,
    "card": _card,
    "carousel": _carousel,
    "container": _container,
    "rich_text": _rich_text,
}
