"""Records that a question describes or names outright."""

from __future__ import annotations

import pytest

from knowledge.questions import describe
from tests.knowledge.asking import Asker

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("the exhibition in Porto", {"expo-cartes"}),
        ("l'exposition d'Anvers", {"expo-horloges", "expo-verre"}),
        ("the loan agreement with Finland", set()),
        ("something in Porto", set()),
    ],
)
def test_a_kind_and_what_is_said_of_it_describe_records(museum: Asker, text: str, ids: set[str]) -> None:
    found = describe.described(museum.read(text), museum.state()[0], NONE, strict=False)
    assert {record.id for record in found} == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Pocket Clocks", {"expo-horloges"}),
        ("cartes marines", {"expo-cartes"}),
        ("Casa dos Mapas", {"casa-dos-mapas"}),
        ("Verhaegen", {"verhaegen"}),
        ("spectroscopes", set()),
    ],
)
def test_an_exact_name_names_and_a_body_comes_before_what_it_does(museum: Asker, text: str, ids: set[str]) -> None:
    found = describe.named(museum.read(text), museum.state()[0], NONE)
    assert {record.id for record in found} == ids


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("ICPerMed (consortium)", "ICPerMed"),
        ("EJP RD, programme conjoint", "EJP RD"),
        ("Cible : 5 000 planches", "Cible"),
        ("Target: 5,000 plates", "Target"),
        ("Casa dos Mapas", "Casa dos Mapas"),
    ],
)
def test_the_head_of_a_title_is_what_stands_before_the_explanation(title: str, expected: str) -> None:
    assert describe.head(title) == expected


def test_the_names_of_a_record_are_titles_heads_and_aliases(museum: Asker) -> None:
    names = describe.names(museum.state()[0].records["expo-horloges"])
    assert {("pocket", "clocks"), ("horloges", "poche"), ("exposition", "horloges", "poche")} <= names


def test_two_sides_of_one_body_are_the_same_thing(ask: Asker) -> None:
    view = ask.state()[0]
    both = [view.records["icpermed"], view.records["icpermed-composition"]]
    assert describe.same_thing(both, view)
    assert not describe.same_thing([view.records["icpermed"], view.records["erdera"]], view)
    assert not describe.same_thing([view.records["icpermed"]], view)
