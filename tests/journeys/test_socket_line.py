"""The line to Slack breaks and comes back, and shutting down leaves nothing behind."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest
from slack_sdk.errors import SlackApiError
from starlette.websockets import WebSocket

from bot.app import build_app
from bot.slack.socket import PING_INTERVAL, SocketRunner
from tests.bot.slack.plain_speech import PlainSpeech
from tests.journeys.conftest import Sights, SocketLine, World, desks, keeping, rights, settings_for
from tests.journeys.fake_desk import FakeDesk
from tests.journeys.stand_in import StandIn, eventually, stand_in


@pytest.fixture
def slack() -> Iterator[StandIn]:
    with stand_in() as slack:
        yield slack


def connected(slack: StandIn) -> tuple[SocketRunner, World]:
    desk, sights, settings = FakeDesk(), Sights(), settings_for(slack)
    app = build_app(desks(desk), PlainSpeech(), settings, sights.first, lambda: "7F3K", time.monotonic, rights)
    runner = SocketRunner(app, settings)
    runner.start()
    return runner, World(slack, desk, sights, app, SocketLine(slack, eventually(lambda: slack.lines)[0]), keeping())


def test_the_line_is_opened_with_the_app_token_at_the_address_given(slack: StandIn) -> None:
    runner, _ = connected(slack)

    assert runner.connected
    assert slack.called("apps.connections.open")[0].token == "xapp-test"
    assert runner._handler.client.ping_interval == PING_INTERVAL == 2
    threading.Thread(target=runner.close, daemon=True).start()


def test_a_closed_line_is_opened_again_and_heard_on(slack: StandIn) -> None:
    runner, world = connected(slack)
    first = slack.lines[0]
    assert slack._loop is not None
    asyncio.run_coroutine_threadsafe(first.close(), slack._loop).result(5)

    def new_line() -> WebSocket | None:
        return next((line for line in slack.lines if line is not first), None)

    world.line = SocketLine(slack, eventually(new_line, 20))
    world.mention("encore là ?")
    assert slack.wait_for("chat.postMessage").text == "answer to encore là ?"
    threading.Thread(target=runner.close, daemon=True).start()


def test_an_event_that_could_not_be_kept_is_not_acknowledged(slack: StandIn) -> None:
    runner, world = connected(slack)
    world.sights.broken = True
    with pytest.raises(AssertionError, match="in vain"):
        eventually(lambda: world.slack.received, 0.01) or world.mention("quand ?")
    assert world.desk.asked == []
    threading.Thread(target=runner.close, daemon=True).start()


def test_a_token_that_slack_refuses_ends_the_run(slack: StandIn) -> None:
    slack.refusals["apps.connections.open"] = ["invalid_auth"]
    settings = settings_for(slack)
    app = build_app(
        desks(FakeDesk()),
        PlainSpeech(),
        settings,
        Sights().first,
        lambda: "7F3K",
        time.monotonic,
        rights,
    )

    with pytest.raises(SlackApiError):
        SocketRunner(app, settings).run(threading.Event())


def test_slack_out_of_reach_is_tried_again_until_told_to_stop(slack: StandIn) -> None:
    slack.refusals["apps.connections.open"] = ["internal_error"]
    settings, stop = settings_for(slack), threading.Event()
    app = build_app(
        desks(FakeDesk()),
        PlainSpeech(),
        settings,
        Sights().first,
        lambda: "7F3K",
        time.monotonic,
        rights,
    )
    runner = SocketRunner(app, settings)
    thread = threading.Thread(target=runner.run, args=(stop,))
    thread.start()
    eventually(lambda: slack.lines)
    stop.set()
    thread.join(10)

    assert not thread.is_alive()
    assert len(slack.called("apps.connections.open")) == 2


def test_a_line_closed_in_the_moment_it_opens_is_closed_all_the_same(
    slack: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, _ = connected(slack)
    client, closed = runner._handler.client, threading.Event()

    def close_with_a_reader_that_just_started() -> None:
        client.current_session_state.terminated = False
        while not client.current_session_state.terminated:
            time.sleep(0.01)
        closed.set()

    really_close = client.close
    monkeypatch.setattr(client, "close", close_with_a_reader_that_just_started)
    runner.close()

    assert closed.is_set()
    threading.Thread(target=really_close, daemon=True).start()
