"""Messages as plain text."""

from __future__ import annotations

from datetime import date

import pytest

from bot.i18n import Translator
from bot.terminal import render, render_problem, safe
from knowledge.dates import Day, Period
from knowledge.fields import Money
from knowledge.messages import Action, Actions, Card, Item, Link, Listing, Message, Note, Part, Phrase, Row, Say
from knowledge.records import Problem

TRANSLATOR = Translator()


def text(*parts: Part, lang: str = "en", width: int = 88) -> str:
    return render(Message(parts), lang, TRANSLATOR, width).replace("\u202f", " ").replace("\u00a0", " ")


def card(**changes: object) -> Card:
    given: dict[str, object] = {
        "record_id": "call-a",
        "kind": {"fr": "appel", "en": "call"},
        "title": {"fr": "Appel A", "en": "Call A"},
        "summary": {"fr": "Un appel.", "en": "A call."},
        "rows": (Row({"fr": "Clôture", "en": "Closes"}, Day(2026, 2, 10)), Row({"en": "Budget"}, Money(45e6))),
        "status": {"fr": "clos", "en": "closed"},
        "source": Link("Page of the call", "https://www.example.org/call"),
        "source_date": Day(2026, 11, 23),
    }
    return Card(**{**given, **changes})  # type: ignore[arg-type]


def test_the_value_comes_first_then_the_fact_with_its_source() -> None:
    shown = text(Say(Phrase("answer.value", {"value": Day(2026, 2, 10)}), strong=True), card())
    assert shown.splitlines() == [
        "10 February 2026",
        "",
        "Call A",
        "  call, closed",
        "  A call.",
        "  Closes                      10 February 2026",
        "  Budget                      €45 million",
        "  Source: Page of the call (https://www.example.org/call), accessed on 23 November 2026",
    ]


def test_a_card_speaks_the_language_of_the_reader() -> None:
    shown = text(card(note={"fr": "Deux chiffres."}, programme=True), lang="fr")
    assert "Appel A\n  appel, clos\n  Un appel." in shown
    assert "consultée le 23 novembre\n  2026" in shown
    assert "À noter : Deux chiffres." in shown
    assert "Donné par la page publique du programme." in shown


def test_a_source_without_date_is_named_without_one() -> None:
    assert text(card(source_date=None)).endswith("Source: Page of the call (https://www.example.org/call)")


def test_choices_are_numbered_over_the_whole_message_and_other_buttons_left_out() -> None:
    first = Actions((Action("choose", {"en": "First"}, "a"), Action("why", Phrase("actions.why"), "a")))
    second = Actions((Action("choose", {"en": "Second"}, "b"),))
    assert text(first, second) == "  1. First\n\n  2. Second"


def test_buttons_alone_leave_nothing_behind() -> None:
    assert text(Actions((Action("feedback", Phrase("feedback.good"), "good"),))) == ""


def test_a_listing_gives_each_fact_a_line_with_its_detail() -> None:
    detail = Phrase("list.detail", {"label": {"en": "Closes"}, "value": Day(2027, 3)})
    items = (Item("a", {"en": "Call A"}, detail), Item("b", {"fr": "Appel B"}), Item("c", {}))
    assert text(Listing(items, 3)) == "- Call A (Closes: March 2027)\n- Appel B\n- c"


def test_small_print_stands_in_brackets() -> None:
    period = Period(date(2027, 4, 1), date(2027, 6, 30))
    assert text(Note(Phrase("answer.period", {"period": period})), lang="fr") == (
        "(Période lue : du 1er avril au 30 juin 2027.)"
    )


def test_lines_are_no_wider_than_asked() -> None:
    shown = text(card(summary={"en": "many words " * 40}), width=40)
    assert max(len(line) for line in shown.splitlines() if "http" not in line) <= 40


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("a\x1b]0;title\x07b", "ab"),
        ("\x9b2Jgone", "gone"),
        ("two\nlines\r\nthree", "two lines  three"),
        ("abc\u202edef\u2066", "abcdef"),
        ("bell\x07\x00", "bell"),
        ("Île-de-France\u202f: 5\u00a0%", "Île-de-France\u202f: 5\u00a0%"),
    ],
)
def test_text_of_people_cannot_drive_the_terminal(raw: str, seen: str) -> None:
    assert safe(raw) == seen


def test_no_part_of_a_message_lets_a_control_character_through() -> None:
    evil = "\x1b[2Jevil\x07"
    shown = text(
        Say(Phrase("answer.about", {"title": evil})),
        card(title={"en": evil}, summary={"en": evil}, rows=(Row({"en": evil}, evil),), note={"en": evil}),
        card(source=Link(evil, "https://e.org/" + evil), other_sources=(Link(evil, evil),), status={"en": evil}),
        Listing((Item("a", {"en": evil}),), 1),
        Actions((Action("choose", {"en": evil}, "a"),)),
        Note(Phrase("answer.about", {"title": evil})),
    )
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "[2J" not in shown


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (
            Problem("zone", Phrase("config.empty"), 3, "config.yaml"),
            "config.yaml, line 3, zone: A value is expected here.",
        ),
        (Problem("", Phrase("config.empty"), 3, "config.yaml"), "config.yaml, line 3: A value is expected here."),
        (Problem("", Phrase("config.empty"), None, "config.yaml"), "config.yaml: A value is expected here."),
        (Problem("zone", Phrase("config.empty"), None, "config.yaml"), "config.yaml, zone: A value is expected here."),
        (
            Problem("PORT", Phrase("config.empty"), None, "environment"),
            "environment variable, PORT: A value is expected here.",
        ),
        (Problem("closes", Phrase("config.empty")), "closes: A value is expected here."),
        (Problem("", Phrase("config.empty")), "A value is expected here."),
    ],
)
def test_a_problem_says_where_it_is(problem: Problem, line: str) -> None:
    assert render_problem(problem, "en", TRANSLATOR) == line
