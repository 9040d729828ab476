"""Who holds a word: packed, put since, and put while the others are being packed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knowledge.search.growing import Growing
from knowledge.search.postings import TITLE, Pages, Postings, pack

ASKED = np.array([0, 1, 2, 7])
WEIGHTS = np.array([1.0, 0.5, 2.0, 1.0], np.float32)


def put(pages: Pages, *words: int) -> int:
    """A document with one title of these words; its slot."""
    pages.extend(np.array(words, np.int32), np.array([len(words)]))
    pages.close(np.array([TITLE], np.uint8), np.array([1], np.int32))
    return len(pages) - 1


def totals(postings: Postings, slots: int) -> NDArray[np.float32]:
    result = np.zeros(slots, np.float32)
    postings.add_to(result, ASKED, WEIGHTS)
    return result


def test_a_document_weighs_the_same_before_while_and_after_it_is_packed() -> None:
    pages, postings = Pages(), Postings()
    for words in ((0, 1), (2, 2, 3), (4,)):
        postings.add(pages, put(pages, *words))
    before = totals(postings, 3)
    assert before[0] > 0
    assert before[1] > 0
    assert before[2] == 0
    postings.set_apart()
    postings.add(pages, put(pages, 1, 2))
    packed = pack(pages, 3, 5)
    meanwhile = totals(postings, 4)
    postings.replace(packed)
    after = totals(postings, 4)
    assert meanwhile.tolist() == after.tolist()
    assert after[:3].tolist() == before.tolist()
    assert after[3] > 0


def test_packing_in_small_steps_gives_what_packing_at_once_gives() -> None:
    pages = Pages()
    for slot in range(50):
        put(pages, slot % 7, slot % 3, slot % 5)
    once, stepwise = pack(pages, 50, 7), pack(pages, 50, 7, step=8)
    assert once.entries.tolist() == stepwise.entries.tolist()
    assert once.starts.tolist() == stepwise.starts.tolist()
    assert once.since(45).sum() == sum(len({slot % 7, slot % 3, slot % 5}) for slot in range(45, 50))


def test_an_array_filled_at_once_still_has_room_for_one_more() -> None:
    growing = Growing(np.int32, 4)
    growing.extend(range(1_000))
    first = growing.all
    growing.append(1)
    assert np.shares_memory(first, growing.all)
    assert growing.all.tolist() == [*range(1_000), 1]
