"""A question read: its words, what they name and the period it speaks of."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.dates import Period
from knowledge.questions.reading import is_content
from tests.knowledge.asking import Asker, shipped_asker


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Quelles expositions en juin 2031 ?", Period(date(2031, 6, 1), date(2031, 6, 30))),
        ("Which exhibitions in June 2031?", Period(date(2031, 6, 1), date(2031, 6, 30))),
        ("Quelles expositions en juin et juillet 2031 ?", Period(date(2031, 6, 1), date(2031, 7, 31))),
        ("Which exhibitions today?", Period(date(2031, 5, 20), date(2031, 5, 20))),
        ("Quelles expositions ?", None),
    ],
)
def test_the_period_named_is_read_from_the_day_of_the_question(museum: Asker, text: str, period: Period | None) -> None:
    assert museum.read(text).period == period


def test_a_year_in_passing_is_no_period(museum: Asker) -> None:
    reading = museum.read("AAPG 2024 ?")
    assert (reading.period, reading.years) == (None, (2024,))


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Quand ferme Horloges de poche ?", "fr"),
        ("When does Pocket Clocks close?", "en"),
        ("quelles expositions", "fr"),
        ("which exhibitions", "en"),
        ("Verhaegen", "fr"),
    ],
)
def test_the_language_is_told_by_the_words_or_is_the_default(museum: Asker, text: str, lang: str) -> None:
    assert museum.read(text).lang == lang


@pytest.mark.parametrize(
    "text",
    ["Bonjour, quelles expositions svp ?", "Pouvez-vous me dire quelles expositions ?", "quelles expositions, merci !"],
)
def test_courtesy_is_left_out_of_the_words(museum: Asker, text: str) -> None:
    assert museum.read(text).tokens == ("quelles", "expositions")


def test_short_hand_is_written_out(museum: Asker) -> None:
    assert "quand" in museum.read("kand ferme l'expo ?").tokens


def test_the_rest_are_the_content_words_that_nothing_covers(museum: Asker) -> None:
    reading = museum.read("Quelles expositions avec des instruments en Belgique ?")
    assert reading.rest("kind", "country") == ("instruments",)


@pytest.mark.parametrize(
    ("word", "expected"), [("accord", True), ("le", False), ("when", False), ("x", False), ("7", True)]
)
def test_content_says_what_a_question_is_about(word: str, expected: bool) -> None:
    assert is_content(word) is expected


def test_only_the_beginning_of_an_endless_text_is_read(museum: Asker) -> None:
    assert len(museum.read("expositions " * 5000).tokens) < 500


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("FEI-DS-GENOMICS closing date", "en"),
        ("EU-Africa PerMed: start month please", "en"),
        ("EHDS, date d'entrée en vigueur", "fr"),
        ("QUAND FERME L'APPEL ?", "fr"),
    ],
)
def test_an_acronym_is_in_no_language(text: str, lang: str) -> None:
    other = "fr" if lang == "en" else "en"
    assert shipped_asker()(text, lang=None, default_lang=other).lang == lang
