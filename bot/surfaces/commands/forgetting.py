"""/entente forget me: the person's questions and ratings are dropped, and their name leaves the history."""

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
    desk = call.tools.desks.forgetting
    if not words:
        return Reply(desk.announce(call.person), call.lang)
    if len(words) == 1 and words[0] in YES:
        return Reply(desk.forget(call.person), call.lang)
    return call.say(Phrase("forget.usage"))


FORGET = Subcommand("forget", ("forget", "oublier", "oublie"), forget)
