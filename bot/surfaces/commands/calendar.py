"""/entente calendar: the deadlines of this channel or of a topic for a calendar program, as an address to follow or as a file."""

from __future__ import annotations

from typing import Any, Final

from slack_sdk.errors import SlackApiError

from bot.desk import Reply
from bot.slack.escaping import heard
from bot.slack.files import direct_channel
from bot.surfaces.commands.call import Call, Subcommand
from knowledge.messages import Note, Phrase, Say
from knowledge.ports import StoreUnavailable
from scheduler.values import Scope

FILE: Final = ("file", "fichier")
RENEW: Final = ("renew", "renouveler", "renouvelle")
_WORDS: Final = 2
"""More words than these, of which no topic is made, make a question."""


def calendar(call: Call) -> Reply:
    word, _, rest = call.rest.partition(" ")
    act = word.casefold()
    words = rest if act in (*FILE, *RENEW) else call.rest
    # What is said in a conversation with the bot is said to one person: the calendar is then what anybody may see.
    channel = "" if call.channel.startswith("D") else call.channel
    scope = call.tools.desks.calendars.topic(words, channel)
    if scope is None:
        if words.rstrip().endswith("?") or len(words.split()) > _WORDS:
            return call.tools.desk.ask(heard(call.typed), call.person, call.conversation)
        return call.say(Phrase("calendar.unknown_topic", {"words": words}))
    try:
        if act in RENEW:
            return _renewed(call, scope)
        return _file(call, scope) if act in FILE or not _may_follow(call) else _address(call, scope)
    except StoreUnavailable:
        return call.say(Phrase("error.store"))


def _may_follow(call: Call) -> bool:
    """An address stays open when somebody leaves the channel: guests and strangers are given a file."""
    return call.tools.rights.refusal(call.client, call.person.id, "follow") is None


def _address(call: Call, scope: Scope) -> Reply:
    address = call.tools.desks.calendars.link(scope, call.lang)
    if not address:
        return _file(call, scope)
    return call.reply(
        Say(_about(call, scope, "address"), strong=True),
        Say(Phrase("calendar.link", {"address": address})),
        Note(Phrase("calendar.how")),
        Note(Phrase("calendar.secret")),
    )


def _file(call: Call, scope: Scope) -> Reply:
    feed = call.tools.desks.calendars.feed(scope, call.lang)
    if not feed.events:
        return call.say(_about(call, scope, "empty"))
    name = "-".join(part.lower() for part in ("entente", scope.kind, scope.theme, scope.country) if part)
    try:
        channel = direct_channel(call.client, call.person.id)
        call.client.files_upload_v2(channel=channel, filename=f"{name}.ics", title=f"{name}.ics", content=feed.data)
    except (SlackApiError, OSError):
        return call.say(Phrase("export.not_sent"))
    return call.reply(Say(_about(call, scope, "sent", count=feed.events)), Note(Phrase("calendar.file_stays")))


def _renewed(call: Call, scope: Scope) -> Reply:
    if refused := call.tools.rights.refusal(call.client, call.person.id, "calendar"):
        return call.say(refused)
    count = call.tools.desks.calendars.renew(scope)
    return call.say(_about(call, scope, "renewed" if count else "none_to_renew"))


def _about(call: Call, scope: Scope, key: str, **more: Any) -> Phrase:
    """The sentence for a topic, for the channel, or for all that anybody may see."""
    topics = call.tools.desks.calendars.about(scope)
    what = Phrase("calendar.of_channel" if scope.channel else "calendar.of_all")
    if topics:
        what = Phrase("calendar.of_topic_here" if scope.channel else "calendar.of_topic", {"topic": topics[0]})
    return Phrase(f"calendar.{key}", {"what": what, **more})


CALENDAR = Subcommand("calendar", ("calendar", "calendrier", "agenda"), calendar)
