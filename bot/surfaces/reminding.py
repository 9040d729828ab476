"""The buttons under a reminder and their two small forms. What somebody does is said in the thread, for all to see, and shown
on the reminder; what cannot be done is said to them alone.

Rights are asked for when the act is carried out, of who acts and of who is named.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import Reply
from bot.desk.reminder_acts import Acted, Room
from bot.slack.click import Click
from bot.slack.escaping import label
from bot.slack.messenger import post, tell, update
from bot.slack.outbox_messenger import calling
from bot.slack.place import Place
from bot.slack.small_forms import BLOCK, one_input, typed
from bot.surfaces.surface import Surface, Tools
from knowledge.dates import Day
from knowledge.messages import Message, Phrase, Say
from knowledge.ports import StoreUnavailable

SURFACE = Surface("reminding", scopes=("chat:write", "users:read"), interactive=True)
DATE_FORM: Final = "reminder_date"
ASSIGN_FORM: Final = "reminder_assign"
_WORDS: Final = {
    DATE_FORM: (Phrase("put_off.title"), Phrase("put_off.label"), Phrase("put_off.submit")),
    ASSIGN_FORM: (Phrase("assign.title"), Phrase("assign.label"), Phrase("assign.submit")),
}
_log = logging.getLogger(__name__)


def register(app: App, tools: Tools) -> None:
    @app.action(re.compile(r"^reminder_(done|tomorrow|week|mine|not_ours):\d+$"))
    def act(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, key = Place.of(body), Click.load(action.get("value", "")).value
        name = action["action_id"].removeprefix("reminder_").partition(":")[0]
        refused = _refusal(tools, client, place.user, key)
        desk, called = tools.desks.acting, tools.names(client)(place.user)
        done = Acted(refused) if refused else kept(lambda: desk.act(name, key, place.user, called))
        if done.kept:
            announce(tools, client, key, done)
        else:
            _whisper(tools, client, respond, place, done.said)

    @app.action(re.compile(r"^reminder_date:\d+$"))
    def ask_when(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, key = Place.of(body), Click.load(action.get("value", "")).value
        room = _refusal(tools, client, place.user, key) or tools.desks.acting.room(key)
        if isinstance(room, Phrase):
            _whisper(tools, client, respond, place, room)
        else:
            client.views_open(trigger_id=body["trigger_id"], view=_date_form(tools, client, place, key, room))

    @app.action(re.compile(r"^reminder_assign:\d+$"))
    def ask_whom(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, key = Place.of(body), Click.load(action.get("value", "")).value
        refused = _refusal(tools, client, place.user, key) or tools.desks.acting.refusal(key)
        if refused:
            _whisper(tools, client, respond, place, refused)
            return
        hint = Phrase("assign.hint")
        view = _form(tools, client, place.user, ASSIGN_FORM, key, {"type": "users_select"}, hint)
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(DATE_FORM)
    def put_off(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        user, click = body["user"]["id"], Click.load(view.get("private_metadata", ""))
        refused, day = _refusal(tools, client, user, click.value), _day(typed(view))
        if refused is None and day is None:
            refused = Phrase("put_off.no_day")
        desk, called = tools.desks.acting, tools.names(client)(user)
        done = Acted(refused) if refused else kept(lambda: desk.put_off(click.value, day or date.min, user, called))
        _conclude(tools, client, ack, click, done)

    @app.view(ASSIGN_FORM)
    def assign(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        user, whom = body["user"]["id"], typed(view)
        click = Click.load(view.get("private_metadata", ""))
        refused = _refusal(tools, client, user, click.value) or _unfit(tools, client, whom)
        name, desk = tools.names(client), tools.desks.acting
        done = Acted(refused) if refused else kept(lambda: desk.assign(click.value, whom, name(whom), user, name(user)))
        _conclude(tools, client, ack, click, done)


def kept(work: Callable[[], Acted]) -> Acted:
    """What came of the work, or that nothing could be kept."""
    try:
        return work()
    except StoreUnavailable:
        return Acted(Phrase("error.store"))


def announce(tools: Tools, client: WebClient, key: str, done: Acted) -> None:
    """Says under the reminder what was done, in the language of its channel, and shows it on the reminder."""
    posted = tools.desks.acting.posted(key, tools.names(client))
    if posted is None:
        return
    lang = posted.due.lang
    said = tools.rendering(Reply(Message((Say(done.said),)), lang))
    post(client, posted.receipt.channel, lambda plain: calling(done.calls, said(plain)), posted.thread)
    shown = tools.rendering(Reply(posted.message, lang))
    try:
        where = posted.receipt
        update(client, where.channel, where.ts, lambda plain: calling(posted.due.mention, shown(plain)))
    except SlackApiError as error:
        _log.warning("a reminder could not be brought up to date (%s)", error.response.get("error"))


def _conclude(tools: Tools, client: WebClient, ack: Ack, click: Click, done: Acted) -> None:
    """Closes the form, or says in it why nothing was kept."""
    if not done.kept:
        ack(response_action="errors", errors={BLOCK: label(tools.speech.say(done.said, click.lang))})
        return
    ack()
    announce(tools, client, click.value, done)


def _refusal(tools: Tools, client: WebClient, user: str, key: str) -> Phrase | None:
    """Why this person may not act on it now; None where they may."""
    return None if tools.desks.acting.owns(key, user) else tools.rights.refusal(client, user, "remind")


def _unfit(tools: Tools, client: WebClient, whom: str) -> Phrase | None:
    """Why nothing can be given to this person; None where it can."""
    member = tools.people.member(client, whom) if whom else None
    if not whom:
        return Phrase("assign.nobody")
    if member is None:
        return Phrase("assign.unchecked")
    return None if member.full else Phrase("assign.not_full", {"name": member.name or whom})


def _date_form(tools: Tools, client: WebClient, place: Place, key: str, room: Room) -> dict[str, Any]:
    first, hour = Day.of(room.first), room.hour
    hint = Phrase("put_off.hint", {"first": first, "hour": hour})
    if room.last is not None:
        hint = Phrase("put_off.hint_until", {"first": first, "last": Day.of(room.last), "hour": hour})
    picker = {"type": "datepicker", "initial_date": room.first.isoformat()}
    return _form(tools, client, place.user, DATE_FORM, key, picker, hint)


def _form(
    tools: Tools,
    client: WebClient,
    user: str,
    callback: str,
    key: str,
    element: dict[str, Any],
    hint: Phrase,
) -> dict[str, Any]:
    lang = tools.desk.language(tools.person(client, user))

    def word(phrase: Phrase) -> str:
        return label(tools.speech.say(phrase, lang))

    title, asked, submit = (word(phrase) for phrase in _WORDS[callback])
    metadata = Click(key, lang).dump()
    return one_input(callback, title, asked, submit, word(Phrase("form.cancel")), metadata, element, word(hint))


def _whisper(tools: Tools, client: WebClient, respond: Respond, place: Place, phrase: Phrase) -> None:
    """To that person alone, in their language."""
    lang = tools.desk.language(tools.person(client, place.user))
    tell(client, respond, place, tools.payload(Reply(Message((Say(phrase),)), lang), plain=True))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
