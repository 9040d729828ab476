"""Posting what is due through the real client, and finding it again in the history."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.slack.client import web_client
from bot.slack.outbox_messenger import OutboxMessenger
from bot.slack.slack_time import slack_time
from knowledge.messages import Action, Actions, Message, Phrase, Say
from scheduler.ports import Absent, Closed, Gone, Retry, Sent, Unclear
from scheduler.values import Due, Receipt
from tests.bot.slack.plain_speech import PlainSpeech
from tests.journeys.stand_in import StandIn, stand_in

AT = datetime(2026, 1, 29, 8, tzinfo=UTC)
DUE = Due("reminder:C1:call:closes:2026-02-12:14d", "reminder", "calls", AT, "C1", "fr", "Europe/Paris")
MESSAGE = Message(
    (Say(Phrase("echo", {"text": "JTC <2026>"})), Actions((Action("reminder_done", Phrase("remind.done"), DUE.key),)))
)


@pytest.fixture(scope="module")
def server() -> Iterator[StandIn]:
    with stand_in() as slack:
        yield slack


@pytest.fixture
def slack(server: StandIn) -> StandIn:
    server.calls.clear()
    server.refusals.clear()
    server.posted.clear()
    return server


def messenger(slack: StandIn, ahead: timedelta = timedelta()) -> OutboxMessenger:
    return OutboxMessenger(web_client("xoxb-test", slack.base_url, patient=False), PlainSpeech(), ahead)


def test_a_message_is_posted_once_with_its_opaque_id_and_nothing_of_the_key(slack: StandIn) -> None:
    sent = messenger(slack).post(replace(DUE, mention=("U7", "S8")), MESSAGE)
    (call,) = slack.called("chat.postMessage")
    assert sent == Sent(Receipt("C1", f"1700000000.{slack._count:06d}"))
    assert call.params["metadata"] == {"event_type": "entente_post", "event_payload": {"k": DUE.mark}}
    assert call.text.startswith("JTC &lt;2026&gt;")
    assert call.params["blocks"][0]["text"]["text"] == "<@U7> <!subteam^S8>"
    assert json.loads(call.buttons("reminder_done")[0]["value"])["v"] == DUE.key
    assert "call:closes" not in json.dumps(call.params["metadata"])


def test_a_reply_goes_under_what_it_is_about(slack: StandIn) -> None:
    messenger(slack).post(replace(DUE, thread="17.5"), MESSAGE)
    assert slack.called("chat.postMessage")[0].params["thread_ts"] == "17.5"


def test_blocks_that_slack_refuses_are_left_out_once(slack: StandIn) -> None:
    slack.refusals["chat.postMessage"] = ["invalid_blocks"]
    assert isinstance(messenger(slack).post(replace(DUE, mention=("U7",)), MESSAGE), Sent)
    first, second = slack.called("chat.postMessage")
    assert first.buttons("reminder_done") and not second.buttons("reminder_done")
    assert [block["text"]["text"] for block in second.params["blocks"]] == ["<@U7>", "JTC &lt;2026&gt;"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [("ratelimited", Retry), ("is_archived", Closed), ("token_revoked", Gone), ("internal_error", Unclear)],
)
def test_what_slack_answers_becomes_a_value_after_one_call(slack: StandIn, code: str, kind: type) -> None:
    slack.refusals["chat.postMessage"] = [code]
    assert type(messenger(slack).post(DUE, MESSAGE)) is kind
    assert len(slack.called("chat.postMessage")) == 1


def test_what_was_posted_is_found_again_and_nothing_else_is(slack: StandIn) -> None:
    sent = messenger(slack).post(DUE, MESSAGE)
    early = datetime.fromtimestamp(1_600_000_000, UTC)
    assert messenger(slack).find(DUE, early) == sent
    assert messenger(slack).find(replace(DUE, key="other"), early) == Absent()
    asked = slack.called("conversations.history")[0].params
    assert asked["include_all_metadata"] in (True, "true", "1")
    assert float(asked["oldest"]) == 1_600_000_000


def test_a_program_whose_clock_runs_ahead_asks_by_the_clock_of_slack(slack: StandIn) -> None:
    messenger(slack, timedelta(days=10)).find(DUE, AT)
    assert float(slack.called("conversations.history")[0].params["oldest"]) == (AT - timedelta(days=10)).timestamp()


def test_what_a_clock_that_runs_ahead_cannot_have_seen_is_looked_for_in_the_last_day(slack: StandIn) -> None:
    messenger(slack).post(DUE, MESSAGE)
    now = datetime.now(UTC)
    slack.posted["C1"][0]["ts"] = f"{now.timestamp() - 300:.6f}"
    assert isinstance(messenger(slack).find(DUE, now + timedelta(hours=3)), Sent)
    asked = slack.called("conversations.history")[1].params
    assert timedelta(hours=23) < now - datetime.fromtimestamp(float(asked["oldest"]), UTC) < timedelta(hours=25)


def test_slack_tells_the_time_also_where_it_refuses_and_not_where_it_is_not_reached(slack: StandIn) -> None:
    client = web_client("xoxb-test", slack.base_url, patient=False)
    slack.refusals["api.test"] = ["token_revoked"]
    for ahead in (timedelta(), timedelta(days=3)):
        told = slack_time(client, ahead)
        assert told is not None
        assert abs(told - ahead - datetime.now(UTC)) < timedelta(seconds=10)
    assert slack_time(web_client("xoxb-test", "http://127.0.0.1:9/", patient=False)) is None


@pytest.mark.parametrize("newer", [0, 1, 199, 200, 201, 999])
def test_it_is_found_however_many_messages_came_after(slack: StandIn, newer: int) -> None:
    sent = messenger(slack).post(DUE, MESSAGE)
    slack.posted["C1"] += [{"ts": f"1800000000.{number:06d}", "text": "chat"} for number in range(newer)]
    assert messenger(slack).find(DUE, datetime.fromtimestamp(1_600_000_000, UTC)) == sent


def test_a_reply_is_looked_for_in_its_thread_and_a_personal_message_in_its_conversation(slack: StandIn) -> None:
    reply = replace(DUE, thread="17.5")
    sent = messenger(slack).post(reply, MESSAGE)
    assert messenger(slack).find(reply, datetime.fromtimestamp(1_600_000_000, UTC)) == sent
    personal = replace(DUE, channel="U7", key="personal:1")
    assert messenger(slack).find(personal, AT) == Absent()
    assert slack.called("conversations.history")[-1].params["channel"] == "DU7"


@pytest.mark.parametrize(("code", "kind"), [("missing_scope", Closed), ("ratelimited", Retry), ("token_revoked", Gone)])
def test_a_history_that_cannot_be_read_is_no_proof_of_anything(slack: StandIn, code: str, kind: type) -> None:
    slack.refusals["conversations.history"] = [code]
    assert type(messenger(slack).find(DUE, AT)) is kind


@contextmanager
def faulty(answer: bytes | None, reset: bool = False) -> Iterator[tuple[str, list[bytes]]]:
    """A server that takes a request and then breaks: answers with these bytes (None: with nothing at all) and hangs up."""
    taken: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(2)
                    taken.append(connection.recv(65536))
                    if answer is not None:
                        connection.sendall(answer)
                    if reset:
                        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/api/", taken
        finally:
            stop.set()
            thread.join()


def http(status: str, body: bytes, length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {size}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    ("answer", "reset"),
    [
        (None, False),
        (None, True),
        (http("500 Oops", b"<html>"), False),
        (http("503 Away", b'{"ok": false, "error": "x"}'), False),
        (http("200 OK", b'{"ok": true, "ts": "1', 400), False),
        (http("200 OK", b"<html>not json</html>"), False),
        (b"nonsense\r\n\r\n", False),
    ],
    ids=["closed", "reset", "500", "503", "truncated", "html", "nonsense"],
)
def test_a_broken_answer_is_unclear_and_the_message_is_not_sent_again(answer: bytes | None, reset: bool) -> None:
    with faulty(answer, reset) as (address, taken):
        found: Any = OutboxMessenger(web_client("xoxb-test", address, patient=False), PlainSpeech()).post(DUE, MESSAGE)
    assert type(found) is Unclear
    assert len(taken) == 1


def test_nobody_listening_is_surely_not_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/api/"
    found = OutboxMessenger(web_client("xoxb-test", address, patient=False), PlainSpeech()).post(DUE, MESSAGE)
    assert type(found) is Retry
