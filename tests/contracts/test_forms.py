"""What every form of question promises, and that its own examples, which people are shown, are answered by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest

from bot.i18n import LOCALES_FOLDER, read_locale
from knowledge.questions.understand import FORMS
from knowledge.records import LANGUAGES
from tests.knowledge.asking import SHIPPED_DAY, WINTER, shipped_asker

LOOK_UPS: Final = {"succession": "lookup"}
"""Forms that hand over to another, which signs the answer."""
NEED_A_THREAD: Final = {"chat", "help", "followup"}

every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.NAME))


def examples() -> Iterator[Any]:
    for form in FORMS:
        if form.NAME not in NEED_A_THREAD:
            for lang in LANGUAGES:
                for text in form.EXAMPLES[lang]:
                    yield pytest.param(form.NAME, lang, text, id=f"{form.NAME}: {text}")


@every_form
def test_a_form_has_a_name_and_examples_in_both_languages(form: Any) -> None:
    assert form.NAME.isidentifier()
    assert set(form.EXAMPLES) == set(LANGUAGES)
    for lang in LANGUAGES:
        assert form.EXAMPLES[lang]
        assert all(text == text.strip() and len(text) <= 75 for text in form.EXAMPLES[lang]), "fits a button"


def test_no_two_forms_have_the_same_name() -> None:
    names = [form.NAME for form in FORMS]
    assert sorted(set(names)) == sorted(names)


def test_no_example_is_given_twice() -> None:
    for lang in LANGUAGES:
        texts = [text for form in FORMS for text in form.EXAMPLES[lang]]
        assert sorted(set(texts)) == sorted(texts)


@every_form
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_is_called_something_in_every_language(form: Any, lang: str) -> None:
    assert read_locale(LOCALES_FOLDER / lang).get(f"form.{form.NAME}")


@pytest.mark.parametrize("today", [SHIPPED_DAY, WINTER], ids=str)
@pytest.mark.parametrize(("name", "lang", "text"), list(examples()))
def test_an_example_is_answered_by_its_form_in_its_language(name: str, lang: str, text: str, today: Any) -> None:
    other = "en" if lang == "fr" else "fr"
    answer = shipped_asker()(text, today, default_lang=other)
    assert (answer.form, answer.lang) == (LOOK_UPS.get(name, name), lang)
    if name == "succession":
        assert answer.facts[0] in ("ejp-rd", "australian-genomics", "era-permed")
        assert (answer.facts[0] == "ejp-rd") == ("ERDERA" in text)


@pytest.mark.parametrize(("name", "lang", "text"), list(examples()))
def test_an_example_finds_something_on_one_day_at_least(name: str, lang: str, text: str) -> None:
    bands = {shipped_asker()(text, today).band for today in (SHIPPED_DAY, WINTER)}
    assert bands & {"sure", "unsure"}
