"""Pairs that a team adds to the glossary count at once, in every room, and only while they are in force."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.asked import KeptQuestion
from knowledge.base import KnowledgeBase
from knowledge.glossary_pairs import LONGEST, MOST, read_pair
from knowledge.messages import Phrase
from knowledge.questions.form import Asked
from knowledge.storage.memory import MemoryStore
from knowledge.team_glossary import checked
from tests.knowledge.asking import SHIPPED_DAY, StillClock, new_base, shipped_organisers, shipped_records

SIDES = ("zorglub", "Aviesan")


def fresh(store: MemoryStore | None = None) -> KnowledgeBase:
    return new_base(shipped_organisers(), shipped_records()[:60], store)


def knows(word: str) -> bool:
    return word in ("accord", "convention", "danemark")


def held(base: KnowledgeBase, word: str, text: str) -> bool:
    """Whether the search finds the word of this question in a fact that has the text."""
    view = base._catch_up().view
    hits = view.index.search(word, 5)
    return any(text in " ".join(view.records[hit.id].titles.values()).lower() for hit in hits)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("pacte = accord", ("pacte", "accord")),
        ("  pacte   nordique=accord ", ("pacte nordique", "accord")),
        ("pacte", None),
        ("= accord", None),
        ("pacte =", None),
        ("a = b = c", None),
        ("", None),
    ],
)
def test_a_pair_is_read_from_both_sides_of_its_sign(text: str, sides: tuple[str, str] | None) -> None:
    assert read_pair(text) == sides


@pytest.mark.parametrize(
    ("said", "means", "key"),
    [
        ("le", "accord", "glossary.empty"),
        ("???", "accord", "glossary.empty"),
        ("pacte", "quand", "glossary.empty"),
        ("Accord", "accord", "glossary.same"),
        ("mou", "convention", "glossary.known"),
        ("pacte", "chimère", "glossary.not_in_base"),
        ("x" * (LONGEST + 1), "accord", "glossary.too_long"),
        ("a b c d e f g h pacte", "accord", "glossary.too_long"),
    ],
)
def test_what_is_no_pair_is_said(said: str, means: str, key: str) -> None:
    found = checked((said, means), (("MoU", "convention"),), knows)
    assert isinstance(found, Phrase) and found.key == key


def test_the_side_of_the_base_comes_last_whichever_was_typed_first() -> None:
    assert checked(("pacte", "accord"), (), knows) == ("pacte", "accord")
    assert checked(("accord", "pacte"), (), knows) == ("pacte", "accord")


def test_a_glossary_that_is_full_takes_no_more() -> None:
    store = MemoryStore()
    base = fresh(store)
    for number in range(MOST):
        store.add_glossary_pair(f"mot{number}", "Aviesan", "U1", StillClock().now())
    found = base.glossary.check(*SIDES)
    assert isinstance(found, Phrase) and found.key == "glossary.full"


def test_a_pair_counts_in_the_next_answer_and_no_longer_once_it_is_taken_out() -> None:
    base = fresh()
    assert not held(base, "zorglub", "aviesan")
    pair = base.glossary.add(SIDES, "UANA")
    assert pair is not None and base.glossary.add(SIDES, "UANA") is None
    assert held(base, "zorglub", "aviesan")
    base.glossary.remove(pair.number, "UANA")
    assert not held(base, "zorglub", "aviesan")


def test_a_pair_is_there_after_a_start() -> None:
    store = MemoryStore()
    base = fresh(store)
    base.glossary.add(SIDES, "UANA")
    assert held(KnowledgeBase(store, shipped_organisers(), StillClock()), "zorglub", "aviesan")


def test_gaps_that_say_the_same_by_a_pair_are_put_together() -> None:
    base = fresh()
    questions = [
        KeptQuestion(StillClock().now(), text, "fr", "unknown", "lookup", "", "p", seq=seq)
        for seq, text in enumerate(("zorglub lunaire", "aviesan lunaire"), 1)
    ]
    assert len(base.gaps(questions)) == 2
    base.glossary.add(SIDES, "UANA")
    assert len(base.gaps(questions)) == 1


def test_a_preview_names_the_questions_that_would_be_answered_otherwise_and_changes_nothing() -> None:
    base = fresh()
    other = shipped_records()[0]
    question = "Que sait-on du zorglub ?"
    before = base.ask(Asked(question, SHIPPED_DAY))
    shifts = base.glossary.preview(SIDES, [question, other.titles["fr"]], SHIPPED_DAY)
    assert [shift.question for shift in shifts] == [question]
    assert shifts[0].then == "aviesan"
    assert base.ask(Asked(question, SHIPPED_DAY)) == before
    assert base.glossary.pairs() == ()


def test_proposals_join_what_the_record_lacks_with_what_the_question_lacks() -> None:
    base = fresh()
    record = replace(shipped_records()[0])
    title = record.titles["fr"]
    found = base.glossary.proposals(f"zorglub {title.split()[-1]}", record.id, (title,))
    assert found and {said for said, _ in found} == {"zorglub"}
    assert all(means in title for _, means in found)
    assert base.glossary.proposals(title, record.id, (title,)) == ()
    assert base.glossary.proposals("zorglub", "no-such-record", (title,)) == ()
