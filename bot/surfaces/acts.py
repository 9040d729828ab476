"""What coordinators do with a fact that is there, whatever the surface: retire, restore, confirm, look back, take back.

Rights are asked for here, when the act is carried out.
"""

from __future__ import annotations

from typing import Any

from slack_sdk import WebClient

from bot.desk.roles import Act
from bot.surfaces.surface import Tools
from knowledge.keeping import Conflict, Unchanged
from knowledge.messages import Actions, Message, Phrase, Say
from knowledge.ports import StoreUnavailable


def carry_out(tools: Tools, client: WebClient, user: str, record_id: str, act: Act) -> Message:
    """Retires, restores or confirms a fact, or tells its history; what came of it."""
    if refused := tools.rights.refusal(client, user, act):
        return one(refused)
    record, names = tools.keeping.stored(record_id), tools.names(client)
    if record is None:
        return one(Phrase("keep.no_such_fact", {"words": record_id}))
    if act == "history":
        return tools.keeping.telling.history(record.id, names)
    try:
        if act == "verify":
            result: Any = tools.keeping.verify(record.id, user)
        else:
            result = tools.keeping.retire(record, user) if act == "retire" else tools.keeping.restore(record, user)
    except StoreUnavailable:
        return one(Phrase("error.store"))
    if isinstance(result, Conflict):
        return one(tools.keeping.telling.conflict(result, names))
    return one(Phrase("keep.unchanged")) if isinstance(result, Unchanged) else tools.keeping.telling.saved(result)


def undo(tools: Tools, client: WebClient, user: str, batch: str) -> Message:
    if refused := tools.rights.refusal(client, user, "undo"):
        return one(refused)
    try:
        result = tools.keeping.undo(user, int(batch) if batch.isdigit() else 0)
    except StoreUnavailable:
        return one(Phrase("error.store"))
    return tools.keeping.telling.undone(result, tools.names(client))


def can_be_undone(message: Message) -> bool:
    """Whether this says that something was changed: it then has the button that takes it back."""
    return any(isinstance(part, Actions) for part in message.parts)


def one(phrase: Phrase) -> Message:
    return Message((Say(phrase),))
