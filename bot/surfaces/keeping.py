"""Keeping facts from inside Slack: forms, their preview, and the buttons that amend, retire, restore, confirm and undo.

Rights are asked for here, when the act is carried out: a form may have been opened before they were lost.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import Person, Reply
from bot.desk.fact_form import below
from bot.slack.click import Click
from bot.slack.messenger import answer, settle, tell
from bot.slack.place import Place
from bot.surfaces.acts import can_be_undone, carry_out, one, undo
from bot.surfaces.fact_forms import new_ticket, open_form, register_forms
from bot.surfaces.surface import Shortcut, Surface, Tools
from knowledge.messages import Message, Phrase, Say

SAVE_MESSAGE = "save_as_fact"
SURFACE = Surface(
    "keeping",
    scopes=("chat:write", "users:read"),
    interactive=True,
    shortcuts=(
        Shortcut("Save as a fact", "message", SAVE_MESSAGE, "Keeps a message as a fact · Garde un message comme fiche"),
    ),
)


def register(app: App, tools: Tools) -> None:
    register_forms(app, tools)
    _register_buttons(app, tools)

    @app.shortcut(SAVE_MESSAGE)
    def save_message(ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        person = tools.person(client, body["user"]["id"])
        lang = tools.desk.language(person)
        if refused := tools.rights.refusal(client, person.id, "add"):
            answer(respond, tools.payload(Reply(one(refused), lang), plain=True))
            return
        channel, ts = (body.get("channel") or {}).get("id", ""), (body.get("message") or {}).get("ts", "")
        link = _permalink(client, channel, ts)
        key = f"{person.id}:{new_ticket(str(body['trigger_id']), '', '').draft}"
        text = str((body.get("message") or {}).get("text") or "")[:2000]
        title = tools.speech.say(
            Phrase("keep.message_source", {"channel": (body.get("channel") or {}).get("name") or ""}), lang
        )
        tools.keeping.keep_draft(key, {below("summary", lang): text, "source.url": link, "source.title": title})
        answer(respond, tools.payload(Reply(tools.keeping.telling.choose_kind(key), lang), plain=True))


def _permalink(client: WebClient, channel: str, ts: str) -> str:
    """The address of a message; "" where Slack gives none, and the person fills it in."""
    try:
        return str(client.chat_getPermalink(channel=channel, message_ts=ts).get("permalink") or "")
    except SlackApiError:
        return ""


def _register_buttons(app: App, tools: Tools) -> None:
    @app.action(re.compile(r"^(add_kind|edit):\d+$"))
    def open_window(
        ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond
    ) -> None:
        ack()
        click, person = Click.load(action.get("value", "")), tools.person(client, body["user"]["id"])
        say = partial(_say, client, respond, tools, Place.of(body), person)
        adding = action["action_id"].startswith("add_kind")
        if refused := tools.rights.refusal(client, person.id, "add" if adding else "amend"):
            say(one(refused), click.lang)
            return
        lang, trigger = click.lang or tools.desk.language(person), str(body.get("trigger_id") or "")
        if adding:
            kind, _, draft = click.value.partition(" ")
            typed = (tools.keeping.draft(draft) if draft.startswith(f"{person.id}:") else None) or {}
            open_form(client, tools, trigger, new_ticket(trigger, kind, lang), typed)
            return
        record = tools.keeping.stored(click.value)
        if record is None:
            say(one(Phrase("keep.no_such_fact", {"words": click.value})), lang)
            return
        ticket = new_ticket(trigger, record.kind, lang, record.id, record.revision)
        open_form(client, tools, trigger, ticket, tools.keeping.typed(record))

    @app.action(re.compile(r"^keep:\d+$"))
    def offer(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        person, record = tools.person(client, place.user), tools.keeping.stored(click.value)
        if refused := tools.rights.refusal(client, person.id, "amend"):
            message = one(refused)
        elif record is None:
            message = one(Phrase("keep.no_such_fact", {"words": click.value}))
        else:
            message = Message(
                (Say(Phrase("keep.acts", {"title": record.titles})), tools.keeping.telling.acts(record.id))
            )
        _say(client, respond, tools, place, person, message, click.lang)

    @app.action(re.compile(r"^(retire|restore|verify|undo|history):\d+$"))
    def act(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        person = tools.person(client, place.user)
        name = action["action_id"].partition(":")[0]
        done = undo if name == "undo" else partial(carry_out, act=name)
        message = done(tools, client, person.id, click.value)
        payload = tools.payload(Reply(message, click.lang or tools.desk.language(person)), plain=True)
        if not (name == "verify" and can_be_undone(message) and settle(client, place, body, payload)):
            tell(client, respond, place, payload)


def _say(
    client: WebClient, respond: Respond, tools: Tools, place: Place, person: Person, message: Message, lang: str = ""
) -> None:
    """To the person who clicked, and to them alone."""
    tell(client, respond, place, tools.payload(Reply(message, lang or tools.desk.language(person)), plain=True))
