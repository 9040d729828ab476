"""From a question that finds nothing to the answer told in the thread where it was asked, through the real bot."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import sources, wiring
from bot.app import drain
from bot.config import Config, load_config
from bot.desk import Person
from bot.slack.http import front
from bot.slack.modals import FORM
from tests.journeys import deliveries
from tests.journeys.conftest import SECRET, HttpLine, filled, settings_for
from tests.journeys.stand_in import Call, StandIn, eventually, serving

LOST = "Combien de platine dans le télescope Hubble ?"
LOST_TOO = "platine télescope hubble ?"
_number = itertools.count(1)


@dataclass(slots=True)
class Bot:
    slack: StandIn
    line: HttpLine
    parts: wiring.Parts

    def ask(self, text: str, user: str, ts: str) -> Call:
        before = len(self.slack.called("chat.postMessage"))
        event = {"type": "app_mention", "channel": "C1", "user": user, "text": f"<@UBOT> {text}", "ts": ts}
        self.line.deliver("events_api", deliveries.event(event))
        return self.slack.wait_for("chat.postMessage", before + 1)

    def command(self, text: str, user: str) -> Any:
        return self.line.deliver("slash_commands", deliveries.command(text, user, self.slack.response_url))

    def click(self, button: dict[str, Any], user: str) -> None:
        sent = deliveries.click(button, user, self.slack.response_url, ts="9.9", ephemeral=True)
        self.line.deliver("interactive", sent)

    def submit(self, view: dict[str, Any], text: str, user: str) -> Any:
        values = {"line": {"line": {"type": "plain_text_input", "value": text}}}
        return self.line.deliver("interactive", deliveries.submission(view, values, user))

    def fill(self, view: dict[str, Any], typed: dict[str, Any], user: str) -> dict[str, Any]:
        """Goes through the pages of a form; the window that shows what is about to be saved."""
        while view["callback_id"] == FORM:
            answer = self.line.deliver("interactive", deliveries.submission(view, filled(view, typed), user))
            assert answer["response_action"] == "update", answer
            view = answer["view"]
        return view


@pytest.fixture
def bot(slack_server: StandIn, tmp_path: Path) -> Iterator[Bot]:
    slack_server.calls.clear()
    slack_server.locales.clear()
    slack_server.profiles.clear()
    file = tmp_path / "config.yaml"
    file.write_text("meaning: {encoder: none}\n")
    config = load_config(file, {})
    assert isinstance(config, Config)
    parts = wiring.build(config)
    app = wiring.bolt_app(parts, settings_for(slack_server), ("UCOORD",))
    with ExitStack() as stack:
        stack.callback(parts.close)
        line = HttpLine(stack.enter_context(serving(front(app, SECRET, time.time))))
        yield Bot(slack_server, line, parts)
        drain(app, 5)


def buttons(answer: Any, name: str) -> list[dict[str, Any]]:
    elements = [element for block in answer["blocks"] for element in block.get("elements", [])]
    return [element for element in elements if str(element.get("action_id", "")).startswith(name + ":")]


def opened(bot: Bot) -> dict[str, Any]:
    """The form that a coordinator opens from the list of gaps."""
    shown = bot.command("gaps", "UCOORD")
    bot.click(buttons(shown, "gap_known")[0], "UCOORD")
    view: dict[str, Any] = bot.slack.wait_for("views.open").params["view"]
    return view


def test_a_gap_is_closed_with_a_record_and_everyone_who_asked_is_told_in_their_thread(bot: Bot) -> None:
    bot.ask(LOST, "U1", "100.1")
    bot.ask(LOST_TOO, "U2", "200.2")
    view = opened(bot)
    before = len(bot.slack.called("chat.postMessage"))

    assert bot.submit(view, "atelier-bioinformatique", "UCOORD") == {}

    eventually(lambda: len(bot.slack.called("chat.postMessage")) == before + 2)
    told = bot.slack.called("chat.postMessage")[before:]
    assert {call.params["thread_ts"] for call in told} == {"100.1", "200.2"}
    assert all("ubble" in call.text and "ioinformatique" in call.text for call in told)
    record = bot.parts.base.record("atelier-bioinformatique")
    assert record is not None and LOST in record.aliases
    assert "Aucune question" in bot.command("lacunes", "UCOORD")["text"]
    assert bot.parts.base.history(record.id)[-1].by == "UCOORD"


@pytest.mark.parametrize(
    ("named", "told"), [("xyzzy plugh", "au plus près"), ("???", "???"), ("1+MG ICPerMed", "identifiant")]
)
def test_a_fact_that_cannot_be_told_is_refused_under_the_line(bot: Bot, named: str, told: str) -> None:
    bot.ask(LOST, "U1", "100.1")
    answer = bot.submit(opened(bot), named, "UCOORD")
    assert answer["response_action"] == "errors"
    assert told in answer["errors"]["line"]
    assert len(bot.parts.desks.gaps.open()) == 1


def test_a_coordinator_who_lost_the_right_while_the_form_was_open_changes_nothing(bot: Bot) -> None:
    bot.ask(LOST, "U1", "100.1")
    view = opened(bot)
    answer = bot.submit(view, "atelier-bioinformatique", "U1")
    assert answer["response_action"] == "errors"
    assert len(bot.parts.desks.gaps.open()) == 1


def test_others_do_not_see_the_gaps_nor_act_on_them(bot: Bot) -> None:
    bot.ask(LOST, "U1", "100.1")
    button = buttons(bot.command("gaps", "UCOORD"), "gap_dismiss")[0]
    assert "Hubble" not in bot.command("gaps", "U1")["text"]
    bot.click(button, "U1")
    bot.slack.wait_for("respond")
    assert len(bot.parts.desks.gaps.open()) == 1


def test_a_gap_can_be_dismissed_once(bot: Bot) -> None:
    bot.ask(LOST, "U1", "100.1")
    button = buttons(bot.command("gaps", "UCOORD"), "gap_dismiss")[0]
    bot.click(button, "UCOORD")
    assert "Écartée" in bot.slack.wait_for("respond").text
    assert bot.parts.desks.gaps.open() == ()
    bot.click(button, "UCOORD")
    assert "n'attend plus" in bot.slack.wait_for("respond", 2).text


def _is_of_one_record(bot: Bot, question: str) -> bool:
    """Whether it is answered surely, and not with a list."""
    answer = bot.parts.desk.ask(question, Person("U9")).answer
    return answer is not None and answer.band == "sure" and answer.set is None and "seqoia" not in answer.facts


def why(bot: Bot, question: str, user: str) -> Call:
    """What that person reads after a click on Why under the answer of the question, asked in a channel."""
    said = bot.ask(question, "U1", f"{next(_number)}.5")
    before = len(bot.slack.called("respond"))
    bot.click(said.buttons("why")[0], user)
    return bot.slack.wait_for("respond", before + 1)


def answered(bot: Bot, count: int) -> Call:
    """That answer, after the whole golden set was asked again."""
    eventually(lambda: len(bot.slack.called("respond")) >= count, 60)
    return bot.slack.called("respond")[count - 1]


def test_a_coordinator_makes_a_record_answer_a_question_from_its_explanation(bot: Bot) -> None:
    question = "La maison des robots du treizième étage ?"
    shown = why(bot, "c'est quoi SeqOIA ?", "UCOORD")
    (button, *_) = shown.buttons("alias")
    value = json.loads(button["value"]) | {"q": question}
    bot.click({**button, "value": json.dumps(value)}, "UCOORD")
    told = answered(bot, 2)
    assert "questions ont été vérifiées" in told.text
    record = bot.parts.base.record("seqoia")
    assert record is not None and question in record.aliases
    assert "SeqOIA" in bot.ask(question, "U2", "77.7").text


def test_a_name_that_would_take_questions_from_other_records_is_not_added_without_asking(bot: Bot) -> None:
    (button, *_) = why(bot, "c'est quoi SeqOIA ?", "UCOORD").buttons("alias")
    golden = next(text for text in sources.golden() if _is_of_one_record(bot, text))
    value = json.loads(button["value"]) | {"q": golden}
    bot.click({**button, "value": json.dumps(value)}, "UCOORD")
    warned = answered(bot, 2)
    assert "Rien n'est changé" in warned.text
    (anyway,) = warned.buttons("alias_anyway")
    bot.click(anyway, "UCOORD")
    bot.slack.wait_for("respond", 3)
    record = bot.parts.base.record("seqoia")
    assert record is not None and golden in record.aliases


def test_a_coordinator_teaches_a_word_from_an_explanation_and_it_counts_at_once(bot: Bot) -> None:
    shown = why(bot, "Quand ferme le zorglub JTC2024 ?", "UCOORD")
    button = next(one for one in shown.buttons("pair") if "zorglub" in one["value"])
    means = json.loads(button["value"])["v"].partition(" = ")[2]
    bot.click(button, "UCOORD")
    told = answered(bot, 2)
    assert "questions ont été vérifiées" in told.text and "zorglub" in told.text
    (pair,) = bot.parts.base.glossary.pairs()
    assert (pair.sides, pair.by) == (("zorglub", means), "UCOORD")
    listed = bot.command("glossaire", "UCOORD")
    assert "zorglub" in listed["text"]
    bot.click(buttons(listed, "pair_remove")[0], "UCOORD")
    (back,) = answered(bot, 3).buttons("pair_anyway")
    assert not bot.parts.base.glossary.pairs()[0].in_force
    bot.click(back, "UCOORD")
    answered(bot, 4)
    assert bot.parts.base.glossary.pairs()[1].in_force


def test_another_pair_is_written_in_a_form_and_the_result_is_told_in_a_direct_message(bot: Bot) -> None:
    (button,) = why(bot, "c'est quoi SeqOIA ?", "UCOORD").buttons("pair_form")
    bot.click(button, "UCOORD")
    view = bot.slack.wait_for("views.open").params["view"]
    refused = bot.submit(view, "zorglub", "UCOORD")
    assert "ajoute une paire" in refused["errors"]["line"]
    assert "ne connaît ni" in bot.submit(view, "zorglub = chimère", "UCOORD")["errors"]["line"]
    assert "coordinateurs" in bot.submit(view, "zorglub = SeqOIA", "U1")["errors"]["line"]
    told = len(bot.slack.called("chat.postMessage"))
    assert bot.submit(view, "zorglub = SeqOIA", "UCOORD") == {}
    eventually(lambda: len(bot.slack.called("chat.postMessage")) > told, 60)
    said = bot.slack.called("chat.postMessage")[told]
    assert said.params["channel"] == "UCOORD" and "zorglub" in said.text
    assert "SeqOIA" in bot.ask("c'est quoi le zorglub ?", "U2", "78.8").text


def test_others_are_offered_no_pair_and_add_none(bot: Bot) -> None:
    shown = why(bot, "c'est quoi le zorglub SeqOIA ?", "U1")
    assert shown.buttons("pair") == shown.buttons("pair_form") == []
    assert "coordinateurs" in bot.command("glossaire zorglub = SeqOIA", "U1")["text"]
    assert bot.parts.base.glossary.pairs() == ()


def test_others_see_why_and_change_nothing(bot: Bot) -> None:
    assert why(bot, "c'est quoi SeqOIA ?", "U1").buttons("alias") == []
    (button, *_) = why(bot, "c'est quoi SeqOIA ?", "UCOORD").buttons("alias")
    bot.click(button, "U1")
    bot.slack.wait_for("respond", 3)
    record = bot.parts.base.record("seqoia")
    assert record is not None and "c'est quoi SeqOIA ?" not in record.aliases


def test_a_gap_is_closed_by_the_record_that_is_added_for_it(bot: Bot) -> None:
    bot.ask(LOST, "U1", "100.1")
    shown = bot.command("gaps", "UCOORD")
    bot.click(buttons(shown, "gap_add")[0], "UCOORD")
    kinds = bot.slack.wait_for("respond").buttons("add_kind")
    target = next(button for button in kinds if json.loads(button["value"])["v"].startswith("organisation "))
    bot.click(target, "UCOORD")
    view = bot.slack.wait_for("views.open").params["view"]
    assert LOST in json.dumps(view, ensure_ascii=False)
    told = len(bot.slack.called("chat.postMessage"))
    typed = {
        "title.fr": "Platine du télescope Hubble",
        "summary.fr": "Aucun platine n'est compté dans le télescope.",
        "source.title": "Notice",
        "source.url": "https://telescope.example/notice",
        "aliases": LOST,
    }
    preview = bot.fill(view, typed, "UCOORD")
    assert LOST in json.dumps(preview, ensure_ascii=False)
    bot.line.deliver("interactive", deliveries.submission(preview, {}, "UCOORD"))
    bot.slack.wait_for("chat.postMessage", told + 1)
    call = bot.slack.called("chat.postMessage")[told]
    assert call.params["thread_ts"] == "100.1" and "Platine du télescope" in call.text
    assert bot.parts.desks.gaps.open() == ()


def test_the_answer_says_why_to_the_one_who_clicks(bot: Bot) -> None:
    said = bot.ask("Quand ferme JTC2024 ?", "U1", "300.3")
    (button,) = said.buttons("why")
    bot.click(button, "U1")
    assert "JTC2024" in bot.slack.wait_for("respond").text
