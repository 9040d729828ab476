"""/entente add, edit, retire, restore, history and undo: what coordinators do with facts."""

from __future__ import annotations

from bot.desk import Reply
from bot.desk.one_line import read_line
from bot.desk.roles import Act
from bot.surfaces.acts import carry_out, undo
from bot.surfaces.commands.call import Call, Subcommand
from bot.surfaces.fact_forms import new_ticket, open_form
from knowledge.keeping import Conflict, Unchanged
from knowledge.messages import Action, Actions, Message, Note, Part, Phrase, Say
from knowledge.ports import StoreUnavailable
from knowledge.records import Record


def add(call: Call) -> Reply | None:
    """Chooses a kind, opens its form, or saves a fact written on one line."""
    if refused := call.tools.rights.refusal(call.client, call.person.id, "add"):
        return call.say(refused)
    keeping = call.tools.keeping
    kind, rest = keeping.kind_named(call.rest)
    if not kind:
        unknown = (Say(Phrase("keep.unknown_kind", {"words": rest})),) if rest else ()
        return call.reply(*unknown, *keeping.telling.choose_kind().parts)
    if not rest:
        open_form(call.client, call.tools, call.trigger, new_ticket(call.trigger, kind, call.lang), {})
        return None
    typed = read_line(rest, keeping.kinds[kind], call.lang)
    checked = keeping.check(kind, typed)
    if checked.draft is None:
        # The form opens with what was understood, and every mistake in the message: nothing has to be typed again.
        open_form(call.client, call.tools, call.trigger, new_ticket(call.trigger, kind, call.lang), typed)
        return call.reply(Say(Phrase("keep.line_incomplete")), *map(Note, keeping.mistakes(kind, checked)))
    if keeping.similar(checked.draft):
        open_form(call.client, call.tools, call.trigger, new_ticket(call.trigger, kind, call.lang), typed)
        return call.reply(*keeping.preview(checked).parts)
    try:
        result = keeping.save(checked.draft, call.person.id)
    except StoreUnavailable:
        return call.say(Phrase("error.store"))
    if isinstance(result, Conflict | Unchanged):
        return call.say(Phrase("keep.already"))
    read = [Note(Phrase("keep.read_as", {"typed": one.typed, "day": one.day})) for one in checked.readings]
    return call.reply(*keeping.telling.saved(result).parts, *read)


def edit(call: Call) -> Reply | None:
    if refused := call.tools.rights.refusal(call.client, call.person.id, "amend"):
        return call.say(refused)
    record = _one(call, "edit")
    if isinstance(record, Reply):
        return record
    ticket = new_ticket(call.trigger, record.kind, call.lang, record.id, record.revision)
    open_form(call.client, call.tools, call.trigger, ticket, call.tools.keeping.typed(record))
    return None


def _act(name: str, act: Act, *, retired: bool = False) -> Subcommand:
    def run(call: Call) -> Reply:
        if refused := call.tools.rights.refusal(call.client, call.person.id, act):
            return call.say(refused)
        record = _one(call, name, retired=retired)
        if isinstance(record, Reply):
            return record
        return Reply(carry_out(call.tools, call.client, call.person.id, record.id, act), call.lang)

    return Subcommand(name, _WORDS[name], run)


def take_back(call: Call) -> Reply:
    return Reply(undo(call.tools, call.client, call.person.id, ""), call.lang)


def _one(call: Call, act: str, *, retired: bool = False) -> Record | Reply:
    """The fact that is meant, or what to say where none is, or several may be."""
    if not call.rest:
        return call.say(Phrase("keep.which_fact"))
    found = call.tools.keeping.find(call.rest, call.person.viewer, retired=retired)
    if not found:
        return call.say(Phrase("keep.no_such_fact", {"words": call.rest}))
    if len(found) == 1:
        return found[0]
    parts: tuple[Part, ...] = (
        Say(Phrase("keep.which_one")),
        Actions(tuple(Action(act, record.titles, record.id) for record in found)),
    )
    return Reply(Message(parts), call.lang)


_WORDS = {
    "add": ("add", "ajouter", "ajoute"),
    "edit": ("edit", "modifier", "modifie", "amend"),
    "retire": ("retire", "retirer"),
    "restore": ("restore", "retablir"),
    "verify": ("verify", "verifier", "confirmer"),
    "history": ("history", "historique"),
    "undo": ("undo", "annuler"),
}
KEEPING = (
    Subcommand("add", _WORDS["add"], add),
    Subcommand("edit", _WORDS["edit"], edit),
    _act("retire", "retire"),
    _act("restore", "restore", retired=True),
    _act("verify", "verify"),
    _act("history", "history"),
    Subcommand("undo", _WORDS["undo"], take_back),
)
