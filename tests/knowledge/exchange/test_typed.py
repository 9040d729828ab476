"""What people type is read where it can mean one thing only, and left to its field where it cannot."""

from __future__ import annotations

import pytest

from knowledge.exchange.typed import as_kept
from knowledge.fields import Plain
from tests.knowledge.exchange.made_up import KINDS, TODAY, VOCABULARY


def kept(place: str, value: Plain, kind: str = "call") -> Plain:
    return as_kept(tuple(place.split(".")), value, KINDS[kind], VOCABULARY, TODAY)


@pytest.mark.parametrize(
    ("place", "typed", "read"),
    [
        ("status", "ouvert", "open"),
        ("status", "Open", "open"),
        ("status", "À VENIR", "upcoming"),
        ("status", "open", "open"),
        (
            "countries",
            ["Suède", "Sweden", "royaume-uni", "UK", "FR", "États-Unis"],
            ["SE", "SE", "GB", "GB", "FR", "US"],
        ),
        ("closes", "28/03/2027", "2027-03-28"),
        ("closes", "3/4/2027", "2027-04-03"),
        ("closes", "28 mars 2027", "2027-03-28"),
        ("closes", "March 2027", "2027-03"),
        ("closes", "2027-03-28", "2027-03-28"),
        ("source.accessed", "25/11/2026", "2026-11-25"),
        ("source", {"title": "1/2/2026", "accessed": "1/2/2026"}, {"title": "1/2/2026", "accessed": "2026-02-01"}),
        ("recurrence.first", "1/2/2026", "2026-02-01"),
        ("budget.amount", "1 500,5", "1 500.5"),
        ("themes", ["Veille internationale", "International watch"], ["veille", "veille"]),
        ("deadline_time.said", "17:00:00", "17:00"),
        ("deadline_time", "05:00:00 PM", "17:00"),
        ("deadline_time", "12:30:00 am", "00:30"),
        ("deadline_time", "12:30:00 PM", "12:30"),
    ],
)
def test_a_value_is_read_as_people_write_it(place: str, typed: Plain, read: Plain) -> None:
    assert kept(place, typed) == read


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        ("status", "perhaps"),
        ("countries", ["Atlantide", "Europe du Nord et Suède", "franco-suédois"]),
        ("closes", "demain"),
        ("closes", "28 mars"),
        ("closes", "avant le 30 juin 2027"),
        ("closes", "31/02/2027"),
        ("closes", "x" * 100_000),
        ("budget.amount", "1,500"),
        ("title.fr", "28/03/2027"),
        ("identifier", "ouvert"),
        ("deadline_time", "17:00 CET"),
        ("deadline_time", "17:00:30"),
        ("deadline_time", "13:00:00 PM"),
        ("deadline_time.zone", "Europe/Brussels"),
        ("title.fr", "17:00:00"),
    ],
)
def test_what_may_mean_something_else_stays_as_it_is(place: str, typed: Plain) -> None:
    assert kept(place, typed) == typed


def test_every_choice_is_read_by_its_name_and_by_the_labels_that_are_its_own() -> None:
    for kind in KINDS.values():
        status = kind.field("status")
        labels = [label for text in (status.choices if status else {}).values() for label in set(text.values())]
        for value, text in (status.choices if status else {}).items():
            own = [label for label in text.values() if labels.count(label) == 1]
            assert {kept("status", said, kind.name) for said in (value, *own)} == {value}
