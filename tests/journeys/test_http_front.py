"""What comes to the address that Slack calls: only Slack's own, fresh, first-time requests reach the app."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from slack_bolt import App

from bot.app import build_app, drain
from bot.slack.http import BODY_LIMIT, Replays, front, verdict
from tests.bot.slack.plain_speech import PlainSpeech
from tests.journeys.conftest import SECRET, Sights, desks, post, rights, settings_for, signed
from tests.journeys.fake_desk import FakeDesk
from tests.journeys.stand_in import StandIn, serving

NOW = float(int(time.time()))
"""Bolt checks signatures once more, by the computer's own clock."""


@dataclass(slots=True)
class Site:
    address: str
    desk: FakeDesk
    sights: Sights
    health: list[str]
    slack: StandIn
    app: App


@pytest.fixture(scope="module")
def one_site(slack_server: StandIn) -> Iterator[Site]:
    health: list[str] = []
    desk, sights = FakeDesk(), Sights()
    app = build_app(
        desks(desk),
        PlainSpeech(),
        settings_for(slack_server),
        sights.first,
        lambda: "7F3K",
        time.monotonic,
        rights,
    )
    with serving(front(app, SECRET, lambda: NOW, lambda: health)) as address:
        yield Site(address, desk, sights, health, slack_server, app)
        drain(app, 5)


@pytest.fixture
def site(one_site: Site) -> Site:
    drain(one_site.app, 5)  # what the test before this one set going is no doing of this one
    one_site.desk.asked.clear()
    one_site.health.clear()
    one_site.sights.broken = False
    return one_site


def mention(event_id: str) -> bytes:
    event = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.1", "text": "<@UBOT> quand ?"}
    body = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": event_id, "event": event}
    return json.dumps(body).encode()


def digest(stamp: str, body: bytes) -> str:
    return "v0=" + hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()


def test_a_request_that_slack_signed_is_taken(site: Site) -> None:
    assert post(site.address, mention("a"), signed(mention("a"), at=NOW)) == (200, b"")


def test_slack_may_check_the_address(site: Site) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c-42"}).encode()
    status, answer = post(site.address, body, signed(body, at=NOW))

    assert status == 200 and b"c-42" in answer


STAMP = str(int(NOW))
STRANGE = {
    "no headers": (None, None),
    "no signature": (STAMP, None),
    "no timestamp": (None, "good"),
    "wrong secret": (STAMP, "v0=" + "0" * 64),
    "empty signature": (STAMP, ""),
    "signature without version": (STAMP, "0" * 64),
    "other version": (STAMP, "v1=" + "0" * 64),
    "signature too short": (STAMP, "v0=abc"),
    "signature too long": (STAMP, "v0=" + "0" * 65),
    "signature in capitals": (STAMP, "v0=" + "A" * 64),
    "signature beyond ASCII": (STAMP, "v0=" + "é" * 64),
    "signature and a line end": (STAMP, "good "),
    "timestamp abc": ("abc", "good"),
    "timestamp empty": ("", "good"),
    "timestamp 1e9": ("1e9", "good"),
    "timestamp with a fraction": (STAMP + ".5", "good"),
    "timestamp negative": ("-" + STAMP, "good"),
    "timestamp in other digits": ("١٢٣٤٥٦٧٨٩٠", "good"),
    "timestamp with a zero more": (STAMP + "0", "good"),
    "five minutes and a second old": (str(int(NOW) - 301), "good"),
    "five minutes and a second ahead": (str(int(NOW) + 301), "good"),
    "of 1970": ("0000000000", "good"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_request_that_is_not_surely_from_slack_is_refused_in_silence(
    site: Site, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    stamp, signature = STRANGE[name]
    body = mention(f"strange {name}")
    headers = {"Content-Type": "application/json"}
    if stamp is not None:
        headers["X-Slack-Request-Timestamp"] = stamp.encode().decode("latin-1")
    if signature is not None:
        good = digest(stamp or "", body)
        headers["X-Slack-Signature"] = signature.replace("good", good).encode().decode("latin-1")
    if name == "signature and a line end":
        headers["X-Slack-Signature"] = digest(STAMP, body)[:-1] + "g"

    assert post(site.address, body, headers) == (401, b"")
    assert site.desk.asked == []
    assert "quand" not in caplog.text and "Traceback" not in caplog.text


@pytest.mark.parametrize(("seconds", "status"), [(-301, 401), (-300, 200), (0, 200), (300, 200), (301, 401)])
def test_clocks_may_differ_by_five_minutes(seconds: int, status: int) -> None:
    headers = {name.lower(): value for name, value in signed(b"{}", at=NOW + seconds).items()}
    assert verdict(headers, b"{}", SECRET, NOW) == status


def test_a_changed_body_is_refused(site: Site) -> None:
    assert post(site.address, mention("b") + b" ", signed(mention("b"), at=NOW)) == (401, b"")


def test_nothing_passes_without_a_secret() -> None:
    body = b"{}"
    headers = {name.lower(): value for name, value in signed(body, secret="", at=NOW).items()}
    assert verdict(headers, body, "", NOW) == 401


def test_a_request_replayed_a_hundred_times_has_one_effect(site: Site) -> None:
    body = mention("replay")
    statuses = [post(site.address, body, signed(body, at=NOW))[0] for _ in range(100)]
    site.slack.wait_for("chat.postMessage")

    assert statuses == [200] + [401] * 99
    assert len(site.desk.asked) == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[1, 2]", "application/json"),
        (b"null", "application/json"),
        (b'"text"', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"event": [], "type": "event_callback"}', "application/json"),
        (b'{"event": 5, "type": "event_callback", "event_id": "x5"}', "application/json"),
        (b"payload=", "application/x-www-form-urlencoded"),
        (b"payload=%7B", "application/x-www-form-urlencoded"),
        (b"payload=%5B1%5D", "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00", "application/json"),
        (b"", "application/json"),
        (b"a" * (BODY_LIMIT + 1), "application/json"),
        (b"{}", "text/plain"),
        (b"{}", ""),
        (b"{}", "multipart/form-data; boundary=x"),
    ],
)
def test_a_signed_request_that_makes_no_sense_is_refused_without_an_exception(
    site: Site, body: bytes, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    status, answer = post(site.address, body, signed(body, kind, at=NOW))

    assert status in (200, 400, 404) and answer == b""
    assert "Traceback" not in caplog.text
    assert site.desk.asked == []


def test_the_same_nonsense_unsigned_never_gets_as_far_as_being_read(site: Site) -> None:
    for body in (b"{", b"[1]", b"payload=", b"[" * 100_000, b"ssl_check=1"):
        assert post(site.address, body, signed(body, secret="other", at=NOW)) == (401, b"")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
def test_only_post_is_taken(site: Site, method: str) -> None:
    connection = http.client.HTTPConnection(site.address, timeout=5)
    connection.request(method, "/slack/events")

    assert connection.getresponse().status == 405
    connection.close()


def test_other_addresses_do_not_exist(site: Site) -> None:
    assert post(site.address, b"{}", signed(b"{}", at=NOW), "/elsewhere")[0] == 404


def test_health_is_told(site: Site) -> None:
    def ask() -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(site.address, timeout=5)
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status, answer.read()

    assert ask() == (200, b'{"healthy":true}')
    site.health.append("nothing can be sent (token_revoked)")
    assert ask() == (503, b'{"healthy":false,"ailments":["nothing can be sent (token_revoked)"]}')


def test_an_event_that_could_not_be_kept_is_not_acknowledged_and_may_come_again(site: Site) -> None:
    body = mention("kept later")
    site.sights.broken = True
    assert post(site.address, body, signed(body, at=NOW)) == (500, b"")
    assert site.desk.asked == []

    site.sights.broken = False
    assert post(site.address, body, signed(body, at=NOW)) == (200, b"")


def test_replays_are_forgotten_after_ten_minutes() -> None:
    replays = Replays()

    assert replays.first("a", 0) and not replays.first("a", 599) and replays.first("a", 601)
