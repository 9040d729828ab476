"""What the bot sends, as HTML: it looks right, and nothing that people write becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.drawing import texts
from bot.playground.elements import held
from bot.playground.markdown import markdown
from bot.playground.menus import Look
from bot.playground.mrkdwn import mrkdwn, plain, safe_url
from bot.playground.render import render_blocks

NAMES = {"U1": "Coordinator (EN)", "C1": "international"}
LOOK = Look(NAMES, texts()["en"], viewer="U1", people={"U1": "Coordinator (EN)"}, channels={"C1": "international"})
NASTY = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'`*_~&lt;b&gt;|[](javascript:alert(1))"


class Tags(HTMLParser):
    """The tags and attributes that a browser would see, and the tags left open."""

    EMPTY = ("br", "hr", "input", "img")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.crossed.append(tag)


def is_harmless(text: str) -> None:
    tags = Tags(text)
    assert not tags.crossed
    assert not tags.open
    for tag, attributes in tags.seen:
        assert tag not in {"script", "style", "iframe", "object", "embed", "base", "form", "img", "svg", "link", "meta"}
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcdoc")]
        address = attributes.get("href")
        assert address is None or re.match(r"(?i)https?://|mailto:|/", address)


def draw(*blocks: dict[str, Any]) -> str:
    return render_blocks(blocks, LOOK)


def both(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def words(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*bold* and _slanted_ and ~gone~", "<strong>bold</strong> and <em>slanted</em> and <s>gone</s>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("* not bold *", "* not bold *"),
        ("`a < b *c*`", "<code>a &lt; b *c*</code>"),
        ("```\ntwo\nlines\n```", "<pre>two\nlines</pre>"),
        ("one\ntwo", "one<br>two"),
        ("&gt; quoted\n&gt; twice\nafter", "<blockquote>quoted<br>twice</blockquote>after"),
        ("> raw quote", "<blockquote>raw quote</blockquote>"),
        ("a &amp; b &lt;c&gt;", "a &amp; b &lt;c&gt;"),
        ("R&D", "R&amp;D"),
        ("<@U1>", '<span class="mention">@Coordinator (EN)</span>'),
        ("<#C1|old-name>", '<span class="mention">#international</span>'),
        ("<@U404>", '<span class="mention">@U404</span>'),
        ("<!channel>", '<span class="mention">@channel</span>'),
        ("<!date^1^{date}|1 May>", "1 May"),
        ("<javascript:alert(1)|click>", "click"),
        (":tada: :no_such_emoji: 10:30:45", '<span class="emoji" role="img" aria-label="tada">🎉</span>'),
    ],
)
def test_slacks_markup_is_drawn(written: str, shown: str) -> None:
    assert mrkdwn(written, NAMES).startswith(shown)


def test_a_link_opens_elsewhere_and_tells_nothing() -> None:
    drawn = mrkdwn("<https://example.org/a?b=1&amp;c=2|the *text*>", NAMES)
    assert drawn == (
        '<a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer nofollow">the *text*</a>'
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVa\tScript:alert(1)", "data:text/html,x", "//evil", "file:///x"]
)
def test_an_address_that_is_not_of_the_web_is_no_link(address: str) -> None:
    assert safe_url(address) == ""


def test_plain_text_keeps_its_marks_and_lines() -> None:
    assert plain("*a*\n<b>") == "*a*<br>&lt;b&gt;"


def test_markdown_is_drawn() -> None:
    drawn = markdown(
        "# T\n\nA **b** *c* [d](https://x.org)\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\n<x>\n```"
    )
    for part in (
        "<h1>T</h1>",
        "<strong>b</strong>",
        "<em>c</em>",
        'href="https://x.org"',
        "<li>two</li>",
        "<td>2</td>",
    ):
        assert part in drawn
    assert "<pre>&lt;x&gt;</pre>" in drawn


def test_an_unfinished_block_of_code_ends_with_the_text() -> None:
    assert markdown("```\nleft open") == "<pre>left open</pre>"


def test_a_button_carries_its_names_and_not_its_value() -> None:
    drawn = draw(
        {
            "type": "actions",
            "block_id": "b1",
            "elements": [{"type": "button", "action_id": "go", "text": words("Go"), "value": "secret"}],
        }
    )
    assert 'data-block="b1"' in drawn
    assert 'data-action="go"' in drawn
    assert "secret" not in drawn


def test_a_button_for_some_people_is_hidden_from_the_others() -> None:
    def shown_to(user: str) -> str:
        return draw(
            {"type": "actions", "elements": [{"type": "button", "text": words("Edit"), "visible_to_user_ids": [user]}]}
        )

    assert "Edit" in shown_to("U1")
    assert "Edit" not in shown_to("U2")


def test_a_picture_is_named_and_never_loaded() -> None:
    drawn = draw({"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A map"})
    assert "<img" not in drawn
    assert "A map" in drawn


def test_a_table_has_a_head_a_caption_and_numbers_on_the_right() -> None:
    rows = [[{"type": "raw_text", "text": "What"}], [{"type": "raw_number", "value": 3, "text": "3"}]]
    drawn = draw({"type": "data_table", "caption": "Targets", "rows": rows})
    assert "<caption>Targets</caption>" in drawn
    assert '<th scope="col">What</th>' in drawn
    assert '<td class="number">3</td>' in drawn


def test_a_chart_is_drawn_as_its_figures() -> None:
    chart = {"type": "bar", "series": [{"name": "Done", "data": [{"label": "2026", "value": 14}]}], "axis_config": {}}
    drawn = draw({"type": "data_visualization", "title": "Workshops", "chart": chart})
    assert "Workshops" in drawn
    assert "<td>2026</td>" in drawn
    assert '<td class="number">14</td>' in drawn


def test_a_block_that_is_not_known_is_named() -> None:
    assert "hologram" in draw({"type": "hologram"})


def every_block(text: str) -> list[dict[str, Any]]:
    """One of each block and element, with the same text everywhere that text can be."""
    option = {"text": words(text), "value": text, "description": words(text)}
    names = {"action_id": text, "placeholder": words(text)}
    confirm = {"title": words(text), "text": words(text), "confirm": words(text), "deny": words(text)}
    thumb = {"text": words(text), "value": text, "accessibility_label": text}
    elements: list[dict[str, Any]] = [
        {"type": "button", "text": words(text), "value": text, "url": text, "confirm": confirm, **names},
        {"type": "icon_button", "icon": text, "text": words(text), "accessibility_label": text, **names},
        {"type": "feedback_buttons", "positive_button": thumb, "negative_button": thumb, **names},
        {"type": "image", "image_url": text, "alt_text": text},
        *(
            {"type": kind, "options": [option], "initial_option": option, **names}
            for kind in ("static_select", "overflow")
        ),
        *(
            {"type": kind, "options": [option], **names}
            for kind in ("radio_buttons", "checkboxes", "multi_static_select")
        ),
        {"type": "static_select", "option_groups": [{"label": words(text), "options": [option]}], **names},
        {"type": "external_select", "initial_option": option, **names},
        {"type": "multi_external_select", "initial_options": [option], **names},
        *(
            {"type": kind, **names}
            for kind in ("users_select", "multi_users_select", "channels_select", "multi_conversations_select")
        ),
        *(
            {"type": kind, "initial_value": text, **names}
            for kind in ("plain_text_input", "number_input", "url_text_input")
        ),
        {"type": "plain_text_input", "multiline": True, "initial_value": text, **names},
        {"type": "datepicker", "initial_date": text, **names},
    ]
    rich = {
        "type": "rich_text",
        "elements": [
            {"type": kind, "elements": [{"type": "text", "text": text, "style": {"bold": True, "code": True}}]}
            for kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted")
        ]
        + [{"type": "rich_text_section", "elements": [{"type": "link", "url": text, "text": text}]}]
        + [
            {
                "type": "rich_text_section",
                "elements": [{"type": "user", "user_id": text}, {"type": "emoji", "name": text}],
            }
        ],
    }
    card = {"type": "card", "title": both(text), "subtitle": words(text), "body": both(text), "actions": elements[:1]}
    cell = {"type": "raw_text", "text": text}
    return [
        {"type": "section", "text": both(text), "fields": [both(text), words(text)], "accessory": elements[0]},
        {"type": "header", "text": words(text)},
        {"type": "context", "elements": [both(text), words(text)]},
        {"type": "actions", "block_id": text, "elements": elements},
        *({"type": "input", "block_id": text, "label": words(text), "hint": words(text), "element": item} for item in elements[4:]),
        {"type": "image", "image_url": text, "alt_text": text, "title": words(text)},
        {"type": "markdown", "text": text},
        {"type": "data_table", "caption": text, "rows": [[cell], [cell, rich]]},
        {"type": "data_visualization", "title": text, "chart": {"type": "pie", "segments": [{"label": text, "value": 1}]}},
        {"type": "alert", "level": text, "text": both(text)},
        {"type": "carousel", "elements": [card]},
        {"type": "container", "title": words(text), "is_collapsible": True, "child_blocks": [card]},
        {"type": text},
        rich,
    ]  # fmt: skip


def test_nothing_nasty_gets_through_any_block() -> None:
    is_harmless(draw(*every_block(NASTY)))


_PIECES = st.lists(
    st.sampled_from(
        ["<", ">", "&lt;", "&", '"', "'", "`", "```", "*", "_", "~", "|", "\n", "> ", "[a](", "javascript:", "https://x.y", ")",
         "<script>", "</script>", "<img src=x onerror=1>", "<@U1>", "<!here>", ":tada:", "a", " ", "\ue000", "0", "\ue001", "\x00",
         "# ", "- ", "|--|", "onclick=", "é", "＜"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(_PIECES | st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_text_becomes_a_script_whatever_block_holds_it(text: str) -> None:
    is_harmless(draw(*every_block(text)))


@given(_PIECES | st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_no_text_becomes_a_script_in_either_markup(text: str) -> None:
    is_harmless(mrkdwn(text, {"U1": text}))
    is_harmless(markdown(text))


def test_several_things_that_are_searched_are_ticked_and_travel_with_their_names() -> None:
    option = {"text": words("Suède"), "value": "SE"}
    element = {"type": "multi_external_select", "action_id": "a", "initial_options": [option]}
    block = {"type": "input", "block_id": "b", "label": words("Pays"), "element": element}
    (box,) = [attributes for tag, attributes in Tags(draw(block)).seen if attributes.get("type") == "checkbox"]
    assert box["value"] == "SE|Suède" and "checked" in box
    assert held(element, ["SE|Suède", "DK|Danemark"])["selected_options"][1]["value"] == "DK"


def test_channels_are_ticked_where_several_may_be_chosen() -> None:
    element = {"type": "multi_conversations_select", "action_id": "a", "initial_conversations": ["C1"]}
    block = {"type": "input", "block_id": "b", "label": words("Où"), "element": element}
    (box,) = [attributes for tag, attributes in Tags(draw(block)).seen if attributes.get("type") == "checkbox"]
    assert box["value"] == "C1" and "checked" in box
    assert held(element, ["C1"]) == {"type": "multi_conversations_select", "selected_conversations": ["C1"]}
