"""A real Bolt app against the stand-in, connected in both ways."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import urlencode

import pytest
from slack_bolt import App
from starlette.websockets import WebSocket

from bot.app import build_app, drain
from bot.desk import Desk
from bot.desk.calendars import CalendarDesk
from bot.desk.desks import Answers, Desks
from bot.desk.forgetting import ForgetDesk
from bot.desk.gaps import GapDesk
from bot.desk.glossary import GlossaryDesk
from bot.desk.keeping import Keeping
from bot.desk.own_reminders import OwnDesk
from bot.desk.reminder_acts import ActDesk
from bot.desk.reminding import RemindDesk
from bot.desk.reviewing import ReviewDesk
from bot.desk.tuning import TuningDesk
from bot.i18n import Translator
from bot.slack.client import SlackSettings
from bot.slack.http import front
from bot.slack.people import People
from bot.slack.rights import Rights
from bot.slack.socket import SocketRunner
from bot.slack.speech import Speech
from knowledge.base import KnowledgeBase, Organisers
from knowledge.countries import load_countries
from knowledge.glossary import load_glossary
from knowledge.keeping import Preview
from knowledge.kinds.reading import load_kinds
from knowledge.storage.memory import MemoryStore
from knowledge.storage.questions import MemoryQuestions
from knowledge.vocabulary import load_vocabulary
from tests.bot.slack.plain_speech import PlainSpeech
from tests.journeys import deliveries
from tests.journeys.fake_desk import FakeDesk
from tests.journeys.stand_in import StandIn, eventually, serving, stand_in

SECRET = "a-signing-secret"
_number = itertools.count(1)


class Line(Protocol):
    """A way for Slack to reach the app: gives what the app acknowledged with."""

    def deliver(self, kind: str, payload: dict[str, Any]) -> Any: ...


@dataclass(slots=True)
class SocketLine:
    slack: StandIn
    socket: WebSocket

    def deliver(self, kind: str, payload: dict[str, Any]) -> Any:
        return self.slack.send(self.socket, kind, payload, f"envelope-{next(_number)}")


def filled(view: dict[str, Any], typed: dict[str, Any]) -> dict[str, Any]:
    """`state.values` of a view, in the words of Slack: what it was opened with, and what was changed."""
    state: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element, key = block["element"], block["block_id"]
        kind = element["type"]
        if kind in ("static_select", "external_select"):
            chosen = element.get("initial_option")
            if key in typed:
                chosen = next((one for one in _offered(element, [typed[key]]) if one["value"] == typed[key]), None)
            held: dict[str, Any] = {"selected_option": chosen}
        elif kind in ("multi_static_select", "multi_external_select", "checkboxes"):
            several = element.get("initial_options", [])
            if key in typed:
                several = [one for one in _offered(element, typed[key]) if one["value"] in typed[key]]
            held = {"selected_options": several}
        elif kind == "multi_conversations_select":
            held = {"selected_conversations": typed.get(key, element.get("initial_conversations", []))}
        elif kind == "users_select":
            held = {"selected_user": typed.get(key, element.get("initial_user"))}
        elif kind == "datepicker":
            held = {"selected_date": typed.get(key, element.get("initial_date"))}
        else:
            held = {"value": typed.get(key, element.get("initial_value")) or None}
        state[key] = {element["action_id"]: {"type": kind, **held}}
    assert set(typed) <= set(state), set(typed) - set(state)
    return state


def _offered(element: dict[str, Any], values: list[str]) -> list[dict[str, Any]]:
    """The options of a list; of one that is searched, whatever the app suggested and somebody chose."""
    if "external" in element["type"]:
        return [{"text": {"type": "plain_text", "text": value}, "value": value} for value in values]
    return list(element["options"])


def post(address: str, body: bytes, headers: dict[str, str], path: str = "/slack/events") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(address, timeout=10)
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def signed(
    body: bytes, kind: str = "application/json", secret: str = SECRET, at: float | None = None
) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


@dataclass(slots=True)
class HttpLine:
    address: str

    def deliver(self, kind: str, payload: dict[str, Any]) -> Any:
        if kind == "events_api":
            body, content = json.dumps(payload).encode(), "application/json"
        else:
            form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
            body, content = urlencode(form).encode(), "application/x-www-form-urlencoded"
        # Slack signs each delivery anew; two of the same second would be one replayed.
        status, answer = post(self.address, body, signed(body, content, at=time.time() - next(_number) % 250))
        assert status == 200, status
        return json.loads(answer) if answer.startswith(b"{") else {}


@dataclass(slots=True)
class Sights:
    """First sights kept in memory; `broken` makes the next ones fail, as a full disk would."""

    seen: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    broken: bool = False

    def first(self, key: str) -> bool:
        if self.broken:
            raise OSError("disk full")
        with self.lock:
            new = key not in self.seen
            self.seen.add(key)
            return new


@dataclass(slots=True)
class World:
    """Everything that a journey needs, and how people act in it."""

    slack: StandIn
    desk: FakeDesk
    sights: Sights
    app: App
    line: Line
    keeping: Keeping
    asked: list[str] = field(default_factory=list)

    def event(self, event: dict[str, Any], event_id: str = "") -> Any:
        return self.line.deliver("events_api", deliveries.event(event, event_id))

    def mention(self, text: str, user: str = "U1", event_id: str = "", **more: Any) -> Any:
        event = {"type": "app_mention", "channel": "C1", "user": user, "text": f"<@UBOT> {text}", **more}
        return self.event(event, event_id)

    def direct(self, text: str, user: str = "U1", **more: Any) -> Any:
        return self.event(
            {"type": "message", "channel": "D1", "channel_type": "im", "user": user, "text": text, **more}
        )

    def command(self, text: str, user: str = "U1", trigger: str = "") -> Any:
        asked = deliveries.command(text, user, self.slack.response_url, trigger=trigger)
        return self.line.deliver("slash_commands", asked)

    def click(
        self, button: dict[str, Any], user: str = "U1", ts: str = "1.1", ephemeral: bool = False, **action: Any
    ) -> Any:
        clicked, where = {**button, **action}, {"thread_ts": "1.0"}
        sent = deliveries.click(clicked, user, self.slack.response_url, ts=ts, ephemeral=ephemeral, message=where)
        return self.line.deliver("interactive", sent)

    def submit(self, view: dict[str, Any], typed: dict[str, Any], user: str) -> Any:
        """Sends a form of which these inputs were changed; the rest is as it was opened."""
        return self.line.deliver("interactive", deliveries.submission(view, filled(view, typed), user))

    def suggest(self, view: dict[str, Any], key: str, words: str, user: str) -> list[str]:
        """What a list offers once somebody has typed these words in it: the values and names, in order."""
        answer = self.line.deliver("interactive", deliveries.suggestion(view, key, words, user))
        assert all(1 <= len(one["text"]["text"]) <= 75 and len(one["value"]) <= 150 for one in answer["options"])
        assert len(answer["options"]) <= 100
        return [f"{one['value']} {one['text']['text']}" for one in answer["options"]]

    def press(self, view: dict[str, Any], button: dict[str, Any], user: str) -> Any:
        """Clicks a button in a window."""
        return self.line.deliver("interactive", deliveries.press(view, button, user))

    def settle(self) -> None:
        """Everything that was begun is finished."""
        assert drain(self.app, 8)


class NoClock:
    def now(self) -> datetime:
        return datetime(2026, 11, 25, 9, tzinfo=UTC)


def rights(people: People) -> Rights:
    """Nobody coordinates but UCOORD."""
    return Rights(people, ("UCOORD",), MemoryStore(), NoClock(), time.monotonic)


class NoGaps:
    def gaps(self, questions: Any) -> tuple[()]:
        return ()

    def forget(self, ids: Any, names: Any = ()) -> None:
        """Knows nobody."""

    def preview(self, draft: Any, questions: Any, today: Any) -> Preview:
        return Preview()


def desks(asking: Answers, kept: Keeping | None = None) -> Desks:
    """This desk, beside others over a base that holds nothing."""
    base, log, today = cast("Any", NoGaps()), MemoryQuestions(), NoClock().now().date
    kept = kept or keeping()
    return Desks(
        asking,
        GapDesk(base, log, today, keeps_text=True),
        RemindDesk(kept._base, NoClock().now),
        TuningDesk(base, log, today, tuple),
        kept,
        ForgetDesk(base, log, MemoryStore(), lambda person: f"pseudonym of {person.id}"),
        ReviewDesk(kept._base, dict, today),
        GlossaryDesk(kept._base, log, today, tuple),
        ActDesk(base, NoClock().now),
        OwnDesk(base, NoClock().now),
        CalendarDesk(MemoryStore(), kept.kinds, {}, {}, NoClock().now, Translator().say),
    )


@lru_cache(maxsize=4)
def _organisers(own: tuple[Path, ...] = ()) -> Organisers:
    kinds, themes = load_kinds(own)[0], load_vocabulary()[0]
    return Organisers(kinds, themes, load_countries(), load_glossary(), "FR")


def keeping() -> Keeping:
    """Facts that are kept in memory, none at first."""
    return kept_and_asked([])[0]


def kept_and_asked(asked: list[str], kinds: tuple[Path, ...] = ()) -> tuple[Keeping, Desk]:
    """Facts that are kept in memory, with a real desk that answers from them; `asked` are the questions in the log, `kinds` the
    files of a team's own kinds."""
    store, organised, zone = MemoryStore(), _organisers(kinds), "Europe/Paris"
    base = KnowledgeBase(store, organised, NoClock())
    kept = Keeping(base, organised.themes, store, NoClock(), zone, lambda: asked)
    return kept, Desk(base, store, NoClock(), zone, ("fr", "en"), {})


def settings_for(slack: StandIn) -> SlackSettings:
    return SlackSettings(
        "xoxb-test",
        SECRET,
        "xapp-test",
        slack.base_url,
        command_patience=2.0,
        workers=4,
        waiting=40,
        verify_token=False,
    )


@pytest.fixture(scope="session")
def slack_server() -> Iterator[StandIn]:
    with stand_in() as slack:
        yield slack


@contextmanager
def connected(
    slack: StandIn, way: str, speech: Speech, *, answering: bool = False, kinds: tuple[Path, ...] = ()
) -> Iterator[World]:
    """A world whose app is reached by that way, "socket" or "http"; `answering` from the facts that are kept in it, of these
    `kinds` too."""
    slack.calls.clear()
    slack.locales.clear()
    slack.profiles.clear()
    slack.refusals.clear()
    desk, sights, asked = FakeDesk(), Sights(), list[str]()
    kept, real = kept_and_asked(asked, kinds)
    # A real desk is given the time that it has in a workspace; only the fake one is told to be slow.
    settings = replace(settings_for(slack), command_patience=2.0 if answering else 0.4)
    app = build_app(
        desks(real if answering else desk, kept), speech, settings, sights.first, lambda: "7F3K", time.monotonic, rights
    )
    with ExitStack() as stack:
        if way == "socket":
            runner = SocketRunner(app, settings)
            before = list(slack.lines)
            runner.start()
            # Hanging up takes the library three seconds; nothing in the next test needs to wait for it.
            stack.callback(threading.Thread(target=runner.close, daemon=True).start)
            line: Line = SocketLine(slack, eventually(lambda: next((s for s in slack.lines if s not in before), None)))
        else:
            line = HttpLine(stack.enter_context(serving(front(app, SECRET, time.time))))
        yield World(slack, desk, sights, app, line, kept, asked)
        desk.gate.set()
        drain(app, 5)


@pytest.fixture(params=["socket", "http"])
def world(request: pytest.FixtureRequest, slack_server: StandIn) -> Iterator[World]:
    with connected(slack_server, request.param, PlainSpeech()) as made:
        yield made
