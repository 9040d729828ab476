"""Calendars as people and their programs get them: a file in Slack, an address where the bot is reached from outside."""

from __future__ import annotations

import http.client
import io
import itertools
import json
import logging
import re
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import icalendar
import pytest
import vobject

from bot import wiring
from bot.app import drain
from bot.config import Config, load_config
from bot.logs import set_up_logging
from bot.slack.client import SlackSettings
from bot.slack.http import front
from knowledge.ports import StoreUnavailable
from knowledge.records import Write
from tests.journeys import deliveries
from tests.journeys.conftest import SECRET, HttpLine
from tests.journeys.running_bot import HandClock, plain
from tests.journeys.stand_in import StandIn, eventually, serving, stand_in
from tests.journeys.test_app_home import ANA, ELSE, FACTS, GUEST, MONDAY
from tests.journeys.test_real_bot import entente, environment, free_port, healthy

CONFIG = """
meaning: {encoder: none}
coordinators: [U0ANA]
facts: [ours.yaml]
address: %s
"""
_number = itertools.count(1)


@dataclass
class Bot:
    """A running bot in HTTP mode, with people and a calendar program before it."""

    slack: StandIn
    parts: wiring.Parts
    clock: HandClock
    address: str

    def command(self, text: str, user: str = ELSE, channel: str = "C0FR") -> str:
        started = time.monotonic()
        asked = deliveries.command(text, user, self.slack.response_url, channel)
        answer = HttpLine(self.address).deliver("slash_commands", asked)
        assert time.monotonic() - started < 3
        return plain(json.dumps(answer, ensure_ascii=False))

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, Mapping[str, str], bytes]:
        connection = http.client.HTTPConnection(self.address, timeout=10)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def path(self, said: str) -> str:
        """The path of the address that was said."""
        (found,) = re.findall(r"https://entente\.example\.org(/calendar/[\w.-]+\.ics)", said.split('"blocks"')[1])
        return str(found)

    def sent_file(self) -> bytes:
        assert self.slack.files["FUP"][0].endswith(".ics")
        return self.slack.files["FUP"][1]


def titles(data: bytes) -> list[str]:
    """What two programs that did not write it see in a calendar."""
    first = sorted(str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(data).walk("VEVENT"))
    second = sorted(event.summary.value for event in getattr(vobject.readOne(data.decode()), "vevent_list", []))
    assert first == second
    return first


def started(stack: ExitStack, folder: Path, address: str) -> Bot:
    (folder / "ours.yaml").write_text(FACTS, "utf-8")
    (folder / "config.yaml").write_text(CONFIG % (address or "null"), "utf-8")
    config = load_config(folder / "config.yaml", {})
    assert isinstance(config, Config), config
    clock = HandClock(MONDAY)
    parts = wiring.build(config, clock, meaning=False)
    stack.callback(parts.close)
    calendars = parts.desks.calendars.served_at(config.settings.address or "")
    parts = replace(parts, desks=replace(parts.desks, calendars=calendars))
    slack = stack.enter_context(stand_in())
    for user, lang in ((ANA, "fr-FR"), (GUEST, "fr-FR"), (ELSE, "en-GB")):
        slack.profiles[user] = {"locale": lang, "name": user}
    slack.profiles[GUEST]["is_restricted"] = True
    settings = SlackSettings("xoxb-test", SECRET, base_url=slack.base_url, verify_token=False, command_patience=2.5)
    app = wiring.bolt_app(parts, settings)
    stack.callback(drain, app, 5)
    web = front(app, SECRET, time.time, calendar=calendars.opened)
    return Bot(slack, parts, clock, stack.enter_context(serving(web)))


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    with ExitStack() as stack:
        yield started(stack, tmp_path, "https://entente.example.org/")


@pytest.fixture
def inside(tmp_path: Path) -> Iterator[Bot]:
    """A bot that is not reached from outside."""
    with ExitStack() as stack:
        yield started(stack, tmp_path, "")


def test_an_address_is_given_that_programs_follow_in_the_language_of_whoever_asked(bot: Bot) -> None:
    english, french = bot.command("calendar"), bot.command("calendrier", ANA)
    assert "The deadlines that this channel follows, for your calendar program to follow:" in english
    assert "Les échéances que suit ce canal, à faire suivre par votre logiciel d'agenda" in french
    status, headers, data = bot.get(bot.path(english))
    assert (status, headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert titles(data) == ["Far call · Closes", "Zephyr call · Closes"]
    assert titles(bot.get(bot.path(french))[2]) == ["Appel Lointain · Clôture", "Appel Zéphyr · Clôture"]
    assert bot.path(bot.command("calendar")) == bot.path(english)


def test_a_calendar_holds_what_its_channel_may_see_and_never_what_coordinators_alone_may(bot: Bot) -> None:
    kept = titles(bot.get(bot.path(bot.command("calendar", ANA, "C0KEPT")))[2])
    assert kept == ["Appel Lointain · Clôture", "Appel Secret · Clôture", "Appel Zéphyr · Clôture"]
    for channel in ("C0FR", "D0ANA"):
        assert len(titles(bot.get(bot.path(bot.command("calendar", ANA, channel)))[2])) == 2


def test_a_topic_has_a_calendar_of_its_own(bot: Bot) -> None:
    assert "The deadlines of “calls for proposals” that this channel may see" in bot.command("calendar calls")
    assert "Les échéances « Maladies rares »" in bot.command("calendrier maladies rares", ANA, "D0ANA")
    assert titles(bot.get(bot.path(bot.command("calendar workshops")))[2]) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [("calendar unicorns", "is no kind of record"), ("calendrier licornes", "is no kind of record")],
)
def test_an_unknown_topic_is_told_with_what_can_be_written(bot: Bot, words: str, said: str) -> None:
    assert said in bot.command(words)


def test_a_question_about_a_calendar_is_answered_as_one(bot: Bot) -> None:
    assert "20 juin 2028" in bot.command("calendrier de l'appel Zéphyr, il ferme quand ?", ANA)


def test_a_moved_date_and_a_retired_fact_reach_whoever_follows(bot: Bot) -> None:
    path = bot.path(bot.command("calendar calls"))
    _, before, _ = bot.get(path)
    assert bot.get(path, if_none_match=before["etag"])[0] == 304
    record = bot.parts.base.record("call-near")
    assert record is not None
    bot.clock.set(MONDAY + timedelta(hours=1))
    retired = replace(record, retired=True)
    bot.parts.store.write([Write("retire", retired, ANA, "", record.revision)], bot.clock.now())
    status, after, data = bot.get(path, if_none_match=before["etag"])
    assert (status, after["etag"] != before["etag"]) == (200, True)
    states = {str(one["UID"]): str(one["STATUS"]) for one in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    assert states == {"call-near.closes@entente": "CANCELLED", "call-far.closes@entente": "CONFIRMED"}


def test_a_program_that_has_it_already_is_told_so_by_name_or_by_date(bot: Bot) -> None:
    path = bot.path(bot.command("calendar"))
    _, headers, _ = bot.get(path)
    changed = datetime.strptime(headers["last-modified"], "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    same, weak = headers["etag"], f'"other", W/{headers["etag"]}'
    day_before = format_datetime(changed - timedelta(days=1), usegmt=True)
    for given, status in (
        ({"if_none_match": same}, 304),
        ({"if_none_match": weak}, 304),
        ({"if_none_match": "*"}, 304),
        ({"if_none_match": '"other"'}, 200),
        ({"if_modified_since": headers["last-modified"]}, 304),
        ({"if_modified_since": day_before}, 200),
        ({"if_modified_since": "yesterday"}, 200),
        ({"if_none_match": '"other"', "if_modified_since": headers["last-modified"]}, 200),
    ):
        answer = bot.get(path, **given)
        assert (answer[0], bool(answer[2])) == (status, status == 200), given
    head = bot.get(path, "HEAD")
    assert (head[0], head[2], head[1]["etag"]) == (200, b"", same)


def test_every_other_address_is_not_found_and_all_look_the_same(bot: Bot) -> None:
    path = bot.path(bot.command("calendar"))
    others = [
        path[:-5] + "x.ics",
        path.replace("/1-", "/2-"),
        "/calendar/",
        "/calendar/x.ics",
        path + "?x=1"[:0] + "/x",
    ]
    answers = [bot.get(other) for other in others]
    assert [(status, body) for status, _, body in answers[:2]] == [(404, b"")] * 2
    assert {status for status, _, _ in answers} == {404}
    assert bot.get(path, "POST")[0] == 405


def test_a_coordinator_renews_an_address_that_got_out_and_others_do_not(bot: Bot) -> None:
    path = bot.path(bot.command("calendar"))
    assert "Only coordinators" in bot.command("calendar renew")
    assert bot.get(path)[0] == 200
    assert "n'ouvrent plus rien" in bot.command("calendrier renouveler", ANA)
    assert bot.get(path)[0] == 404
    assert bot.get(bot.path(bot.command("calendar")))[0] == 200
    assert "aucune adresse n'a encore été donnée" in bot.command("calendrier renouveler Suède", ANA)


def test_a_guest_is_given_a_file_and_no_address(bot: Bot) -> None:
    said = bot.command("calendrier", GUEST)
    assert "https://entente" not in said and "2 dates, dans un fichier" in said
    assert titles(bot.sent_file()) == ["Appel Lointain · Clôture", "Appel Zéphyr · Clôture"]


def test_where_it_is_not_reached_from_outside_a_file_is_sent(inside: Bot) -> None:
    said = inside.command("calendar calls")
    assert "The deadlines of “calls for proposals” that this channel may see: 2 dates, in a file" in said
    assert titles(inside.sent_file()) == ["Far call · Closes", "Zephyr call · Closes"]
    assert "there is none, so there is no file to send" in inside.command("calendar workshops")
    inside.slack.refusals["conversations.open"] = ["fatal_error"]
    assert "could not send" in inside.command("calendar")


def test_a_file_is_sent_on_request_too(bot: Bot) -> None:
    assert "in a file" in bot.command("calendar file calls")
    assert len(titles(bot.sent_file())) == 2


def test_no_log_holds_an_address_and_a_base_that_fails_is_a_matter_of_minutes(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    set_up_logging("INFO", stream)
    try:
        path = bot.path(bot.command("calendar"))
        bot.get(path)
        bot.get(path[:-6] + "zz.ics")
        logging.getLogger("anything").warning("somebody asked for %s", path)

        def failing(*_: Any) -> Any:
            raise StoreUnavailable("disk full")

        monkeypatch.setattr(type(bot.parts.store), "records", failing)
        monkeypatch.setattr(type(bot.parts.desks.calendars.links), "link", failing)
        status, headers, body = bot.get(path)
        assert (status, headers["retry-after"], body) == (503, "300", b"")
    finally:
        logging.getLogger().handlers[:] = []
    token = path.rpartition("/")[2].partition("-")[2].removesuffix(".ics")
    assert "disk full" in stream.getvalue() and "somebody asked" in stream.getvalue()
    assert token not in stream.getvalue()


def test_entente_run_serves_the_address_that_it_gives(tmp_path: Path) -> None:
    port = free_port()
    with stand_in() as slack:
        environ = environment(tmp_path, slack, port)
        config = Path(environ["ENTENTE_CONFIG"])
        config.write_text(f"meaning: {{encoder: none}}\naddress: http://127.0.0.1:{port}/\n", "utf-8")
        with entente(environ, "run", "--http") as process:
            eventually(lambda: healthy(port), 60)
            answer = HttpLine(f"127.0.0.1:{port}").deliver(
                "slash_commands",
                {
                    "command": "/entente",
                    "text": "calendar calls",
                    "user_id": "U1",
                    "team_id": "T1",
                    "channel_id": "C1",
                    "trigger_id": "t",
                    "response_url": slack.response_url,
                },
            )
            (address,) = re.findall(r"http://[\d.:]+/calendar/\w+-\w+\.ics", json.dumps(answer["blocks"]))
            with urlopen(address, timeout=20) as calendar:
                data = calendar.read()
            assert "appel-erdera-jtc2026.closes@entente" in data.decode()
            process.send_signal(signal.SIGTERM)
            assert process.wait(15) == 0
            assert process.stdout is not None
            assert address.rpartition("-")[2] not in process.stdout.read()
