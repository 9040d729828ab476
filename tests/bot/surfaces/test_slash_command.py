"""What the words after /entente mean."""

from __future__ import annotations

import pytest

from bot.surfaces.slash_command import Order, read, suggestion
from knowledge.messages import Actions


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("", Order("help")),
        ("   ", Order("help")),
        ("ask", Order("help")),
        ("ask quand ?", Order("ask", "quand ?")),
        ("Ask  Quand ?", Order("ask", "Quand ?")),
        ("demander quand ?", Order("ask", "quand ?")),
        ("DEMANDÉ quand ?", Order("ask", "quand ?")),
        ("help", Order("help")),
        ("aide import", Order("help", "import")),
        ("aks quand ?", Order("unknown", "quand ?", "aks", "ask")),
        ("hlep", Order("unknown", "", "hlep", "help")),
        ("demandr quand", Order("unknown", "quand", "demandr", "demander")),
        ("aid", Order("unknown", "", "aid", "aide")),
        ("Danemark", Order("unknown", "", "Danemark")),
        ("tasks for March", Order("ask", "tasks for March")),
        ("quand finit l'accord ?", Order("ask", "quand finit l'accord ?")),
        ("who signed it", Order("ask", "who signed it")),
    ],
)
def test_the_words_are_understood(text: str, order: Order) -> None:
    assert read(text) == order


def test_a_slip_offers_to_ask_what_follows() -> None:
    message = suggestion(read("aks quand ?"))

    assert message.parts[0].phrase.args["suggestion"] == "/entente ask quand ?"  # type: ignore[union-attr]
    assert isinstance(message.parts[1], Actions) and message.parts[1].actions[0].value == "quand ?"


def test_a_lone_word_offers_to_ask_it() -> None:
    message = suggestion(read("Danemark"))

    assert isinstance(message.parts[1], Actions) and message.parts[1].actions[0].value == "Danemark"


def test_a_slip_for_help_offers_no_question() -> None:
    assert len(suggestion(read("hlep")).parts) == 1


def test_a_very_long_word_is_understood_at_once() -> None:
    assert read("a" * 40_000).verb == "unknown"
