"""/entente glossary: the pairs of words of the team. `pacte = accord` adds one, `remove pacte` takes it out."""

from __future__ import annotations

from typing import Final

from bot.desk import Reply
from bot.surfaces.commands.call import Call, Subcommand

REMOVE: Final = ("remove", "retirer")


def glossary(call: Call) -> Reply:
    if refused := call.tools.rights.refusal(call.client, call.person.id, "glossary"):
        return call.say(refused)
    desk = call.tools.desks.glossary
    word, _, rest = call.rest.partition(" ")
    if word.casefold() in REMOVE and rest:
        return Reply(desk.remove(rest, call.person.id), call.lang)
    if "=" in call.rest:
        return Reply(desk.add(call.rest, call.person.id), call.lang)
    return Reply(desk.listing(call.tools.names(call.client), call.rest), call.lang)


GLOSSARY = Subcommand("glossary", ("glossary", "glossaire"), glossary)
