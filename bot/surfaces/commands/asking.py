"""/entente ask and /entente help."""

from __future__ import annotations

from bot.desk import Reply
from bot.surfaces.commands.call import Call, Subcommand


def ask(call: Call) -> Reply:
    if not call.rest:
        return read_help(call)
    return call.tools.desk.ask(call.rest, call.person, call.conversation)


def read_help(call: Call) -> Reply:
    return call.tools.desk.help(call.person, call.rest)


ASK = Subcommand("ask", ("ask", "demander", "demande"), ask)
HELP = Subcommand("help", ("help", "aide"), read_help)
