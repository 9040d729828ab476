"""The whole playground over HTTP, with a real Bolt app on its Socket Mode line and no browser."""

from __future__ import annotations

import base64
import html
import http.client
import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from bot.playground.drawing import PAGE_FOLDER, texts
from bot.playground.help_pages import help_page
from bot.playground.people import PEOPLE
from bot.playground.server import HOST, run, serving
from bot.playground.values import Json
from tests.browser import tiny_bot

T = TypeVar("T")
ASKER, OTHER = PEOPLE[0].id, PEOPLE[1].id
CHANNEL = "C0INTERNAT"


class Browser:
    """What the page does, without the page."""

    def __init__(self, address: str) -> None:
        self.host = address.removeprefix("http://").rstrip("/")

    def ask(self, path: str, body: Json | None = None) -> tuple[int, str]:
        line = http.client.HTTPConnection(self.host, timeout=10)
        text = json.dumps(body) if body is not None else None
        line.request("POST" if body is not None else "GET", path, text, {"content-type": "application/json"})
        answer = line.getresponse()
        found = answer.read().decode()
        line.close()
        return answer.status, found

    def call(self, path: str, body: Json | None = None) -> Json:
        status, text = self.ask(path, body)
        assert status == 200, text
        found: Json = json.loads(text)
        return found

    def say(self, text: str, user: str = ASKER, channel: str = CHANNEL, thread_ts: str = "") -> None:
        self.call("/page/say", {"as": user, "channel": channel, "text": text, "thread_ts": thread_ts})

    def posts(self, user: str = ASKER, channel: str = CHANNEL, thread: str = "") -> list[Json]:
        found: list[Json] = self.call(f"/page/history?as={user}&channel={channel}&thread={thread}")["posts"]
        return found


def eventually(look: Callable[[], T | None]) -> T:
    """What `look` finds, as soon as it finds something."""
    for _ in range(200):
        if found := look():
            return found
        time.sleep(0.025)
    raise AssertionError("nothing came")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with serving(0, tiny_bot.start) as address:
        yield Browser(address)


def ask(browser: Browser, question: str) -> tuple[Json, Json]:
    """Asks in the channel; the question and the answer in its thread."""
    browser.say(f"@Entente {question}")
    parent = next(post for post in reversed(browser.posts()) if html.escape(question) in post["html"])
    answer = eventually(lambda: next(iter(browser.posts(thread=parent["ts"])[1:]), None))
    return parent, answer


def test_a_mention_reaches_the_bot_and_its_answer_comes_in_the_thread(browser: Browser) -> None:
    parent, answer = ask(browser, "hello & <b>?")
    assert '<span class="mention">@Entente</span> hello &amp; &lt;b&gt;?' in parent["html"]
    assert answer["author"]["is_bot"] is True
    assert answer["thread_ts"] == parent["ts"]
    assert "Which one? hello &amp; &lt;b&gt;?" in answer["html"]


def test_a_message_without_mention_does_not_reach_the_bot(browser: Browser) -> None:
    browser.say("just between us")
    quiet = browser.posts()[-1]
    ask(browser, "after")  # the bot has had the time to answer what it heard before
    assert [post["ts"] for post in browser.posts(thread=quiet["ts"])] == [quiet["ts"]]


def test_a_click_sends_what_the_server_knows_and_replaces_the_message(browser: Browser) -> None:
    parent, answer = ask(browser, "click")
    block = re.findall(r'data-block="([^"]+)" data-action="choose"', answer["html"])[0]
    click = {"as": ASKER, "channel": CHANNEL, "ts": answer["ts"], "block_id": block, "action_id": "choose"}
    assert browser.call("/page/click", click | {"given": "forged"}) == {"ok": True}
    chosen = eventually(lambda: next((p for p in browser.posts(thread=parent["ts"]) if p["edited"]), None))
    assert "You chose <strong>Denmark</strong>" in chosen["html"]
    assert browser.call("/page/click", click) == {"ok": False}


def test_an_ephemeral_answer_is_for_the_one_who_ran_the_command(browser: Browser) -> None:
    browser.say("/entente hush", OTHER)
    found = eventually(lambda: next((p for p in browser.posts(OTHER) if "hush" in p["html"]), None))
    assert found["only_for_you"] is True
    assert not [post for post in browser.posts() if "hush" in post["html"]]


def test_the_first_words_of_a_slow_command_are_replaced_by_its_answer(browser: Browser) -> None:
    browser.say("/entente slow", OTHER)
    found = eventually(lambda: next((p for p in browser.posts(OTHER) if "Found" in p["html"]), None))
    assert found["edited"] is True
    assert found["only_for_you"] is True
    assert not [post for post in browser.posts(OTHER) if "Looking" in post["html"]]


def test_a_file_that_somebody_gives_stands_in_the_conversation_and_is_fetched_as_it_was(browser: Browser) -> None:
    data = bytes(range(256))
    given = {"as": ASKER, "channel": CHANNEL, "name": "a <b>|.csv", "data": base64.b64encode(data).decode()}
    assert browser.call("/page/share", given) == {"ok": True}
    shown = html.unescape(browser.posts()[-1]["html"])
    (address,) = re.findall(r"http://[^/]+(/files/[^\"]+)", shown)[:1]
    assert "<b>" not in browser.posts()[-1]["html"] and "a <b>/.csv" in shown
    line = http.client.HTTPConnection(browser.host, timeout=10)
    line.request("GET", address)
    assert line.getresponse().read() == data
    line.close()


@pytest.mark.parametrize(
    ("more", "status"),
    [({"data": "no base64"}, 400), ({"name": ""}, 400), ({"channel": "C0NOWHERE"}, 404)],
)
def test_what_is_no_file_is_refused(browser: Browser, more: Json, status: int) -> None:
    given = {"as": ASKER, "channel": CHANNEL, "name": "a.csv", "data": "YQ=="}
    assert browser.ask("/page/share", given | more)[0] == status


def test_a_shortcut_that_the_app_does_not_declare_or_of_no_message_is_not_taken(browser: Browser) -> None:
    browser.say("a message")
    ts = browser.posts()[-1]["ts"]
    asked = {"as": ASKER, "channel": CHANNEL, "ts": ts, "callback_id": "unknown"}
    assert browser.call("/page/shortcut", asked) == {"ok": False}
    assert browser.call("/page/shortcut", asked | {"ts": "1.1"}) == {"ok": False}
    assert browser.call("/page/state")["shortcuts"] == []


def test_what_slack_does_not_take_is_said_to_the_person(browser: Browser) -> None:
    line = http.client.HTTPConnection(browser.host, timeout=10)
    line.request("GET", f"/page/events?as={OTHER}")
    told = line.getresponse()
    browser.say("/other thing", OTHER)
    browser.say("/entente in a thread", OTHER, thread_ts=browser.posts()[0]["ts"])
    heard = ""
    while "dans un fil" not in heard:
        heard += told.fp.readline().decode()
    assert "Cette commande n’existe pas" in heard
    line.close()


def test_nobody_reads_the_direct_messages_of_another(browser: Browser) -> None:
    status, _ = browser.ask(f"/page/history?as={OTHER}&channel=D{ASKER[1:]}")
    assert status == 404


def test_a_modal_goes_and_comes_back_with_its_errors(browser: Browser) -> None:
    browser.say("/entente note")
    view = eventually(lambda: browser.call(f"/page/state?as={ASKER}")["view"])
    assert view["title"] == "Take a note"

    def submit(words: str) -> Json:
        inputs = {"words typed": words}
        told: Json = browser.call("/page/submit", {"as": ASKER, "view_id": view["id"], "inputs": inputs})["errors"]
        return told

    assert submit("x") == {"words": "Too short"}
    assert submit("long enough") == {}
    assert browser.call(f"/page/state?as={ASKER}")["view"] is None
    direct = eventually(lambda: browser.posts(channel=f"D{ASKER[1:]}"))
    assert "Noted: long enough" in direct[-1]["html"]


def test_opening_the_direct_message_brings_suggested_questions(browser: Browser) -> None:
    browser.call("/page/open", {"as": OTHER, "tab": "messages"})
    path = f"/page/history?as={OTHER}&channel=D{OTHER[1:]}"
    found = eventually(lambda: browser.call(path)["suggested"]["prompts"])
    assert found == [{"title": "Next deadline?", "message": "Next deadline?"}]


def test_a_port_that_is_taken_is_said_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        said: list[str] = []
        code = run(taken.getsockname()[1], tiny_bot.start, lang="fr", say=said.append)
    assert code == 1
    assert said == [f"Le port {said[0].split()[2]} est déjà pris : choisissez-en un autre avec --port."]


def test_the_server_listens_on_this_machine_only(browser: Browser) -> None:
    assert browser.host.startswith("127.0.0.1:")


def test_the_page_names_no_address_outside() -> None:
    for path in PAGE_FOLDER.iterdir():
        found = re.findall(r"https?://[^\s\"'`)]+", path.read_text(encoding="utf-8"))
        assert set(found) <= {"http://www.w3.org/2000/svg"}, path.name


def test_both_languages_have_every_word_of_the_page() -> None:
    both = texts()
    assert set(both["fr"]) == set(both["en"])
    shell = (PAGE_FOLDER / "index.html").read_text(encoding="utf-8")
    scripts = "".join(path.read_text(encoding="utf-8") for path in PAGE_FOLDER.glob("*.js"))
    used = {*re.findall(r'data-(?:text|label)="(\w+)"', shell), *re.findall(r"\btexts(?:\(\))?\.(\w+)", scripts)}
    assert used <= set(both["fr"])


def test_the_guide_is_shown_by_language_with_links_between_pages() -> None:
    page = help_page(PAGE_FOLDER, "fr")
    assert "Essayer Entente ici" in page
    assert "<script" not in page
