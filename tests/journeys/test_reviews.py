"""The weekly look at some facts: asked of one named person, by itself, once, in their language; and what they answer."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import sending, wiring
from bot.config import Config, load_config
from bot.slack.client import SlackSettings
from bot.slack.http import front
from scheduler.ticker import Ticker
from tests.journeys.conftest import SECRET, HttpLine
from tests.journeys.stand_in import Call, StandIn, eventually, serving, stand_in
from tests.journeys.test_reminders import HandClock, plain

MONDAY = datetime(2028, 6, 5, 7, tzinfo=UTC)
"""Nine in Paris."""
CONFIG = """
meaning: {encoder: none}
coordinators: [U0ANA, U0MARC]
facts: [ours.yaml]
"""
FACT = """
- id: fact-%s
  title: {fr: Appel %s, en: Call %s}
  status: open
  source: {title: Letter, accessed: 2026-01-01}
"""
_number = itertools.count(1)


def facts(*owners: str) -> str:
    """Old facts of these owners ("" for none): fact-1, fact-2 and so on."""
    written = "kind: call\nfacts:"
    for place, owner in enumerate(owners, 1):
        written += FACT % ((place,) * 3) + (f"  owner: {owner}\n" if owner else "")
    return written


@dataclass
class Bot:
    """A running bot whose clock is moved by hand."""

    slack: StandIn
    parts: wiring.Parts
    ticker: Ticker
    clock: HandClock
    line: HttpLine

    def at(self, moment: datetime) -> dict[str, Call]:
        """What is posted when the clock shows this, by the person who is told."""
        before = len(self.slack.called("chat.postMessage"))
        self.clock.set(moment)
        self.ticker.run_once()
        assert self.ticker.last_error == ""
        posted = self.slack.called("chat.postMessage")[before:]
        told = {str(call.params["channel"]): call for call in posted}
        assert len(told) == len(posted)
        return told

    def send(self, kind: str, payload: dict[str, Any]) -> Any:
        started = time.monotonic()
        shared = {"team": {"id": "T1"}, "team_id": "T1", "api_app_id": "A1", "trigger_id": f"t{next(_number)}"}
        answer = self.line.deliver(kind, {**payload, **shared, "response_url": self.slack.response_url})
        assert time.monotonic() - started < 3
        return answer

    def click(self, call: Call, name: str, fact: str, user: str) -> Call:
        """What is said after a click on the button of that fact: in the place of its buttons, or to the person who clicked."""
        button = next(one for one in call.buttons(name) if f'"{fact}"' in one["value"])
        row = next(one for one in call.params["blocks"] if button in one.get("elements", ()))
        before = len(self._said())
        where = {"message_ts": "1.1", "channel_id": f"D{user}", "is_ephemeral": False}
        self.send(
            "interactive",
            {
                "type": "block_actions",
                "user": {"id": user},
                "container": {"type": "message", **where},
                "channel": {"id": f"D{user}"},
                "message": {"ts": "1.1", "text": call.text, "blocks": call.params["blocks"]},
                "actions": [{**button, "block_id": row["block_id"], "action_ts": "1"}],
            },
        )
        eventually(lambda: len(self._said()) > before)
        return self._said()[before]

    def _said(self) -> list[Call]:
        return [call for call in list(self.slack.calls) if call.method in ("respond", "chat.update")]

    def command(self, text: str, user: str) -> str:
        return plain(str(self._ordered(text, user).get("text", "")))

    def answer(self, text: str, user: str) -> str:
        """All that is shown to somebody who asks."""
        shown = [block.get("text") or block.get("elements") for block in self._ordered(text, user)["blocks"]]
        return plain(json.dumps([one for one in shown if "action_id" not in str(one)], ensure_ascii=False))

    def _ordered(self, text: str, user: str) -> dict[str, Any]:
        asked = {"command": "/entente", "text": text, "user_id": user, "channel_id": "C0FR"}
        return dict(self.send("slash_commands", asked))


Start = Callable[..., AbstractContextManager[Bot]]


@pytest.fixture(scope="module")
def server() -> Iterator[StandIn]:
    with stand_in() as slack:
        yield slack


@pytest.fixture
def start(server: StandIn, tmp_path: Path) -> Start:
    """Starts the bot on these facts, or again on the base that is there."""
    for kept in (server.calls, server.refusals, server.posted, server.down):
        kept.clear()
    server.locales |= {"U0ANA": "fr-FR", "U0MARC": "en-GB"}
    server.profiles |= {user: {"profile": {"display_name": user[2:].title()}} for user in ("U0ANA", "U0MARC")}

    @contextmanager
    def started(*owners: str, config: str = CONFIG) -> Iterator[Bot]:
        (tmp_path / "config.yaml").write_text(config, "utf-8")
        (tmp_path / "ours.yaml").write_text(facts(*owners), "utf-8")
        read = load_config(tmp_path / "config.yaml", {})
        assert isinstance(read, Config), read
        clock = HandClock()
        clock.set(MONDAY - timedelta(minutes=10))
        parts = wiring.build(read, clock, meaning=False)
        with ExitStack() as stack:
            stack.callback(parts.close)
            settings = SlackSettings("xoxb-test", SECRET, base_url=server.base_url, verify_token=False)
            app = wiring.bolt_app(parts, settings)
            ticker = stack.enter_context(sending.delivering(parts, settings))
            address = stack.enter_context(serving(front(app, SECRET, time.time)))
            ticker.run_once()
            yield Bot(server, parts, ticker, clock, HttpLine(address))

    return started


def shown(call: Call) -> str:
    """All that a message shows."""
    return plain(json.dumps(call.params["blocks"], ensure_ascii=False))


def asked(call: Call | None) -> set[str]:
    """The facts that a message asks to look at."""
    buttons = call.buttons("verify") if call else []
    return {button["value"].partition('"v": "')[2].partition('"')[0] for button in buttons}


def test_each_person_is_asked_on_monday_at_nine_once_in_their_language_about_their_facts(start: Start) -> None:
    with start("U0ANA", "U0ANA", "U0MARC", "") as bot:
        assert bot.at(MONDAY - timedelta(seconds=20)) == {}
        told = bot.at(MONDAY + timedelta(seconds=5))
        assert {"fact-1", "fact-2"} <= asked(told["U0ANA"]) and "fact-3" in asked(told["U0MARC"])
        assert sorted(asked(told["U0ANA"]) | asked(told["U0MARC"])) == [f"fact-{n}" for n in range(1, 5)]
        assert "à revoir de la semaine" in told["U0ANA"].text and "to look at this week" in told["U0MARC"].text
        assert "À vérifier : plus personne ne l'a confirmé" in shown(told["U0ANA"])
        assert bot.at(MONDAY + timedelta(minutes=1)) == {}
    with start() as again:
        assert again.at(MONDAY + timedelta(minutes=2)) == {}
        assert set(again.at(MONDAY + timedelta(days=7, minutes=2))) == {"U0ANA", "U0MARC"}


def test_nobody_is_asked_about_more_than_five_and_nothing_to_look_at_is_not_said(start: Start) -> None:
    with start(*["U0ANA"] * 7) as bot:
        told = bot.at(MONDAY + timedelta(seconds=5))
        assert set(told) == {"U0ANA"} and len(asked(told["U0ANA"])) == 5
        for n in range(1, 8):
            bot.parts.base.verify(f"fact-{n}", "U0ANA", MONDAY.date())
        assert bot.at(MONDAY + timedelta(days=7, minutes=1)) == {}
        assert "Aucune fiche" in bot.command("revoir", "U0ANA")


def test_in_place_of_those_who_left_or_lost_the_right_another_coordinator_is_asked(start: Start) -> None:
    with start("U0ANA", "U0GONE", "camille") as bot:
        bot.slack.profiles["U0ANA"] = {"deleted": True}
        told = bot.at(MONDAY + timedelta(seconds=5))
        assert {person: asked(call) for person, call in told.items()} == {"U0MARC": {"fact-1", "fact-2", "fact-3"}}


def test_a_back_up_that_the_team_names_is_asked_before_the_others(start: Start) -> None:
    config = CONFIG + "reviews: {day: mardi, hour: '10:00', backup: [U0ANA]}\n"
    with start("U0GONE", "", "U0MARC", config=config) as bot:
        assert bot.at(MONDAY + timedelta(minutes=1)) == {}
        told = bot.at(MONDAY + timedelta(hours=25, minutes=1))
        assert {person: asked(call) for person, call in told.items()} == {
            "U0ANA": {"fact-1", "fact-2"},
            "U0MARC": {"fact-3"},
        }


def test_while_the_directory_is_down_nobody_is_told_what_they_may_have_lost_the_right_to_see(start: Start) -> None:
    with start("U0ANA", "U0MARC") as bot:
        bot.slack.down |= {"U0ANA"}
        told = bot.at(MONDAY + timedelta(seconds=5))
        assert {person: asked(call) for person, call in told.items()} == {"U0MARC": {"fact-2"}}


def test_still_true_is_kept_for_a_fact_that_nobody_looks_after(start: Start) -> None:
    with start("", config=CONFIG + "reviews: {backup: [U0ANA]}\n") as bot:
        batch = bot.at(MONDAY + timedelta(seconds=5))["U0ANA"]
        said = bot.click(batch, "verify", "fact-1", "U0ANA")
        record = bot.parts.base.stored("fact-1")
        assert record is not None and record.source.verified_by == "U0ANA" and record.owner == ""
        assert "toujours vrai" in shown(said)


def test_what_was_answered_takes_the_place_of_its_buttons_and_can_be_taken_back(start: Start) -> None:
    with start("U0ANA", "U0ANA") as bot:
        batch = bot.at(MONDAY + timedelta(seconds=5))["U0ANA"]
        first = bot.click(batch, "verify", "fact-1", "U0ANA")
        assert first.method == "chat.update" and (first.params["channel"], first.params["ts"]) == ("DU0ANA", "1.1")
        assert asked(first) == {"fact-2"}
        second = bot.click(first, "pass_on", "fact-2", "U0ANA")
        assert asked(second) == set() and len(second.buttons("undo")) == 2
        undone = bot.click(second, "undo", second.buttons("undo")[-1]["value"].split('"')[3], "U0ANA")
        assert "comme avant" in plain(undone.text)
        record = bot.parts.base.stored("fact-2")
        assert record is not None and record.owner == "U0ANA"


def test_what_is_passed_on_is_asked_of_the_next_person_the_next_week(start: Start) -> None:
    with start("", config=CONFIG + "reviews: {backup: [U0ANA]}\n") as bot:
        batch = bot.at(MONDAY + timedelta(seconds=5))["U0ANA"]
        refused = bot.click(batch, "pass_on", "fact-1", "U0OTHER")
        assert "Seuls les coordinateurs" in plain(refused.text)
        said = bot.click(batch, "pass_on", "fact-1", "U0ANA")
        assert "Marc suit maintenant « Appel 1 »" in shown(said)
        told = bot.at(MONDAY + timedelta(days=7, minutes=1))
        assert {person: asked(call) for person, call in told.items()} == {"U0MARC": {"fact-1"}}


def test_edit_opens_the_fact_in_its_form(start: Start) -> None:
    with start("U0MARC") as bot:
        batch = bot.at(MONDAY + timedelta(seconds=5))["U0MARC"]
        button = batch.buttons("edit")[0]
        bot.send(
            "interactive",
            {
                "type": "block_actions",
                "user": {"id": "U0MARC"},
                "container": {"type": "message", "message_ts": "1.1", "channel_id": "D1", "is_ephemeral": False},
                "channel": {"id": "D1"},
                "message": {"ts": "1.1"},
                "actions": [{**button, "block_id": "b", "action_ts": "1"}],
            },
        )
        assert "Change the fact" in str(bot.slack.wait_for("views.open").params["view"])


def test_it_can_be_seen_coming_by_those_it_is_for(start: Start) -> None:
    with start("U0ANA", "U0MARC") as bot:
        said = bot.command("échéances 3", "U0ANA")
        assert "5 juin 2028 à 9 h 00" in said and "1 fiche à revoir, en message direct" in said
        assert "à revoir" not in bot.command("échéances 3", "U0OTHER")


def test_a_team_that_wants_none_is_asked_nothing(start: Start) -> None:
    with start("U0ANA", config=CONFIG + "reviews: {day: never}\n") as bot:
        assert bot.at(MONDAY + timedelta(seconds=5)) == {}
        assert "Appel 1" in bot.command("revoir", "U0ANA")


def test_after_weeks_of_silence_one_message_is_sent(start: Start) -> None:
    with start("U0ANA") as bot:
        told = bot.at(MONDAY + timedelta(days=16))
        assert asked(told["U0ANA"]) == {"fact-1"}


def test_a_card_calls_people_by_their_names_in_both_languages(start: Start) -> None:
    with start("U0ANA") as bot:
        batch = bot.at(MONDAY + timedelta(seconds=5))["U0ANA"]
        assert "Suivi par Ana" in shown(batch)
        bot.click(batch, "verify", "fact-1", "U0ANA")
        for user, verified, owner in (
            ("U0ANA", "Vérifié le 5 juin 2028 par Ana", "Suivi par Ana"),
            ("U0MARC", "Verified on 5 June 2028 by Ana", "Looked after by Ana"),
        ):
            answer = bot.answer("ask Appel 1" if user == "U0MARC" else "demander Appel 1", user)
            assert verified in answer and owner in answer and "U0ANA" not in answer


def test_those_of_the_user_group_are_asked_and_see_it_coming_until_they_leave_it(server: StandIn, start: Start) -> None:
    grouped = CONFIG.replace("coordinators: [U0ANA, U0MARC]", "coordinators_group: S0KEEP")
    server.group[:] = ["U0ANA", "U0MARC"]
    with start("U0ANA", "U0MARC", config=grouped) as bot:
        assert "Marc" in bot.command("échéances 3", "U0ANA") and "à revoir" in bot.command("échéances 3", "U0ANA")
        told = bot.at(MONDAY + timedelta(seconds=5))
        assert {person: asked(call) for person, call in told.items()} == {"U0ANA": {"fact-1"}, "U0MARC": {"fact-2"}}
    server.group[:] = ["U0MARC"]
    with start(config=grouped) as again:
        told = again.at(MONDAY + timedelta(days=7, minutes=1))
        assert {person: asked(call) for person, call in told.items()} == {"U0MARC": {"fact-1", "fact-2"}}
