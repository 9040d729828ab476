"""/entente export: the facts as a table or a document, sent as a file in a direct message."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from bot.desk import Reply
from bot.slack.files import direct_channel
from bot.surfaces.commands.call import Call, Subcommand
from knowledge.audience import Viewer
from knowledge.exchange.files import FORMATS
from knowledge.messages import Phrase


def export(call: Call) -> Reply:
    if refused := call.tools.rights.refusal(call.client, call.person.id, "export"):
        return call.say(refused)
    kind, rest = call.tools.keeping.kind_named(call.rest) if call.rest else ("", "")
    form = rest.lower().strip() or "csv"
    if form not in FORMATS:
        return call.say(Phrase("export.usage"))
    try:
        channel = direct_channel(call.client, call.person.id)
        table = call.tools.keeping.exchange.table(kind, Viewer(channel, private=True, coordinator=True), form)
        if isinstance(table, Phrase):
            return call.say(table)
        name = f"entente-{kind or 'facts'}.{form}"
        call.client.files_upload_v2(channel=channel, filename=name, title=name, content=table)
    except (SlackApiError, OSError):
        return call.say(Phrase("export.not_sent"))
    return call.say(Phrase("export.sent"))


EXPORT = Subcommand("export", ("export", "exporter"), export)
