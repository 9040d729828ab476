"""The question sets themselves: well formed, balanced, and true to the facts shipped with the project."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from .score import Question, Scalar, fold, number, read_questions

HERE = Path(__file__).parent / "questions"
GOLDEN = read_questions(Path(__file__).parents[2] / "knowledge" / "golden.jsonl")
HELD_OUT = read_questions(HERE / "held_out.jsonl")
DIALOGUES = read_questions(HERE / "dialogues.jsonl")
THREADS = read_questions(HERE / "threads.jsonl")
MORE = read_questions(HERE / "more_dialogues.jsonl")
EVERY = [*GOLDEN, *HELD_OUT, *DIALOGUES, *THREADS, *MORE]

KINDS = {"lookup", "attribute", "list", "count", "next-last", "target", "choose", "unknown", "chitchat"}
NOISES = {"typo", "noaccent", "nopunct", "sms", "polite", "mixed", "caps", "keyword", "long"}
UNKNOWNS = {"near-miss", "out-of-domain"}
FIGURE = re.compile(r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+|\d+(?:\.\d+)?")


def ids_named(question: Question) -> set[str]:
    """Every fact that a question names, the one that an unknown is near to included."""
    near = {tag.removeprefix("near:") for tag in question["tags"] if tag.startswith("near:")}
    return {*question["expect"]["facts"], *question["expect"].get("set", []), *near}


@pytest.mark.parametrize("question", EVERY, ids=lambda question: str(question["id"]))
def test_a_question_is_well_formed(question: Question) -> None:
    tags, expect = question["tags"], question["expect"]
    status = {"choose": "choose", "unknown": "unknown"}.get(tags[0], "answered")
    assert question["lang"] in ("fr", "en")
    assert question["text"].strip() == question["text"] != ""
    assert len(question["text"]) <= 300
    assert date.fromisoformat(question["today"]).isoformat() == question["today"]
    assert tags[0] in KINDS and len(KINDS & set(tags)) == 1 and len(tags) == len(set(tags))
    assert ("noise" in tags) == bool(NOISES & set(tags))
    assert len(UNKNOWNS & set(tags)) == (tags[0] == "unknown")
    assert expect["status"] == status
    assert ("field" in expect) == ("value" in expect)
    assert len(expect["facts"]) == len(set(expect["facts"]))


@pytest.mark.parametrize("question", EVERY, ids=lambda question: str(question["id"]))
def test_what_is_expected_fits_the_kind(question: Question) -> None:
    expect, kind = question["expect"], question["tags"][0]
    listed = kind == "list" or "listed" in question["tags"]
    assert ("set" in expect) == listed
    assert ("count" in expect) == (kind == "count")
    if "set" in expect:
        assert sorted(expect["set"]) == sorted(expect["facts"])
    if "count" in expect:
        assert expect["count"] == len(expect["facts"])
    if kind == "choose":
        assert len(expect["facts"]) >= 2
    elif kind in ("unknown", "chitchat"):
        assert not expect["facts"]
    else:
        assert expect["facts"]


def test_ids_are_unique_and_in_order() -> None:
    assert [question["id"] for question in GOLDEN] == [f"g-{place:03d}" for place in range(1, len(GOLDEN) + 1)]
    assert [question["id"] for question in HELD_OUT] == [f"h-{place:03d}" for place in range(1, len(HELD_OUT) + 1)]


@pytest.mark.parametrize(
    ("prefix", "dialogues"),
    [("gd", DIALOGUES), ("th", THREADS), ("md", MORE)],
    ids=["dialogues", "threads", "more_dialogues"],
)
def test_turns_of_a_dialogue_follow_each_other_on_one_day(prefix: str, dialogues: list[Question]) -> None:
    turns: dict[str, list[Question]] = {}
    for question in dialogues:
        turns.setdefault(question["thread"], []).append(question)
    assert list(turns) == [f"{prefix}-{place:02d}" for place in range(1, len(turns) + 1)]
    for thread, asked in turns.items():
        assert [turn["id"] for turn in asked] == [f"{thread}.{place}" for place in range(1, len(asked) + 1)]
        assert 2 <= len(asked) <= 5
        assert len({turn["today"] for turn in asked}) == 1
        assert ["follow-up" in turn["tags"] for turn in asked] == [False] + [True] * (len(asked) - 1)


def test_no_question_is_asked_twice_in_the_same_words() -> None:
    asked = Counter(fold(question["text"]) for question in [*GOLDEN, *HELD_OUT])
    assert [text for text, times in asked.items() if times > 1] == []


@pytest.mark.parametrize("questions", [GOLDEN, HELD_OUT], ids=["golden", "held_out"])
def test_both_languages_and_every_kind_are_asked(questions: list[Question]) -> None:
    languages = Counter(question["lang"] for question in questions)
    assert 0.45 <= languages["fr"] / len(questions) <= 0.55
    tags = {tag for question in questions for tag in question["tags"]}
    assert KINDS | UNKNOWNS | NOISES | {"noise", "xling"} <= tags


def leaves(plain: Any) -> Iterable[str | float]:
    """Every text and number inside plain data."""
    if isinstance(plain, Mapping):
        for value in plain.values():
            yield from leaves(value)
    elif isinstance(plain, list):
        for item in plain:
            yield from leaves(item)
    elif isinstance(plain, str | int | float):
        yield plain


def holds(plain: Mapping[str, Any], value: Scalar) -> bool:
    """Whether a fact says this value: a date or words in one of its texts, a number as data or inside a text."""
    found = list(leaves(plain))
    texts = [leaf for leaf in found if isinstance(leaf, str)]
    if isinstance(value, str):
        return any(fold(value) in fold(text) for text in texts)
    figures = {number(figure) for text in texts for figure in FIGURE.findall(text)}
    return float(value) in figures | {float(leaf) for leaf in found if not isinstance(leaf, str)}


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, Mapping[str, Any]]:
    """The facts of the project as plain data, by id."""
    files = pytest.importorskip("knowledge.exchange.facts_files")
    from knowledge.exchange.plain import record_to_plain
    from knowledge.kinds.reading import load_kinds
    from knowledge.vocabulary import load_vocabulary

    if not list(files.SHIPPED.glob("*.yaml")):
        pytest.skip("no facts are shipped yet")
    kinds, _ = load_kinds()
    vocabulary, _ = load_vocabulary()
    records, problems = files.load_facts(None, kinds, vocabulary)
    assert problems == ()
    return {record.id: record_to_plain(record, kinds) for record in records}


def test_every_fact_that_a_question_names_is_shipped(shipped: Mapping[str, Mapping[str, Any]]) -> None:
    named = {(question["id"], fact) for question in EVERY for fact in ids_named(question)}
    assert sorted(pair for pair in named if pair[1] not in shipped) == []


def test_every_expected_value_stands_in_the_first_fact(shipped: Mapping[str, Mapping[str, Any]]) -> None:
    absent = [
        (question["id"], expect["facts"][0], expect["value"])
        for question in EVERY
        if "value" in (expect := question["expect"]) and not holds(shipped[expect["facts"][0]], expect["value"])
    ]
    assert absent == []


def test_every_fact_is_the_answer_to_a_golden_question(shipped: Mapping[str, Mapping[str, Any]]) -> None:
    answered = {
        fact
        for question in GOLDEN
        if question["tags"][0] not in ("list", "count", "choose")
        for fact in question["expect"]["facts"]
    }
    assert sorted(set(shipped) - answered) == []
