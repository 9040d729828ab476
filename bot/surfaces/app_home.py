"""The Home tab: published when somebody opens it, and again after each click on it, under what came of that.

A click there has no response address: its listener is given a `respond` that publishes the page instead, so that every button
acts there as it does under a message.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookResponse

from bot.slack.home import home_view, problems
from bot.slack.place import is_home
from bot.surfaces.surface import Surface, Tools

SURFACE = Surface(
    "app_home",
    scopes=("chat:write", "users:read"),
    events=("app_home_opened",),
    features={"app_home": {"home_tab_enabled": True}},
)
_log = logging.getLogger(__name__)


def register(app: App, tools: Tools) -> None:
    @app.event("app_home_opened", matchers=[_is_home_tab])
    def show(event: dict[str, Any], client: WebClient) -> None:
        publish(client, tools, event.get("user", ""))

    @app.middleware
    def answer_in_page(body: dict[str, Any], client: WebClient, context: BoltContext, next: Callable[[], Any]) -> None:
        if is_home(body):
            context["respond"] = _Respond(client, tools, str((body.get("user") or {}).get("id") or ""))
            context["responds"] = True
        next()


def publish(client: WebClient, tools: Tools, user: str, said: Sequence[dict[str, Any]] = ()) -> bool:
    """Shows the page of that person as things now are. False where Slack does not take it, which nobody waits for."""
    if not user:
        return False
    person = tools.person(client, user)
    lang = tools.desk.language(person)
    standing = tools.rights.standings(client) if person.viewer.coordinator else {}
    message = tools.desks.home.page(person, standing, tools.desk.prompts(lang))
    view = home_view(message, lang, tools.speech, said)
    if wrong := problems(view):
        _log.error("a home page broke the rules of Slack: %s", "; ".join(wrong))
    try:
        client.views_publish(user_id=user, view=view)
    except SlackApiError as error:
        # Without a Home tab in the app's manifest there is nothing to show it in.
        _log.warning("a home page was refused (%s)", error.response.get("error"))
        return False
    return True


class _Respond:
    """Stands in for Bolt's `respond` at a click on the page."""

    def __init__(self, client: WebClient, tools: Tools, user: str) -> None:
        self._client, self._tools, self._user = client, tools, user

    def __call__(self, **said: Any) -> WebhookResponse:
        taken = publish(self._client, self._tools, self._user, said.get("blocks") or ())
        return WebhookResponse(url="", status_code=200 if taken else 500, body="", headers={})


def _is_home_tab(event: dict[str, Any]) -> bool:
    return event.get("tab") == "home"
