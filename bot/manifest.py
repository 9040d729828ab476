"""The app's manifest: what to paste into Slack to create it. Derived from the surfaces, so it cannot forget one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from bot.slack.limits import AGENT_DESCRIPTION, PROMPT_TITLE, PROMPTS, cut
from bot.slack.outbox_messenger import SCOPES
from bot.surfaces import SURFACES
from bot.surfaces.surface import Shortcut, Surface

ALWAYS: Final = ("chat:write", "users:read")
DESCRIPTION: Final = (
    "Réponses sourcées sur vos accords, ateliers, objectifs et appels. "
    "Sourced answers on your agreements, workshops, targets and calls."
)
_NAME: Final = 35
_DESCRIPTION: Final = 140
_COMMAND_DESCRIPTION: Final = 2000
_USAGE: Final = 1000


def manifest(
    name: str = "Entente",
    description: str = DESCRIPTION,
    prompts: Sequence[str] = (),
    *,
    request_url: str = "",
    reminders: bool = False,
    surfaces: Iterable[Surface] | None = None,
) -> dict[str, Any]:
    """The manifest as plain data, ready for JSON or YAML. Without `request_url` the app uses Socket Mode; with it,
    Slack calls that address for events, clicks and commands. `prompts` are questions to suggest, at most four are
    kept. With `reminders`, the app may read the history of its channels: only so can it tell whether a message whose fate
    is unknown was posted."""
    declared = [module.SURFACE for module in SURFACES] if surfaces is None else list(surfaces)
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {"name": cut(name, _NAME), "description": cut(description, _DESCRIPTION)},
        "features": _features(declared, cut(name, _NAME), description, prompts, request_url),
        "oauth_config": {
            "scopes": {"bot": _union([ALWAYS, SCOPES if reminders else (), *(surface.scopes for surface in declared)])}
        },
        "settings": _settings(declared, request_url),
    }


def _features(
    declared: Sequence[Surface], name: str, description: str, prompts: Sequence[str], request_url: str
) -> dict[str, Any]:
    features: dict[str, Any] = {
        "bot_user": {"display_name": name, "always_online": True},
        "agent_view": {
            "agent_description": cut(description, AGENT_DESCRIPTION),
            "suggested_prompts": [
                {"title": cut(prompt, PROMPT_TITLE), "message": prompt} for prompt in list(prompts)[:PROMPTS]
            ],
        },
    }
    for surface in declared:
        for key, feature in surface.features.items():
            features[key] = {**features.get(key, {}), **feature}
    url = {"url": request_url} if request_url else {}
    if commands := [command for surface in declared for command in surface.commands]:
        features["slash_commands"] = [
            {
                "command": command.name,
                "description": cut(command.description, _COMMAND_DESCRIPTION),
                "usage_hint": cut(command.usage, _USAGE),
                "should_escape": True,
                **url,
            }
            for command in commands
        ]
    if shortcuts := [shortcut for surface in declared for shortcut in surface.shortcuts]:
        features["shortcuts"] = [_shortcut(shortcut) for shortcut in shortcuts]
    return features


def _shortcut(shortcut: Shortcut) -> dict[str, str]:
    return {
        "name": shortcut.name,
        "type": shortcut.kind,
        "callback_id": shortcut.callback_id,
        "description": shortcut.description,
    }


def _settings(declared: Sequence[Surface], request_url: str) -> dict[str, Any]:
    url = {"request_url": request_url} if request_url else {}
    menus = {"message_menu_options_url": request_url} if request_url else {}
    interactive = any(surface.interactive or surface.shortcuts for surface in declared)
    return {
        "event_subscriptions": {"bot_events": _union(surface.events for surface in declared), **url},
        "interactivity": {"is_enabled": interactive, **url, **menus},
        "org_deploy_enabled": False,
        "socket_mode_enabled": not request_url,
        "token_rotation_enabled": False,
    }


def _union(groups: Iterable[Iterable[str]]) -> list[str]:
    return sorted({word for group in groups for word in group})
