"""/entente forget me: the person's questions, ratings and reminders are dropped, and their name leaves the history."""

from __future__ import annotations

from typing import Final

from bot.desk import Reply
from bot.surfaces.commands.call import Call, Subcommand
from knowledge.messages import Phrase

ME: Final = ("me", "moi")
YES: Final = ("yes", "oui")


def forget(call: Call) -> Reply:
    words = call.rest.casefold().split()
    if words[:1] and words[0] in ME:
        words = words[1:]
    desk, tools, user = call.tools.desks.forgetting, call.tools, call.person.id
    if words and (len(words) > 1 or words[0] not in YES):
        return call.say(Phrase("forget.usage"))
    if tools.rights.is_last(call.client, user):
        return call.say(Phrase("forget.last_coordinator"))
    if not words:
        return Reply(desk.announce(call.person), call.lang)
    member = tools.people.member(call.client, user)
    names = (member.name, member.real_name) if member else ()
    message = desk.forget(call.person, names, call.channel)
    tools.people.forget(user)
    return Reply(message, call.lang)


FORGET = Subcommand("forget", ("forget", "oublier", "oublie", "oublie-moi", "oubliez-moi"), forget)
