"""The windows in which facts are filled in: the form, its preview, what came of it.

Rights are asked for when a form is sent and when it is confirmed: it may have been opened before they were lost.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk.keeping import Checked
from bot.desk.roles import Act
from bot.desk.typed import Typed
from bot.slack import modals
from bot.slack.click import Click
from bot.slack.modals import Ticket
from bot.surfaces.acts import one, undo
from bot.surfaces.app_home import publish
from bot.surfaces.gaps import spread
from bot.surfaces.surface import Tools
from knowledge.audience import Viewer
from knowledge.keeping import Conflict, Unchanged
from knowledge.messages import Action, Actions, Message, Part, Phrase, Say
from knowledge.ports import StoreUnavailable


def open_form(client: WebClient, tools: Tools, trigger: str, ticket: Ticket, typed: Typed) -> None:
    """Opens the form; the trigger is good for three seconds."""
    inputs = tools.keeping.inputs(ticket.kind)
    try:
        client.views_open(trigger_id=trigger, view=modals.form(inputs, typed, ticket, tools.speech))
    except SlackApiError as error:
        if error.response.get("error") != "invalid_arguments":
            raise
        # The fact names a person or a channel that this workspace does not know, as one from another file may.
        client.views_open(trigger_id=trigger, view=modals.form(inputs, typed, ticket, tools.speech, plain=True))


def new_ticket(trigger: str, kind: str, lang: str, record: str = "", revision: int = 0) -> Ticket:
    return Ticket(hashlib.sha256(trigger.encode()).hexdigest()[:16], kind, record, revision, 0, lang)


def register_forms(app: App, tools: Tools) -> None:
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
        checked = tools.keeping.check(ticket.kind, typed, ticket.record)
        last = ticket.page + 1 == len(shown)
        if checked.draft is None and _show_problems(ack, tools, ticket, typed, checked, last):
            return
        if not last or checked.draft is None:
            ack(response_action="update", view=_page(tools, ticket, typed, ticket.page + 1))
            return
        # The id is settled here: a form that is sent twice finds its fact there already.
        tools.keeping.keep_draft(key, {**typed, "id": checked.draft.record.id})
        ack(response_action="update", view=_preview(tools, ticket, checked))

    @app.options(modals.TYPED)
    def suggest(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ticket = Ticket.load((body.get("view") or {}).get("private_metadata", ""))
        found = (one for one in tools.keeping.inputs(ticket.kind) if one.key == body.get("block_id"))
        one, refused = next(found, None), tools.rights.refusal(client, body["user"]["id"], "add")
        words = str(body.get("value") or "")[: modals.WORDS]
        ack(options=modals.suggestions(one, words, ticket.lang, tools.speech) if one and not refused else [])

    @app.view(modals.PREVIEW)
    def confirmed(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        user = body["user"]["id"]
        ack(response_action="update", view=_save(tools, client, user, body["view"]["private_metadata"]))
        publish(client, tools, user)

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


def _show_problems(ack: Ack, tools: Tools, ticket: Ticket, typed: Typed, checked: Checked, last: bool) -> bool:
    """Every problem of this page under its own input; on the `last` page, where one is on an earlier page, that page is shown
    again with what was typed. False where there is none to show yet."""
    inputs = tools.keeping.inputs(ticket.kind)
    shown = modals.pages(inputs)
    errors = modals.errors(checked.problems, inputs, ticket.lang, tools.speech)
    wrong = [number for number, page in enumerate(shown) if any(one.key in errors for one in page)]
    if ticket.page in wrong and not (last and wrong[0] < ticket.page):
        here = {one.key for one in shown[ticket.page]}
        ack(response_action="errors", errors={key: said for key, said in errors.items() if key in here})
        return True
    if last:
        ack(response_action="update", view=_page(tools, ticket, typed, wrong[0], errors))
    return last


def _preview(tools: Tools, ticket: Ticket, checked: Checked) -> dict[str, Any]:
    message = tools.keeping.preview(checked, ticket.record)
    title, submit = Phrase("fact.preview_title"), Phrase("fact.save")
    return modals.told(modals.PREVIEW, title, message, ticket, tools.speech, submit)


def _save(tools: Tools, client: WebClient, user: str, metadata: str) -> dict[str, Any]:
    """Saves the draft of a preview; the window that says what came of it. Nothing is said to be saved before it is."""
    ticket = Ticket.load(metadata)

    def still_open(said: Phrase) -> dict[str, Any]:
        return modals.told(
            modals.PREVIEW, Phrase("fact.preview_title"), one(said), ticket, tools.speech, Phrase("fact.save")
        )

    if refused := tools.rights.refusal(client, user, "amend" if ticket.record else "add"):
        return still_open(refused)

    def done(message: Message) -> dict[str, Any]:
        return modals.told(modals.DONE, Phrase("keep.done_title"), message, ticket, tools.speech)

    typed = tools.keeping.draft(f"{user}:{ticket.draft}")
    if typed is None:
        return done(one(Phrase("keep.draft_gone")))
    if not ticket.record and tools.keeping.added_by(str(typed.get("id") or ""), user):
        return done(one(Phrase("keep.already")))
    checked = tools.keeping.check(ticket.kind, typed, ticket.record)
    if checked.draft is None:
        inputs = tools.keeping.inputs(ticket.kind)
        return _page(tools, ticket, typed, 0, modals.errors(checked.problems, inputs, ticket.lang, tools.speech))
    try:
        result = tools.keeping.save(checked.draft, user, ticket.revision)
    except StoreUnavailable:
        return still_open(Phrase("error.store"))
    if isinstance(result, Conflict):
        if (
            result.by == user
            and result.current
            and not tools.keeping.telling.differences(result.current, checked.draft.record)
        ):
            return done(one(Phrase("keep.already")))
        revision = result.current.revision if result.current else 0
        now = Ticket(ticket.draft, ticket.kind, ticket.record, revision, 0, ticket.lang)
        return _conflict(tools, client, result, now, checked)
    if not isinstance(result, Unchanged):
        spread(tools.desks.gaps.filled_by(result.after), client, tools)
    return done(
        one(Phrase("keep.unchanged"))
        if isinstance(result, Unchanged)
        else tools.keeping.telling.saved(result, "undo_here")
    )


def _conflict(tools: Tools, client: WebClient, conflict: Conflict, ticket: Ticket, checked: Checked) -> dict[str, Any]:
    """Somebody came first: who and when, what they have made of it, and the choice to overwrite or to leave it."""
    telling = tools.keeping.telling
    parts: list[Part] = [Say(telling.conflict(conflict, tools.names(client), editing=True))]
    if conflict.current is not None and checked.draft is not None:
        parts += [Say(Phrase("keep.yours_instead")), *telling.differences(conflict.current, checked.draft.record)]
        if not conflict.current.retired:
            parts.append(Actions((Action("open", Phrase("keep.see_theirs"), conflict.record_id),)))
    title, submit = Phrase("fact.conflict_title"), Phrase("fact.overwrite") if conflict.current else None
    callback = modals.PREVIEW if conflict.current else modals.DONE
    return modals.told(callback, title, Message(tuple(parts)), ticket, tools.speech, submit)
