"""What a word after /entente stands for, and what is known when somebody sends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.desk import Person, Reply
from bot.surfaces.surface import Tools
from knowledge.messages import Message, Part, Phrase, Say


@dataclass(frozen=True, slots=True)
class Call:
    """One command as it was sent: what follows its word (`rest`, and as Slack wrote it, marks included, `typed`), who sent it,
    in which channel, and the ticket (`trigger`) with which a form may be opened for three seconds."""

    rest: str
    typed: str
    person: Person
    channel: str
    trigger: str
    client: WebClient
    tools: Tools

    @property
    def conversation(self) -> str:
        """The name under which what a command is about is kept: this person in this channel."""
        return f"{self.channel}:{self.person.id}"

    @property
    def lang(self) -> str:
        return self.tools.desk.language(self.person)

    def reply(self, *parts: Part) -> Reply:
        return Reply(Message(parts), self.lang)

    def say(self, phrase: Phrase) -> Reply:
        """One sentence, to that person."""
        return self.reply(Say(phrase))


@dataclass(frozen=True, slots=True)
class Subcommand:
    """A command of the bot. `words` start it, in both languages, lower case and without accents; `run` does it and returns
    what to tell that person alone, or None where a form was opened instead."""

    name: str
    words: tuple[str, ...]
    run: Callable[[Call], Reply | None]
