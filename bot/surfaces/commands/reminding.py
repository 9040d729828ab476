"""/entente due: what will be said in the next days, when and where. /entente remind: a reminder for oneself alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.desk import Reply
from bot.desk.reminding import DAYS, MOST_DAYS
from bot.slack.escaping import heard
from bot.surfaces.commands.call import Call, Subcommand
from knowledge.audience import ANYONE, Viewer, visible
from knowledge.messages import Phrase
from scheduler.rules import Lead

SHOWN: Final = 20
"""Lines that one reply holds."""
_DAYS: Final = re.compile(r"(\d{1,5})(?: *(?:j|jours?|d|days?))?")

_NUMBERS: Final[Mapping[str, int]] = {
    **{"a": 1, "one": 1, "un": 1, "une": 1, "two": 2, "deux": 2, "three": 3, "trois": 3, "four": 4, "quatre": 4},
    **{
        "five": 5,
        "cinq": 5,
        "six": 6,
        "seven": 7,
        "sept": 7,
        "eight": 8,
        "huit": 8,
        "ten": 10,
        "dix": 10,
        "quinze": 15,
    },
}
_UNITS: Final = {"jour": 1, "day": 1, "sem": 7, "week": 7, "mois": 30, "month": 30}
"""Days in each unit, by the letters that it begins with."""
_MOST: Final = 400
_LEAD: Final = re.compile(r"\b(\w+) +(jours?|semaines?|mois|days?|weeks?|months?) +(?:avant|before)\b", re.IGNORECASE)
_ME: Final = re.compile(r"^(?:-?moi|me)\b[ :,]*", re.IGNORECASE)
_LITTLE: Final = re.compile(r"^(?:of|about|de|du|la|le|les|the|l')\s*\b", re.IGNORECASE)


def show(call: Call) -> Reply:
    match = _DAYS.fullmatch(call.rest.strip().lower() or str(DAYS))
    if match is None:
        # "due dates of the Danish projects" is a question.
        return call.tools.desk.ask(heard(call.typed), call.person, call.conversation)
    if not 1 <= int(match[1]) <= MOST_DAYS:
        return call.say(Phrase("due.usage", {"most": MOST_DAYS}))
    desk = call.tools.desks.reminding
    viewer = Viewer(call.channel, coordinator=call.person.viewer.coordinator)
    message = desk.listing(desk.now(), int(match[1]), viewer, SHOWN, call.person.id)
    return Reply(message, call.lang)


DUE: Final = Subcommand("due", ("due", "echeances", "a-venir"), show)


def remind(call: Call) -> Reply:
    """Reads "me two weeks before CARMEN2026", "moi CARMEN2026 deux semaines avant"."""
    words = _ME.sub("", call.rest.strip())
    found = _LEAD.search(words)
    name = " ".join((words[: found.start()] + " " + words[found.end() :]).split()) if found else ""
    count = _NUMBERS.get(found[1].lower()) or (int(found[1]) if found[1].isdigit() else 0) if found else 0
    if found is None or not name or not 0 < count <= _MOST:
        return call.say(Phrase("asked.usage"))
    days = count * next(days for start, days in _UNITS.items() if found[2].lower().startswith(start))
    record = call.tools.desks.gaps.named(_LITTLE.sub("", name))
    if isinstance(record, Phrase):
        return call.say(record)
    if not visible(record, ANYONE):
        # What is kept to some channels is not said in a direct message either.
        return call.say(Phrase("gaps.no_record", {"words": name}))
    return call.say(call.tools.desks.reminding.ask_for(record, Lead(days), call.person.id, call.lang))


def listed(call: Call) -> Reply:
    return Reply(call.tools.desks.reminding.asked(call.person.id), call.lang)


REMIND: Final = Subcommand("remind", ("remind", "rappelle-moi", "rappelle", "rappeler"), remind)
REMINDERS: Final = Subcommand("reminders", ("reminders", "rappels"), listed)


def preview(call: Call) -> Reply:
    if call.rest:
        return call.tools.desk.ask(heard(call.typed), call.person, call.conversation)
    viewer = Viewer(call.channel, coordinator=call.person.viewer.coordinator)
    return Reply(call.tools.desks.reminding.preview(viewer), call.lang)


DIGEST: Final = Subcommand("digest", ("digest", "resume"), preview)
