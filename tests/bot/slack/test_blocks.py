"""A message laid out for Slack: what is where, that everything fits, and that no text comes alive."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.blocks import render
from bot.slack.click import Click
from bot.slack.limits import Payload, check_blocks, size
from knowledge.dates import Day
from knowledge.messages import (
    Action,
    Actions,
    Card,
    Channel,
    Item,
    Link,
    Listing,
    Message,
    Note,
    Part,
    Phrase,
    Row,
    Say,
)
from tests.bot.slack.plain_speech import PlainSpeech

SPEECH = PlainSpeech()
OUR_LINK = re.compile(r"<https?://([^/<>|]+)[^<>|]*\|(?:[^<>]*\(\1\)|\1)>")
"""A link that shows its own host."""
EVIL = "<!channel> ＜!here＞ <@U1> <#C1> <https://evil.example|ok> @everyone & *b* > `c` \u202e"


def laid_out(*parts: Part, lang: str = "fr", **options: Any) -> Payload:
    return render(Message(parts), lang, SPEECH, **options)


def said(text: str, strong: bool = False) -> Say:
    return Say(Phrase("echo", {"text": text}), strong)


def card(text: str = "Accord avec le Danemark", rows: int = 2) -> Card:
    both = {"fr": text, "en": text}
    source = Link(text, "https://source.example/page")
    return Card(
        record_id="accord",
        kind=both,
        title=both,
        summary=both,
        rows=tuple(Row({"fr": f"Champ {number}"}, text) for number in range(rows)),
        status=both,
        source=source,
        source_date=Day(2026, 2, 10),
        other_sources=(source,) * 8,
        note=both,
        programme=True,
    )


def texts(payload: Payload) -> str:
    return json.dumps(payload["blocks"], ensure_ascii=False)


def kinds(payload: Payload) -> list[str]:
    return [block["type"] for block in payload["blocks"]]


def test_the_value_that_answers_is_said_first_and_bold() -> None:
    payload = laid_out(said("10 février 2026", strong=True), card())

    assert payload["blocks"][0]["text"]["text"] == "*10 février 2026*"
    assert payload["text"].startswith("10 février 2026")


def test_a_card_shows_title_fields_summary_and_source() -> None:
    payload = laid_out(card())

    assert kinds(payload) == ["section", "section", "context"]
    assert payload["blocks"][0]["text"]["text"].startswith("*Accord avec le Danemark*\n")
    assert [field["text"] for field in payload["blocks"][0]["fields"]] == [
        "*Champ 0*\nAccord avec le Danemark",
        "*Champ 1*\nAccord avec le Danemark",
    ]
    source = payload["blocks"][2]["elements"][0]["text"]
    assert "<https://source.example/page|Accord avec le Danemark (source.example)>" in source
    assert "2026-02-10" in source


def test_more_than_ten_fields_go_on_in_further_sections() -> None:
    payload = laid_out(card(rows=23))

    assert [len(block.get("fields", [])) for block in payload["blocks"]] == [10, 10, 3, 0, 0]


def test_an_address_in_a_field_becomes_a_link_with_its_host() -> None:
    shown = laid_out(Card("a", {}, {"fr": "t"}, {}, (Row({"fr": "Page"}, "https://a.example/x"),)))

    assert "<https://a.example/x|a.example>" in texts(shown)


def test_a_listing_has_a_line_each_and_says_what_is_left_out() -> None:
    items = (Item("a", {"fr": "Un"}, Phrase("echo", {"text": "2026"})), Item("b", {"en": "Two"}))
    payload = laid_out(Listing(items, 9))

    assert payload["blocks"][0]["text"]["text"] == "• *Un* — 2026\n• *Two*"
    assert kinds(payload) == ["section", "context"]


def test_small_print_is_a_context() -> None:
    assert kinds(laid_out(Note(Phrase("echo", {"text": "lu comme 2026"})))) == ["context"]


def test_buttons_carry_what_they_need_and_have_ids_of_their_own() -> None:
    payload = laid_out(
        Actions((Action("choose", {"fr": "Un"}, "r1"), Action("choose", {"fr": "Deux"}, "r2"))),
        Actions((Action("prompt", Phrase("echo", {"text": "Et après ?"}), "et après ?"),)),
        question="quand ?",
    )
    buttons = [button for block in payload["blocks"] for button in block["elements"]]

    assert [button["action_id"] for button in buttons] == ["choose:1", "choose:2", "prompt:3"]
    assert Click.load(buttons[1]["value"]) == Click("r2", "fr", "quand ?")


def test_long_choices_are_said_in_full_above_their_buttons() -> None:
    long = "Mémorandum d'entente sur la coopération scientifique et technologique en matière de calcul "
    payload = laid_out(Actions((Action("choose", {"fr": long + "A"}, "a"), Action("choose", {"fr": long + "B"}, "b"))))

    assert f"1. {long}A\n2. {long}B" == payload["blocks"][0]["text"]["text"]
    assert payload["blocks"][1]["elements"][1]["text"]["text"].startswith("2. Mémorandum")


def test_an_answer_with_a_key_asks_for_an_opinion() -> None:
    payload = laid_out(said("a"), answer_key="k1")
    element = payload["blocks"][-1]["elements"][0]

    assert element["type"] == "feedback_buttons"
    assert Click.load(element["positive_button"]["value"]).value == "good:k1"
    assert Click.load(element["negative_button"]["value"]).value == "bad:k1"


def test_the_plain_form_asks_with_ordinary_buttons() -> None:
    payload = laid_out(said("a"), answer_key="k1", plain_feedback=True)

    assert [element["type"] for element in payload["blocks"][-1]["elements"]] == ["button", "button"]
    assert check_blocks(payload) == []


def test_a_text_in_one_language_only_is_shown_in_that_one() -> None:
    assert "Only English" in texts(laid_out(Card("a", {}, {"en": "Only English"}, {}), lang="fr"))


def test_a_card_without_a_title_is_named_by_its_id() -> None:
    assert "accord-x" in texts(laid_out(Card("accord-x", {}, {}, {})))


def test_a_long_page_is_split_and_not_cut() -> None:
    page = "\n\n".join(f"Paragraphe {number} " + "mot " * 60 for number in range(20))
    payload = laid_out(said(page))

    assert "Paragraphe 19" in texts(payload)
    assert check_blocks(payload) == []


def test_more_headlines_than_fit_are_cut_and_not_laid_out_for_ever() -> None:
    payload = laid_out(*(said("x " * 250, strong=True) for _ in range(60)))
    assert payload["blocks"] and check_blocks(payload) == []


def test_a_page_too_long_for_a_message_says_so() -> None:
    payload = laid_out(said("mot " * 10_000))

    assert kinds(payload)[-1] == "context"
    assert check_blocks(payload) == []


HUGE = "Très long & <tout> " * 800
LONGEST = [
    (card(HUGE, 60),),
    (card("x" * 20_000, 100), card("&" * 20_000, 3)),
    (Listing(tuple(Item(f"r{n}", {"fr": HUGE}, Phrase("echo", {"text": HUGE})) for n in range(200)), 500),),
    (said(HUGE, strong=True), said("<" * 30_000), card(HUGE), Note(Phrase("echo", {"text": HUGE}))),
    (Actions(tuple(Action("choose", {"fr": HUGE}, f"r{n}") for n in range(60))),),
    (*tuple(said("court") for _ in range(80)), Actions((Action("choose", {"fr": "Un"}, "r1"),))),
    tuple(Note(Phrase("echo", {"text": "x" * 500})) for _ in range(60)),
    (*tuple(card(rows=10) for _ in range(30)), Actions((Action("choose", {"fr": "Un"}, "r1"),))),
    (said(""), said(" \u200b\n"), Card("", {}, {}, {}), Listing((), 0), Actions(())),
]


@pytest.mark.parametrize("parts", LONGEST)
def test_whatever_is_said_fits(parts: tuple[Part, ...]) -> None:
    payload = laid_out(*parts, question=HUGE[:300], answer_key="k" * 40)

    assert check_blocks(payload) == []
    assert size(payload) < 12_000


@pytest.mark.parametrize("parts", [LONGEST[5], LONGEST[7]])
def test_choices_stay_when_something_must_go(parts: tuple[Part, ...]) -> None:
    assert "actions" in kinds(laid_out(*parts))


def everything(text: str) -> tuple[Part, ...]:
    return (
        said(text, strong=True),
        card(text),
        Listing((Item(text, {"fr": text}, Phrase("echo", {"text": text})),), 3),
        Actions((Action("choose", {"fr": text}, text), Action("prompt", Phrase("echo", {"text": text}), text))),
        Note(Phrase("echo", {"text": text})),
        Card(
            text, {"fr": text}, {"fr": text}, {}, source=Link(text, text), other_sources=(Link(text, "javascript:x"),)
        ),
    )


def strings(value: Any, key: str = "") -> list[str]:
    """Every text that Slack shows; what a button carries is never shown."""
    if isinstance(value, dict):
        return [text for name, inner in value.items() for text in strings(inner, name)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner, key)]
    return [value] if isinstance(value, str) and key == "text" else []


def assert_nothing_lives(payload: Payload) -> None:
    assert check_blocks(payload) == []
    for text in strings(payload):
        theirs = OUR_LINK.sub("", text)
        for form in (theirs, unicodedata.normalize("NFKC", theirs)):
            assert not re.search(r"<[!@#]|<http|<mailto|<tel", form)
            assert not re.search(r"@(?:channel|here|everyone)(?![^\W_])", form, re.IGNORECASE)


@pytest.mark.parametrize(
    "text", [EVIL, EVIL * 50, "https://evil.example/ <!channel>", "&lt;!channel&gt;", "\ud800<!here>"]
)
def test_hostile_text_stays_text_everywhere(text: str) -> None:
    assert_nothing_lives(laid_out(*everything(text), question=text, answer_key="k"))


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("<>&@!#|＜＞＆＠﹤ channelhereU1:/.*_~`\n\u200b\u202e\ud800é"), max_size=400))
def test_no_mixture_of_characters_comes_alive(text: str) -> None:
    assert_nothing_lives(laid_out(*everything(text), question=text))


@given(st.text(max_size=60), st.sampled_from(("fr", "en")), st.text(max_size=300))
def test_a_click_survives_its_journey(value: str, lang: str, question: str) -> None:
    click = Click(value, lang, question)
    assert Click.load(click.dump()) == click


@pytest.mark.parametrize("forged", ["", "x", "[]", "null", "1", '{"v": null}', '"a"', "[" * 100_000])
def test_a_forged_click_is_an_empty_one(forged: str) -> None:
    assert Click.load(forged).value == ""


def test_a_click_with_a_question_too_long_forgets_the_question() -> None:
    assert Click.load(Click("r1", "fr", "x" * 3000).dump()) == Click("r1", "fr")


def test_buttons_for_some_people_name_them_and_ten_of_them_are_the_most() -> None:
    action = Action("edit", {"fr": "Modifier"}, "r1")
    shown = laid_out(said("x"), Actions((action,), ("U1", "U2")))
    assert shown["blocks"][1]["elements"][0]["visible_to_user_ids"] == ["U1", "U2"]
    assert "visible_to_user_ids" not in laid_out(said("x"), Actions((action,)))["blocks"][1]["elements"][0]
    crowd = laid_out(said("x"), Actions((action,), tuple(f"U{number}" for number in range(11))))
    assert [problem for problem in check_blocks(crowd) if "11 of 10" in problem]


def test_a_channel_is_shown_by_the_name_that_slack_has_for_it_in_text_and_blocks() -> None:
    phrase = Phrase("echo", {"text": Channel("C0A")})
    payload = render(Message((Say(phrase, strong=True), Say(phrase), Note(phrase))), "fr", PlainSpeech())
    assert check_blocks(payload) == []
    shown = [block.get("text", {}).get("text") or block["elements"][0]["text"] for block in payload["blocks"]]
    assert all("<#C0A>" in text for text in (*shown, payload["text"]))
