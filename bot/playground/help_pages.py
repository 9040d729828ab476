"""The user's guide as pages of the playground: the Markdown files of bot/help, by language."""

from __future__ import annotations

import html
import re
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.playground.drawing import texts
from bot.playground.markdown import markdown

HELP_FOLDER = Path(__file__).parent.parent / "help"
_FIRST = ("start", "index")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
_LINK = re.compile(r"(?:\./)?([a-z0-9][a-z0-9_-]*)\.md(#.*)?\Z")
_SHELL = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Entente</title><link rel="icon" href="/static/icon.svg"><link rel="stylesheet" href="/static/style.css">
</head><body class="help"><nav aria-label="{guide}"><a class="back" href="/">← {back}</a><ul>{menu}</ul></nav>
<main>{body}</main></body></html>
"""


def routes(folder: Path = HELP_FOLDER) -> list[Route]:
    """/help/<language> and /help/<language>/<page>."""

    async def show(request: Request) -> Response:
        lang, name = request.path_params["lang"], request.path_params.get("name", "")
        if lang not in texts() or (name and not _NAME.match(name)):
            raise HTTPException(404, "no such page")
        return HTMLResponse(help_page(folder, lang, name))

    return [Route("/help/{lang}", show), Route("/help/{lang}/{name}", show)]


def help_page(folder: Path, lang: str, name: str = "") -> str:
    """The page of that name, or the first one. While there is no guide, the page says what to try here."""
    words = texts()[lang]
    paths = sorted((folder / lang).glob("*.md"), key=lambda path: (path.stem not in _FIRST, path.stem))
    pages = {path.stem: path for path in paths}
    path = pages.get(name) or next(iter(pages.values()), None)
    source = path.read_text(encoding="utf-8") if path else words["help_without_guide"]
    menu = "".join(
        f'<li><a href="/help/{lang}/{stem}"{" aria-current=page" if page == path else ""}>{html.escape(_title(page))}</a></li>'
        for stem, page in pages.items()
    )
    body = markdown(source, lambda address: _LINK.sub(rf"/help/{lang}/\1", address))
    title = _title(path) if path else words["help"]
    return _SHELL.format(
        lang=lang, title=html.escape(title), guide=words["help"], back=words["back_to_playground"], menu=menu, body=body
    )


def _title(path: Path) -> str:
    first = path.read_text(encoding="utf-8").lstrip().partition("\n")[0]
    return first.lstrip("# ").strip() or path.stem
