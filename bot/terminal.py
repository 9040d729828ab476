"""A `Message` as plain text for the command line: the value first, then the fact, its source, the choices and the small print.

Whatever people wrote is shown without control characters, so that no text can move the cursor or imitate another line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from textwrap import wrap
from typing import Any, Final, Protocol

from bot.values import host, pick
from knowledge.messages import Action, Actions, Card, Item, Link, Listing, Message, Note, Part, Phrase, Say
from knowledge.records import Problem

WIDTH: Final = 88
CHOICES: Final = frozenset({"choose", "prompt"})
"""The actions that a person can follow by typing; buttons that rate or explain have no place in a terminal."""

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x07|\x1b\\|$)|[@-_])|\x9b[0-?]*[ -/]*[@-~]", re.DOTALL)
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LABEL_WIDTH: Final = 26


class Speech(Protocol):
    """Turns phrases and values into sentences; `bot.i18n.Translator` is one."""

    def say(self, phrase: Phrase, lang: str, today: date | None = None) -> str: ...

    def show(self, value: Any, lang: str, today: date | None = None) -> str: ...


def safe(text: str) -> str:
    """The text without control sequences, direction marks and other characters that do not show; line ends become spaces."""
    text = _ESCAPE.sub("", text)
    return "".join(" " if char in "\n\r\t" else "" if unicodedata.category(char) in _HIDDEN else char for char in text)


def render(message: Message, lang: str, translator: Speech, width: int = WIDTH, today: date | None = None) -> str:
    """The whole message, at most `width` characters a line where words allow. Parts are parted by an empty line."""
    page = _Page(lang, translator, max(width, 20), today)
    blocks = [page.part(part) for part in message.parts]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def render_problem(problem: Problem, lang: str, translator: Speech) -> str:
    """A mistake on one line, with its file, its line and its key where they are known."""
    file, field = safe(problem.file), safe(problem.field)
    if file == "environment":
        file = translator.say(Phrase("config.environment"), lang)
    args = {
        "file": file,
        "line": str(problem.line),
        "key": field,
        "problem": safe(translator.say(problem.phrase, lang)),
    }
    if not file:
        return f"{field}: {args['problem']}" if field else args["problem"]
    if problem.line is None:
        return translator.say(Phrase("config.place_no_line" if field else "config.place_file", args), lang)
    return translator.say(Phrase("config.place" if field else "config.place_no_key", args), lang)


class _Page:
    """Lays parts out in one language and one width. `number` counts the choices of the whole message."""

    def __init__(self, lang: str, speech: Speech, width: int, today: date | None) -> None:
        self._lang, self._speech, self._width, self._today = lang, speech, width, today
        self._number = 0

    def part(self, part: Part) -> list[str]:
        match part:
            case Say(phrase):
                return [line for text in self._said(phrase).splitlines() for line in self._wrapped(text)]
            case Card():
                return list(self._card(part))
            case Listing(items):
                return [line for item in items for line in self._item(item)]
            case Actions(actions):
                return [line for action in actions if action.name in CHOICES for line in self._choice(action)]
            case Note(phrase):
                return self._wrapped(f"({self._said(phrase)})")

    def _card(self, card: Card) -> Iterable[str]:
        kind, status = pick(card.kind, self._lang), pick(card.status or {}, self._lang)
        yield from self._wrapped(pick(card.title, self._lang) or card.record_id)
        yield from self._wrapped(", ".join(word for word in (kind, status) if word), "  ")
        yield from self._wrapped(pick(card.summary, self._lang), "  ")
        for row in card.rows:
            yield from self._row(pick(row.label, self._lang), self._shown(row.value))
        if card.source:
            yield from self._wrapped(self._source(card.source, card.source_date), "  ")
        if card.other_sources:
            sources = "; ".join(_linked(link) for link in card.other_sources)
            yield from self._wrapped(self._said(Phrase("source.other", {"sources": sources})), "  ")
        if card.programme:
            yield from self._wrapped(self._said(Phrase("source.programme")), "  ")
        for remark in card.remarks:
            yield from self._wrapped(self._said(remark), "  ")
        if note := pick(card.note, self._lang):
            yield from self._wrapped(self._said(Phrase("card.note", {"note": note})), "  ")

    def _source(self, source: Link, day: Any) -> str:
        key = "source.undated" if day is None else "source.link"
        return self._said(Phrase(key, {"title": _linked(source), "date": day}))

    def _row(self, label: str, value: str) -> list[str]:
        start = f"  {safe(label)[:_LABEL_WIDTH]:<{_LABEL_WIDTH}}  "
        return wrap(safe(value), self._width, initial_indent=start, subsequent_indent=" " * len(start))

    def _item(self, item: Item) -> list[str]:
        title = pick(item.title, self._lang) or item.record_id
        detail = self._said(item.detail) if item.detail else ""
        return self._wrapped(f"- {title} ({detail})" if detail else f"- {title}", "", "  ")

    def _choice(self, action: Action) -> list[str]:
        self._number += 1
        return self._wrapped(f"{self._number}. {self._shown(action.label)}", "  ", "     ")

    def _wrapped(self, text: str, start: str = "", rest: str | None = None) -> list[str]:
        indent = start if rest is None else rest
        return wrap(safe(text), self._width, initial_indent=start, subsequent_indent=indent, break_on_hyphens=False)

    def _said(self, phrase: Phrase) -> str:
        return self._speech.say(phrase, self._lang, self._today)

    def _shown(self, value: Any) -> str:
        return self._speech.show(value, self._lang, self._today)


def _linked(link: Link) -> str:
    """The title, the host, and the address itself: a terminal has no link to click."""
    return f"{link.title} ({link.url})" if link.title and host(link.url) else link.title or link.url
