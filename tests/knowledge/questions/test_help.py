"""Help is given when the whole question asks how to ask."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker, said


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Aide", "fr"),
        ("aide-moi", "fr"),
        ("Comment ça marche ?", "fr"),
        ("Que puis-je te demander ?", "fr"),
        ("Help", "en"),
        ("Help me please", "en"),
        ("How does this work?", "en"),
        ("What can I ask you?", "en"),
        ("Que sais-tu faire ?", "fr"),
        ("What can you do?", "en"),
    ],
)
def test_asking_how_to_ask_gets_help(ask: Asker, text: str, lang: str) -> None:
    answer = ask(text, default_lang=lang)
    assert (answer.band, answer.form, answer.lang) == ("chat", "help", lang)
    assert said(answer) == ["help.start"]


@pytest.mark.parametrize("text", ["", "???", "👍", "   ", "\u200b"])
def test_a_question_without_words_gets_examples(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.band, said(answer)) == ("chat", ["empty.question"])


@pytest.mark.parametrize(
    "text", ["Aide au diagnostic : quelle cible ?", "What help does ANR give to the JTC secretariat?"]
)
def test_the_word_help_inside_a_question_does_not_hide_it(ask: Asker, text: str) -> None:
    assert ask(text).form != "help"
