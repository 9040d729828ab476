"""The weekly look at some facts: asked of one named person, by itself, once, in their language; and what they answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys.running_bot import RunningBot, plain, running
from tests.journeys.stand_in import Call, StandIn, eventually, stand_in

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


def facts(*owners: str) -> str:
    """Old facts of these owners ("" for none): fact-1, fact-2 and so on."""
    written = "kind: call\nfacts:"
    for place, owner in enumerate(owners, 1):
        written += FACT % ((place,) * 3) + (f"  owner: {owner}\n" if owner else "")
    return written


@dataclass
class Bot(RunningBot):
    """With the people before it whom it asks."""

    def asks(self, moment: datetime) -> dict[str, Call]:
        """What is posted when the clock shows this, by the person who is told."""
        posted = self.at(moment)
        told = {str(call.params["channel"]): call for call in posted}
        assert len(told) == len(posted)
        return told

    def click(self, call: Call, name: str, fact: str, user: str) -> Call:
        """What is said after a click on the button of that fact: in the place of its buttons, or to the person who clicked."""
        button = next(one for one in call.buttons(name) if f'"{fact}"' in one["value"])
        row = next(one for one in call.params["blocks"] if button in one.get("elements", ()))
        before = len(self._said())
        shown = {"text": call.text, "blocks": call.params["blocks"]}
        self.under("1.1", button, user, f"D{user}", message=shown, block=row["block_id"])
        eventually(lambda: len(self._said()) > before)
        return self._said()[before]

    def _said(self) -> list[Call]:
        return [call for call in list(self.slack.calls) if call.method in ("respond", "chat.update")]

    def answer(self, text: str, user: str) -> str:
        """All that is shown to somebody who asks."""
        shown = [block.get("text") or block.get("elements") for block in self.ordered(text, user)["blocks"]]
        return plain(json.dumps([one for one in shown if "action_id" not in str(one)], ensure_ascii=False))


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
        (tmp_path / "ours.yaml").write_text(facts(*owners), "utf-8")
        with running(Bot, server, tmp_path, config, MONDAY - timedelta(minutes=10)) as bot:
            bot.ticker.run_once()
            bot.seen = len(server.called("chat.postMessage"))
            yield bot

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
        assert bot.asks(MONDAY - timedelta(seconds=20)) == {}
        told = bot.asks(MONDAY + timedelta(seconds=5))
        assert {"fact-1", "fact-2"} <= asked(told["U0ANA"]) and "fact-3" in asked(told["U0MARC"])
        assert sorted(asked(told["U0ANA"]) | asked(told["U0MARC"])) == [f"fact-{n}" for n in range(1, 5)]
        assert "à revoir de la semaine" in told["U0ANA"].text and "to look at this week" in told["U0MARC"].text
        assert "À vérifier : plus personne ne l'a confirmé" in shown(told["U0ANA"])
        assert bot.asks(MONDAY + timedelta(minutes=1)) == {}
    with start() as again:
        assert again.asks(MONDAY + timedelta(minutes=2)) == {}
        assert set(again.asks(MONDAY + timedelta(days=7, minutes=2))) == {"U0ANA", "U0MARC"}


def test_nobody_is_asked_about_more_than_five_and_nothing_to_look_at_is_not_said(start: Start) -> None:
    with start(*["U0ANA"] * 7) as bot:
        told = bot.asks(MONDAY + timedelta(seconds=5))
        assert set(told) == {"U0ANA"} and len(asked(told["U0ANA"])) == 5
        for n in range(1, 8):
            bot.parts.base.verify(f"fact-{n}", "U0ANA", MONDAY.date())
        assert bot.asks(MONDAY + timedelta(days=7, minutes=1)) == {}
        assert "Aucune fiche" in bot.command("revoir", "U0ANA")


def test_in_place_of_those_who_left_or_lost_the_right_another_coordinator_is_asked(start: Start) -> None:
    with start("U0ANA", "U0GONE", "camille") as bot:
        bot.slack.profiles["U0ANA"] = {"deleted": True}
        told = bot.asks(MONDAY + timedelta(seconds=5))
        assert {person: asked(call) for person, call in told.items()} == {"U0MARC": {"fact-1", "fact-2", "fact-3"}}


def test_a_back_up_that_the_team_names_is_asked_before_the_others(start: Start) -> None:
    config = CONFIG + "reviews: {day: mardi, hour: '10:00', backup: [U0ANA]}\n"
    with start("U0GONE", "", "U0MARC", config=config) as bot:
        assert bot.asks(MONDAY + timedelta(minutes=1)) == {}
        told = bot.asks(MONDAY + timedelta(hours=25, minutes=1))
        assert {person: asked(call) for person, call in told.items()} == {
            "U0ANA": {"fact-1", "fact-2"},
            "U0MARC": {"fact-3"},
        }


def test_while_the_directory_is_down_nobody_is_told_what_they_may_have_lost_the_right_to_see(start: Start) -> None:
    with start("U0ANA", "U0MARC") as bot:
        bot.slack.down |= {"U0ANA"}
        told = bot.asks(MONDAY + timedelta(seconds=5))
        assert {person: asked(call) for person, call in told.items()} == {"U0MARC": {"fact-2"}}


def test_still_true_is_kept_for_a_fact_that_nobody_looks_after(start: Start) -> None:
    with start("", config=CONFIG + "reviews: {backup: [U0ANA]}\n") as bot:
        batch = bot.asks(MONDAY + timedelta(seconds=5))["U0ANA"]
        said = bot.click(batch, "verify", "fact-1", "U0ANA")
        record = bot.parts.base.stored("fact-1")
        assert record is not None and record.source.verified_by == "U0ANA" and record.owner == ""
        assert "toujours vrai" in shown(said)


def test_what_was_answered_takes_the_place_of_its_buttons_and_can_be_taken_back(start: Start) -> None:
    with start("U0ANA", "U0ANA") as bot:
        batch = bot.asks(MONDAY + timedelta(seconds=5))["U0ANA"]
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
        batch = bot.asks(MONDAY + timedelta(seconds=5))["U0ANA"]
        refused = bot.click(batch, "pass_on", "fact-1", "U0OTHER")
        assert "Seuls les coordinateurs" in plain(refused.text)
        said = bot.click(batch, "pass_on", "fact-1", "U0ANA")
        assert "Marc suit maintenant « Appel 1 »" in shown(said)
        told = bot.asks(MONDAY + timedelta(days=7, minutes=1))
        assert {person: asked(call) for person, call in told.items()} == {"U0MARC": {"fact-1"}}


def test_edit_opens_the_fact_in_its_form(start: Start) -> None:
    with start("U0MARC") as bot:
        batch = bot.asks(MONDAY + timedelta(seconds=5))["U0MARC"]
        bot.under("1.1", batch.buttons("edit")[0], "U0MARC", "D1")
        assert "Change the fact" in str(bot.slack.wait_for("views.open").params["view"])


def test_it_can_be_seen_coming_by_those_it_is_for(start: Start) -> None:
    with start("U0ANA", "U0MARC") as bot:
        said = bot.command("échéances 3", "U0ANA")
        assert "5 juin 2028 à 9 h 00" in said and "1 fiche à revoir, en message direct" in said
        assert "à revoir" not in bot.command("échéances 3", "U0OTHER")


def test_a_team_that_wants_none_is_asked_nothing(start: Start) -> None:
    with start("U0ANA", config=CONFIG + "reviews: {day: never}\n") as bot:
        assert bot.asks(MONDAY + timedelta(seconds=5)) == {}
        assert "Appel 1" in bot.command("revoir", "U0ANA")


def test_after_weeks_of_silence_one_message_is_sent(start: Start) -> None:
    with start("U0ANA") as bot:
        told = bot.asks(MONDAY + timedelta(days=16))
        assert asked(told["U0ANA"]) == {"fact-1"}


def test_a_card_calls_people_by_their_names_in_both_languages(start: Start) -> None:
    with start("U0ANA") as bot:
        batch = bot.asks(MONDAY + timedelta(seconds=5))["U0ANA"]
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
        told = bot.asks(MONDAY + timedelta(seconds=5))
        assert {person: asked(call) for person, call in told.items()} == {"U0ANA": {"fact-1"}, "U0MARC": {"fact-2"}}
    server.group[:] = ["U0MARC"]
    with start(config=grouped) as again:
        told = again.asks(MONDAY + timedelta(days=7, minutes=1))
        assert {person: asked(call) for person, call in told.items()} == {"U0MARC": {"fact-1", "fact-2"}}
