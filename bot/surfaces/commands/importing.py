"""/entente import: how a table gets in. Slack gives no file to a command: it is sent in a direct message."""

from __future__ import annotations

from bot.desk import Reply
from bot.desk.exchanging import BYTES, ROWS
from bot.surfaces.commands.call import Call, Subcommand
from knowledge.messages import Phrase


def show(call: Call) -> Reply:
    if refused := call.tools.rights.refusal(call.client, call.person.id, "import"):
        return call.say(refused)
    return call.say(Phrase("import.how", {"megabytes": BYTES // 2**20, "rows": ROWS}))


IMPORT = Subcommand("import", ("import", "importer"), show)
