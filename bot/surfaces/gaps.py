"""Under the list of what finds no answer: a record answers it already, or it is not for us."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable
from typing import Any, Final

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import Reply
from bot.desk.gaps import ALIASES, Told
from bot.desk.roles import Act
from bot.slack.click import Click
from bot.slack.escaping import plain
from bot.slack.messenger import post, tell
from bot.slack.place import Place
from bot.slack.small_forms import BLOCK, one_line, typed
from bot.surfaces.app_home import publish
from bot.surfaces.surface import Surface, Tools
from knowledge.gaps import Gap
from knowledge.messages import Message, Phrase, Say

SURFACE = Surface("gaps", scopes=("chat:write", "users:read", "im:write"), interactive=True)
FORM: Final = "gap_known"
_log = logging.getLogger(__name__)


def register(app: App, tools: Tools) -> None:
    @app.action(re.compile(r"^gap_dismiss:\d+$"))
    def dismiss(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        said = tools.rights.refusal(client, place.user, "gaps") or tools.desks.gaps.dismiss(_key(click.value))
        _say(tools, client, respond, place, said)

    @app.action(re.compile(r"^gap_add:\d+$"))
    def add(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        gap = _gap(tools, client, respond, place, click, "add")
        if gap is None:
            return
        # The names are what links the record to the gap: once it is saved with them, those who asked are told.
        draft = f"{place.user}:{hashlib.sha256(str(body.get('trigger_id')).encode()).hexdigest()[:16]}"
        tools.keeping.keep_draft(draft, {"aliases": "\n".join(gap.wordings[:ALIASES])})
        kinds = tools.keeping.telling.choose_kind(draft)
        message = Message((Say(Phrase("gaps.answering")), *kinds.parts))
        tell(client, respond, place, tools.payload(Reply(message, click.lang), plain=True))

    @app.action(re.compile(r"^gap_known:\d+$"))
    def ask_which(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        gap = _gap(tools, client, respond, place, click, "gaps")
        if gap is None:
            return

        def word(key: str) -> str:
            return tools.speech.say(Phrase(key), click.lang)

        label = plain(tools.speech.say(Phrase("gaps.form_label", {"question": gap.text}), click.lang))
        view = one_line(
            *(FORM, word("gaps.form_title"), label, word("gaps.form_submit"), word("form.cancel")),
            Click(click.value, click.lang).dump(),
            word("gaps.form_hint"),
        )
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(FORM)
    def close(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        user, click = body["user"]["id"], Click.load(view.get("private_metadata", ""))
        named = tools.rights.refusal(client, user, "gaps") or tools.desks.gaps.named(typed(view))
        done = named if isinstance(named, Phrase) else tools.desks.gaps.close_with(_key(click.value), named, user)
        if isinstance(done, Phrase):
            ack(response_action="errors", errors={BLOCK: tools.speech.say(done, click.lang)})
            return
        ack()
        spread(done, client, tools)
        publish(client, tools, user)


def spread(replies: Iterable[Told], client: WebClient, tools: Tools) -> None:
    """Tells those who asked, in the conversations where they did; somebody who used a command, in a direct message."""
    for told in replies:
        channel, _, thread = told.thread.partition(":")
        place = (thread, None) if re.match("[UW]", thread) else (channel, thread or None)
        try:
            post(client, place[0], tools.rendering(Reply(told.message, told.lang)), place[1])
        except SlackApiError as error:
            _log.warning("somebody who asked could not be told (%s)", error.response.get("error"))


def _gap(tools: Tools, client: WebClient, respond: Respond, place: Place, click: Click, act: Act) -> Gap | None:
    """The gap of the button, for who may do this; None where they were told why not."""
    gap, refused = tools.desks.gaps.find(_key(click.value)), tools.rights.refusal(client, place.user, act)
    if refused or gap is None:
        _say(tools, client, respond, place, refused or Phrase("gaps.gone"))
        return None
    return gap


def _say(tools: Tools, client: WebClient, respond: Respond, place: Place, phrase: Phrase) -> None:
    lang = tools.desk.language(tools.person(client, place.user))
    tell(client, respond, place, tools.payload(Reply(Message((Say(phrase),)), lang)))


def _key(value: str) -> int:
    """The key of a gap as a button carries it; 0, which names none, for anything else."""
    return int(value) if re.fullmatch(r"\d{1,15}", value) else 0
