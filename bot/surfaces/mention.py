"""@Entente in a channel: answers in the thread, which is what the conversation is kept under."""

from __future__ import annotations

from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.surfaces.surface import Surface, Tools

SURFACE = Surface("mention", scopes=("app_mentions:read", "chat:write", "users:read"), events=("app_mention",))


def register(app: App, tools: Tools) -> None:
    @app.event("app_mention")
    def answer_mention(event: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        # Slack sends a mention again when its author corrects a typing error, and other bots may mention us.
        if event.get("bot_id") or event.get("edited") or event.get("subtype") or not event.get("user"):
            return
        tools.answer_in_thread(event, client, context.bot_user_id or "")
