"""The page of the Home tab: what is said stands on top, and the whole keeps what Slack takes."""

from __future__ import annotations

from bot.slack.blocks import render
from bot.slack.home import BLOCKS, SAID, home_view, problems
from knowledge.messages import Action, Actions, Message, Part, Phrase, Say
from tests.bot.slack.plain_speech import PlainSpeech
from tests.journeys.views import live_marks

SPEECH = PlainSpeech()


def lines(count: int, text: str = "fact") -> Message:
    """So many paragraphs, each with a button under it."""
    parts: list[Part] = []
    for number in range(count):
        parts += [
            Say(Phrase("echo", {"text": f"{text} {number}"})),
            Actions((Action("verify", {"fr": "oui"}, f"f{number}"),)),
        ]
    return Message(tuple(parts))


def test_what_is_said_stands_on_top_and_no_two_blocks_or_buttons_share_an_id() -> None:
    view = home_view(lines(3), "fr", SPEECH, render(lines(2, "said"), "fr", SPEECH)["blocks"])
    assert view["type"] == "home"
    assert problems(view) == []
    assert [block["type"] for block in view["blocks"][:5]] == ["section", "actions", "section", "actions", "divider"]
    assert view["blocks"][1]["elements"][0]["action_id"] == "verify:1001"
    assert view["blocks"][6]["elements"][0]["action_id"] == "verify:1"


def test_a_page_that_is_too_long_keeps_its_buttons_and_the_limit() -> None:
    view = home_view(lines(80), "fr", SPEECH, render(lines(24, "said"), "fr", SPEECH)["blocks"])
    assert len(view["blocks"]) == BLOCKS
    assert problems(view) == []
    assert len([block for block in view["blocks"] if block["block_id"].startswith("said-")]) == SAID


def test_what_people_wrote_stays_dead_on_it() -> None:
    view = home_view(lines(2, "<!channel> <https://evil.example|bank> & <@U1>"), "fr", SPEECH)
    assert live_marks(view) == problems(view) == []
