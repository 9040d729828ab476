"""Facts are added, corrected, confirmed, retired and taken back; each act is whole or leaves everything as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from knowledge.audience import Viewer, visible
from knowledge.base import KnowledgeBase
from knowledge.dates import Day
from knowledge.fields import Plain
from knowledge.keeping import Conflict, NothingToUndo, Overtaken, Unchanged, amended
from knowledge.messages import Member, Phrase
from knowledge.questions.form import Asked
from knowledge.records import Change, Draft, Record, Source, Write
from knowledge.storage.memory import MemoryStore
from tests.knowledge.asking import (
    MUSEUM_DAY,
    SHIPPED_DAY,
    Asker,
    StillClock,
    card,
    museum_organisers,
    museum_records,
    new_base,
    shipped_asker,
    shipped_organisers,
    shipped_records,
)

TODAY = date(2031, 5, 20)
GOLDEN = Path(__file__).parents[2] / "knowledge" / "golden.jsonl"
LANTERNS: dict[str, Plain] = {
    "title": {"fr": "Lanternes magiques", "en": "Magic Lanterns"},
    "summary": {"fr": "Plaques peintes.", "en": "Painted slides."},
    "source": {"title": "Registre des prêts"},
    "countries": ["BE"],
}


@pytest.fixture
def base() -> KnowledgeBase:
    return new_base(museum_organisers(), museum_records(), MemoryStore())


def draft(base: KnowledgeBase, inputs: dict[str, Plain], editing: str = "") -> Draft:
    checked = base.check("" if editing else "exhibition", inputs, TODAY, editing)
    assert isinstance(checked, Draft), checked
    return checked


def saved(outcome: Any) -> Change:
    assert isinstance(outcome, Change), outcome
    return outcome


def added(base: KnowledgeBase) -> Record:
    return saved(base.add(draft(base, LANTERNS), "camille")).after


def test_a_fact_added_is_found_in_the_very_next_question_and_by_a_slip(base: KnowledgeBase) -> None:
    added(base)
    ask = Asker(base, MUSEUM_DAY)
    assert ask("C'est quoi Lanternes magiques ?").facts == ("lanternes-magiques",)
    assert ask("What is Magic Lantenrs?").facts[0] == "lanternes-magiques"


def test_an_amendment_keeps_what_was_not_given_and_empties_what_is_given_empty(base: KnowledgeBase) -> None:
    first = added(base)
    change = saved(base.amend(draft(base, {"countries": []}, first.id), "camille", 1))
    assert change.after.values == {}
    assert change.after.titles == first.titles
    assert change.after.revision == 2


def test_an_id_that_is_taken_is_a_problem_of_its_field_also_when_its_fact_is_retired(base: KnowledgeBase) -> None:
    first = added(base)
    base.retire(first.id, "camille", 1)
    refused = base.check("exhibition", {**LANTERNS, "id": first.id}, TODAY)
    assert isinstance(refused, tuple)
    assert [(problem.field, problem.phrase.key) for problem in refused] == [("id", "problem.id_taken")]
    assert draft(base, LANTERNS).record.id == "lanternes-magiques-2"


def test_of_two_people_who_amend_at_once_the_second_hears_who_and_when_and_may_overwrite(base: KnowledgeBase) -> None:
    first = added(base)
    mine, theirs = (draft(base, {"countries": [code]}, first.id) for code in ("FR", "SE"))
    saved(base.amend(theirs, "dominique", 1))
    conflict = base.amend(mine, "camille", 1)
    assert isinstance(conflict, Conflict)
    assert (conflict.by, conflict.at) == ("dominique", StillClock().now())
    assert conflict.current is not None
    assert conflict.current.values["countries"] == ("SE",)
    assert saved(base.amend(mine, "camille", conflict.current.revision)).after.values["countries"] == ("FR",)


def test_an_act_on_a_fact_that_is_not_there_or_that_changes_nothing_saves_nothing(base: KnowledgeBase) -> None:
    first = added(base)
    assert base.retire("no-such-fact", "camille", 1) == Conflict("no-such-fact")
    assert base.verify("no-such-fact", "camille", TODAY) == Conflict("no-such-fact")
    assert base.amend(Draft(replace(first, id="no-such-fact")), "camille", 1) == Conflict("no-such-fact")
    assert base.amend(draft(base, {}, first.id), "camille", 1) == Unchanged(first)
    assert base.restore(first.id, "camille", 1) == Unchanged(first)
    assert [change.verb for change in base.history(first.id)] == ["add"]


def test_a_fact_found_still_true_says_when_and_by_whom_and_is_no_news(base: KnowledgeBase) -> None:
    first = added(base)
    base.records()
    source = saved(base.verify(first.id, "dominique", TODAY)).after.source
    assert (source.verified_on, source.verified_by) == (Day(2031, 5, 20), "dominique")
    assert [change.verb for change in base.history(first.id)] == ["add", "verify"]


def test_each_act_can_be_undone_and_a_second_undo_goes_further_back(base: KnowledgeBase) -> None:
    first = added(base)
    saved(base.amend(draft(base, {"countries": ["SE"]}, first.id), "camille", 1))
    saved(base.retire(first.id, "camille", 2))
    assert base.record(first.id) is None
    base.undo("camille")
    assert base.record(first.id) is not None
    base.undo("camille")
    again = base.record(first.id)
    assert again is not None
    assert again.values["countries"] == ("BE",)
    base.undo("camille")
    assert base.record(first.id) is None
    assert base.undo("camille") == NothingToUndo()
    assert base.undo("dominique") == NothingToUndo()


def test_a_whole_import_is_undone_at_once_or_not_at_all(base: KnowledgeBase) -> None:
    before = base.records()
    new = [draft(base, LANTERNS | {"id": f"lanternes-{number}"}).record for number in range(30)]
    changed = [replace(record, summaries={"fr": "Autre."}) for record in before[:3]]
    changes = base.load([*new, *changed], "camille")
    assert len({change.batch for change in changes}) == 1
    (other,) = base._store.write([Write("verify", replace(new[4], owner="x"), "dominique", "", 1)], StillClock().now())
    stopped = base.undo("camille")
    assert isinstance(stopped, Overtaken)
    assert stopped.changes == (other,)
    assert len(base.records()) == len(before) + 30
    base.undo("dominique")
    base.undo("camille")
    assert [replace(record, revision=1) for record in base.records()] == list(before)


def test_nobody_undoes_the_change_of_another_nor_the_same_one_twice(base: KnowledgeBase) -> None:
    added(base)
    number = base.history("lanternes-magiques")[-1].batch
    assert base.undo("dominique", number) == NothingToUndo()
    assert not isinstance(base.undo("camille", number), NothingToUndo)
    assert base.undo("camille", number) == NothingToUndo()


def test_a_person_forgotten_is_in_no_fact_and_the_next_answer_knows(base: KnowledgeBase) -> None:
    first = saved(base.add(draft(base, {**LANTERNS, "owner": "U1"}), "U1")).after
    saved(base.verify(first.id, "U1", TODAY))
    ask = Asker(base, MUSEUM_DAY)
    said, owned = card(ask("C'est quoi Lanternes magiques ?")).remarks
    assert said.args["by"] == Member("U1")
    assert Member("U1") in owned.args.values()
    base.forget(["U1"])
    (said,) = card(ask("C'est quoi Lanternes magiques ?")).remarks
    assert said.args["by"] == Phrase("card.former_member")
    kept = base.record(first.id)
    assert kept is not None
    assert "U1" not in repr((kept, base.history(first.id)))
    assert base.audit().count == len(museum_records()) + 2


FACT = Record("a", "event", {"fr": "Un", "en": "One"}, {}, Source("Page"))


@pytest.mark.parametrize(
    ("before", "titles", "stale"),
    [
        (FACT, {"fr": "Deux", "en": "One"}, ("en",)),
        (FACT, {"fr": "Un", "en": "Two"}, ("fr",)),
        (FACT, {"fr": "Deux", "en": "Two"}, ()),
        (FACT, {"fr": "Deux"}, ()),
        (replace(FACT, stale=("en",)), {"fr": "Un", "en": "Two"}, ()),  # the older side brought up to date
        (replace(FACT, titles={"fr": "Un"}), {"fr": "Un", "en": "One"}, ()),
        (replace(FACT, titles={"fr": "Un"}), {"fr": "Deux"}, ()),
    ],
)
def test_a_text_edited_in_one_language_leaves_the_other_behind(
    before: Record, titles: dict[str, str], stale: tuple[str, ...]
) -> None:
    assert amended(before, replace(before, titles=titles)).stale == stale


def test_an_audience_names_where_a_fact_is_seen_and_by_whom() -> None:
    places, flags = ("", "C1", "C2"), tuple(product((False, True), repeat=2))
    audiences: tuple[tuple[str, ...], ...] = ((), ("C1",), ("coordinators",))
    seen = {
        (audience, place, private, coordinator)
        for audience, place, (private, coordinator) in product(audiences, places, flags)
        if visible(replace(FACT, audience=audience), Viewer(place, private, coordinator))
    }
    everyone = {(audiences[0], place, *flag) for place in places for flag in flags}
    named = {(audiences[1], "C1", *flag) for flag in flags}
    assert seen == everyone | named | {(audiences[2], place, True, True) for place in places}


def test_a_draft_that_repeats_a_fact_is_noticed_in_either_language_and_another_edition_is_not(
    base: KnowledgeBase,
) -> None:
    first = added(base)
    repeats: list[dict[str, Plain]] = [
        {"title": {"fr": "Lanternes magiques"}},
        {"title": {"en": "The magic lantern"}},
        {"title": {"fr": "Magiques lanternes, exposition"}},
    ]
    for title in repeats:
        assert base.similar(draft(base, {**LANTERNS, **title})) == (first,)
    saved(base.add(draft(base, {**LANTERNS, "title": {"fr": "Lanternes 2030"}}), "camille"))
    assert base.similar(draft(base, {**LANTERNS, "title": {"fr": "Lanternes 2031"}})) == ()
    assert base.similar(draft(base, {**LANTERNS, "title": {"fr": "Tapisseries"}})) == ()
    assert base.similar(draft(base, {}, first.id)) == ()


def test_few_of_the_shipped_facts_are_taken_for_one_another() -> None:
    shipped = shipped_asker().base
    alike = {record.id for record in shipped.records() if shipped.similar(Draft(record))}
    assert len(alike) <= 4, sorted(alike)


def test_a_preview_says_what_the_draft_would_answer_and_take_over_as_brute_force_does() -> None:
    questions = [json.loads(line)["text"] for line in GOLDEN.read_text(encoding="utf-8").splitlines()][::6]
    base = new_base(shipped_organisers(), shipped_records())
    before = {text: base.ask(Asked(text, SHIPPED_DAY)) for text in questions}
    stolen = next(answer.facts[0] for answer in before.values() if answer.form == "lookup" and answer.band == "sure")
    rival = base.record(stolen)
    assert rival is not None
    new = Draft(replace(rival, id="rival", aliases=(*rival.aliases, "capitale du Pérou")))
    questions.append("C'est quoi la capitale du Pérou ?")
    preview = base.preview(new, questions, SHIPPED_DAY)
    assert {text: base.ask(Asked(text, SHIPPED_DAY)) for text in before} == before, "a preview leaves nothing behind"
    before[questions[-1]] = base.ask(Asked(questions[-1], SHIPPED_DAY))
    saved(base.add(new, "camille"))
    answered, taken = [], []
    for text in questions:
        now, then = before[text], base.ask(Asked(text, SHIPPED_DAY))
        leads = then.facts[:1] == ("rival",) or "rival" in (then.set or ())
        if now.band != "sure" and then.band == "sure" and leads:
            answered.append(text)
        loses = leads or (then.band != "sure" and "rival" in then.facts)
        if now.band == "sure" and now.set is None and now.facts and loses:
            taken.append((text, now.facts[0]))
    assert answered == [questions[-1]]
    assert stolen in {fact for _, fact in taken}
    assert (preview.answers, preview.takes_over) == (tuple(answered), tuple(taken))
