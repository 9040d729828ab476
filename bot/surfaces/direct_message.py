"""Direct messages with the bot, and the questions that it suggests when somebody opens them."""

from __future__ import annotations

import logging
from typing import Any, Final

from slack_bolt import App, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.escaping import plain
from bot.slack.limits import PROMPT_TITLE, PROMPTS, cut
from bot.surfaces.importing import receive
from bot.surfaces.surface import Surface, Tools
from knowledge.messages import Phrase

SURFACE = Surface(
    "direct_message",
    scopes=("im:history", "assistant:write", "chat:write", "users:read"),
    events=("message.im", "app_home_opened", "app_context_changed"),
    features={"app_home": {"messages_tab_enabled": True, "messages_tab_read_only_enabled": False}},
)
_ACCEPTED: Final = (None, "file_share")
_log = logging.getLogger(__name__)


def register(app: App, tools: Tools) -> None:
    @app.event("message")
    def answer_message(event: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        if not _is_from_a_person(event):
            return
        if event.get("files"):
            receive(event, client, tools)
            return
        tools.answer_in_thread(event, client, context.bot_user_id or "")

    @app.event("app_home_opened", matchers=[_is_messages_tab])
    def suggest_questions(event: dict[str, Any], client: WebClient) -> None:
        if event.get("channel"):
            suggest(client, event["channel"], tools.desk.language(tools.person(client, event.get("user", ""))), tools)

    @app.event("app_context_changed")
    def ignore_context() -> None:
        """Which channel a person looks at while they write to us: part of agent messaging, and none of our business."""


def suggest(client: WebClient, channel: str, lang: str, tools: Tools) -> None:
    """Offers up to four questions. Without `thread_ts`: an agent's call that names a thread is dropped in silence."""
    questions = [plain(question) for question in tools.desk.prompts(lang)[:PROMPTS]]
    prompts = [{"title": cut(question, PROMPT_TITLE), "message": question} for question in questions]
    if not prompts:
        return
    try:
        title = tools.speech.say(Phrase("prompt.title"), lang)
        client.assistant_threads_setSuggestedPrompts(channel_id=channel, title=title, prompts=prompts)
    except SlackApiError as error:
        # A convenience: workspaces without agent messaging refuse it, and nobody has asked anything yet.
        _log.warning("suggested questions were refused (%s)", error.response.get("error"))


def _is_from_a_person(event: dict[str, Any]) -> bool:
    """Not a bot, an edit, a deletion, nor a message of a channel (those come as mentions)."""
    return (
        event.get("channel_type") == "im"
        and event.get("subtype") in _ACCEPTED
        and bool(event.get("user"))
        and not any(event.get(mark) for mark in ("bot_id", "app_id", "edited", "hidden"))
    )


def _is_messages_tab(event: dict[str, Any]) -> bool:
    return event.get("tab") == "messages"
