"""The line to Slack breaks and comes back, and shutting down leaves nothing behind."""

from __future__ import annotations

import asyncio
import http.client
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from starlette.websockets import WebSocket

from bot.app import build_app
from bot.slack.socket import PING_INTERVAL, SocketRunner
from tests.bot.slack.plain_speech import PlainSpeech
from tests.journeys.conftest import Sights, SocketLine, World, desks, keeping, rights, settings_for
from tests.journeys.fake_desk import FakeDesk
from tests.journeys.stand_in import StandIn, eventually, stand_in
from tests.journeys.test_real_bot import entente, environment, free_port


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


def health(port: int) -> tuple[int, str]:
    """What the health address answers; (0, "") where nobody does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except OSError:
        return 0, ""
    finally:
        connection.close()


def test_with_a_health_port_the_bot_says_whether_all_is_well_until_it_stops(slack: StandIn, tmp_path: Path) -> None:
    port = free_port()
    environ = environment(tmp_path, slack, free_port())
    Path(environ["ENTENTE_CONFIG"]).write_text(f"meaning: {{encoder: none}}\nhealth_port: {port}\n", "utf-8")
    with entente(environ, "run") as process:
        eventually(lambda: health(port)[0] == 200, 60)
        assert health(port)[1] == '{"healthy":true}'
        slack.refusals["apps.connections.open"] = ["internal_error"] * 100
        assert slack._loop is not None
        asyncio.run_coroutine_threadsafe(slack.lines[-1].close(), slack._loop).result(5)
        eventually(lambda: health(port)[0] == 503, 20)
        assert "there is no line to Slack" in health(port)[1]
        slack.refusals.clear()
        eventually(lambda: health(port)[0] == 200, 40)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert health(port) == (0, "")


def test_a_health_port_that_is_taken_is_told_with_what_to_change(slack: StandIn, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environ = environment(tmp_path, slack, free_port())
        port = taken.getsockname()[1]
        Path(environ["ENTENTE_CONFIG"]).write_text(f"meaning: {{encoder: none}}\nhealth_port: {port}\n", "utf-8")
        with entente(environ, "run") as process:
            said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"entente: cannot listen on port {port}" in said and "Set health_port to another." in said
    assert "Traceback" not in said


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
