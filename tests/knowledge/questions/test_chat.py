"""Courtesy gets a short word back and never a fact."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker, said


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Bonjour", "chat.hello"),
        ("Bonjour à tous !", "chat.hello"),
        ("Good morning", "chat.hello"),
        ("Hello everyone", "chat.hello"),
        ("Merci beaucoup", "chat.thanks"),
        ("Thank you very much!", "chat.thanks"),
        ("Au revoir", "chat.bye"),
        ("Bye, have a nice day", "chat.bye"),
        ("Qui es-tu ?", "chat.who"),
        ("Who are you?", "chat.who"),
    ],
)
def test_courtesy_is_answered_with_courtesy(ask: Asker, text: str, key: str) -> None:
    answer = ask(text)
    assert (answer.band, answer.form, said(answer)) == ("chat", "chat", [key])
    assert answer.facts == () and answer.topic is None


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Merci, c'est parfait", "fr"), ("Bonjour à toutes et à tous", "fr"), ("Thanks, that is all", "en")],
)
def test_courtesy_is_answered_in_its_language_whatever_the_default(ask: Asker, text: str, lang: str) -> None:
    assert ask(text, default_lang="en" if lang == "fr" else "fr").lang == lang


@pytest.mark.parametrize(("text", "lang"), [("Bonjour", "fr"), ("Good morning", "en"), ("Hello!", "en")])
def test_a_bare_greeting_tells_its_language(ask: Asker, text: str, lang: str) -> None:
    assert ask(text, default_lang="en" if lang == "fr" else "fr").lang == lang


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Bonjour à tous, c'est quoi SeqOIA svp ? Merci d'avance", "seqoia"),
        ("Hi, what is SeqOIA please? Thanks", "seqoia"),
        ("Bonjour, quel est le budget de JTC2024 svp ? Merci", "appel-ep-permed-jtc2024"),
    ],
)
def test_a_polite_question_is_a_question(ask: Asker, text: str, fact: str) -> None:
    answer = ask(text)
    assert (answer.band, answer.facts) == ("sure", (fact,))


@pytest.mark.parametrize("text", ["cheers mate, much appreciated", "merci beaucoup, c'était parfait", "bye for now"])
def test_thanks_and_goodbyes_in_more_words_are_courtesy_still(ask: Asker, text: str) -> None:
    assert ask(text).band == "chat"
