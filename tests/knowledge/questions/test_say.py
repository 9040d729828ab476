"""What was found, put into messages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.dates import Day
from knowledge.messages import Actions, Listing, Note, Phrase
from knowledge.questions import say
from knowledge.questions.form import Topic
from knowledge.records import Record
from tests.knowledge.asking import Asker


def records(asker: Asker, count: int) -> list[Record]:
    """As many records, made of one."""
    one = asker.state()[0].records["expo-verre"]
    return [replace(one, id=f"{one.id}-{number}") for number in range(count)]


def test_a_card_shows_names_instead_of_codes_and_leaves_out_what_is_empty(museum: Asker) -> None:
    view = museum.state()[0]
    shown = say.card(view.records["expo-horloges"], view)
    rows = {row.label["fr"]: row.value for row in shown.rows}
    assert rows["Pays"] == [{"fr": "Belgique", "en": "Belgium"}]
    assert "Commissaires" not in rows
    assert shown.kind == {"fr": "exposition", "en": "exhibition"}
    assert shown.status == {"fr": "ouvert", "en": "open"}


def test_the_day_of_a_source_is_when_it_was_confirmed_else_read(museum: Asker) -> None:
    view = museum.state()[0]
    read = view.records["expo-horloges"]
    confirmed = replace(read, source=replace(read.source, verified_on=Day(2031, 4, 1)))
    assert say.card(read, view).source_date == Day(2031, 1, 10)
    assert say.card(confirmed, view).source_date == Day(2031, 4, 1)


@pytest.mark.parametrize(
    ("value", "keys"),
    [(Day(2031), ["answer.year_only"]), (Day(2031, 5), ["answer.month_only"]), (Day(2031, 5, 1), []), ("text", [])],
)
def test_a_day_less_exact_than_a_day_is_remarked(value: object, keys: list[str]) -> None:
    assert [part.phrase.key for part in say.precision(value) if isinstance(part, Note)] == keys


@pytest.mark.parametrize(("count", "shown", "rest"), [(1, 1, None), (10, 10, None), (11, 10, 1), (25, 10, 15)])
def test_a_listing_shows_ten_and_counts_the_rest(museum: Asker, count: int, shown: int, rest: int | None) -> None:
    first, *more = say.listing([say.item(record) for record in records(museum, count)])
    assert isinstance(first, Listing)
    assert (len(first.items), first.total) == (shown, count)
    assert [part.phrase.args["count"] for part in more if isinstance(part, Note)] == ([rest] if rest else [])


def test_doubt_offers_three_and_a_shared_name_up_to_five(museum: Asker) -> None:
    reading, many = museum.read("expo"), records(museum, 8)
    for lead, count in (("unsure.lead", 3), ("unsure.several", 5)):
        answer = say.choices(reading, "lookup", many, lead)
        (actions,) = [part for part in answer.message.parts if isinstance(part, Actions)]
        assert len(actions.actions) == count
        assert all(action.name == "choose" for action in actions.actions)
        assert len(answer.facts) == 8, "all may be picked by their place"


def test_unknown_names_what_is_missing_then_the_nearest_then_whom_to_ask(museum: Asker) -> None:
    near = records(museum, 1)
    answer = say.unknown(museum.read("expo"), "lookup", (Phrase("unknown.word", {"words": ["x"]}),), near)
    keys = [part.phrase.key for part in answer.message.parts if not isinstance(part, Actions | Listing)]  # type: ignore[union-attr]
    assert keys == ["unknown.lead", "unknown.word", "unknown.near", "unknown.ask_coordinator"]
    assert answer.band == "unknown"


def test_an_answer_about_nothing_leaves_the_topic_alone(museum: Asker) -> None:
    assert say.reply(museum.read("expo"), "lookup", "unknown", ()).topic is None


def test_an_answer_about_facts_makes_them_the_topic(museum: Asker) -> None:
    found = records(museum, 30)
    topic = say.reply(museum.read("expo"), "list", "sure", (), found, "closes").topic
    assert topic == Topic(tuple(record.id for record in found[:25]), "closes", "list", "fr", "expo")
    assert Topic.load(topic.dump()) == topic


def test_a_line_without_the_day_asked_has_no_detail(museum: Asker) -> None:
    view = museum.state()[0]
    assert say.dated_item(view.records["expo-reserve"], "closes", view).detail is None
    dated = say.dated_item(view.records["expo-verre"], "closes", view).detail
    assert dated is not None and dated.args["value"] == Day(2030, 11, 2)


def test_kinds_are_joined_in_both_languages(museum: Asker) -> None:
    view = museum.state()[0]
    assert say.kinds_text(("event", "workshop"), view) == {
        "fr": "événements et ateliers",
        "en": "events and workshops",
    }
    assert say.kinds_text((), view) == {"fr": "faits", "en": "facts"}
