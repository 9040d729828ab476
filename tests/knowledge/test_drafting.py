"""From what a person typed to a draft, or to every problem under its field."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.dates import Day
from knowledge.drafting import check, free_id
from knowledge.fields import Plain
from knowledge.kinds.reading import load_kinds
from knowledge.records import Draft, Record
from knowledge.vocabulary import load_vocabulary

KINDS = load_kinds()[0]
VOCABULARY = load_vocabulary()[0]
TODAY = date(2026, 11, 23)
MEETING: dict[str, Plain] = {
    "title": {"fr": "Réunion GMS"},
    "event_date": "2027-03-12",
    "source": {"title": "Courriel de l'équipe"},
}


def draft(inputs: dict[str, Plain], kind: str = "event", known: tuple[str, ...] | None = None) -> Record:
    checked = check(kind, inputs, KINDS, VOCABULARY, TODAY, known)
    assert isinstance(checked, Draft), checked
    return checked.record


def problems(inputs: dict[str, Plain], kind: str = "event", known: tuple[str, ...] | None = None) -> dict[str, str]:
    checked = check(kind, inputs, KINDS, VOCABULARY, TODAY, known)
    assert isinstance(checked, tuple)
    return {problem.field: problem.phrase.key for problem in checked}


def test_a_few_words_make_a_record() -> None:
    record = draft(MEETING)
    assert record.id == "reunion-gms"
    assert record.titles == {"fr": "Réunion GMS"}
    assert record.values == {"event_date": Day(2027, 3, 12)}
    assert record.source.accessed == Day(2026, 11, 23)


def test_an_empty_box_of_a_form_is_as_if_it_were_not_there() -> None:
    assert draft({**MEETING, "location": "", "themes": [], "note": {}, "ends": None}) == draft(MEETING)


def test_the_day_that_the_source_was_read_is_kept_when_it_is_given() -> None:
    source: Plain = {"title": "Page", "accessed": "2026-05"}
    assert draft({**MEETING, "source": source}).source.accessed == Day(2026, 5)


def test_every_problem_comes_under_its_field() -> None:
    wrong: dict[str, Plain] = {
        "title": {"fr": "x" * 301},
        "event_date": "2027-02-30",
        "countries": ["Suède"],
        "themes": ["cancr"],
        "source": {"url": "example.org"},
        "colour": "red",
    }
    assert problems(wrong) == {
        "title.fr": "problem.too_long",
        "event_date": "problem.no_such_day",
        "countries.0": "problem.unknown_place",
        "themes.0": "problem.suggesting",
        "source.title": "problem.missing",
        "source.url": "problem.bad_url",
        "colour": "problem.unknown_key",
    }


def test_a_record_needs_a_title_and_a_source() -> None:
    assert problems({"event_date": "2027"}) == {"title": "problem.missing", "source": "problem.missing"}


def test_an_unknown_kind_is_a_problem() -> None:
    assert problems(MEETING, "evnet") == {"kind": "problem.suggesting"}


def test_a_last_day_before_the_first_is_a_problem() -> None:
    assert problems({**MEETING, "ends": "2027-03-11"}) == {"ends": "problem.end_before_start"}


@pytest.mark.parametrize("ends", ["2027-03-12", "2027-03", "2027"])
def test_a_last_day_that_may_be_the_first_is_none(ends: str) -> None:
    assert draft({**MEETING, "ends": ends}).values["ends"] == Day.parse(ends)


def test_a_source_cannot_have_been_read_tomorrow() -> None:
    source: Plain = {"title": "Page", "accessed": "2026-11-24"}
    assert problems({**MEETING, "source": source}) == {"source.accessed": "problem.day_to_come"}


def test_what_it_refers_to_must_be_known() -> None:
    wrong: dict[str, Plain] = {**MEETING, "related": ["mou-suede", "mou-norvege"]}
    assert problems(wrong, known=("mou-suede",)) == {"related.1": "problem.suggesting"}
    assert draft(wrong).values["related"] == ("mou-suede", "mou-norvege")


def test_hidden_characters_are_taken_out_of_what_people_type() -> None:
    record = draft({**MEETING, "title": {"en": "GMS\u202e meeting\u0000\n 2027", "fr": ""}})
    assert record.titles == {"en": "GMS meeting 2027"}


@pytest.mark.parametrize(
    ("title", "known", "name"),
    [
        ("Réunion GMS", (), "reunion-gms"),
        ("Réunion GMS", ("reunion-gms", "reunion-gms-2"), "reunion-gms-3"),
        ("Mise en œuvre : l'étape 2", (), "mise-en-oeuvre-l-etape-2"),
        ("???", (), "fact"),
        ("mot " * 40, (), "-".join(["mot"] * 15)),
    ],
)
def test_an_id_is_made_from_the_title_and_is_free(title: str, known: tuple[str, ...], name: str) -> None:
    assert free_id(title, known) == name


def test_who_may_see_it_who_owns_it_and_its_reminders_are_read() -> None:
    record = draft({**MEETING, "audience": ["C0123ABCD", "coordinators"], "owner": "U1", "reminders": ["30d", "2w"]})
    assert (record.audience, record.owner, record.reminders) == (("C0123ABCD", "coordinators"), "U1", ("30d", "2w"))
    assert draft({**MEETING, "reminders": "none", "stale": "en"}).reminders == ("none",)


def test_a_wrong_audience_language_or_lead_time_is_named_where_it_stands() -> None:
    wrong: dict[str, Plain] = {
        **MEETING,
        "audience": ["C0123ABCD", "#general"],
        "stale": "de",
        "reminders": ["30d", "0d"],
    }
    assert problems(wrong) == {
        "audience.1": "problem.bad_audience",
        "stale.0": "problem.bad_language",
        "reminders.1": "problem.bad_lead_time",
    }
    assert problems({**MEETING, "reminders": ["none", "7d"]}) == {"reminders": "problem.none_alone"}
