"""The knowledge base follows its store, answers the same twice, from any thread, and never raises."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.questions.form import Answer, Asked, Topic
from knowledge.records import Record, Source, Write
from knowledge.storage.memory import MemoryStore
from tests.knowledge.asking import (
    MUSEUM_DAY,
    SHIPPED_DAY,
    Asker,
    StillClock,
    listed,
    museum_organisers,
    museum_records,
    new_base,
    offered,
    shipped_asker,
    shipped_organisers,
    shipped_records,
)

CLOCK = StillClock()
LANTERNS = Record(
    "expo-lanternes",
    "exhibition",
    {"fr": "Exposition Lanternes magiques", "en": "Magic Lanterns exhibition"},
    {"fr": "Plaques peintes et fantasmagories.", "en": "Painted slides and phantasmagoria."},
    Source("Registre des prêts 2031"),
    values={"countries": ("BE",), "organisations": ("Musée Verhaegen",)},
    status="planned",
)


class Writer:
    """A base of its own and the store behind it: writes go to the store, as those of another process would."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.base = new_base(museum_organisers(), museum_records(), self.store)
        self.ask = Asker(self.base, MUSEUM_DAY)

    def write(self, verb: Any, record: Record, expected: int | None = None) -> Record:
        (change,) = self.store.write([Write(verb, record, "tests", "", expected)], CLOCK.now())
        return change.after


@pytest.fixture
def writer() -> Writer:
    return Writer()


def test_loading_adds_what_is_new_and_amends_what_differs() -> None:
    base = KnowledgeBase(MemoryStore(), museum_organisers(), CLOCK)
    assert base.records() == ()
    first, second = museum_records()[:2]
    assert [change.verb for change in base.load([first, second], "tests")] == ["add", "add"]
    changed = replace(second, summaries={"fr": "Autre résumé."})
    assert [change.verb for change in base.load([first, changed], "tests")] == ["amend"]
    assert base.load([first, changed], "tests") == ()
    found = base.record(second.id)
    assert found is not None and found.summaries == {"fr": "Autre résumé."} and found.revision == 2


def test_a_new_fact_is_found_by_its_own_words_in_the_very_next_question(writer: Writer) -> None:
    assert "expo-lanternes" not in writer.ask("C'est quoi Lanternes magiques ?").facts
    writer.write("add", LANTERNS)
    for text in ("C'est quoi Lanternes magiques ?", "What is Magic Lanterns?"):
        answer = writer.ask(text)
        assert (answer.band, answer.facts) == ("sure", ("expo-lanternes",))


def test_a_new_fact_is_found_by_a_slip_of_its_own_words(writer: Writer) -> None:
    writer.write("add", LANTERNS)
    for text in ("C'est quoi Lantrenes magiques ?", "What is Magic Lantenrs?"):
        assert writer.ask(text).facts[0] == "expo-lanternes"


def test_a_new_body_is_known_by_its_name(writer: Writer) -> None:
    assert "body" not in {tag.topic for tag in writer.ask.read("Quelles expositions de Zwerfbeeld ?").tags}
    writer.write("add", replace(LANTERNS, values={"organisations": ("Zwerfbeeld",)}))
    assert writer.ask("Quelles expositions de Zwerfbeeld ?").set == ("expo-lanternes",)


def test_an_amended_fact_is_said_as_amended(writer: Writer) -> None:
    added = writer.write("add", LANTERNS)
    titles = {"fr": "Exposition Praxinoscopes", "en": "Praxinoscopes exhibition"}
    writer.write("amend", replace(added, titles=titles), added.revision)
    assert writer.ask("What is the Praxinoscopes exhibition?").facts == ("expo-lanternes",)
    assert writer.ask("What is Magic Lanterns?").band != "sure"
    assert writer.ask("Quelles cibles ont été manquées ?").facts == ("cible-climat",)


def test_a_retired_fact_is_in_no_answer_list_count_or_choice(writer: Writer) -> None:
    clocks = next(record for record in museum_records() if record.id == "expo-horloges")
    before = writer.ask("Combien d'expositions en Belgique ?")
    assert before.count == 2
    writer.write("retire", replace(clocks, retired=True), 1)
    texts = (
        "Quand ferme Horloges de poche ?",
        "C'est quoi Horloges de poche ?",
        "Quelles expositions sont ouvertes ?",
        "Quelles expositions à Anvers ?",
        "l'exposition d'Anvers",
        "Combien d'expositions en Belgique ?",
        "Prochaine exposition ?",
        "Quoi de neuf en Belgique ?",
    )
    for text in texts:
        answer = writer.ask(text)
        shown = {*answer.facts, *(answer.set or ()), *listed(answer), *offered(answer)}
        assert "expo-horloges" not in shown, text
    assert writer.ask("Combien d'expositions en Belgique ?").count == 1
    assert writer.base.record("expo-horloges") is None


def test_a_retired_fact_comes_back(writer: Writer) -> None:
    clocks = next(record for record in museum_records() if record.id == "expo-horloges")
    writer.write("retire", replace(clocks, retired=True), 1)
    writer.write("restore", replace(clocks, retired=False), 2)
    assert writer.ask("Quand ferme Horloges de poche ?").value == "2031-09-30"


def test_a_thread_about_a_retired_fact_does_not_show_it(writer: Writer) -> None:
    topic = writer.ask("C'est quoi Horloges de poche ?").topic
    clocks = next(record for record in museum_records() if record.id == "expo-horloges")
    writer.write("retire", replace(clocks, retired=True), 1)
    assert "expo-horloges" not in writer.ask("quand ferme-t-elle ?", topic=topic).facts


def test_a_fact_chosen_answers_the_question_asked(writer: Writer) -> None:
    asked = Asked("Quand ferme l'exposition d'Anvers ?", MUSEUM_DAY)
    assert writer.base.ask(asked).band == "unsure"
    shown = writer.base.show("expo-horloges", asked)
    assert (shown.band, shown.field, shown.value) == ("sure", "closes", "2031-09-30")
    assert writer.base.show("expo-verre", asked).value == "2030-11-02"


def test_a_fact_chosen_and_gone_is_unknown(writer: Writer) -> None:
    answer = writer.base.show("no-such-fact", Asked("Quand ferme l'expo ?", MUSEUM_DAY))
    assert (answer.band, answer.facts) == ("unknown", ())


def test_a_base_without_facts_knows_nothing_and_says_so() -> None:
    ask = Asker(KnowledgeBase(MemoryStore(), museum_organisers(), CLOCK), MUSEUM_DAY)
    for text in ("Quelles expositions ?", "Combien d'accords ?", "Prochaine échéance ?", "C'est quoi Verhaegen ?"):
        assert ask(text).band == "unknown"
    assert ask("Bonjour à tous").band == "chat"


QUESTIONS = (
    "Quels accords avec la Suède ?",
    "When does JTC2025 close?",
    "Quelle est la capitale du Pérou ?",
    "Prochaine échéance maladies rares ?",
    "How many events in 2024?",
    "C'est quoi la bioinformatique ?",
    "what about the 14th plenary",
    "Qeuls apels ferment en mars 2026 ?",
    "Où en est All of Us ?",
    "Compare SeqOIA et AURAGEN",
)


def test_the_same_question_has_the_same_answer_twice_and_on_two_bases() -> None:
    def said(base: KnowledgeBase) -> str:
        return repr([base.ask(Asked(text, SHIPPED_DAY)) for text in QUESTIONS])

    first = shipped_asker().base
    other = new_base(shipped_organisers(), reversed(shipped_records()))
    assert said(first) == said(first) == said(other)


def test_many_threads_may_ask_while_another_writes(writer: Writer) -> None:
    texts = ("Quelles expositions ?", "What is Sea Charts?", "Quoi de neuf en Belgique ?", "Cartes marnies ?")
    start = threading.Barrier(9)

    def write() -> int:
        start.wait()
        for number in range(10):
            added = writer.write("add", replace(LANTERNS, id=f"expo-lanternes-{number}"))
            writer.ask("Quelles expositions ?")
            writer.write("retire", replace(added, retired=True), added.revision)
        return 10

    def ask(number: int) -> list[Answer]:
        start.wait()
        return [writer.ask(texts[(number + turn) % 4]) for turn in range(8)]

    with ThreadPoolExecutor(9) as pool:
        writing = pool.submit(write)
        answers = [answer for asking in [pool.submit(ask, number) for number in range(8)] for answer in asking.result()]
        assert writing.result() == 10
    assert len(answers) == 64
    assert all("expo-cartes" in answer.facts for answer in answers if answer.form in ("lookup", "list"))
    assert not any(record.id.startswith("expo-lanternes") for record in writer.base.records())


ALPHABET = st.one_of(
    st.characters(),
    st.sampled_from("👍🏽🇫🇷👩‍🔬\u200b\u200f\u202e\u2066\x00\x07\x1b\x7f\ufeff\ud7ff\uffff"),
    st.characters(min_codepoint=0x5D0, max_codepoint=0x6FF),
)
PIECES = st.one_of(
    st.text(ALPHABET, max_size=12),
    st.sampled_from(
        "quand ferme JTC2025 combien d'accords avec la Suède et le Danemark which calls are open next 3e la deuxième where "
        "en anglais pourquoi vs compare depuis lundi 2026-02-30 31/02/2026 99e \" ' AND OR NOT * ( ) { } % _ \\ <!channel>".split()
    ),
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(pieces=st.lists(PIECES, max_size=14), in_thread=st.booleans())
def test_no_text_makes_it_raise(pieces: list[str], in_thread: bool) -> None:
    topic = Topic(("appel-erdera-jtc2025", "appel-ep-permed-jtc2025"), "closes", "attribute", "fr", "JTC2025 ?")
    answer = shipped_asker()(" ".join(pieces), topic=topic if in_thread else None)
    assert answer.band in ("sure", "unsure", "unknown", "chat")
    assert answer.lang in ("fr", "en")
    assert answer.message.parts


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "quand ferme " * 900,
        "é" * 10_000,
        "2026 " * 2_000,
        "\u202e" * 10_000,
        "👩‍🔬" * 3_000,
        "JTC" + "0" * 9_997,
        "accord " * 1_400,
    ],
    ids=lambda text: text[:6],
)
def test_an_endless_text_is_answered(text: str) -> None:
    asker = shipped_asker()
    assert asker(text).message.parts
    assert asker.base.why(Asked(text, SHIPPED_DAY))
    assert asker.base.show("seqoia", Asked(text, SHIPPED_DAY)).message.parts
