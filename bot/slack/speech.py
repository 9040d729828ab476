"""A message as plain words: what is needed to say it, and how it reads without blocks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

from bot.slack.escaping import escape, host
from knowledge.messages import Card, Listing, Message, Note, Phrase, Say, Text

LINE: Final = 3000
LINES: Final = 100


class Speech(Protocol):
    """Turns phrases and typed values into plain sentences of one language; `bot.i18n.Translator` is one."""

    def say(self, phrase: Phrase, lang: str) -> str: ...

    def show(self, value: Any, lang: str) -> str: ...


def summary(message: Message, lang: str, speech: Speech) -> str:
    """The message without blocks, for notifications and screen readers."""
    lines: list[str] = []
    for part in message.parts:
        match part:
            case Say(phrase) | Note(phrase):
                lines.append(speech.say(phrase, lang))
            case Card():
                lines.append(pick(part.title, lang))
                lines.append(pick(part.summary, lang))
                colon = " : " if lang == "fr" else ": "
                lines += [f"{pick(row.label, lang)}{colon}{speech.show(row.value, lang)}" for row in part.rows[:20]]
                lines.append(f"{part.source.title} ({host(part.source.url)})" if part.source else "")
            case Listing(items):
                lines += [pick(item.title, lang) for item in items]
    # Without blocks around it, Slack would turn an address of somebody's text into a link.
    return "\n".join(escape(line[:LINE]).replace("://", ":\u200b//") for line in lines[:LINES] if line.strip())


def pick(text: Text | Mapping[str, str], lang: str) -> str:
    return text.get(lang) or next((words for words in text.values() if words), "")
