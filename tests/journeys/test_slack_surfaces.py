"""People meet the bot in Slack: every surface, in Socket Mode and over HTTP."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from bot.slack.click import Click
from tests.journeys.conftest import World
from tests.journeys.stand_in import eventually

EVIL = "everything <!channel> ＜!here＞ <@U9> <https://evil.example|bank> @everyone"


def test_a_mention_is_answered_in_its_thread(world: World) -> None:
    world.mention("quand finit l'accord ?", ts="100.1")
    said = world.slack.wait_for("chat.postMessage")

    assert said.params["channel"] == "C1" and said.params["thread_ts"] == "100.1"
    assert said.text == "answer to quand finit l'accord ?"
    assert world.desk.asked == [("quand finit l'accord ?", "U1", "C1:100.1")]


def test_a_mention_inside_a_thread_stays_in_that_thread(world: World) -> None:
    world.mention("et en 2024 ?", ts="100.2", thread_ts="100.1")

    assert world.slack.wait_for("chat.postMessage").params["thread_ts"] == "100.1"
    assert world.desk.asked[0][2] == "C1:100.1"


def test_a_bare_mention_gets_help(world: World) -> None:
    world.mention("")

    assert world.slack.wait_for("chat.postMessage").text.startswith("help")


def test_messages_are_sent_quietly(world: World) -> None:
    world.mention("bonjour")
    said = world.slack.wait_for("chat.postMessage").params

    assert [str(said[name]).lower() for name in ("unfurl_links", "unfurl_media", "link_names", "parse")] in (
        ["false", "false", "false", "none"],
        ["0", "0", "0", "none"],
    )


def test_a_direct_message_is_answered_in_its_thread(world: World) -> None:
    world.direct("quand ?", ts="200.1")
    said = world.slack.wait_for("chat.postMessage")

    assert (said.params["channel"], said.params["thread_ts"]) == ("D1", "200.1")
    assert world.desk.asked == [("quand ?", "U1", "D1:200.1")]


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message", "bot_id": "BOTHER"},
        {"subtype": "thread_broadcast"},
        {"bot_id": "BOTHER"},
        {"bot_id": "BBOT"},
        {"user": "UBOT"},
        {"edited": {"user": "U1", "ts": "1.2"}},
        {"channel_type": "channel"},
    ],
)
def test_bots_edits_deletions_and_itself_are_not_answered(world: World, more: dict[str, Any]) -> None:
    world.direct("quand ?", **more)
    world.settle()

    assert world.desk.asked == []
    assert world.slack.called("chat.postMessage") == []


def test_a_corrected_mention_is_not_answered_twice(world: World) -> None:
    world.mention("quand ?", edited={"user": "U1", "ts": "1.2"})
    world.settle()

    assert world.desk.asked == []


def test_opening_the_messages_tab_suggests_questions_without_naming_a_thread(world: World) -> None:
    world.slack.locales["U1"] = "en-GB"
    world.event({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"})
    said = world.slack.wait_for("assistant.threads.setSuggestedPrompts").params

    assert "thread_ts" not in said and said["channel_id"] == "D1"
    assert [prompt["message"] for prompt in said["prompts"]] == ["en 0 ?", "en 1 ?", "en 2 ?", "en 3 ?"]


def test_opening_the_home_tab_suggests_nothing(world: World) -> None:
    world.event({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"})
    world.settle()

    assert world.slack.called("assistant.threads.setSuggestedPrompts") == []


def test_a_workspace_that_refuses_suggestions_hears_no_complaint(world: World) -> None:
    world.slack.refusals["assistant.threads.setSuggestedPrompts"] = ["not_allowed"]
    world.event({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"})
    world.settle()

    assert world.slack.called("chat.postMessage") == []


@pytest.mark.parametrize("text", ["ask quand ?", "demander quand ?", "  ASK   quand ?"])
def test_a_command_is_answered_in_its_acknowledgement_to_the_person_alone(world: World, text: str) -> None:
    said = world.command(text)

    assert said["response_type"] == "ephemeral"
    assert said["text"] == "answer to quand ?"
    assert world.desk.asked == [("quand ?", "U1", "C1:U1")]


@pytest.mark.parametrize(
    ("text", "page"), [("", ""), ("help", ""), ("aide", ""), ("help import", "import"), ("ask", "")]
)
def test_a_command_gives_help(world: World, text: str, page: str) -> None:
    assert world.command(text)["text"].startswith(f"help {page}".strip())
    assert world.desk.helped == [page]


def test_an_unknown_word_is_answered_with_what_it_resembles(world: World) -> None:
    said = world.command("aks quand ?")

    assert "error.unknown_command" in said["text"] and "/entente ask quand ?" in said["text"]
    assert world.desk.asked == []


def test_a_sentence_after_the_command_is_a_question(world: World) -> None:
    assert world.command("quand finit l'accord ?")["text"] == "answer to quand finit l'accord ?"


def test_a_slow_search_says_that_it_is_looking_and_answers_later(world: World) -> None:
    said = world.command("ask slow")
    world.desk.gate.set()
    later = world.slack.wait_for("respond").params

    assert "slack.working" in said["text"]
    assert later["text"] == "answer to slow" and later["replace_original"] is True


def test_people_are_answered_in_the_language_of_their_slack(world: World) -> None:
    world.slack.locales |= {"U1": "en-US", "U2": "fr-FR"}

    assert "[en]" in world.command("hlep", user="U1")["text"]
    assert "[fr]" in world.command("hlep", user="U2")["text"]


def test_the_language_of_a_person_is_asked_for_once(world: World) -> None:
    for _ in range(3):
        world.command("help")

    assert len(world.slack.called("users.info")) == 1


def test_a_person_whose_language_is_unknown_is_answered_all_the_same(world: World) -> None:
    world.slack.refusals["users.info"] = ["user_not_found"]

    assert "[fr]" in world.command("hlep")["text"]


def test_a_choice_is_answered_in_place(world: World) -> None:
    world.mention("unsure")
    button = world.slack.wait_for("chat.postMessage").buttons("choose")[1]
    world.click(button, ts="5.5")
    said = world.slack.wait_for("chat.update")

    assert said.text == "chosen accord-b"
    assert (said.params["channel"], said.params["ts"]) == ("C1", "5.5")
    assert world.desk.chosen == [("accord-b", "C1:1.0", "unsure")]
    assert said.buttons("choose") == []


def test_five_clicks_have_one_effect(world: World) -> None:
    world.mention("unsure")
    for button in world.slack.wait_for("chat.postMessage").buttons("choose") * 3:
        world.click(button, ts="6.6")
    world.settle()

    assert len(world.desk.chosen) == 1
    assert len(world.slack.called("chat.update")) == 1


def test_a_choice_only_one_person_sees_is_replaced_through_its_response_address(world: World) -> None:
    said = world.command("ask unsure")
    button = next(block for block in said["blocks"] if block["type"] == "actions")["elements"][0]
    world.click(button, ts="7.7", ephemeral=True)
    later = world.slack.wait_for("respond").params

    assert later["replace_original"] is True and later["text"] == "chosen accord-a"
    assert world.desk.chosen == [("accord-a", "C1:U1", "unsure")]


def test_a_suggested_question_is_asked_when_clicked(world: World) -> None:
    world.mention("")
    world.click(world.slack.wait_for("chat.postMessage").buttons("prompt")[0])

    assert world.slack.wait_for("chat.postMessage", 2).text == "answer to et ça ?"


@pytest.mark.parametrize("value", ["", "garbage", '{"v": ""}', "[1]"])
def test_a_forged_button_does_nothing(world: World, value: str) -> None:
    for name in ("choose:1", "prompt:1", "feedback:1", "feedback:0", "unheard-of"):
        world.click({"type": "button", "action_id": name, "value": value})
    world.settle()

    assert (world.desk.asked, world.desk.chosen, world.desk.rated) == ([], [], [])


@pytest.mark.parametrize("verdict", ["good", "bad"])
def test_a_rating_is_kept_and_the_person_alone_is_thanked(world: World, verdict: str) -> None:
    world.mention("quand ?")
    buttons = world.slack.wait_for("chat.postMessage").buttons("feedback")[0]
    side = buttons["positive_button" if verdict == "good" else "negative_button"]
    for _ in range(5):
        world.click({"type": "feedback_buttons", "action_id": buttons["action_id"], "value": side["value"]})
    thanks = world.slack.wait_for("chat.postEphemeral")
    world.settle()

    assert set(world.desk.rated) == {("k1", verdict, "U1")}
    assert (thanks.params["user"], thanks.params["thread_ts"], thanks.text) == ("U1", "1.0", "thanks [fr]")
    assert len(world.slack.called("chat.postEphemeral")) == 1


def test_thanks_find_another_way_where_the_bot_is_no_member(world: World) -> None:
    world.slack.refusals["chat.postEphemeral"] = ["not_in_channel"]
    world.click({"type": "button", "action_id": "feedback:1", "value": Click("good:k9", "en").dump()})

    assert world.slack.wait_for("respond").text == "thanks [en]"


def test_feedback_becomes_ordinary_buttons_where_slack_refuses_its_own(world: World) -> None:
    world.slack.refusals["chat.postMessage"] = ["invalid_blocks"]
    world.mention("quand ?")
    said = world.slack.wait_for("chat.postMessage", 2)

    assert [button["type"] for button in said.buttons("feedback")] == ["button", "button"]


@pytest.mark.parametrize("way", ["mention", "direct", "command"])
def test_hostile_text_stays_text(world: World, way: str) -> None:
    typed = EVIL.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    answer = getattr(world, way)(f"ask {typed}" if way == "command" else typed)
    said = answer if way == "command" else world.slack.wait_for("chat.postMessage").params
    shown = re.sub(r"<https://source\.example/\|[^<>]*>", "", str(said["blocks"])) + said["text"]

    assert world.desk.asked[0][0].startswith("everything <!channel>")
    assert not re.search(r"<[!@#]|<http|@everyone|@channel|@here", shown)
    assert "&lt;!channel&gt;" in shown


def test_the_same_event_delivered_four_times_has_one_effect(world: World) -> None:
    for _ in range(4):
        world.mention("quand ?", event_id="EvTwice")
    world.settle()

    assert len(world.desk.asked) == 1
    assert len(world.slack.called("chat.postMessage")) == 1


def test_the_same_command_delivered_twice_has_one_effect(world: World) -> None:
    first, second = (world.command("ask quand ?", trigger="same") for _ in range(2))

    assert first["text"] == "answer to quand ?" and not second
    assert len(world.desk.asked) == 1


def test_what_nobody_listens_to_is_acknowledged(world: World) -> None:
    assert world.event({"type": "reaction_added", "user": "U1"}) == {}
    assert world.event({"type": "app_context_changed", "user": "U1"}) == {}
    assert not world.click({"type": "button", "action_id": "later", "value": "x"})


@pytest.mark.parametrize("way", ["mention", "direct"])
def test_a_listener_that_raises_tells_the_person_with_a_reference(
    world: World, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    getattr(world, way)("boom", ts="300.1")
    said = world.slack.wait_for("chat.postMessage")

    assert "error.listener" in said.text and "7F3K" in said.text
    assert said.params["thread_ts"] == "300.1"
    assert "7F3K: ZeroDivisionError at fake_desk.py" in caplog.text
    assert "secret" not in caplog.text and "boom" not in caplog.text


def test_a_command_that_raises_tells_the_person_with_a_reference(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    said = world.command("ask boom")

    assert said["response_type"] == "ephemeral" and "7F3K" in said["text"]
    assert "secret" not in caplog.text


def test_a_click_that_raises_tells_the_person_with_a_reference(world: World) -> None:
    world.click({"type": "button", "action_id": "choose:1", "value": Click("boom", "fr").dump()})
    said = world.slack.wait_for("respond").params

    assert "7F3K" in said["text"] and said["response_type"] == "ephemeral" and said["replace_original"] is False


def test_when_slack_does_not_take_the_answer_the_bot_says_so_once(world: World) -> None:
    world.slack.refusals["chat.postMessage"] = ["fatal_error"]
    world.mention("quand ?")

    assert "7F3K" in world.slack.wait_for("chat.postMessage", 2).text
    world.settle()
    assert len(world.slack.called("chat.postMessage")) == 2


def test_a_full_house_answers_commands_and_lets_slack_keep_events(world: World) -> None:
    pool = world.app.listener_runner.listener_executor
    for _ in range(44):
        pool.submit(world.desk.gate.wait, 10)
    said = world.command("help")
    world.desk.gate.set()

    assert "error.busy" in said["text"]
    eventually(lambda: world.command("help")["text"].startswith("help"))


def test_twenty_commands_a_minute_are_answered_and_the_next_is_told_to_slow_down(world: World) -> None:
    said = [world.command("ask quand ?", user="UFAST") for _ in range(21)]

    assert "error.flood" in json.dumps(said[20]) and "error.flood" not in json.dumps(said[:20])
    assert "error.flood" not in json.dumps(world.command("ask quand ?", user="USLOW"))


def test_only_coordinators_say_who_coordinates(world: World) -> None:
    assert "rights.coordinators_only" in json.dumps(world.command("coordinators add <@U7|seven>"))
    assert "coordinators.added" in json.dumps(world.command("coordinators add <@U7|seven>", user="UCOORD"))
    assert "coordinators.list" in json.dumps(world.command("coordinateurs", user="U7"))
    assert "coordinators.removed" in json.dumps(world.command("coordinators remove <@U7>", user="UCOORD"))
    assert "rights.coordinators_only" in json.dumps(world.command("coordinators", user="U7"))
    assert "coordinators.configured" in json.dumps(world.command("coordinators remove <@UCOORD>", user="UCOORD"))
    assert "coordinators.whom" in json.dumps(world.command("coordinators add nobody", user="UCOORD"))
    assert "coordinators.usage" in json.dumps(world.command("coordinators dance", user="UCOORD"))


def test_a_right_that_slack_takes_away_is_lost_at_once(world: World) -> None:
    assert "coordinators.list" in json.dumps(world.command("coordinators", user="UCOORD"))
    world.slack.profiles["UCOORD"] = {"deleted": True}
    world.event({"type": "user_change", "user": {"id": "UCOORD"}})
    world.settle()
    assert "rights.nobody" in json.dumps(world.command("coordinators", user="UCOORD"))


def test_to_be_forgotten_is_asked_once_and_done_when_they_say_so(world: World) -> None:
    for text in ("forget", "forget me", "oublie moi"):
        assert "forget.lead" in json.dumps(world.command(text)), text
    assert "forget.usage" in json.dumps(world.command("forget everybody"))
    for text in ("forget me yes", "oublier moi oui"):
        assert "forget.done" in json.dumps(world.command(text)), text
