"""`entente run` as a team runs it: a process of its own with the shipped facts, before a stand-in of Slack."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.journeys import deliveries
from tests.journeys.conftest import SECRET, HttpLine, Line, SocketLine
from tests.journeys.stand_in import Call, StandIn, eventually, stand_in

ROOT = Path(__file__).parents[2]
EVIL = "<!channel> <@U1> <https://evil.example|cliquez> *gras* & @here"
_number = itertools.count(1)


class Team:
    """People in a workspace where the bot runs; every delivery is acknowledged within three seconds, as Slack asks."""

    def __init__(self, slack: StandIn, line: Line, process: subprocess.Popen[str]) -> None:
        self.slack, self.process, self._line = slack, process, line

    def deliver(self, kind: str, payload: dict[str, Any]) -> Any:
        started = time.monotonic()
        answer = self._line.deliver(kind, payload)
        assert time.monotonic() - started < 3
        return answer

    def event(self, **event: Any) -> Call:
        """Sends a message and gives the bot's answer to it."""
        before = len(self.slack.called("chat.postMessage"))
        sent = deliveries.event({"user": "U1", **event})
        self.deliver("events_api", sent)
        said = self.slack.wait_for("chat.postMessage", before + 1)
        if event["type"] == "app_mention":
            assert said.params["thread_ts"] == event.get("thread_ts", sent["event"]["ts"])
        return said

    def mention(self, text: str) -> Call:
        return self.event(type="app_mention", channel="C1", text=f"<@UBOT> {text}")

    def direct(self, text: str) -> Call:
        return self.event(type="message", channel="D1", channel_type="im", text=text)

    def command(self, text: str) -> dict[str, Any]:
        asked = deliveries.command(text, "U1", self.slack.response_url)
        answer: dict[str, Any] = self.deliver("slash_commands", asked)
        return answer

    def click(self, button: dict[str, Any], ts: str = "") -> None:
        """A click below a message of the channel, or, without `ts`, below one that only this person sees."""
        place: dict[str, Any] = {"ts": ts, "message": {"thread_ts": "1.0"}} if ts else {"ts": "9.9", "ephemeral": True}
        self.deliver("interactive", deliveries.click(button, "U1", self.slack.response_url, **place))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def environment(folder: Path, slack: StandIn, port: int) -> dict[str, str]:
    config = folder / "config.yaml"
    config.write_text("meaning: {encoder: none}\n")
    return {
        **os.environ,
        "SLACK_BOT_TOKEN": "xoxb-test",
        "SLACK_APP_TOKEN": "xapp-test",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.base_url,
        "ENTENTE_CONFIG": str(config),
        "ENTENTE_DB": str(folder / "team.db"),
        "PORT": str(port),
    }


@contextmanager
def entente(environ: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The program, killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def healthy(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


@pytest.fixture(scope="module", params=["socket", "http"])
def team(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    http, port = request.param == "http", free_port()
    with stand_in() as slack:
        environ = environment(tmp_path_factory.mktemp("team"), slack, port)
        with entente(environ, "run", "--at", "2026-03-02T09:00:00+01:00", *(["--http"] * http)) as process:
            if http:
                eventually(lambda: healthy(port), 60)
                line: Line = HttpLine(f"127.0.0.1:{port}")
            else:
                line = SocketLine(slack, eventually(lambda: slack.lines, 60)[0])
            yield Team(slack, line, process)


def shown(said: Call | Mapping[str, Any]) -> str:
    """All that a person sees of it; the value of a button goes back to the bot and is never shown."""
    params = said.params if isinstance(said, Call) else said
    blocks = json.loads(json.dumps(params.get("blocks", [])), object_hook=lambda part: {**part, "value": ""})
    return json.dumps(blocks, ensure_ascii=False) + str(params["text"])


def choices(payload: Any) -> list[dict[str, Any]]:
    elements = [element for block in payload.get("blocks", []) for element in block.get("elements", [])]
    return [element for element in elements if str(element.get("action_id", "")).startswith("choose:")]


def test_a_mention_in_french_is_answered_in_its_thread_with_the_value_and_its_source(team: Team) -> None:
    said = team.mention("Quand ferme JTC2024 ?")
    assert "5 mars 2024" in said.text
    assert "<http://www.eppermed.eu/jtc2024|" in shown(said)


def test_a_thread_goes_on_from_what_it_showed_to_why(team: Team) -> None:
    thread = team.mention("Quels accords avec la Suède ?").params["thread_ts"]

    def go_on(text: str) -> Call:
        return team.event(type="app_mention", channel="C1", thread_ts=thread, text=f"<@UBOT> {text}")

    assert go_on("ça fait combien ?").text.startswith("5 ")
    assert "Renouvellement" in go_on("le plus récent ?").text
    assert "Source" in go_on("tu es sûr ?").text
    assert "Renewal" in go_on("en anglais stp").text
    assert "MoU" in go_on("et avec le Danemark ?").text
    assert "conversation" in shown(go_on("pourquoi ?"))


def test_a_direct_message_in_english_is_answered_in_english(team: Team) -> None:
    assert "5 March 2024" in team.direct("When does JTC2024 close?").text


def test_the_clock_starts_where_it_was_told_to(team: Team) -> None:
    assert team.direct("Prochaine échéance ?").text.startswith("10 mars 2026\n")


def test_a_command_that_could_mean_several_facts_offers_them_and_a_click_answers_in_place(team: Team) -> None:
    said = team.command("ask JTC2025, ça ferme quand ?")
    assert said["response_type"] == "ephemeral"
    buttons = choices(said)
    assert len(buttons) > 1
    before = len(team.slack.called("respond"))
    team.click(buttons[0])
    later = team.slack.wait_for("respond", before + 1).params
    assert later["replace_original"] is True
    assert buttons[0]["text"]["text"].split()[0] in shown(later)
    assert choices(later) == []


def test_a_choice_in_a_channel_replaces_the_answer_that_offered_it(team: Team) -> None:
    button = choices(team.mention("JTC2025, ça ferme quand ?").params)[0]
    before = len(team.slack.called("chat.update"))
    team.click(button, ts="8.8")
    said = team.slack.wait_for("chat.update", before + 1)
    assert (said.params["channel"], said.params["ts"]) == ("C1", "8.8")
    assert "2025" in said.text or "2024" in said.text


def test_a_rating_is_thanked_for(team: Team) -> None:
    elements = [
        element
        for block in team.mention("Quand ferme JTC2024 ?").params["blocks"]
        for element in block.get("elements", [])
        if str(element.get("action_id", "")).startswith("feedback:")
    ]
    before = len(team.slack.called("chat.postEphemeral"))
    team.click(elements[0] | {"value": elements[0]["positive_button"]["value"]}, ts="7.7")
    assert "Merci" in team.slack.wait_for("chat.postEphemeral", before + 1).text


@pytest.mark.parametrize("text", ["", "help", "aide"])
def test_help_comes_in_the_language_of_the_person(team: Team, text: str) -> None:
    said = team.command(text)
    assert said["response_type"] == "ephemeral"
    assert "/entente" in shown(said)


def test_hostile_text_stays_text(team: Team) -> None:
    typed = EVIL.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    ways: tuple[Callable[[], Any], ...] = (
        lambda: team.mention(typed),
        lambda: team.direct(f"quand ferme {typed}"),
        lambda: team.command(f"ask {typed}"),
    )
    for way in ways:
        said = shown(way())
        assert not re.search(r"<!|<@|<https://evil", said)


def test_the_process_is_still_there_and_ends_well_when_told_to(team: Team) -> None:
    assert team.process.poll() is None
    team.process.send_signal(signal.SIGTERM)
    told, _ = team.process.communicate(timeout=30)
    assert team.process.returncode == 0
    assert "Traceback" not in told and "JTC2024" not in told
    assert "changes, the last seal is " in told


def test_a_port_that_is_taken_is_told_in_a_line(tmp_path: Path) -> None:
    with stand_in() as slack, socket.create_server(("0.0.0.0", 0)) as taken:
        environ = environment(tmp_path, slack, taken.getsockname()[1])
        with entente(environ, "run", "--http") as process:
            told, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "cannot listen on port" in told and "Traceback" not in told


@pytest.mark.parametrize("arguments", [[], ["--http"]], ids=["socket", "http"])
def test_a_token_that_slack_refuses_is_told_in_a_line(tmp_path: Path, arguments: list[str]) -> None:
    with stand_in() as slack:
        slack.refusals["auth.test"] = ["invalid_auth"] * 5
        with entente(environment(tmp_path, slack, free_port()), "run", *arguments) as process:
            told, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Slack refuses the connection (invalid_auth)" in told
    assert "Traceback" not in told and "xoxb" not in told


def test_a_second_bot_on_the_same_base_is_refused(team: Team, tmp_path: Path) -> None:
    with stand_in() as slack:
        environ = environment(tmp_path, slack, free_port())
        with entente(environ, "run") as first:
            eventually(lambda: slack.lines, 60)
            with entente(environ, "run") as second:
                told, _ = second.communicate(timeout=60)
            assert first.poll() is None
    assert second.returncode == 78
    assert told.strip() == "entente: another Entente is already using team.db"
