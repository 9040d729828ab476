"""The user's guide: the same pages in both languages, short enough for Slack, and without markup once said."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

import bot.help
from bot.help import examples, find, help_message, names, page
from bot.i18n import Translator
from bot.surfaces.commands import COMMANDS, WORDS, Subcommand
from bot.terminal import render
from knowledge.search.text import fold

FOLDER = Path(bot.help.__file__).parent
SECTION_LIMIT = 3000
BOTH = [(name, lang) for name in names() for lang in ("fr", "en")]
TRANSLATOR = Translator()


def test_both_languages_have_the_same_pages_and_no_other() -> None:
    for lang in ("fr", "en"):
        assert sorted(file.stem for file in (FOLDER / lang).glob("*.md")) == sorted(names())


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_a_page_has_a_title_and_sections_that_fit_in_a_message(name: str, lang: str) -> None:
    shown = page(name, lang)
    assert shown.title and "#" not in shown.title
    assert shown.sections
    assert all(0 < len(section.markdown) + len(section.heading) < SECTION_LIMIT for section in shown.sections)


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_a_page_is_as_long_in_one_language_as_in_the_other(name: str, lang: str) -> None:
    other = page(name, "en" if lang == "fr" else "fr")
    assert len(page(name, lang).sections) == len(other.sections)
    assert len(page(name, lang).examples) == len(other.examples)


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_a_page_uses_headings_bullets_bold_and_code_only(name: str, lang: str) -> None:
    text = (FOLDER / lang / f"{name}.md").read_text("utf-8")
    assert not re.search(r"\]\(|<|^\s*\d+\.|^#{3}|^>|^\||__|!", text, re.MULTILINE)
    assert text.count("**") % 2 == 0
    assert text.count("`") % 2 == 0


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_a_page_is_said_without_markup(name: str, lang: str) -> None:
    said = render(help_message(name, lang), lang, TRANSLATOR)
    assert said.startswith(page(name, lang).title)
    assert not set("*`#") & set(said)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("list", "list"),
        ("Liste", "list"),
        ("données", "privacy"),
        ("« échéance »", "next"),
        ("ask", "ask"),
        ("importer", "keep"),
        ("zzz", None),
    ],
)
def test_a_page_is_found_by_its_words_in_both_languages(word: str, name: str | None) -> None:
    assert find(word) == name


@pytest.mark.parametrize(
    "command", [one for one in COMMANDS if one.words[0] not in ("ask", "help")], ids=lambda one: one.words[0]
)
def test_every_word_of_a_command_leads_to_the_page_that_shows_the_command(command: Subcommand) -> None:
    assert None not in {find(word) for word in command.words}
    for lang in ("fr", "en"):
        shown = (FOLDER / lang / f"{find(command.words[0])}.md").read_text("utf-8")
        assert {fold(word) for word in re.findall(r"`/entente ([\w-]+)", shown)} & set(command.words)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_word_that_the_first_page_offers_leads_to_a_page(lang: str) -> None:
    offered = re.findall(r"\*\*([^*]+)\*\*", page("start", lang).sections[-1].markdown)
    assert len(offered) >= len(names()) - 1
    assert {find(word) for word in offered} == set(names()) - {"start"}


def test_an_unknown_page_says_so_and_shows_the_first_one() -> None:
    said = render(help_message("zzz", "en"), "en", TRANSLATOR)
    assert said.startswith("(There is no help page “zzz”")
    assert page("start", "en").title in said


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_examples_are_questions_and_not_commands(lang: str) -> None:
    found = examples(lang)
    assert len(found) > 10
    assert len(set(found)) == len(found)
    assert not [question for question in found if question.startswith("/") or len(question) > 100]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_command_is_in_the_guide_with_an_example(lang: str) -> None:
    said = "\n".join((FOLDER / lang / f"{name}.md").read_text("utf-8") for name in names())
    words = {_plain(word) for word in re.findall(r"`/entente (\w+)", said)}
    assert [command.name for command in COMMANDS if not words.intersection(command.words)] == []
    assert words <= set(WORDS)


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
