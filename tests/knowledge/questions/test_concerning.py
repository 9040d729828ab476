"""Whether a record has a part in an answer is told without answering, and never wrongly that it has none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import knowledge
from knowledge.keeping import previewed
from knowledge.questions import understand
from knowledge.questions.form import Asked
from knowledge.records import Record, Write
from knowledge.rooms import Room
from knowledge.storage.memory import MemoryStore
from knowledge.trials import Trials
from tests.knowledge.asking import SHIPPED_DAY, StillClock, shipped_organisers, shipped_records

GOLDEN = Path(knowledge.__file__).with_name("golden.jsonl")
QUESTIONS = [json.loads(line)["text"] for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    made = MemoryStore()
    made.write([Write("add", record, "camille") for record in shipped_records()], StillClock().now())
    return made


def drafts(random: Random) -> Iterator[Record]:
    """An amended fact, a twin, one with other words, one that others are related to, one that says next to nothing."""
    records = shipped_records()
    for made in range(5):
        one, other = random.sample(records, 2)
        new = replace(one, id="zz-new")
        yield (
            replace(one, summaries=other.summaries),
            replace(new, titles={lang: f"{text} bis" for lang, text in one.titles.items()}),
            replace(new, titles=other.titles, aliases=(), values=one.values),
            replace(new, aliases=(), values={**one.values, "related": (other.id,)}),
            replace(new, titles={"fr": "Un essai"}, aliases=(), summaries={}),
        )[made]


@pytest.mark.parametrize("seed", range(3))
def test_what_a_draft_would_answer_or_take_over_is_what_asking_everything_twice_finds(
    store: MemoryStore, seed: int
) -> None:
    random = Random(seed)
    room, trials = Room(shipped_organisers()), Trials(shipped_organisers(), store)
    for draft in drafts(random):
        texts = random.sample(QUESTIONS, 40)
        asked = [Asked(text, SHIPPED_DAY) for text in texts]
        with room.with_draft(draft, store) as state:
            then = [understand.answer(one, *state) for one in asked]
        now = [understand.answer(one, *room.catch_up(store)) for one in asked]
        slow = previewed(draft.id, list(zip(texts, now, then, strict=True)))
        assert trials.of_record(draft, texts, SHIPPED_DAY) == slow


def test_most_questions_need_no_answer_to_know_that_they_have_nothing_to_do_with_a_draft(store: MemoryStore) -> None:
    room, draft = Room(shipped_organisers()), next(drafts(Random(7)))
    with room.with_draft(draft, store) as state:
        told = [understand.answer_with(draft, Asked(text, SHIPPED_DAY), *state) for text in QUESTIONS[:200]]
    assert sum(answer is None for answer in told) > 100


def test_a_twin_that_fits_what_is_said_of_its_kind_has_a_part_though_a_theme_is_named_that_it_lacks(
    store: MemoryStore,
) -> None:
    text = "Quelle activité pour les maladies rares ?"
    twin = replace(next(one for one in shipped_records() if one.id == "activite-normalisation-tests"), id="zz-new")
    with Room(shipped_organisers()).with_draft(twin, store) as state:
        told = understand.answer_with(twin, Asked(text, SHIPPED_DAY), *state)
    assert told is not None and twin.id in told.facts
