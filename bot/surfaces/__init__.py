"""Where people meet the bot in Slack, one file per surface. A new surface is its file and its name in this list."""

from __future__ import annotations

from typing import Final, Protocol

from slack_bolt import App

from bot.surfaces import (
    app_home,
    choices,
    direct_message,
    directory,
    feedback,
    gaps,
    glossary,
    importing,
    keeping,
    mention,
    own_reminders,
    reminding,
    reviewing,
    slash_command,
    why,
)
from bot.surfaces.surface import Surface, Tools


class SurfaceModule(Protocol):
    """A file of this folder: its declaration and the function that hangs its listeners on the app."""

    SURFACE: Surface

    def register(self, app: App, tools: Tools) -> None: ...


SURFACES: Final[tuple[SurfaceModule, ...]] = (
    mention,
    direct_message,
    slash_command,
    choices,
    feedback,
    directory,
    why,
    gaps,
    glossary,
    keeping,
    importing,
    reviewing,
    reminding,
    own_reminders,
    app_home,
)
