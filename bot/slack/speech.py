"""A message as plain words: what is needed to say it, and how it reads without blocks. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from bot.slack.escaping import escape, host
from knowledge.messages import Card, Channel, Listing, Member, Message, Note, Phrase, Say, Text

LINE: Final = 3000
LINES: Final = 100
_CHANNEL: Final = re.compile(r"[CG][A-Z0-9_]+")


class Speech(Protocol):
    """Turns phrases and typed values into plain sentences of one language; `bot.i18n.Translator` is one."""

    def say(self, phrase: Phrase, lang: str) -> str: ...

    def show(self, value: Any, lang: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Naming:
    """Speech that calls people by what the workspace calls them: `name` gives it by id, and anything else back as it is."""

    speech: Speech
    name: Callable[[str], str]

    def say(self, phrase: Phrase, lang: str) -> str:
        return self.speech.say(_changed(phrase, self._named), lang)

    def show(self, value: Any, lang: str) -> str:
        return self.speech.show(_changed(value, self._named), lang)

    def _named(self, value: Any) -> Any:
        return self.name(value.id) if isinstance(value, Member) else value


def escaped(phrase: Phrase, lang: str, speech: Speech, most: int = LINE) -> str:
    """The sentence as Slack shows it: people's text as it was typed, and each channel by the name that Slack has for it."""
    held: dict[str, str] = {}

    def hold(value: Any) -> Any:
        if not isinstance(value, Channel) or not _CHANNEL.fullmatch(value.id):
            return value
        mark = f"⟦{len(held)}…⟧"
        held[mark] = f"<#{value.id}>"
        return mark

    said = escape(speech.say(_changed(phrase, hold), lang)[:most])
    for mark, shown in held.items():
        said = said.replace(mark, shown)
    return said


def _changed(value: Any, change: Callable[[Any], Any]) -> Any:
    """The value with whatever `change` makes of each part of it."""
    match value:
        case Phrase(key, args):
            return Phrase(key, {name: _changed(part, change) for name, part in args.items()})
        case list() | tuple():
            return [_changed(part, change) for part in value]
        case _:
            return change(value)


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
                    title, detail = pick(item.title, lang), item.detail
                    add(f"{title} — {speech.say(detail, lang)}" if detail else title)
    # Without blocks around it, Slack would turn an address of somebody's text into a link.
    return "\n".join(line.replace("://", ":\u200b//") for line in lines[:LINES] if line.strip())


def pick(text: Text | Mapping[str, str], lang: str) -> str:
    return text.get(lang) or next((words for words in text.values() if words), "")
