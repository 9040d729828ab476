"""Cutting, splitting and our own check of a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.limits import check_blocks, chunks, cut


def section(text: str = "a", name: str = "s") -> dict[str, object]:
    return {"type": "section", "block_id": name, "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def button(text: str = "a", value: str = "v", name: str = "b:1") -> dict[str, object]:
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "value": value, "action_id": name}


def actions(*buttons: dict[str, object]) -> dict[str, object]:
    return {"type": "actions", "block_id": "a", "elements": list(buttons)}


def test_text_that_fits_is_not_cut() -> None:
    assert cut("exact", 5) == "exact"


def test_text_is_cut_after_a_whole_word() -> None:
    assert cut("une phrase assez longue", 18) == "une phrase assez…"


def test_a_word_longer_than_the_limit_is_cut_inside() -> None:
    assert cut("x" * 100, 10) == "x" * 9 + "…"


def test_an_entity_is_never_cut_in_two() -> None:
    for limit in range(1, 20):
        assert "&" not in cut("&amp;&amp;&amp;&amp;", limit).replace("&amp;", "")


@given(st.text("ab &;amplt\n", max_size=60), st.integers(1, 50))
def test_what_is_cut_fits(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit


@given(st.text("ab \n", max_size=200), st.integers(5, 40))
def test_pieces_fit_and_lose_no_word(text: str, limit: int) -> None:
    pieces = chunks(text, limit)

    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_good_message_has_no_problem() -> None:
    assert check_blocks({"text": "a", "blocks": [section(), actions(button())]}) == []


@pytest.mark.parametrize(
    ("blocks", "complaint"),
    [
        ([section("x" * 3001)], "3001 of 3000"),
        ([section("")], "empty"),
        ([section("<!channel>")], "not escaped"),
        ([section("<@U1>")], "not escaped"),
        ([section("R&D")], "not escaped"),
        ([section(), section()], "block_id: s twice"),
        ([section(name="")], "block_id: missing"),
        ([section(name="x" * 256)], "256 of 255"),
        ([section(name=f"s{number}") for number in range(51)], "51 of 50"),
        ([section("x" * 3000, f"s{number}") for number in range(4)], "must be under 12000"),
        ([actions(button("x" * 76))], "76 of 75"),
        ([actions(button(value="x" * 2001))], "2001 of 2000"),
        ([actions(button(), button())], "action_id: b:1 twice"),
        ([actions(*(button(name=f"b:{number}") for number in range(26)))], "26 of 25"),
        ([actions()], "0 of 25"),
        ([{"type": "context", "block_id": "c", "elements": []}], "0 of 10"),
        ([{"type": "header", "block_id": "h", "text": {"type": "plain_text", "text": "x" * 151}}], "151 of 150"),
        ([{"type": "section", "block_id": "s"}], "neither text nor fields"),
        ([{"type": "hologram", "block_id": "s"}], "unknown type"),
        ([{"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": "a"}}], "verbatim"),
    ],
)
def test_what_slack_would_refuse_is_named(blocks: list[dict[str, object]], complaint: str) -> None:
    problems = check_blocks({"text": "a", "blocks": blocks})

    assert any(complaint in problem for problem in problems), problems


def test_a_message_without_text_is_refused() -> None:
    assert "text: empty" in check_blocks({"text": " ", "blocks": [section()]})


def test_problems_never_repeat_what_people_wrote() -> None:
    assert "secret" not in " ".join(check_blocks({"text": "", "blocks": [section("<secret " + "x" * 3000)]}))
