"""Pairs of the glossary by button: added from an explanation, written in a small form, taken out, put back.

Rights are asked for here, when the act is carried out.
"""

from __future__ import annotations

import re
from typing import Any, Final

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.desk import Reply
from bot.slack.click import Click
from bot.slack.messenger import post, tell
from bot.slack.place import Place
from bot.slack.small_forms import BLOCK, one_line, typed
from bot.surfaces.surface import Surface, Tools
from knowledge.messages import Message, Phrase, Say

SURFACE = Surface("glossary", scopes=("chat:write", "users:read", "im:write"), interactive=True)
FORM: Final = "glossary_pair"


def register(app: App, tools: Tools) -> None:
    @app.action(re.compile(r"^pair(_anyway|_remove)?:\d+$"))
    def change(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        act = str(action.get("action_id", "")).partition(":")[0]
        said = _changed(tools, client, place.user, act, click.value)
        lang = click.lang or tools.desk.language(tools.person(client, place.user))
        tell(client, respond, place, tools.payload(Reply(said, lang), click.question, plain=True))

    @app.action(re.compile(r"^pair_form:\d+$"))
    def ask(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        place, click = Place.of(body), Click.load(action.get("value", ""))
        if refused := tools.rights.refusal(client, place.user, "glossary"):
            lang = tools.desk.language(tools.person(client, place.user))
            tell(client, respond, place, tools.payload(Reply(Message((Say(refused),)), lang)))
            return

        def word(key: str) -> str:
            return tools.speech.say(Phrase(key), click.lang)

        view = one_line(
            *(FORM, word("glossary.form_title"), word("glossary.form_label"), word("glossary.form_submit")),
            *(word("form.cancel"), Click("", click.lang).dump(), word("glossary.form_hint")),
        )
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(FORM)
    def take(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        user, click = body["user"]["id"], Click.load(view.get("private_metadata", ""))
        text = typed(view)
        wrong = tools.rights.refusal(client, user, "glossary") or tools.desks.glossary.problem(text)
        if wrong:
            ack(response_action="errors", errors={BLOCK: tools.speech.say(wrong, click.lang)})
            return
        # The golden questions take longer than a form may wait: what came of it is said in a direct message.
        ack()
        said = tools.desks.glossary.add(text, user)
        post(client, user, tools.rendering(Reply(said, click.lang)))


def _changed(tools: Tools, client: WebClient, user: str, act: str, value: str) -> Message:
    if refused := tools.rights.refusal(client, user, "glossary"):
        return Message((Say(refused),))
    if act == "pair_remove":
        return tools.desks.glossary.remove(value, user)
    return tools.desks.glossary.add(value, user, anyway=act == "pair_anyway")
