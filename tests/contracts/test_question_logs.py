"""What every log of questions promises, in memory and in the file of the base."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowledge.asked import KeptQuestion
from knowledge.ports import QuestionLog
from knowledge.storage import open_questions, open_store
from tests.plain_codec import PLAIN

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
QUESTION = KeptQuestion(NOW, "Où est le comité ?", "fr", "unknown", "lookup", "", "p1", "C1:1.1", "k1")
LONG_AGO = NOW - timedelta(days=400)


@pytest.fixture(params=["memory", "sqlite"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[QuestionLog]:
    store = open_store(":memory:" if request.param == "memory" else tmp_path / "base.db", PLAIN)
    yield open_questions(store)
    store.close()


def test_a_question_reads_back_as_it_was_kept(log: QuestionLog) -> None:
    log.keep(QUESTION, LONG_AGO)
    assert list(log.questions()) == [replace(QUESTION, seq=1)]


def test_questions_come_back_in_order(log: QuestionLog) -> None:
    for number in range(3):
        log.keep(replace(QUESTION, text=f"n° {number}"), LONG_AGO)
    assert [(kept.seq, kept.text) for kept in log.questions()] == [(1, "n° 0"), (2, "n° 1"), (3, "n° 2")]


def test_old_questions_are_dropped_when_a_new_one_comes(log: QuestionLog) -> None:
    log.keep(replace(QUESTION, at=NOW - timedelta(days=31)), LONG_AGO)
    log.keep(QUESTION, NOW - timedelta(days=30))
    assert [kept.at for kept in log.questions()] == [NOW]


def test_old_questions_are_dropped_also_when_no_new_one_comes(log: QuestionLog) -> None:
    log.keep(replace(QUESTION, at=NOW - timedelta(days=31)), LONG_AGO)
    log.keep(QUESTION, LONG_AGO)
    log.expire(NOW - timedelta(days=30))
    assert [kept.at for kept in log.questions()] == [NOW]


def test_a_number_is_never_given_twice(log: QuestionLog) -> None:
    log.keep(QUESTION, LONG_AGO)
    log.forget("p1")
    log.keep(QUESTION, LONG_AGO)
    assert [kept.seq for kept in log.questions()] == [2]


def test_a_rating_reaches_the_questions_of_that_person_only(log: QuestionLog) -> None:
    for person in ("p1", "p2"):
        log.keep(replace(QUESTION, person=person), LONG_AGO)
    log.rate("k1", "p2", "bad")
    assert [kept.verdict for kept in log.questions()] == ["", "bad"]


@pytest.mark.parametrize(
    "settle", [lambda log: log.settle([1, 77], "answered"), lambda log: log.settle(iter([1]), "answered")]
)
def test_what_became_of_a_question_is_noted(log: QuestionLog, settle: Callable[[QuestionLog], None]) -> None:
    log.keep(QUESTION, LONG_AGO)
    log.keep(QUESTION, LONG_AGO)
    settle(log)
    assert [kept.outcome for kept in log.questions()] == ["answered", ""]


def test_a_person_is_forgotten_with_all_that_they_asked(log: QuestionLog) -> None:
    for person in ("p1", "p2", "p1"):
        log.keep(replace(QUESTION, person=person), LONG_AGO)
    assert log.forget("p1") == 2
    assert [kept.person for kept in log.questions()] == ["p2"]


def test_a_person_forgotten_leaves_what_others_asked(log: QuestionLog) -> None:
    texts = ("Qui est <@U1> ?", "Qui suit Ana Lys, U12 ou Lys ?", "quand ferme JTC2024 ?")
    for text in texts:
        log.keep(replace(QUESTION, text=text, person="p2"), LONG_AGO)
    assert log.forget("p1", ["U1"], ["Lys", "ana lys"]) == 0
    left = ["Qui est former member ?", "Qui suit former member, U12 ou Lys ?", texts[2]]
    assert [kept.text for kept in log.questions()] == left


def test_text_that_no_file_can_hold_is_kept_all_the_same(log: QuestionLog) -> None:
    log.keep(replace(QUESTION, text="a\ud800b"), LONG_AGO)
    assert log.questions()[0].text == "a?b"
