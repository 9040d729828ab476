"""/entente gaps: what finds no answer, for coordinators."""

from __future__ import annotations

from bot.desk import Reply
from bot.surfaces.commands.call import Call, Subcommand


def show(call: Call) -> Reply:
    if refused := call.tools.rights.refusal(call.client, call.person.id, "gaps"):
        return call.say(refused)
    return Reply(call.tools.desks.gaps.listing(buttons=True), call.lang)


GAPS = Subcommand("gaps", ("gaps", "lacunes", "manques"), show)
