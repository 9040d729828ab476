"""The manifest asks for what the surfaces need, no more, and keeps Slack's limits."""

from __future__ import annotations

import json

from bot.manifest import manifest
from bot.surfaces import SURFACES
from bot.surfaces.surface import Command, Shortcut, Surface


def test_scopes_are_those_of_the_surfaces_and_the_two_that_every_answer_needs() -> None:
    wanted = {scope for module in SURFACES for scope in module.SURFACE.scopes} | {"chat:write", "users:read"}

    assert manifest()["oauth_config"]["scopes"] == {"bot": sorted(wanted)}


def test_nothing_is_asked_that_lets_the_bot_read_channels_or_speak_uninvited() -> None:
    scopes = set(manifest()["oauth_config"]["scopes"]["bot"])

    assert not scopes & {"channels:history", "groups:history", "chat:write.public", "admin"}


def test_the_history_of_channels_is_asked_for_only_where_reminders_run() -> None:
    scopes = set(manifest(reminders=True)["oauth_config"]["scopes"]["bot"])
    assert scopes - set(manifest()["oauth_config"]["scopes"]["bot"]) == {"channels:history", "groups:history"}


def test_events_are_those_of_the_surfaces() -> None:
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]

    assert events == [
        "app_context_changed",
        "app_home_opened",
        "app_mention",
        "message.im",
        "subteam_members_changed",
        "subteam_updated",
        "user_change",
    ]


def test_a_new_surface_is_in_the_manifest_without_an_edit() -> None:
    surface = Surface(
        "later",
        scopes=("files:read",),
        events=("file_shared",),
        commands=(Command("/later", "d", "u"),),
        shortcuts=(Shortcut("Save", "message", "save", "Keeps it"),),
        features={"search": {}},
    )
    made = manifest(surfaces=[surface])

    assert "files:read" in made["oauth_config"]["scopes"]["bot"]
    assert made["settings"]["event_subscriptions"]["bot_events"] == ["file_shared"]
    assert made["features"]["slash_commands"][0]["command"] == "/later"
    assert made["features"]["shortcuts"][0]["callback_id"] == "save"
    assert made["settings"]["interactivity"]["is_enabled"] is True
    assert made["features"]["search"] == {}


def test_the_command_has_a_hint() -> None:
    (command,) = manifest()["features"]["slash_commands"]

    assert command["command"] == "/entente"
    assert "ask" in command["usage_hint"] and "aide" in command["usage_hint"]


def test_people_can_write_to_the_bot_in_its_messages_tab_and_see_its_home_tab() -> None:
    home = manifest()["features"]["app_home"]

    assert home["home_tab_enabled"] is True
    assert home["messages_tab_enabled"] is True and home["messages_tab_read_only_enabled"] is False


def test_agent_messaging_is_declared_within_its_limits() -> None:
    agent = manifest(description="mot " * 500, prompts=["Quand ? " * 30] * 9)["features"]["agent_view"]

    assert len(agent["agent_description"]) <= 300
    assert len(agent["suggested_prompts"]) == 4
    assert all(len(prompt["title"]) <= 75 for prompt in agent["suggested_prompts"])


def test_names_and_descriptions_are_cut_to_what_slack_takes() -> None:
    shown = manifest("N" * 100, "mot " * 500)["display_information"]

    assert len(shown["name"]) <= 35 and len(shown["description"]) <= 140


def test_socket_mode_has_no_address() -> None:
    made = manifest()

    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(made)


def test_http_mode_names_the_address_everywhere() -> None:
    made = manifest(request_url="https://bot.example/slack/events")
    settings = made["settings"]

    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"]["request_url"] == "https://bot.example/slack/events"
    assert settings["interactivity"]["request_url"] == "https://bot.example/slack/events"
    assert made["features"]["slash_commands"][0]["url"] == "https://bot.example/slack/events"


def test_the_app_stays_in_one_workspace_with_a_token_that_does_not_turn() -> None:
    settings = manifest()["settings"]

    assert settings["org_deploy_enabled"] is False and settings["token_rotation_enabled"] is False
