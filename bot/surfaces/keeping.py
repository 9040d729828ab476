"""Keeping facts from inside Slack: forms, their preview, and the buttons that amend, retire, restore, confirm and undo.

Rights are asked for here, when the act is carried out: a form may have been opened before they were lost.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import Person, Reply
from bot.desk.fact_form import Typed, below
from bot.desk.keeping import Checked
from bot.desk.roles import Act
from bot.slack import modals
from bot.slack.click import Click
from bot.slack.messenger import answer
from bot.slack.modals import Ticket
from bot.slack.place import Place
from bot.surfaces.gaps import spread
from bot.surfaces.surface import Shortcut, Surface, Tools
from knowledge.audience import Viewer
from knowledge.keeping import Conflict, Unchanged
from knowledge.messages import Message, Part, Phrase, Say
from knowledge.ports import StoreUnavailable

SAVE_MESSAGE = "save_as_fact"
SURFACE = Surface(
    "keeping",
    scopes=("chat:write", "users:read"),
    interactive=True,
    shortcuts=(
        Shortcut("Save as a fact", "message", SAVE_MESSAGE, "Keeps a message as a fact · Garde un message comme fiche"),
    ),
)


def open_form(client: WebClient, tools: Tools, trigger: str, ticket: Ticket, typed: Typed) -> None:
    """Opens the form; the trigger is good for three seconds."""
    client.views_open(
        trigger_id=trigger, view=modals.form(tools.keeping.inputs(ticket.kind), typed, ticket, tools.speech)
    )


def new_ticket(trigger: str, kind: str, lang: str, record: str = "", revision: int = 0) -> Ticket:
    return Ticket(hashlib.sha256(trigger.encode()).hexdigest()[:16], kind, record, revision, 0, lang)


def register(app: App, tools: Tools) -> None:
    _register_forms(app, tools)
    _register_buttons(app, tools)

    @app.shortcut(SAVE_MESSAGE)
    def save_message(ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        person = tools.person(client, body["user"]["id"])
        if refused := tools.rights.refusal(client, person.id, "add"):
            _say(respond, tools, person, Message((Say(refused),)))
            return
        channel, ts = (body.get("channel") or {}).get("id", ""), (body.get("message") or {}).get("ts", "")
        link = _permalink(client, channel, ts)
        key = f"{person.id}:{new_ticket(str(body['trigger_id']), '', '').draft}"
        lang = tools.desk.language(person)
        text = str((body.get("message") or {}).get("text") or "")[:2000]
        title = tools.speech.say(
            Phrase("keep.message_source", {"channel": (body.get("channel") or {}).get("name") or ""}), lang
        )
        tools.keeping.keep_draft(key, {below("summary", lang): text, "source.url": link, "source.title": title})
        _say(respond, tools, person, tools.keeping.choose_kind(key))


def _permalink(client: WebClient, channel: str, ts: str) -> str:
    """The address of a message; "" where Slack gives none, and the person fills it in."""
    try:
        return str(client.chat_getPermalink(channel=channel, message_ts=ts).get("permalink") or "")
    except SlackApiError:
        return ""


def _register_forms(app: App, tools: Tools) -> None:
    @app.view(modals.FORM)
    def submitted(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        user, ticket = body["user"]["id"], Ticket.load(body["view"]["private_metadata"])
        key = f"{user}:{ticket.draft}"
        typed = {**(tools.keeping.draft(key) or {}), **modals.read(body["view"]["state"])}
        typed = tools.keeping.whole(typed, ticket.record, modals.INITIAL)
        tools.keeping.keep_draft(key, typed)
        act: Act = "amend" if ticket.record else "add"
        shown = modals.pages(tools.keeping.inputs(ticket.kind))
        if refused := tools.rights.refusal(client, user, act):
            ack(response_action="errors", errors={shown[ticket.page][0].key: tools.speech.say(refused, ticket.lang)})
            return
        if ticket.page + 1 < len(shown):
            ack(response_action="update", view=_page(tools, ticket, typed, ticket.page + 1))
            return
        checked = tools.keeping.check(ticket.kind, typed, ticket.record)
        if checked.draft is None:
            _show_problems(ack, tools, ticket, typed, checked)
            return
        # The id is settled here: a form that is sent twice finds its fact there already.
        tools.keeping.keep_draft(key, {**typed, "id": checked.draft.record.id})
        ack(response_action="update", view=_preview(tools, ticket, checked))

    @app.view(modals.PREVIEW)
    def confirmed(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack(response_action="update", view=_save(tools, client, body["user"]["id"], body["view"]["private_metadata"]))

    @app.action(re.compile(r"^(back|undo_here|open):\d+$"))
    def in_the_window(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        ack()
        shown = body.get("view") or {}
        ticket, user = Ticket.load(shown.get("private_metadata", "")), body["user"]["id"]
        if action["action_id"].startswith("open"):
            viewer = Viewer(coordinator=tools.rights.coordinates(client, user))
            card = tools.keeping.card(Click.load(action.get("value", "")).value, ticket.lang, viewer)
            found = modals.told(modals.DONE, Phrase("keep.open_title"), card, ticket, tools.speech)
            client.views_push(trigger_id=body["trigger_id"], view=found)
            return
        if action["action_id"].startswith("back"):
            view = _page(tools, ticket, tools.keeping.draft(f"{user}:{ticket.draft}") or {}, 0)
        else:
            message = undo(tools, client, user, Click.load(action.get("value", "")).value)
            view = modals.told(modals.DONE, Phrase("keep.done_title"), message, ticket, tools.speech)
        client.views_update(view_id=shown["id"], view=view)


def _page(
    tools: Tools, ticket: Ticket, typed: Typed, number: int, problems: Mapping[str, str] | None = None
) -> dict[str, Any]:
    turned = Ticket(ticket.draft, ticket.kind, ticket.record, ticket.revision, number, ticket.lang)
    return modals.form(tools.keeping.inputs(ticket.kind), typed, turned, tools.speech, problems=problems)


def _show_problems(ack: Ack, tools: Tools, ticket: Ticket, typed: Typed, checked: Checked) -> None:
    """Every problem under its own input; where one is on an earlier page, that page is shown again with what was typed."""
    inputs = tools.keeping.inputs(ticket.kind)
    errors = modals.errors(checked.problems, inputs, ticket.lang, tools.speech)
    first = next(number for number, page in enumerate(modals.pages(inputs)) if any(one.key in errors for one in page))
    if first == ticket.page:
        here = {one.key for one in modals.pages(inputs)[first]}
        ack(response_action="errors", errors={key: said for key, said in errors.items() if key in here})
    else:
        ack(response_action="update", view=_page(tools, ticket, typed, first, errors))


def _preview(tools: Tools, ticket: Ticket, checked: Checked) -> dict[str, Any]:
    message = tools.keeping.preview(checked, ticket.record)
    assert checked.draft is not None, "only a draft is previewed"
    *said, buttons = message.parts
    message = Message((*said, *tools.desks.tuning.effects(checked.draft), buttons))
    title, submit = Phrase("fact.preview_title"), Phrase("fact.save")
    return modals.told(modals.PREVIEW, title, message, ticket, tools.speech, submit)


def _save(tools: Tools, client: WebClient, user: str, metadata: str) -> dict[str, Any]:
    """Saves the draft of a preview; the window that says what came of it. Nothing is said to be saved before it is."""
    ticket = Ticket.load(metadata)

    def still_open(said: Phrase) -> dict[str, Any]:
        return modals.told(
            modals.PREVIEW, Phrase("fact.preview_title"), _one(said), ticket, tools.speech, Phrase("fact.save")
        )

    if refused := tools.rights.refusal(client, user, "amend" if ticket.record else "add"):
        return still_open(refused)

    def done(message: Message) -> dict[str, Any]:
        return modals.told(modals.DONE, Phrase("keep.done_title"), message, ticket, tools.speech)

    typed = tools.keeping.draft(f"{user}:{ticket.draft}")
    if typed is None:
        return done(_one(Phrase("keep.draft_gone")))
    if not ticket.record and tools.keeping.added_by(str(typed.get("id") or ""), user):
        return done(_one(Phrase("keep.already")))
    checked = tools.keeping.check(ticket.kind, typed, ticket.record)
    if checked.draft is None:
        inputs = tools.keeping.inputs(ticket.kind)
        return _page(tools, ticket, typed, 0, modals.errors(checked.problems, inputs, ticket.lang, tools.speech))
    try:
        result = tools.keeping.save(checked.draft, user, ticket.revision)
    except StoreUnavailable:
        return still_open(Phrase("error.store"))
    if isinstance(result, Conflict):
        if result.by == user and result.current and not tools.keeping.differences(result.current, checked.draft.record):
            return done(_one(Phrase("keep.already")))
        revision = result.current.revision if result.current else 0
        now = Ticket(ticket.draft, ticket.kind, ticket.record, revision, 0, ticket.lang)
        return _conflict(tools, client, result, now, checked)
    if not isinstance(result, Unchanged):
        spread(tools.desks.gaps.filled_by(result.after), client, tools)
    return done(
        _one(Phrase("keep.unchanged")) if isinstance(result, Unchanged) else tools.keeping.saved(result, "undo_here")
    )


def _conflict(tools: Tools, client: WebClient, conflict: Conflict, ticket: Ticket, checked: Checked) -> dict[str, Any]:
    """Somebody came first: who and when, what they have made of it, and the choice to overwrite or to leave it."""
    parts: list[Part] = [Say(tools.keeping.conflict(conflict, tools.names(client)))]
    if conflict.current is not None and checked.draft is not None:
        parts += tools.keeping.differences(conflict.current, checked.draft.record)
    title, submit = Phrase("fact.conflict_title"), Phrase("fact.overwrite") if conflict.current else None
    callback = modals.PREVIEW if conflict.current else modals.DONE
    return modals.told(callback, title, Message(tuple(parts)), ticket, tools.speech, submit)


def _register_buttons(app: App, tools: Tools) -> None:
    @app.action(re.compile(r"^(add_kind|edit):\d+$"))
    def open_window(
        ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond
    ) -> None:
        ack()
        click, person = Click.load(action.get("value", "")), tools.person(client, body["user"]["id"])
        adding = action["action_id"].startswith("add_kind")
        if refused := tools.rights.refusal(client, person.id, "add" if adding else "amend"):
            _say(respond, tools, person, _one(refused), click.lang)
            return
        lang, trigger = click.lang or tools.desk.language(person), str(body.get("trigger_id") or "")
        if adding:
            kind, _, draft = click.value.partition(" ")
            typed = (tools.keeping.draft(draft) if draft.startswith(f"{person.id}:") else None) or {}
            open_form(client, tools, trigger, new_ticket(trigger, kind, lang), typed)
            return
        record = tools.keeping.stored(click.value)
        if record is None:
            _say(respond, tools, person, _one(Phrase("keep.no_such_fact", {"words": click.value})), lang)
            return
        ticket = new_ticket(trigger, record.kind, lang, record.id, record.revision)
        open_form(client, tools, trigger, ticket, tools.keeping.typed(record))

    @app.action(re.compile(r"^(retire|restore|verify|undo|history):\d+$"))
    def act(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        person = tools.person(client, place.user)
        name = action["action_id"].partition(":")[0]
        done = undo if name == "undo" else partial(carry_out, act=name)
        _say(respond, tools, person, done(tools, client, person.id, click.value), click.lang)


def carry_out(tools: Tools, client: WebClient, user: str, record_id: str, act: Act) -> Message:
    """Retires, restores or confirms a fact, or tells its history; what came of it."""
    if refused := tools.rights.refusal(client, user, act):
        return _one(refused)
    record, names = tools.keeping.stored(record_id), tools.names(client)
    if record is None:
        return _one(Phrase("keep.no_such_fact", {"words": record_id}))
    if act == "history":
        return tools.keeping.history(record.id, names)
    try:
        if act == "verify":
            result: Any = tools.keeping.verify(record.id, user)
        else:
            result = tools.keeping.retire(record, user) if act == "retire" else tools.keeping.restore(record, user)
    except StoreUnavailable:
        return _one(Phrase("error.store"))
    if isinstance(result, Conflict):
        return _one(tools.keeping.conflict(result, names))
    return _one(Phrase("keep.unchanged")) if isinstance(result, Unchanged) else tools.keeping.saved(result)


def undo(tools: Tools, client: WebClient, user: str, batch: str) -> Message:
    if refused := tools.rights.refusal(client, user, "undo"):
        return _one(refused)
    try:
        result = tools.keeping.undo(user, int(batch) if batch.isdigit() else 0)
    except StoreUnavailable:
        return _one(Phrase("error.store"))
    return tools.keeping.undone(result, tools.names(client))


def _one(phrase: Phrase) -> Message:
    return Message((Say(phrase),))


def _say(respond: Respond, tools: Tools, person: Person, message: Message, lang: str = "") -> None:
    answer(respond, tools.payload(Reply(message, lang or tools.desk.language(person)), plain=True))
