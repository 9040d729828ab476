"""What the words after /entente mean."""

from __future__ import annotations

import pytest

from bot.surfaces.commands import ASK, COMMANDS, HELP
from bot.surfaces.slash_command import Order, read, suggestion
from knowledge.messages import Actions


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("", Order(HELP)),
        ("   ", Order(HELP)),
        ("ask", Order(ASK)),
        ("ask quand ?", Order(ASK, "quand ?")),
        ("Ask  Quand ?", Order(ASK, "Quand ?")),
        ("demander quand ?", Order(ASK, "quand ?")),
        ("DEMANDÉ quand ?", Order(ASK, "quand ?")),
        ("help", Order(HELP)),
        ("aide import", Order(HELP, "import")),
        ("aks quand ?", Order(None, "quand ?", "aks", "ask")),
        ("hlep", Order(None, "", "hlep", "help")),
        ("demandr quand", Order(None, "quand", "demandr", "demander")),
        ("aid", Order(None, "", "aid", "aide")),
        ("Danemark", Order(None, "", "Danemark")),
        ("tasks for March", Order(ASK, "tasks for March")),
        ("quand finit l'accord ?", Order(ASK, "quand finit l'accord ?")),
        ("who signed it", Order(ASK, "who signed it")),
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
    assert read("a" * 40_000).command is None


def test_a_word_stands_for_one_command_only() -> None:
    words = [word for command in COMMANDS for word in command.words]

    assert len(words) == len(set(words))
