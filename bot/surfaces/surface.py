"""What every Slack surface declares, and what each is handed to work with."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import Person, Reply
from bot.desk.desks import Answers, Desks
from bot.desk.forgetting import how_to_be_forgotten
from bot.desk.keeping import Keeping
from bot.desk.wishes import asking
from bot.slack.blocks import render
from bot.slack.escaping import heard
from bot.slack.flood import Flood
from bot.slack.limits import Payload
from bot.slack.messenger import Render, post, whisper
from bot.slack.people import People
from bot.slack.place import Place
from bot.slack.rights import Rights
from bot.slack.speech import Speech
from knowledge.audience import Viewer
from knowledge.messages import Card, Message, Note, Phrase, Say
from knowledge.ports import StoreUnavailable

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. `description` has at most 2,000 characters, `usage` 1,000."""

    name: str
    description: str
    usage: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut of the message menu (`kind` "message") or of the lightning menu ("global")."""

    name: str
    kind: str
    callback_id: str
    description: str


@dataclass(frozen=True, slots=True)
class Surface:
    """What a surface needs of Slack. The manifest is the union of these declarations."""

    name: str
    scopes: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    interactive: bool = False
    features: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tools:
    """What a surface works with. `desks` do what people ask for, `rights` tells who may do what, `flood` who sends too much;
    `first_sight` is True the first time a key is seen, and remembers it; `monotonic` gives seconds that never go back;
    `patience` is how long a command may search before it says so, in seconds."""

    desks: Desks
    speech: Speech
    people: People
    rights: Rights
    flood: Flood
    first_sight: Callable[[str], bool]
    monotonic: Callable[[], float]
    patience: float = 1.5

    @property
    def desk(self) -> Answers:
        """Where questions go."""
        return self.desks.asking

    @property
    def keeping(self) -> Keeping:
        """What coordinators do with facts."""
        return self.desks.keeping

    def person(self, client: WebClient, user: str, place: str = "", *, private: bool = True) -> Person:
        """Who speaks in that place. `private`: only they see what is said there."""
        coordinator = private and self.rights.coordinates(client, user)
        return Person(user, self.people.language(client, user), Viewer(place, private, coordinator))

    def clicker(self, client: WebClient, place: Place) -> Person:
        """Who clicked there."""
        return self.person(client, place.user, place.channel, private=place.ephemeral or place.channel.startswith("D"))

    def names(self, client: WebClient) -> Callable[[str], str]:
        """What people are called, by id; an id that Slack does not know stays as it is."""
        return partial(self.people.name, client)

    def answer_in_thread(self, event: Mapping[str, Any], client: WebClient, bot_user: str) -> None:
        """Answers the message of an event under it; help, when it only calls `bot_user`."""
        channel, thread = event["channel"], event.get("thread_ts") or event["ts"]
        person = self.person(client, event["user"], channel, private=channel.startswith("D"))
        question = heard(event.get("text") or "", bot_user)
        if wished := self._wished(question, person):
            self._tell_alone(event, client, self.payload(wished, question))
            return
        reply = self.desk.ask(question, person, f"{channel}:{thread}") if question else self.desk.help(person)
        if asking(question):
            reply = replace(reply, message=Message((*reply.message.parts, Note(Phrase("asked.hint")))))
        post(client, channel, self.rendering(self.kept(reply, person, client), question), thread)

    def _wished(self, question: str, person: Person) -> Reply | None:
        """What became of a message that asks for a reminder, or to be forgotten; None for any other."""
        try:
            return how_to_be_forgotten(question) or self.desks.own.wished(question, person.id)
        except StoreUnavailable:
            return Reply(Message((Say(Phrase("error.store")),)), self.desk.language(person))

    def _tell_alone(self, event: Mapping[str, Any], client: WebClient, payload: Payload) -> None:
        """Answers a message for the eyes of its author."""
        channel, thread = event["channel"], event.get("thread_ts")
        if not channel.startswith("D"):
            try:
                whisper(client, channel, event["user"], payload, thread)
                return
            except SlackApiError as error:
                _log.info("a whisper was refused (%s): said to all in the thread", error.response.get("error"))
        post(client, channel, lambda plain: payload, thread or event["ts"])

    def kept(self, reply: Reply, person: Person, client: WebClient) -> Reply:
        """The reply with the buttons of those who keep facts, where it shows one fact: in a place of several people, for their
        eyes alone if Slack can do that, or else behind one button for all, which tells the others why not."""
        cards = [part.record_id for part in reply.message.parts if isinstance(part, Card)]
        if reply.answer is None or len(cards) != 1 or (person.viewer.private and not person.viewer.coordinator):
            return reply
        buttons = self.keeping.telling.acts(cards[0])
        if not person.viewer.private:
            seen_by = self.rights.shown_to(client)
            buttons = replace(buttons, seen_by=seen_by) if seen_by else self.keeping.telling.offer(cards[0])
        return replace(reply, message=Message((*reply.message.parts, buttons)))

    def rendering(self, reply: Reply, question: str = "") -> Render:
        """The reply as a message, to be rendered when it is sent."""
        return lambda plain: self.payload(reply, question, plain=plain)

    def payload(self, reply: Reply, question: str = "", *, plain: bool = False) -> Payload:
        return render(
            reply.message, reply.lang, self.speech, question=question, answer_key=reply.answer_key, plain_feedback=plain
        )
