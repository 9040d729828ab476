"""A message as plain words: what is needed to say it, and how it reads without blocks. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Protocol

from bot.slack.escaping import escape, host
from knowledge.messages import Card, Channel, Listing, Message, Note, Phrase, Say, Text

LINE: Final = 3000
LINES: Final = 100
_CHANNEL: Final = re.compile(r"[CG][A-Z0-9_]+")


class Speech(Protocol):
    """Turns phrases and typed values into plain sentences of one language; `bot.i18n.Translator` is one."""

    def say(self, phrase: Phrase, lang: str) -> str: ...

    def show(self, value: Any, lang: str) -> str: ...


def escaped(phrase: Phrase, lang: str, speech: Speech, most: int = LINE) -> str:
    """The sentence as Slack shows it: people's text as it was typed, and each channel by the name that Slack has for it."""
    channels = {
        name: value.id
        for name, value in phrase.args.items()
        if isinstance(value, Channel) and _CHANNEL.fullmatch(value.id)
    }
    held = {name: f"⟦{name}…⟧" for name in channels}
    said = escape(speech.say(Phrase(phrase.key, {**phrase.args, **held}), lang)[:most])
    for name, mark in held.items():
        said = said.replace(mark, f"<#{channels[name]}>")
    return said


def summary(message: Message, lang: str, speech: Speech) -> str:
    """The message without blocks, for notifications and screen readers."""
    lines: list[str] = []

    def add(text: str) -> None:
        lines.append(escape(text[:LINE]))

    for part in message.parts:
        match part:
            case Say(phrase) | Note(phrase):
                lines.append(escaped(phrase, lang, speech))
            case Card():
                add(pick(part.title, lang))
                add(pick(part.summary, lang))
                colon = " : " if lang == "fr" else ": "
                for row in part.rows[:20]:
                    add(f"{pick(row.label, lang)}{colon}{speech.show(row.value, lang)}")
                add(f"{part.source.title} ({host(part.source.url)})" if part.source else "")
            case Listing(items):
                for item in items:
                    add(pick(item.title, lang))
    # Without blocks around it, Slack would turn an address of somebody's text into a link.
    return "\n".join(line.replace("://", ":\u200b//") for line in lines[:LINES] if line.strip())


def pick(text: Text | Mapping[str, str], lang: str) -> str:
    return text.get(lang) or next((words for words in text.values() if words), "")
