"""The small part of Markdown that a markdown block and the help pages use, as HTML. What is not understood is escaped text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from bot.playground.mrkdwn import anchor

_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\(([^()\s]+)\)")
_BOLD = re.compile(r"\*\*(?=\S)([^\n]+?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])[*_](?=\S)([^*_\n]+?)(?<=\S)[*_](?![\w*])")
_STRUCK = re.compile(r"~~(?=\S)([^~\n]+?)(?<=\S)~~")
_HELD = re.compile("\ue000(\\d+)\ue001")
_HEADING = re.compile(r"(#{1,4})\s+(.*)")
_ITEM = re.compile(r"\s{0,3}(?:[-*+]|(\d+)[.)])\s+(.*)")
_RULE = re.compile(r"\s{0,3}(?:-{3,}|\*{3,}|_{3,})\s*$")
_CELL_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*\|?\s*$")


def markdown(text: str, resolve: Callable[[str], str] = str) -> str:
    """HTML of a Markdown text. `resolve` may rewrite the address of a link (between help pages); a safe local one may
    start with `/`."""
    lines = text.replace("\r\n", "\n").replace("\ue000", "").replace("\ue001", "").split("\n")
    return "\n".join(_blocks(lines, resolve))


def _blocks(lines: list[str], resolve: Callable[[str], str]) -> Iterator[str]:
    place = 0
    while place < len(lines):
        line = lines[place]
        end = place + 1
        if line.startswith("```"):
            while end < len(lines) and not lines[end].startswith("```"):
                end += 1
            yield f"<pre>{html.escape(chr(10).join(lines[place + 1 : end]))}</pre>"
            end += 1
        elif heading := _HEADING.match(line):
            level = len(heading[1])
            yield f"<h{level}>{_inline(heading[2], resolve)}</h{level}>"
        elif _RULE.match(line):
            yield "<hr>"
        elif "|" in line and end < len(lines) and _CELL_RULE.match(lines[end]):
            end = _run(lines, end + 1, lambda row: "|" in row)
            yield _table([line, *lines[place + 2 : end]], resolve)
        elif line.startswith(">"):
            end = _run(lines, end, lambda row: row.startswith(">"))
            quoted = "\n".join(row.lstrip(">").removeprefix(" ") for row in lines[place:end])
            yield f"<blockquote>{_inline(quoted, resolve)}</blockquote>"
        elif _ITEM.match(line):
            end = _run(lines, end, lambda row: bool(_ITEM.match(row)) or (row.startswith("  ") and bool(row.strip())))
            yield _list(lines[place:end], resolve)
        elif line.strip():
            end = _run(lines, end, lambda row: bool(row.strip()) and not _starts_block(row))
            yield f"<p>{_inline(chr(10).join(lines[place:end]), resolve)}</p>"
        place = end


def _run(lines: list[str], place: int, belongs: Callable[[str], bool]) -> int:
    while place < len(lines) and belongs(lines[place]):
        place += 1
    return place


def _starts_block(line: str) -> bool:
    return bool(line.startswith(("```", ">")) or _HEADING.match(line) or _ITEM.match(line) or _RULE.match(line))


def _list(lines: list[str], resolve: Callable[[str], str]) -> str:
    items: list[str] = []
    for line in lines:
        if item := _ITEM.match(line):
            items.append(item[2])
        else:
            items[-1] += "\n" + line.strip()
    first = _ITEM.match(lines[0])
    tag = "ol" if first and first[1] else "ul"
    return f"<{tag}>" + "".join(f"<li>{_inline(item, resolve)}</li>" for item in items) + f"</{tag}>"


def _table(lines: list[str], resolve: Callable[[str], str]) -> str:
    rows = [[_inline(cell.strip(), resolve) for cell in line.strip().strip("|").split("|")] for line in lines]
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[1:])
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _inline(text: str, resolve: Callable[[str], str]) -> str:
    held: list[str] = []

    def hold(rendered: str) -> str:
        held.append(rendered)
        return f"\ue000{len(held) - 1}\ue001"

    def link(match: re.Match[str]) -> str:
        address, label = (resolve(match[2]), _HELD.sub(lambda code: held[int(code[1])], html.escape(match[1])))
        if address.startswith("/") and not address.startswith("//"):
            return hold(f'<a href="{html.escape(address)}">{label}</a>')
        return hold(anchor(address, label))

    text = _CODE.sub(lambda match: hold(f"<code>{html.escape(match[1])}</code>"), text)
    text = html.escape(_LINK.sub(link, text))
    text = _BOLD.sub(r"<strong>\1</strong>", text)
    text = _EMPHASIS.sub(r"<em>\1</em>", text)
    text = _STRUCK.sub(r"<s>\1</s>", text)
    return _HELD.sub(lambda match: held[int(match[1])], text.replace("\n", "<br>"))
