"""Somebody who asks to be forgotten hears what is at stake first; then nothing of them is left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.forgetting import ForgetDesk, how_to_be_forgotten
from bot.desk.values import Person
from bot.i18n import Translator
from bot.terminal import render
from knowledge.asked import KeptQuestion
from knowledge.records import FORMER_MEMBER, Write
from knowledge.storage.memory import MemoryStore
from knowledge.storage.questions import MemoryQuestions
from tests.knowledge.asking import StillClock, museum_organisers, museum_records, new_base

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def pseudonym(person: Person) -> str:
    return f"p-{person.id}"


def test_what_is_kept_of_a_person_is_counted_then_dropped_and_nobody_elses() -> None:
    store, log = MemoryStore(), MemoryQuestions()
    base = new_base(museum_organisers(), museum_records(), store)
    first = museum_records()[0]
    store.write([Write("verify", first, "U1", "", 1)], StillClock().now())
    for person in ("U1", "U1", "U2"):
        log.keep(KeptQuestion(NOW, "quand ?", "fr", "sure", "lookup", person=f"p-{person}"), NOW - timedelta(days=9))
        store.add_feedback("answer", f"p-{person}", "good", NOW)
    desk, me = ForgetDesk(base, log, store, pseudonym), Person("U1")
    asked = render(desk.announce(me), "en", Translator())
    assert "2 questions, 1 rating and 0 reminders" in asked
    assert "/entente forget me yes" in asked
    assert len(log.questions()) == 3, "nothing is dropped before they say so"
    assert "2 questions, 1 avis et 0 rappel" in render(desk.forget(me), "fr", Translator())
    assert [question.person for question in log.questions()] == ["p-U2"]
    assert [person for _, person, _ in store.feedback()] == ["p-U2"]
    assert base.history(first.id)[-1].by == FORMER_MEMBER
    assert "0 questions" in render(desk.announce(me), "en", Translator())


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("Oublie-moi", "fr", "/entente oublier moi oui"),
        ("s’il vous plaît, effacez mes données !", "fr", "/entente oublier moi oui"),
        ("Forget me.", "en", "/entente forget me yes"),
        ("please delete my data", "en", "/entente forget me yes"),
    ],
)
def test_who_asks_in_words_to_be_forgotten_hears_how(text: str, lang: str, said: str) -> None:
    reply = how_to_be_forgotten(text)
    assert reply is not None and reply.lang == lang
    assert said in " ".join(render(reply.message, lang, Translator()).split())


@pytest.mark.parametrize(
    "text", ["", "forget", "forget me not: when does it close?", "Qui efface mes données ?", "oublie"]
)
def test_what_only_speaks_of_forgetting_is_a_question_like_any_other(text: str) -> None:
    assert how_to_be_forgotten(text) is None
