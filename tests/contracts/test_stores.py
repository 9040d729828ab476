"""The promises of `knowledge.ports.Store`, kept by every store."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from knowledge.dates import Day
from knowledge.glossary_pairs import GlossaryPair
from knowledge.ports import RevisionConflict, Store, StoreUnavailable
from knowledge.records import FORMER_MEMBER, Record, Source, Write
from knowledge.storage import open_store
from tests.plain_codec import PLAIN, a_record

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TOPIC = {"facts": ["mou-exemple"], "field": "signed", "form": "attribute", "lang": "fr", "text": "et sa date ?"}


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = open_store(":memory:" if request.param == "memory" else tmp_path / "base.db", PLAIN)
    yield opened
    opened.close()


def add(store: Store, record: Record, at: datetime = NOW) -> Record:
    return store.write([Write("add", record, "camille")], at)[0].after


def test_a_new_store_holds_nothing(store: Store) -> None:
    assert list(store.records()) == []
    assert list(store.changes()) == []
    assert list(store.feedback()) == []
    assert store.last_seq() == 0
    assert store.get("mou-exemple") is None


def test_a_record_comes_back_as_it_went_in(store: Store) -> None:
    record = a_record(
        aliases=("MoU", "protocole"),
        themes=("quantum",),
        status="signed",
        note={"fr": "À vérifier"},
        other_sources=(Source("Autre page", verified_on=Day(2026), verified_by="camille"),),
        programme=True,
    )
    add(store, record)
    assert store.get(record.id) == record
    assert list(store.records()) == [record]


def test_records_are_ordered_by_id_whatever_the_order_of_arrival(store: Store) -> None:
    for record_id in ("b-deux", "a-un", "c-trois"):
        add(store, a_record(record_id))
    assert [record.id for record in store.records()] == ["a-un", "b-deux", "c-trois"]


def test_an_addition_starts_at_revision_one_whatever_it_claims(store: Store) -> None:
    assert add(store, a_record(revision=7)).revision == 1
    assert store.records()[0].revision == 1


def test_each_change_raises_the_revision_and_keeps_what_was_before(store: Store) -> None:
    first = add(store, a_record())
    amended = replace(first, titles={"fr": "Un autre titre"})
    (change,) = store.write([Write("amend", amended, "dominique", "faute de frappe", 1)], NOW + timedelta(hours=1))
    assert (change.seq, change.record_id, change.by, change.verb) == (2, first.id, "dominique", "amend")
    assert (change.before, change.after) == (first, replace(amended, revision=2))
    assert (change.reason, change.at) == ("faute de frappe", NOW + timedelta(hours=1))
    assert store.get(first.id) == change.after


def test_a_retired_record_stays_readable(store: Store) -> None:
    first = add(store, a_record())
    store.write([Write("retire", replace(first, retired=True), "camille", expected_revision=1)], NOW)
    assert [record.retired for record in store.records()] == [True]
    assert set(store.ids()) == {first.id}
    kept = store.get(first.id)
    assert kept is not None
    assert kept.retired


def test_changes_read_back_are_those_that_were_returned(store: Store) -> None:
    made = list(
        store.write([Write("add", a_record("a-un"), "camille"), Write("add", a_record("b-deux"), "camille")], NOW)
    )
    made += store.write([Write("amend", a_record("a-un", "Mieux"), "camille", "précision", 1)], NOW)
    assert list(store.changes()) == made
    assert [change.seq for change in made] == [1, 2, 3]


@pytest.mark.parametrize(("since", "expected"), [(-5, [1, 2, 3]), (0, [1, 2, 3]), (2, [3]), (3, []), (2**70, [])])
def test_changes_since_a_point_leave_out_what_the_reader_has_seen(
    store: Store, since: int, expected: list[int]
) -> None:
    for record_id in ("a-un", "b-deux", "c-trois"):
        add(store, a_record(record_id))
    assert [change.seq for change in store.changes(since)] == expected
    assert store.last_seq() == 3


def test_an_id_that_exists_cannot_be_added_again(store: Store) -> None:
    first = add(store, a_record())
    with pytest.raises(RevisionConflict) as caught:
        add(store, a_record(title="Un double"))
    assert (caught.value.record_id, caught.value.current) == (first.id, first)
    assert list(store.records()) == [first]


def test_the_id_of_a_retired_record_is_not_used_again(store: Store) -> None:
    first = add(store, a_record())
    store.write([Write("retire", replace(first, retired=True), "camille", expected_revision=1)], NOW)
    with pytest.raises(RevisionConflict):
        add(store, a_record())


@pytest.mark.parametrize("seen", [0, 2, 99, 2**70])
def test_a_change_to_a_revision_that_is_not_the_current_one_is_refused(store: Store, seen: int) -> None:
    first = add(store, a_record())
    with pytest.raises(RevisionConflict) as caught:
        store.write([Write("amend", a_record(title="Trop tard"), "camille", expected_revision=seen)], NOW)
    assert caught.value.current == first
    assert store.last_seq() == 1


def test_a_change_to_a_record_that_does_not_exist_is_refused(store: Store) -> None:
    with pytest.raises(RevisionConflict) as caught:
        store.write([Write("amend", a_record(), "camille", expected_revision=1)], NOW)
    assert caught.value.current is None


def test_one_refused_write_among_many_leaves_nothing_behind(store: Store) -> None:
    first = add(store, a_record("z-connu"))
    batch = [Write("add", a_record(f"n-{number}"), "camille") for number in range(50)]
    with pytest.raises(RevisionConflict):
        store.write([*batch, Write("add", a_record("z-connu"), "camille")], NOW)
    assert list(store.records()) == [first]
    assert store.last_seq() == 1


def test_writes_of_one_batch_see_those_before_them(store: Store) -> None:
    changes = store.write(
        [
            Write("add", a_record(), "camille"),
            Write("amend", a_record(title="Corrigé"), "camille", expected_revision=1),
        ],
        NOW,
    )
    assert [change.after.revision for change in changes] == [1, 2]
    assert changes[1].before == changes[0].after


def test_writing_nothing_changes_nothing(store: Store) -> None:
    assert list(store.write([], NOW)) == []
    assert store.last_seq() == 0


def test_moments_of_any_zone_come_back_as_the_same_instant(store: Store) -> None:
    paris = NOW.astimezone(timezone(timedelta(hours=1)))
    add(store, a_record(), paris)
    assert store.changes()[0].at == NOW


@pytest.mark.parametrize("odd", ["\ud800", "a\udfffb", "nul\x00nul", "😀 œuvre « é »", "'; DROP TABLE records; --", ""])
def test_no_text_can_make_the_store_fail(store: Store, odd: str) -> None:
    record = a_record(title=odd, status=odd)
    (change,) = store.write([Write("add", record, odd, odd)], NOW)
    store.keep_topic(odd, {"text": odd}, NOW + timedelta(hours=1))
    store.add_feedback(odd, odd, "good", NOW)
    assert store.get(record.id) == record
    assert list(store.changes()) == [change]
    assert store.topic(odd, NOW) == {"text": odd}
    assert store.get(odd) is None
    assert store.first_sight(odd, NOW)
    assert not store.first_sight(odd, NOW)
    assert len(store.feedback()) == 1


def test_a_topic_is_kept_until_it_expires(store: Store) -> None:
    store.keep_topic("C1:1.0", TOPIC, NOW + timedelta(hours=12))
    assert store.topic("C1:1.0", NOW + timedelta(hours=11, minutes=59)) == TOPIC
    assert store.topic("C1:1.0", NOW + timedelta(hours=12)) is None
    assert store.topic("C1:2.0", NOW) is None


def test_a_thread_has_one_topic_the_last(store: Store) -> None:
    store.keep_topic("C1:1.0", TOPIC, NOW + timedelta(hours=12))
    store.keep_topic("C1:1.0", TOPIC | {"field": "place"}, NOW + timedelta(hours=13))
    assert store.topic("C1:1.0", NOW + timedelta(hours=12, minutes=30)) == TOPIC | {"field": "place"}


def test_keeping_one_topic_does_not_drop_another_that_still_lives(store: Store) -> None:
    store.keep_topic("C1:1.0", TOPIC, NOW + timedelta(hours=12))
    store.topic("C1:2.0", NOW + timedelta(hours=11))
    store.keep_topic("C1:2.0", TOPIC, NOW + timedelta(hours=23))
    assert store.topic("C1:1.0", NOW + timedelta(hours=11)) == TOPIC


def test_what_a_caller_does_to_a_topic_later_does_not_reach_the_store(store: Store) -> None:
    topic = {"facts": ["mou-exemple"]}
    store.keep_topic("C1:1.0", topic, NOW + timedelta(hours=12))
    topic["facts"].append("autre")
    assert store.topic("C1:1.0", NOW) == {"facts": ["mou-exemple"]}


def test_what_has_expired_is_dropped_and_the_rest_is_not(store: Store) -> None:
    store.keep_topic("C1:1.0", TOPIC, NOW + timedelta(hours=12))
    store.keep_topic("C1:2.0", TOPIC, NOW + timedelta(hours=13))
    store.first_sight("Ev1", NOW)
    store.first_sight("Ev2", NOW + timedelta(hours=1))
    store.expire(NOW + timedelta(hours=12))
    assert store.topic("C1:1.0", NOW) is None
    assert store.topic("C1:2.0", NOW) == TOPIC
    store.expire(NOW + timedelta(days=1, minutes=1))
    assert store.topic("C1:2.0", NOW) is None
    assert store.first_sight("Ev1", NOW + timedelta(hours=2))
    assert not store.first_sight("Ev2", NOW + timedelta(hours=2))


def test_a_delivery_is_new_once_and_again_after_more_than_a_day(store: Store) -> None:
    assert store.first_sight("Ev1", NOW)
    assert not store.first_sight("Ev1", NOW)
    assert not store.first_sight("Ev1", NOW + timedelta(hours=23))
    assert store.first_sight("Ev2", NOW)
    assert store.first_sight("Ev1", NOW + timedelta(days=1, seconds=1))


def test_of_many_threads_that_see_a_delivery_one_is_first(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        firsts = list(pool.map(lambda _: store.first_sight("Ev1", NOW), range(40)))
    assert firsts.count(True) == 1


def test_a_later_rating_replaces_the_one_before(store: Store) -> None:
    store.add_feedback("answer-2", "p1", "good", NOW)
    store.add_feedback("answer-1", "p2", "good", NOW)
    store.add_feedback("answer-2", "p1", "bad", NOW + timedelta(minutes=1))
    assert list(store.feedback()) == [("answer-1", "p2", "good"), ("answer-2", "p1", "bad")]


def test_threads_that_fight_over_one_record_each_win_once_and_lose_nothing(store: Store) -> None:
    add(store, a_record())

    def amend_ten_times(person: int) -> int:
        lost = 0
        for turn in range(10):
            while True:
                current = store.get("mou-exemple")
                assert current is not None
                mine = replace(current, titles={"fr": f"{person} {turn}"})
                try:
                    store.write([Write("amend", mine, str(person), expected_revision=current.revision)], NOW)
                    break
                except RevisionConflict:
                    lost += 1
        return lost

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(amend_ten_times, range(4)))
    kept = store.get("mou-exemple")
    assert kept is not None
    assert kept.revision == 41
    assert [change.seq for change in store.changes()] == list(range(1, 42))
    assert all(change.before == before.after for before, change in zip(store.changes(), store.changes(1), strict=False))


def test_a_closed_store_says_so_and_may_be_closed_again(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.records()
    with pytest.raises(StoreUnavailable, match="closed"):
        add(store, a_record())


def test_the_changes_of_one_write_are_one_batch_and_those_of_the_next_another(store: Store) -> None:
    store.write([Write("add", a_record("a-un"), "camille"), Write("add", a_record("b-deux"), "camille")], NOW)
    store.write([Write("amend", a_record("a-un", "Mieux"), "dominique", expected_revision=1)], NOW)
    assert [change.batch for change in store.changes()] == [1, 1, 3]
    assert [change.record_id for change in store.batch(1)] == ["a-un", "b-deux"]
    assert store.batch(2) == store.batch(-1) == store.batch(2**70) == ()


def test_the_history_of_a_record_holds_its_changes_alone(store: Store) -> None:
    store.write([Write("add", a_record("a-un"), "camille"), Write("add", a_record("b-deux"), "camille")], NOW)
    store.write([Write("amend", a_record("a-un", "Mieux"), "dominique", expected_revision=1)], NOW)
    assert [(change.seq, change.by) for change in store.history("a-un")] == [(1, "camille"), (3, "dominique")]
    assert store.history("nobody") == ()


def test_the_last_batch_of_a_person_skips_what_was_taken_back_and_the_taking_back(store: Store) -> None:
    store.write([Write("add", a_record("a-un"), "camille"), Write("add", a_record("b-deux"), "camille")], NOW)
    store.write([Write("amend", a_record("a-un", "Mieux"), "camille", expected_revision=1)], NOW)
    assert (store.last_batch("camille"), store.last_batch("dominique")) == (3, 0)
    store.write([Write("amend", a_record("a-un"), "camille", expected_revision=2, undoes=3)], NOW)
    assert store.last_batch("camille") == 1


def test_a_conflict_says_who_changed_the_record_and_when(store: Store) -> None:
    add(store, a_record())
    store.write([Write("amend", a_record(title="Mieux"), "dominique", expected_revision=1)], NOW + timedelta(hours=1))
    with pytest.raises(RevisionConflict) as caught:
        store.write([Write("amend", a_record(title="Trop tard"), "camille", expected_revision=1)], NOW)
    last = caught.value.last
    assert last is not None
    assert (last.by, last.at) == ("dominique", NOW + timedelta(hours=1))


def test_coordinators_are_kept_once_in_the_order_of_their_coming(store: Store) -> None:
    assert list(store.coordinators()) == []
    assert store.add_coordinator("U2", "U1", NOW)
    assert store.add_coordinator("U1", "U2", NOW + timedelta(seconds=1))
    assert not store.add_coordinator("U2", "U9", NOW + timedelta(seconds=2))
    assert list(store.coordinators()) == ["U2", "U1"]


def test_a_coordinator_is_taken_out_once(store: Store) -> None:
    store.add_coordinator("U1", "U2", NOW)
    assert store.remove_coordinator("U1")
    assert not store.remove_coordinator("U1")
    assert list(store.coordinators()) == []


def test_a_pair_of_the_glossary_is_in_force_until_it_is_taken_out(store: Store) -> None:
    assert (list(store.glossary_pairs()), store.glossary_version()) == ([], 0)
    pair = store.add_glossary_pair("pacte", "accord", "U1", NOW)
    assert pair == GlossaryPair("pacte", "accord", "U1", NOW, 1)
    assert store.add_glossary_pair("pacte", "accord", "U2", NOW) is None
    assert store.glossary_version() == 1
    gone = store.remove_glossary_pair(1, "U2", NOW + timedelta(hours=1))
    assert gone is not None and not gone.in_force
    assert (gone.removed_by, gone.removed_at) == ("U2", NOW + timedelta(hours=1))
    assert store.remove_glossary_pair(1, "U2", NOW) is None
    assert store.remove_glossary_pair(-(2**70), "U2", NOW) is None
    again = store.add_glossary_pair("pacte", "accord", "U3", NOW)
    assert again is not None and again.number == 2
    assert list(store.glossary_pairs()) == [gone, again]
    assert store.glossary_version() == 3


def test_pairs_keep_what_people_typed(store: Store) -> None:
    pair = store.add_glossary_pair("l'<b>œuvre</b> \ud800", "drop table; --", "U1", NOW)
    assert pair is not None
    assert pair.sides == ("l'<b>œuvre</b> ?", "drop table; --")
    assert list(store.glossary_pairs()) == [pair]


def test_a_person_forgotten_leaves_what_they_did_without_their_name(store: Store) -> None:
    mine = a_record("a-un", owner="U1", source=Source("Page", verified_on=Day(2026), verified_by="U1"))
    store.write([Write("add", mine, "U1"), Write("add", a_record("b-deux", owner="U2"), "U1")], NOW)
    store.add_feedback("answer", "pseudonym", "bad", NOW)
    store.add_feedback("answer", "other", "good", NOW)
    store.keep_topic("C1:U1", TOPIC, NOW + timedelta(hours=1))
    store.keep_topic("C1:U11", TOPIC, NOW + timedelta(hours=1))
    store.add_coordinator("U1", "config", NOW)
    store.add_glossary_pair("pacte", "accord", "U1", NOW)
    store.remove_glossary_pair(1, "U1", NOW)
    store.add_glossary_pair("<@U1|ana> et l'entente", "accord", "U2", NOW)
    store.erase(["U1", "pseudonym", "never met"], [], NOW)
    first, second = store.glossary_pairs()
    assert (first.by, first.removed_by) == (FORMER_MEMBER, FORMER_MEMBER)
    assert (second.said, second.by) == (f"{FORMER_MEMBER} et l'entente", "U2")
    assert [change.by for change in store.changes()] == [FORMER_MEMBER] * 2
    one, two = store.records()
    assert (one.owner, one.source.verified_by, two.owner) == ("", FORMER_MEMBER, "U2")
    assert store.changes()[0].after == one
    assert list(store.feedback()) == [("answer", "other", "good")]
    assert store.topic("C1:U1", NOW) is None
    assert store.topic("C1:U11", NOW) == TOPIC
    assert store.coordinators() == ()
    assert store.last_batch("U1") == 0
    assert store.audit().faults == ()


def test_a_person_forgotten_leaves_the_words_of_others_and_what_they_are_called_only_where_it_is_unmistakable(
    store: Store,
) -> None:
    fact = a_record("a-un", "Vu avec <@U1|ana> et U12 (U1), Ana Lys")
    store.write([Write("add", fact, "camille", "import de ana lys, Lys (U1).csv")], NOW)
    store.write([Write("amend", a_record("a-un", "Mieux"), "Ana Lys", "Lys", 1)], NOW)
    store.keep_topic("D1:1.0", TOPIC | {"text": "Qui est Ana Lys\nU1 ?"}, NOW + timedelta(hours=1), "other")
    store.keep_topic("D2:1.0", TOPIC, NOW + timedelta(hours=1), "pseudonym")
    assert store.first_sight("choice:D2:1.0", NOW)
    store.erase(["U1", "pseudonym", "D2"], ["Lys", "Ana Lys"], NOW)
    first, second = store.changes()
    assert first.after.titles["fr"] == f"Vu avec {FORMER_MEMBER} et U12 ({FORMER_MEMBER}), Ana Lys"
    assert second.before == first.after
    assert first.reason == f"import de {FORMER_MEMBER}, Lys ({FORMER_MEMBER}).csv"
    assert (second.by, second.reason) == (FORMER_MEMBER, "Lys")
    kept = store.topic("D1:1.0", NOW)
    assert kept is not None
    assert kept["text"] == f"Qui est {FORMER_MEMBER}\n{FORMER_MEMBER} ?"
    assert store.topic("D2:1.0", NOW) is None
    assert store.first_sight("choice:D2:1.0", NOW)
    assert store.audit().faults == ()
    store.write([Write("amend", a_record("a-un", "Encore mieux"), "camille", "", 2)], NOW)
    assert store.audit().faults == ()


def test_a_history_counts_its_changes(store: Store) -> None:
    assert (store.audit().count, store.audit().faults) == (0, ())
    add(store, a_record())
    assert (store.audit().count, store.audit().faults) == (1, ())
