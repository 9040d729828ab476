"""People's text can neither notify, link nor format; what people typed comes back as words."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.escaping import bold, escape, heard, host, label, link, plain

HOSTILE = (
    "<!channel>",
    "＜!channel＞",
    "﹤!here﹥",
    "<@U12345>",
    "＜＠U12345＞",
    "<#C12345|général>",
    "<https://evil.example|https://bank.example>",
    "&lt;!channel&gt;",
    "&amp;lt;!channel>",
    "<\u200b!everyone>",
    "<\u202e!channel>",
    "@channel @here @everyone ＠channel @\u200bhere @\ufeffeveryone",
    "<!subteam^S123>",
    "<!date^1392734382^{date}|x>",
    "\ud800<!here>",
    "\x00<!channel>\x1b[2J",
)
LIVE = re.compile(r"<[!@#]|<https?:|@(?:channel|here|everyone)\b", re.IGNORECASE)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_live(text: str) -> None:
    shown = escape(text)

    assert not LIVE.search(shown)
    assert not LIVE.search(unicodedata.normalize("NFKC", shown))
    assert "<" not in shown and ">" not in shown


@given(st.text(st.sampled_from("<>&@!#|＜＞＆＠﹤﹠ channelhere\u200b\u202eU1:/.*_~`\n"), max_size=80))
def test_no_mixture_of_characters_comes_out_live(text: str) -> None:
    shown = escape(text)

    assert not LIVE.search(shown)
    assert not LIVE.search(unicodedata.normalize("NFKC", shown))
    assert not re.search(r"&(?!amp;|lt;|gt;)", shown)


@given(st.text(max_size=200))
def test_any_text_can_be_escaped_and_sent_as_utf8(text: str) -> None:
    assert "<" not in escape(text)
    escape(text).encode("utf-8")


def test_text_is_escaped_once() -> None:
    assert escape("R&D < 5 > 3") == "R&amp;D &lt; 5 &gt; 3"


def test_typography_is_left_alone() -> None:
    text = "Réunion l’été… 12\u202f000\u00a0€ pour 40 m², CO₂ et ½"
    assert escape(text) == text


def test_control_and_direction_characters_go() -> None:
    assert plain("a\x00b\u202ec\u2066d\x1be") == "a bcd e"


def test_formatting_marks_stay_text_and_names_with_underscores_stay_whole() -> None:
    assert "*" not in escape("*gras* et *encore*")
    assert "`" not in escape("```code```")
    assert escape("mou_danemark_2023 et a*b") == "mou_danemark_2023 et a*b"


def test_a_quoted_line_is_not_shown_as_a_quote() -> None:
    assert not escape("> cité").startswith("&gt;")


def test_bold_is_put_around_each_line() -> None:
    assert bold("un\n\ndeux * trois") == "*un*\n\n*deux ∗ trois*"


def test_a_label_has_one_line() -> None:
    assert label("un\n  deux") == "un deux"


def test_a_link_shows_where_it_leads() -> None:
    assert link("https://a.example/x?y=1&z=2", "Le texte") == "<https://a.example/x?y=1&amp;z=2|Le texte (a.example)>"
    assert link("https://a.example/x") == "<https://a.example/x|a.example>"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "slack://open",
        "https://bank.example@evil.example/",
        "https://bank.example\\@evil.example/",
        "https://",
        "https://[::1",
        "https://a..b/",
        "//evil.example",
        "https://e.example/" + "x" * 1200,
        "",
    ],
)
def test_an_address_that_we_would_not_open_is_no_link(url: str) -> None:
    assert host(url) == ""
    assert link(url, "Titre") == "Titre"


def test_nothing_in_an_address_or_a_title_ends_the_link_early() -> None:
    made = link("https://a.example/<!channel>|x y", "a|b <!here> > c")

    assert made.count("<") == 1 and made.count(">") == 1 and made.count("|") == 1


def test_a_host_of_look_alike_letters_is_shown_as_it_really_is() -> None:
    assert host("https://аpple.example/") == "xn--pple-43d.example"


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("<@UBOT> quand ?", "quand ?"),
        ("<@UBOT>", ""),
        ("voir <@U2> et <@U3|ana>", "voir @U2 et @ana"),
        ("dans <#C1|général>", "dans #général"),
        ("<!channel> alerte", "@channel alerte"),
        ("<!subteam^S1|@équipe>", "@équipe"),
        ("<https://a.example|le site>", "le site"),
        ("<https://a.example>", "https://a.example"),
        ("R&amp;D &lt; 3", "R&D < 3"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_what_was_typed_is_heard_in_words(typed: str, question: str) -> None:
    assert heard(typed, "UBOT") == question
