"""What the words of a question name: kinds, countries, fields, and what only looks like one."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker


def test_kinds_countries_bodies_and_towns_are_recognised(museum: Asker) -> None:
    reading = museum.read("Quelles expositions de la Casa dos Mapas à Porto, Portugal ?")
    assert reading.values("kind") == ("exhibition",)
    assert reading.values("country") == ("PT",)
    assert reading.values("body") == ("casa dos mapas",)
    assert reading.values("city") == ("porto",)


def test_capitals_name_a_country_that_small_letters_do_not(ask: Asker) -> None:
    assert "US" in ask.read("Which targets in the US?").values("country")
    assert "US" not in ask.read("which targets concern us?").values("country")


@pytest.mark.parametrize(
    ("named", "alike", "topic", "value"),
    [
        ("How many delegates in the call?", "How many delegates per call?", "kind", "call"),
        ("Our deal with Denmark?", "How do we deal with it?", "kind", "agreement"),
        ("What is its start?", "Which start-up is in it?", "field", "starts"),
        ("Its place?", "Is it in place?", "field", "location"),
    ],
)
def test_a_word_names_nothing_in_a_phrase_that_means_something_else(
    ask: Asker, named: str, alike: str, topic: str, value: str
) -> None:
    assert value in ask.read(named).values(topic)
    assert value not in ask.read(alike).values(topic)


@pytest.mark.parametrize("text", ["C'est quand ?", "Quelle est la date ?", "When is it?"])
def test_words_of_asking_alone_name_no_field(ask: Asker, text: str) -> None:
    assert ask.read(text).values("field") == ()
