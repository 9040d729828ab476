"""/entente due: what will be said in the next days, when and where."""

from __future__ import annotations

import re
from typing import Final

from bot.desk import Reply
from bot.desk.reminding import DAYS, MOST_DAYS
from bot.slack.escaping import heard
from bot.surfaces.commands.call import Call, Subcommand
from knowledge.audience import Viewer
from knowledge.messages import Phrase

SHOWN: Final = 20
"""Lines that one reply holds."""
_DAYS: Final = re.compile(r"(\d{1,5})(?: *(?:j|jours?|d|days?))?")


def show(call: Call) -> Reply:
    match = _DAYS.fullmatch(call.rest.strip().lower() or str(DAYS))
    if match is None:
        # "due dates of the Danish projects" is a question.
        return call.tools.desk.ask(heard(call.typed), call.person, call.conversation)
    if not 1 <= int(match[1]) <= MOST_DAYS:
        return call.say(Phrase("due.usage", {"most": MOST_DAYS}))
    desk = call.tools.desks.reminding
    message = desk.listing(desk.now(), int(match[1]), Viewer(call.channel), SHOWN)
    return Reply(message, call.lang)


DUE: Final = Subcommand("due", ("due", "echeances", "a-venir"), show)
