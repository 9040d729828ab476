"""/entente review: the facts that want to be looked at again, a few at a time."""

from __future__ import annotations

from bot.desk import Reply
from bot.surfaces.commands.call import Call, Subcommand


def review(call: Call) -> Reply:
    if refused := call.tools.rights.refusal(call.client, call.person.id, "verify"):
        return call.say(refused)
    standing = call.tools.rights.standings(call.client)
    return Reply(call.tools.desks.reviewing.batch(call.person.id, call.person.viewer, standing), call.lang)


REVIEW = Subcommand("review", ("review", "revoir", "relire"), review)
