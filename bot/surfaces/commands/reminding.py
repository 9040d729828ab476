"""/entente due: what will be said in the next days, tomorrow or in June, when and where. /entente remind: a reminder for oneself alone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from bot.desk import Reply, stretches
from bot.desk.wishes import read
from bot.slack.escaping import heard
from bot.surfaces.commands.call import Call, Subcommand
from knowledge.audience import Viewer
from knowledge.messages import Phrase
from knowledge.ports import StoreUnavailable

SHOWN: Final = 20
"""Lines that one reply holds."""


def show(call: Call) -> Reply:
    desk, keeps = call.tools.desks.reminding, call.person.viewer.coordinator
    now = desk.now()
    stretch = stretches.read(call.rest, now, desk.team.zone)
    if stretch is None:
        # "due dates of the Danish projects" is a question.
        return call.tools.desk.ask(heard(call.typed), call.person, call.conversation)
    if isinstance(stretch, Phrase):
        return call.say(stretch)
    viewer = Viewer(call.channel, coordinator=keeps)
    if keeps:
        # Slack knows who is in the group of coordinators and who left.
        standing = call.tools.rights.standings(call.client)
        desk = replace(desk, batches=partial(call.tools.desks.reviewing.counted, standing=standing))
    message = desk.listing(now, stretch, viewer, SHOWN, call.person.id)
    return Reply(message, call.lang)


DUE: Final = Subcommand("due", ("due", "echeances", "a-venir"), show)


def remind(call: Call) -> Reply:
    """Reads "me two weeks before CARMEN2026", "moi CARMEN2026 le 3 mars à 9 h"."""
    desk = call.tools.desks.own
    wish = read(call.rest, desk.today())
    if wish is None or isinstance(wish, Phrase):
        return call.say(wish or Phrase("asked.usage"))
    try:
        message = desk.keep(wish, call.person.id, call.lang)
    except StoreUnavailable:
        return call.say(Phrase("error.store"))
    return Reply(message, call.lang) if message else call.say(Phrase("gaps.no_record", {"words": wish.about}))


def listed(call: Call) -> Reply:
    return Reply(call.tools.desks.own.listing(call.person.id), call.lang)


REMIND: Final = Subcommand("remind", ("remind", "rappelle-moi", "rappelle", "rappeler"), remind)
REMINDERS: Final = Subcommand("reminders", ("reminders", "rappels"), listed)


def preview(call: Call) -> Reply:
    if call.rest:
        return call.tools.desk.ask(heard(call.typed), call.person, call.conversation)
    viewer = Viewer(call.channel, coordinator=call.person.viewer.coordinator)
    return Reply(call.tools.desks.reminding.preview(viewer), call.lang)


DIGEST: Final = Subcommand("digest", ("digest", "resume"), preview)
