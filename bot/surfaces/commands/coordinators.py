"""/entente coordinators: who may change facts. `add @x` and `remove @x` change that; at least one remains."""

from __future__ import annotations

import re
from typing import Final

from bot.desk import Reply
from bot.surfaces.commands.call import Call, Subcommand
from knowledge.messages import Note, Part, Phrase, Say

ADD: Final = ("add", "ajouter")
REMOVE: Final = ("remove", "retirer")
LIST: Final = ("", "list", "liste")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")


def coordinators(call: Call) -> Reply:
    word, _, _ = call.rest.lower().partition(" ")
    if refused := call.tools.rights.refusal(call.client, call.person.id, "coordinators"):
        return call.say(refused)
    if word in LIST:
        return call.reply(*_listed(call))
    if word not in (*ADD, *REMOVE):
        return call.say(Phrase("coordinators.usage"))
    named = tuple(dict.fromkeys(_MENTION.findall(call.typed)))
    if len(named) != 1:
        return call.say(Phrase("coordinators.whom"))
    return call.say(_add(call, named[0]) if word in ADD else _remove(call, named[0]))


def _add(call: Call, user: str) -> Phrase:
    member = call.tools.people.member(call.client, user)
    if member is None:
        return Phrase("rights.unchecked")
    if not member.full:
        return Phrase("coordinators.not_full", {"name": member.name or user})
    added = call.tools.rights.add(user, call.person.id)
    return Phrase("coordinators.added" if added else "coordinators.already", {"name": member.name or user})


def _remove(call: Call, user: str) -> Phrase:
    member = call.tools.people.member(call.client, user)
    refused = call.tools.rights.remove(call.client, user)
    return refused or Phrase("coordinators.removed", {"name": (member.name if member else "") or user})


def _listed(call: Call) -> tuple[Part, ...]:
    names = []
    for user in call.tools.rights.known(call.client):
        member = call.tools.people.member(call.client, user)
        names.append((member.name if member else "") or user)
    return (Say(Phrase("coordinators.list", {"people": names})), Note(Phrase("coordinators.usage")))


COORDINATORS = Subcommand("coordinators", ("coordinators", "coordinateurs", "coordinatrices"), coordinators)
