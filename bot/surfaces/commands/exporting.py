"""/entente export: the facts as a table, sent as a file in a direct message."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from bot.desk import Reply
from bot.surfaces.commands.call import Call, Subcommand
from knowledge.audience import Viewer
from knowledge.messages import Phrase


def export(call: Call) -> Reply:
    if refused := call.tools.rights.refusal(call.client, call.person.id, "export"):
        return call.say(refused)
    kind, rest = call.tools.keeping.kind_named(call.rest) if call.rest else ("", "")
    if rest.lower().strip() not in ("", "csv"):
        return call.say(Phrase("export.usage"))
    try:
        opened = call.client.conversations_open(users=call.person.id)
        channel = str((opened.get("channel") or {}).get("id") or "")
        table = call.tools.keeping.exchange.table(kind, Viewer(channel, private=True, coordinator=True))
        name = f"entente-{kind or 'facts'}.csv"
        call.client.files_upload_v2(channel=channel, filename=name, title=name, content=table)
    except (SlackApiError, OSError):
        return call.say(Phrase("export.not_sent"))
    return call.say(Phrase("export.sent"))


EXPORT = Subcommand("export", ("export", "exporter"), export)
