"""Changes of people and of user groups: what was known of them is asked for again, so that a lost right is lost at once."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.surfaces.surface import Surface, Tools

SURFACE = Surface(
    "directory",
    scopes=("users:read", "usergroups:read"),
    events=("user_change", "subteam_members_changed", "subteam_updated"),
)


def register(app: App, tools: Tools) -> None:
    @app.event("user_change")
    def person_changed(event: dict[str, Any]) -> None:
        tools.people.forget(str((event.get("user") or {}).get("id") or ""))

    @app.event("subteam_members_changed")
    @app.event("subteam_updated")
    def group_changed() -> None:
        tools.rights.forget_group()
