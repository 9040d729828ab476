"""Every surface declares what its listeners need: a scope that is missing is a bot that stays silent in production
only."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse

from bot.slack.flood import Flood
from bot.slack.people import People
from bot.surfaces import SURFACES, SurfaceModule
from bot.surfaces.surface import Surface, Tools
from tests.bot.slack.plain_speech import PlainSpeech
from tests.journeys.conftest import desks, rights
from tests.journeys.fake_desk import FakeDesk

EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "app_home_opened": "",
    "app_context_changed": "assistant:write",
    "user_change": "users:read",
    "subteam_members_changed": "usergroups:read",
    "subteam_updated": "usergroups:read",
}
"""The scope that Slack asks for before it sends an event."""

CALL_SCOPES = {
    "post(": "chat:write",
    "update(": "chat:write",
    "whisper(": "chat:write",
    "tools.person(": "users:read",
    "setSuggestedPrompts(": "assistant:write",
}
"""The scope behind each call that a surface may make, by how it is written."""

PROBES: dict[str, dict[str, Any]] = {
    "app_mention": {"type": "event_callback", "event": {"type": "app_mention"}},
    "message.im": {"type": "event_callback", "event": {"type": "message", "channel_type": "im"}},
    "app_home_opened": {"type": "event_callback", "event": {"type": "app_home_opened", "tab": "home"}},
    "app_context_changed": {"type": "event_callback", "event": {"type": "app_context_changed"}},
    **{
        name: {"type": "event_callback", "event": {"type": name}}
        for name in ("user_change", "subteam_members_changed", "subteam_updated")
    },
}
MESSAGES_TAB = {"type": "event_callback", "event": {"type": "app_home_opened", "tab": "messages"}}
"""The two tabs open with the same event."""


def tools() -> Tools:
    people = People(time.monotonic)
    return Tools(
        desks(FakeDesk()),
        PlainSpeech(),
        people,
        rights(people),
        Flood(time.monotonic),
        lambda key: True,
        time.monotonic,
    )


def app_with(surface: SurfaceModule) -> App:
    app = App(name="one", token="xoxb-test", signing_secret="x", token_verification_enabled=False)
    surface.register(app, tools())
    return app


def listens(app: App, body: dict[str, Any]) -> bool:
    request = BoltRequest(body=body, mode="socket_mode")
    return any(listener.matches(req=request, resp=BoltResponse(status=200)) for listener in app._listeners)


def source(surface: SurfaceModule) -> str:
    return Path(str(surface.__file__)).read_text("utf-8")  # type: ignore[attr-defined]


each_surface = pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.SURFACE.name)


@each_surface
def test_a_surface_is_named_like_its_file(surface: SurfaceModule) -> None:
    assert surface.__name__ == f"bot.surfaces.{surface.SURFACE.name}"  # type: ignore[attr-defined]


@each_surface
def test_a_surface_listens_to_the_events_it_declares_and_to_no_other(surface: SurfaceModule) -> None:
    app = app_with(surface)
    heard = {event for event, body in PROBES.items() if listens(app, body)}
    heard |= {"app_home_opened"} if listens(app, MESSAGES_TAB) else set()

    assert heard == set(surface.SURFACE.events)


@each_surface
def test_a_surface_declares_the_scopes_of_its_events(surface: SurfaceModule) -> None:
    for event in surface.SURFACE.events:
        assert EVENT_SCOPES[event] in (*surface.SURFACE.scopes, "")


@each_surface
def test_a_surface_declares_the_scopes_of_the_calls_it_makes(surface: SurfaceModule) -> None:
    text = source(surface)
    for call, scope in CALL_SCOPES.items():
        if call in text:
            assert scope in surface.SURFACE.scopes, call


@each_surface
def test_a_surface_that_listens_to_clicks_says_so(surface: SurfaceModule) -> None:
    assert surface.SURFACE.interactive == ("@app.action(" in source(surface))


@each_surface
def test_a_surface_answers_the_commands_it_declares(surface: SurfaceModule) -> None:
    app = app_with(surface)
    for command in surface.SURFACE.commands:
        assert listens(app, {"command": command.name, "text": ""})
        assert "commands" in surface.SURFACE.scopes
    assert bool(surface.SURFACE.commands) == ("@app.command(" in source(surface))


def test_surfaces_have_names_of_their_own() -> None:
    declared: list[Surface] = [module.SURFACE for module in SURFACES]
    assert len({surface.name for surface in declared}) == len(declared)
