"""What a viewer may not see is nowhere: they are answered as by a base that never held it, letter for letter."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from knowledge.audience import ANYONE, Viewer, visible
from knowledge.base import KnowledgeBase
from knowledge.keeping import NothingToUndo, Overtaken
from knowledge.questions.form import Asked
from knowledge.questions.understand import FORMS
from knowledge.records import COORDINATORS, Record, Write
from knowledge.rooms import MOST_ROOMS
from knowledge.storage.memory import MemoryStore
from tests.knowledge.asking import SHIPPED_DAY, StillClock, new_base, shipped_organisers, shipped_records

GOLDEN = Path(__file__).parents[2] / "knowledge" / "golden.jsonl"
COORDINATOR = Viewer("D1", private=True, coordinator=True)
VIEWERS = {
    "anyone": ANYONE,
    "in the channel named": Viewer("C0000000001", private=False),
    "in another channel": Viewer("C0000000002", private=False),
    "a coordinator in public": Viewer("C0000000002", private=False, coordinator=True),
    "a coordinator in private": COORDINATOR,
}


def limited(place: int, record: Record) -> Record:
    audiences: tuple[tuple[str, ...], ...] = (("C0000000001",), (COORDINATORS,), (), ())
    return replace(record, audience=audiences[place % 4])


@cache
def records() -> tuple[Record, ...]:
    return tuple(limited(place, record) for place, record in enumerate(shipped_records()))


@cache
def base() -> KnowledgeBase:
    return new_base(shipped_organisers(), records())


@cache
def without(viewer: Viewer) -> KnowledgeBase:
    """A base that never held what this viewer may not see, where nothing is limited."""
    seen = [replace(record, audience=()) for record in records() if visible(record, viewer)]
    return new_base(shipped_organisers(), seen)


def questions() -> list[str]:
    golden = [json.loads(line)["text"] for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    examples = [text for form in FORMS for texts in form.EXAMPLES.values() for text in texts]
    titles = [title for record in records()[:16] for title in record.titles.values()]
    return [*examples, *titles, *golden[::9]]


@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
def test_every_answer_is_that_of_a_base_without_the_hidden_facts(viewer: Viewer) -> None:
    hidden = {record.id for record in records() if not visible(record, viewer)}
    assert hidden
    for text in questions():
        asked = Asked(text, SHIPPED_DAY, viewer=viewer)
        plain = Asked(text, SHIPPED_DAY)
        answer = base().ask(asked)
        assert repr(answer) == repr(without(viewer).ask(plain)), text
        assert base().why(asked) == without(viewer).why(plain), text
        assert hidden.isdisjoint((*answer.facts, *(answer.set or ()))), text


@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)
def test_a_thread_or_a_click_about_a_hidden_fact_does_not_show_it(viewer: Viewer) -> None:
    sees_all = KnowledgeBase(_store(), shipped_organisers(), StillClock())
    for record in records()[:24]:
        topic = sees_all.ask(Asked(record.titles["fr"], SHIPPED_DAY)).topic
        for text in ("et sa date ?", "pourquoi ?", "in English?", "which partners?"):
            here = base().ask(Asked(text, SHIPPED_DAY, topic=topic, viewer=viewer))
            assert repr(here) == repr(without(viewer).ask(Asked(text, SHIPPED_DAY, topic=topic)))
        shown = base().show(record.id, Asked("quand ?", SHIPPED_DAY, viewer=viewer))
        assert (record.id in shown.facts) == visible(record, viewer)


def _store() -> MemoryStore:
    store = MemoryStore()
    store.write([Write("add", record, "tests") for record in shipped_records()], StillClock().now())
    return store


def test_a_fact_that_gets_or_loses_a_limit_goes_or_comes_back_in_the_very_next_question() -> None:
    store = _store()
    own = KnowledgeBase(store, shipped_organisers(), StillClock())
    seqoia = own.record("seqoia")
    assert seqoia is not None
    asked = Asked("C'est quoi SeqOIA ?", SHIPPED_DAY)
    assert own.ask(asked).facts[:1] == ("seqoia",)
    store.write([Write("amend", replace(seqoia, audience=(COORDINATORS,)), "t", "", 1)], StillClock().now())
    assert "seqoia" not in own.ask(asked).facts
    assert own.ask(replace(asked, viewer=COORDINATOR)).facts[:1] == ("seqoia",)
    store.write([Write("amend", replace(seqoia, audience=("C0000000009",)), "t", "", 2)], StillClock().now())
    assert "seqoia" not in own.ask(replace(asked, viewer=COORDINATOR)).facts
    assert own.ask(replace(asked, viewer=Viewer("C0000000009", private=False))).facts[:1] == ("seqoia",)
    store.write([Write("amend", seqoia, "t", "", 3)], StillClock().now())
    assert own.ask(asked).facts[:1] == ("seqoia",)


def test_many_places_do_not_make_many_rooms() -> None:
    changed = [
        replace(record, audience=(f"C{place:010}",)) if place < 30 else record
        for place, record in enumerate(shipped_records())
    ]
    own = new_base(shipped_organisers(), changed)
    for place in range(30):
        assert own.ask(Asked("Combien d'accords ?", SHIPPED_DAY, viewer=Viewer(f"C{place:010}", False))).message.parts
    assert len(own._rooms._others) == MOST_ROOMS
    free = new_base(shipped_organisers(), shipped_records())
    free.ask(Asked("Combien d'accords ?", SHIPPED_DAY, viewer=COORDINATOR))
    assert len(free._rooms._others) == 0


def test_a_thousand_facts_that_come_in_at_once_are_known_in_the_next_question_and_gone_when_taken_back() -> None:
    own = new_base(shipped_organisers(), shipped_records())
    before = own.ask(Asked("Combien d'accords ?", SHIPPED_DAY))
    call = next(record for record in shipped_records() if record.kind == "call")
    new = [replace(call, id=f"zwerf-{place}", titles={"fr": f"Appel Zwerfbeeld {place}"}) for place in range(1000)]
    amended = replace(shipped_records()[0], titles={"fr": "Titre tout neuf Quokka"})
    own.load([*new, amended], "camille")
    assert own.ask(Asked("Zwerfbeeld 777", SHIPPED_DAY)).facts[0] == "zwerf-777"
    assert own.ask(Asked("C'est quoi Quokka ?", SHIPPED_DAY)).facts == (amended.id,)
    assert not isinstance(own.undo("camille"), NothingToUndo | Overtaken)
    assert "zwerf-777" not in own.ask(Asked("Zwerfbeeld 777", SHIPPED_DAY)).facts
    assert own.ask(Asked("Combien d'accords ?", SHIPPED_DAY)).set == before.set
