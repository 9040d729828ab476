"""The Web API of the playground answers and refuses in the shapes of Slack's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.playground.files import share
from bot.playground.limits import check_blocks, check_view
from bot.playground.people import APP_TOKEN, BOT_ID, BOT_TOKEN, BOT_USER_ID, PEOPLE, TEAM_ID, dm_of
from bot.playground.server import build_playground
from bot.playground.socket_mode import SocketMode
from bot.playground.values import Json
from bot.playground.web_api import answer
from bot.playground.workspace import Workspace

CHANNEL = "C0INTERNAT"
ASKER = PEOPLE[0].id
ADDRESS = "127.0.0.1:8765"
MODAL: Json = {"type": "modal", "title": {"type": "plain_text", "text": "Hello"}, "blocks": [{"type": "divider"}]}


class Slack:
    """Calls methods as a client with the bot's token does."""

    def __init__(self) -> None:
        self.workspace = Workspace(lambda: 1_800_000_000.0)
        self.link = SocketMode()

    def __call__(self, method: str, token: str = BOT_TOKEN, **given: Any) -> Json:
        return answer(self.workspace, method, {"token": token, **given}, self.link, ADDRESS)


@pytest.fixture
def slack() -> Slack:
    return Slack()


def section(text: str = "Hello", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text: str = "Go", **more: Any) -> Json:
    return {"type": "button", "text": {"type": "plain_text", "text": text}, **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def test_auth_test_names_the_bot_and_the_team(slack: Slack) -> None:
    told = slack("auth.test")
    assert told["ok"] is True
    assert (told["user_id"], told["bot_id"], told["team_id"]) == (BOT_USER_ID, BOT_ID, TEAM_ID)


def test_tokens_are_asked_for_and_told_apart(slack: Slack) -> None:
    assert slack("auth.test", token="")["error"] == "not_authed"
    assert slack("auth.test", token="xoxb-other")["error"] == "invalid_auth"
    assert slack("auth.test", token=APP_TOKEN)["error"] == "not_allowed_token_type"
    assert slack("apps.connections.open")["error"] == "not_allowed_token_type"


def test_an_unknown_method_is_named(slack: Slack) -> None:
    assert slack("chat.shout") == {"ok": False, "error": "unknown_method", "req_method": "chat.shout"}


def test_connections_open_gives_an_address_on_this_machine_with_a_new_ticket(slack: Slack) -> None:
    first, second = (slack("apps.connections.open", token=APP_TOKEN)["url"] for _ in range(2))
    assert first.startswith(f"ws://{ADDRESS}/link?ticket=")
    assert first != second


def test_a_posted_message_comes_back_as_slack_tells_it(slack: Slack) -> None:
    told = slack("chat.postMessage", channel=CHANNEL, text="Hi", blocks=[section(), actions(button())])
    message = told["message"]
    assert told["channel"] == CHANNEL
    assert message["ts"] == told["ts"]
    assert (message["type"], message["user"], message["bot_id"]) == ("message", BOT_USER_ID, BOT_ID)
    assert all(block["block_id"] for block in message["blocks"])
    assert message["blocks"][1]["elements"][0]["action_id"]


def test_a_post_to_a_person_goes_to_the_direct_message(slack: Slack) -> None:
    assert slack("chat.postMessage", channel=ASKER, text="Hi")["channel"] == dm_of(ASKER)


def test_plain_text_comes_back_escaped_as_slack_gives_it(slack: Slack) -> None:
    told = slack("chat.postMessage", channel=CHANNEL, text="Hi", blocks=[actions(button("Q&A <1>"))])
    assert told["message"]["blocks"][0]["elements"][0]["text"]["text"] == "Q&amp;A &lt;1&gt;"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"channel": "C404", "text": "Hi"}, "channel_not_found"),
        ({"channel": CHANNEL}, "no_text"),
        ({"channel": CHANNEL, "text": "a" * 40_001}, "msg_too_long"),
        ({"channel": CHANNEL, "text": "Hi", "blocks": "unreadable"}, "invalid_blocks_format"),
        ({"channel": CHANNEL, "text": "Hi", "blocks": [section("a" * 2900) for _ in range(5)]}, "msg_blocks_too_long"),
        ({"channel": CHANNEL, "text": "Hi", "thread_ts": "1.0"}, "thread_not_found"),
    ],
)
def test_a_post_is_refused_with_slacks_word(slack: Slack, given: Json, error: str) -> None:
    assert slack("chat.postMessage", **given)["error"] == error


def test_refused_blocks_say_where_and_why(slack: Slack) -> None:
    told = slack("chat.postMessage", channel=CHANNEL, text="Hi", blocks=[section("a" * 3001)])
    assert told == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": ["must be less than 3001 characters [json-pointer:/blocks/0/text/text]"],
        "response_metadata": {
            "messages": ["[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"]
        },
    }


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        ([{"type": "header", "text": {"type": "plain_text", "text": "a" * 151}}], "less than 151"),
        ([{"type": "divider"}] * 51, "no more than 50 items"),
        ([actions(*(button(action_id=str(n)) for n in range(26)))], "no more than 25 items"),
        ([actions(button("a" * 76))], "less than 76"),
        ([actions(button(value="a" * 2001))], "less than 2001"),
        ([actions(button(style="loud"))], "must be one of: primary, danger"),
        ([actions(button(action_id="a"), button(action_id="a"))], "`action_id` already exists: a"),
        ([section(block_id="b"), section(block_id="b")], "`block_id` already exists: b"),
        ([{"type": "banner"}], "unsupported type: banner"),
        ([actions({"type": "knob"})], "unsupported type: knob"),
        ([{"type": "section"}], "`text` or `fields`"),
        ([section("")], "more than 0 characters"),
        ([{"type": "context", "elements": []}], "no fewer than 1 items"),
        ([{"type": "input", "label": {"type": "plain_text", "text": "x"}}], "unsupported type: input"),
        ([{"type": "alert", "text": {"type": "plain_text", "text": "x"}}], "unsupported type: alert"),
        ([{"type": "markdown", "text": "a" * 12_001}], "less than 12001"),
        ([{"type": "data_table", "rows": [[]], "caption": "x"}], "no fewer than 2 items"),
        (["text"], "must be an object"),
    ],
)
def test_what_slack_refuses_in_a_message_is_refused(blocks: list[Any], words: str) -> None:
    assert any(words in error for error in check_blocks(blocks))


def test_the_limits_themselves_are_allowed() -> None:
    wide = [section("a" * 3000), {"type": "header", "text": {"type": "plain_text", "text": "a" * 150}}]
    full = [actions(*(button("a" * 75, action_id=str(n)) for n in range(25)))]
    assert check_blocks(wide + full + [{"type": "divider"}] * 47) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": {"type": "plain_text", "text": "a" * 25}}, "less than 25"),
        ({"title": None}, "missing required field: title"),
        ({"private_metadata": "a" * 3001}, "less than 3001"),
        ({"blocks": [{"type": "divider"}] * 101}, "no more than 100 items"),
        ({"type": "window"}, "unsupported type"),
    ],
)
def test_what_slack_refuses_in_a_modal_is_refused(change: Json, words: str) -> None:
    assert any(words in error for error in check_view(MODAL | change))


def test_a_modal_with_inputs_needs_a_submit_button() -> None:
    asked = {
        "type": "input",
        "label": {"type": "plain_text", "text": "Name"},
        "element": {"type": "plain_text_input", "action_id": "a"},
    }
    assert any("`submit` is required" in error for error in check_view(MODAL | {"blocks": [asked]}))


def test_an_update_without_blocks_keeps_them_and_an_empty_list_removes_them(slack: Slack) -> None:
    ts = slack("chat.postMessage", channel=CHANNEL, text="Hi", blocks=[section()])["ts"]
    assert slack("chat.update", channel=CHANNEL, ts=ts, text="Ho")["message"]["blocks"]
    assert "blocks" not in slack("chat.update", channel=CHANNEL, ts=ts, text="Ho", blocks=[])["message"]


def test_only_its_own_lasting_messages_can_be_changed_or_deleted(slack: Slack) -> None:
    theirs = slack.workspace.post(CHANNEL, ASKER, "mine").ts
    ephemeral = slack("chat.postEphemeral", channel=CHANNEL, user=ASKER, text="psst")["message_ts"]
    assert slack("chat.update", channel=CHANNEL, ts=theirs, text="x")["error"] == "cant_update_message"
    assert slack("chat.delete", channel=CHANNEL, ts=theirs)["error"] == "cant_delete_message"
    assert slack("chat.update", channel=CHANNEL, ts=ephemeral, text="x")["error"] == "message_not_found"
    assert slack("chat.delete", channel=CHANNEL, ts="1.0")["error"] == "message_not_found"


def test_users_info_gives_the_locale_only_when_asked(slack: Slack) -> None:
    assert slack("users.info", user=ASKER, include_locale=True)["user"]["locale"] == "fr-FR"
    assert "locale" not in slack("users.info", user=ASKER)["user"]
    assert slack("users.info", user="U404")["error"] == "user_not_found"


def test_history_is_newest_first_and_counts_replies(slack: Slack) -> None:
    parent = slack("chat.postMessage", channel=CHANNEL, text="one")["ts"]
    slack("chat.postMessage", channel=CHANNEL, text="reply", thread_ts=parent)
    slack("chat.postMessage", channel=CHANNEL, text="two")
    told = slack("conversations.history", channel=CHANNEL)
    assert [message["text"] for message in told["messages"]] == ["two", "one"]
    assert told["messages"][1]["reply_count"] == 1
    assert slack("conversations.history", channel=CHANNEL, limit="1")["has_more"] is True
    replies = slack("conversations.replies", channel=CHANNEL, ts=parent)["messages"]
    assert [message["text"] for message in replies] == ["one", "reply"]
    assert slack("conversations.replies", channel=CHANNEL, ts="1.0")["error"] == "thread_not_found"


def test_conversations_are_opened_described_and_listed(slack: Slack) -> None:
    assert slack("conversations.open", users=ASKER)["channel"]["id"] == dm_of(ASKER)
    assert slack("conversations.open", users="U404")["error"] == "user_not_found"
    assert slack("conversations.info", channel=CHANNEL)["channel"]["name"] == "international"
    assert slack("conversations.info", channel=dm_of(ASKER))["channel"]["is_im"] is True
    assert BOT_USER_ID in slack("conversations.members", channel=CHANNEL)["members"]
    assert all(place["is_channel"] for place in slack("conversations.list")["channels"])


def test_a_modal_opens_on_a_fresh_trigger_only(slack: Slack) -> None:
    trigger = slack.workspace.new_trigger(ASKER)
    view = slack("views.open", trigger_id=trigger, view=MODAL)["view"]
    assert view["id"].startswith("V")
    assert view["root_view_id"] == view["id"]
    assert view["state"] == {"values": {}}
    assert slack("views.open", trigger_id=trigger, view=MODAL)["error"] == "exchanged_trigger_id"
    assert slack("views.open", trigger_id="x", view=MODAL)["error"] == "invalid_trigger_id"


def test_a_refused_view_keeps_its_trigger_and_says_where(slack: Slack) -> None:
    trigger = slack.workspace.new_trigger(ASKER)
    told = slack("views.open", trigger_id=trigger, view=MODAL | {"blocks": [{"type": "banner"}]})
    assert told["error"] == "invalid_arguments"
    assert told["response_metadata"]["messages"] == [
        "[ERROR] unsupported type: banner [json-pointer:/view/blocks/0/type]"
    ]
    assert slack("views.open", trigger_id=trigger, view=MODAL)["ok"] is True


def test_an_update_with_an_old_hash_is_refused(slack: Slack) -> None:
    view = slack("views.open", trigger_id=slack.workspace.new_trigger(ASKER), view=MODAL)["view"]
    assert slack("views.update", view_id=view["id"], hash=view["hash"], view=MODAL)["ok"] is True
    assert slack("views.update", view_id=view["id"], hash=view["hash"], view=MODAL)["error"] == "hash_conflict"
    assert slack("views.update", view_id="V404", view=MODAL)["error"] == "not_found"


def test_a_fourth_modal_is_too_many(slack: Slack) -> None:
    def push() -> Json:
        return slack("views.push", trigger_id=slack.workspace.new_trigger(ASKER), view=MODAL)

    assert [push().get("error") for _ in range(4)] == [None, None, None, "push_limit_reached"]


def test_a_home_page_is_published_for_one_person(slack: Slack) -> None:
    told = slack("views.publish", user_id=ASKER, view={"type": "home", "blocks": [section()]})
    assert told["view"]["type"] == "home"
    assert slack("views.publish", user_id=ASKER, view=MODAL)["error"] == "invalid_arguments"
    assert slack.workspace.home(PEOPLE[1].id) is None


def test_prompts_that_name_a_thread_are_accepted_and_not_shown(slack: Slack) -> None:
    prompts = [{"title": "Next?", "message": "What is next?"}]
    place = dm_of(ASKER)
    method = "assistant.threads.setSuggestedPrompts"
    assert slack(method, channel_id=place, prompts=prompts, thread_ts="1.0")["ok"] is True
    assert slack.workspace.prompts(place).prompts == ()
    assert slack(method, channel_id=place, prompts=prompts)["ok"] is True
    assert slack.workspace.prompts(place).prompts == (("Next?", "What is next?"),)
    assert slack(method, channel_id=place, prompts=prompts * 5)["error"] == "invalid_arguments"
    assert slack(method, channel_id=CHANNEL, prompts=prompts)["error"] == "channel_not_found"


def client() -> TestClient:
    return TestClient(build_playground(ADDRESS), base_url=f"http://{ADDRESS}")


@pytest.mark.parametrize("encoding", ["form", "json"])
def test_blocks_arrive_as_text_or_as_objects(encoding: str) -> None:
    given = {"channel": CHANNEL, "text": "Hi", "blocks": [section()]}
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    with client() as http:
        if encoding == "json":
            told = http.post("/api/chat.postMessage", json=given, headers=headers).json()
        else:
            form = given | {"blocks": json.dumps(given["blocks"])}
            told = http.post("/api/chat.postMessage", data=form, headers=headers).json()
    assert told["message"]["blocks"][0]["text"]["text"] == "Hello"


def test_a_response_url_answers_in_private_replaces_and_deletes() -> None:
    app = build_playground(ADDRESS)
    workspace: Workspace = app.state.workspace
    original = workspace.post(CHANNEL, BOT_USER_ID, "choose", [section()])
    address = "/response/" + workspace.grant_response(ASKER, CHANNEL, "", original.ts)
    with TestClient(app, base_url=f"http://{ADDRESS}") as http:
        assert http.post(address, json={"text": "psst"}).text == "ok"
        assert [post.only_for for post in workspace.history(CHANNEL, ASKER)] == ["", ASKER]
        http.post(address, json={"text": "chosen", "replace_original": True})
        replaced = workspace.find(CHANNEL, original.ts)
        assert replaced is not None
        assert (replaced.text, replaced.blocks) == ("chosen", ())
        assert http.post(address, json={"text": "x", "blocks": [{"type": "banner"}]}).status_code == 400
        http.post(address, json={"delete_original": "true"})
        assert workspace.find(CHANNEL, original.ts) is None
        assert http.post(address, json={"text": "in public", "response_type": "in_channel"}).text == "ok"
        assert http.post(address, json={"text": "sixth"}).status_code == 404


def test_a_file_is_described_to_the_bot_with_the_address_of_its_content(slack: Slack) -> None:
    place, person = slack.workspace.channels[dm_of(ASKER)], slack.workspace.people[ASKER]
    _, file_id = share(slack.workspace, place, person, "facts.csv", b"abc", ADDRESS)
    told = slack("files.info", file=file_id)["file"]
    assert (told["name"], told["size"]) == ("facts.csv", 3)
    assert told["url_private_download"] == f"http://{ADDRESS}/files/{file_id}"
    assert slack("files.info", file="F0NONE")["error"] == "file_not_found"


def test_another_host_name_and_another_kind_of_body_are_turned_away() -> None:
    with client() as http:
        assert http.get("/page/state", headers={"host": "evil.example"}).status_code == 400
        assert http.post("/page/say", content="{}", headers={"content-type": "text/plain"}).status_code == 415
        assert "default-src 'self'" in http.get("/").headers["content-security-policy"]


def test_a_file_is_asked_for_uploaded_announced_and_fetched() -> None:
    playground = build_playground("testserver")
    with TestClient(playground, base_url="http://127.0.0.1") as web:

        def call(method: str, **given: Any) -> Json:
            answer: Json = web.post(
                f"/api/{method}", data=given, headers={"authorization": f"Bearer {BOT_TOKEN}"}
            ).json()
            return answer

        asked = call("files.getUploadURLExternal", filename="échéances.ics", length="5")
        path = asked["upload_url"].removeprefix("http://testserver")
        assert web.post(path, content=b"BEGIN").status_code == 200
        done = call(
            "files.completeUploadExternal", files=json.dumps([{"id": asked["file_id"]}]), channel_id=dm_of(ASKER)
        )
        assert done["ok"] is True and done["files"][0]["title"] == "échéances.ics"
        (post,) = playground.state.workspace.history(dm_of(ASKER))
        assert f"http://testserver/files/{asked['file_id']}" in post.blocks[0]["text"]["text"]
        fetched = web.get(f"/files/{asked['file_id']}")
        assert fetched.content == b"BEGIN"
        assert fetched.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%C3%A9ch")
        assert web.get("/files/F0").status_code == web.post("/upload/F0", content=b"x").status_code == 404
        assert call("files.getUploadURLExternal", filename="")["error"] == "invalid_arguments"
        for wrong in ("no json", "[]", '[{"id": "F0"}]', "[1]"):
            assert call("files.completeUploadExternal", files=wrong, channel_id=CHANNEL)["ok"] is False
        assert call("files.completeUploadExternal", files=json.dumps([{"id": asked["file_id"]}]))["ok"] is False
