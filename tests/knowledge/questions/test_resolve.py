"""Which one fact a question is about: one, a few, or none."""

from __future__ import annotations

from math import isclose

import pytest

from knowledge.questions import calibration, evidence, resolve
from knowledge.questions.candidates import candidates, credited
from tests.knowledge.asking import Asker


def resolved(asker: Asker, text: str) -> resolve.Resolution:
    return resolve.resolve(asker.read(text), asker.state()[0])


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Horloges de poche", "expo-horloges"),
        ("the Sea Charts exhibition", "expo-cartes"),
        ("la convention de prêt Verhaegen - Casa dos Mapas", "pret-belgique-portugal"),
        ("la convention de prêt entre le Portugal et la Finlande", "pret-portugal-finlande"),
    ],
)
def test_a_fact_named_is_sure(museum: Asker, text: str, fact: str) -> None:
    found = resolved(museum, text)
    assert (found.band, [record.id for record in found.records]) == ("sure", [fact])


def test_several_described_alike_are_a_choice(museum: Asker) -> None:
    found = resolved(museum, "l'exposition d'Anvers")
    assert (found.band, found.several) == ("unsure", True)
    assert {record.id for record in found.records} == {"expo-horloges", "expo-verre"}


@pytest.mark.parametrize(
    "text",
    [
        "notre accord avec le Japon",
        "Qui préside Casa dos Mapas ?",
        "l'exposition Horloges de poche de 2019",
    ],
)
def test_what_is_contradicted_or_lacks_the_property_is_unknown(museum: Asker, text: str) -> None:
    found = resolved(museum, text)
    assert found.band == "unknown"


def test_a_year_that_the_fact_does_not_bear_out_speaks_against_it(museum: Asker) -> None:
    for text, expected in (("Horloges de poche AAPG 2019", True), ("Horloges de poche", False)):
        reading = museum.read(text)
        found = {one.record.id: one for one in candidates(reading, museum.state()[0])}
        assert evidence.contradicted(found["expo-horloges"], reading) is expected


def test_candidates_come_best_first_and_their_parts_add_up(museum: Asker) -> None:
    rated = candidates(museum.read("cartes marines de Porto"), museum.state()[0])
    odds = [one.odds for one in rated]
    assert odds == sorted(odds, reverse=True)
    assert rated[0].record.id == "expo-cartes"
    assert all(isclose(one.odds, sum(value for _, value in one.parts)) for one in rated)
    assert all(0 < one.score < 1 for one in rated)


def test_a_record_that_has_what_is_asked_comes_before_one_that_has_not(museum: Asker) -> None:
    view, reading = museum.state()[0], museum.read("exposition à Anvers")
    rated = candidates(reading, view, lambda record: "insured_for" in record.values)
    place = [one.record.id for one in rated]
    assert place.index("expo-horloges") < place.index("expo-verre")


def test_certainty_is_a_share_and_every_sign_has_a_weight(museum: Asker) -> None:
    view, reading = museum.state()[0], museum.read("Horloges de poche")
    rated = candidates(reading, view)
    assert tuple(evidence.of_best(rated[0], rated, reading, view)) == calibration.NAMES
    assert tuple(rated[0].signs) == calibration.RANKED
    assert all(len(weights) == len(calibration.NAMES) for weights in calibration.WEIGHTS.values())
    assert all(len(weights) == len(calibration.RANKED) for weights in calibration.RANKS.values())
    assert 0 <= resolve.certainty(rated[0], rated, reading, view) <= 1


def test_to_be_named_outright_speaks_for_a_record_most_when_it_is_alone(museum: Asker) -> None:
    view, reading = museum.state()[0], museum.read("une exposition")
    rated = candidates(reading, view)
    chosen = rated[-1].record
    alone = credited(rated, (chosen,), False, view)
    shared = credited(rated, (chosen, rated[0].record), False, view)
    odds = [next(one.odds for one in found if one.record.id == chosen.id) for found in (rated, shared, alone)]
    assert odds == sorted(odds)
    assert len(set(odds)) == 3
    assert credited(rated, (), False, view) == rated


def test_the_one_decided_on_is_shown_before_its_runner_up(museum: Asker) -> None:
    found = resolved(museum, "cartes marines")
    assert found.shown()[0].record.id == found.records[0].id
    assert len(found.shown()) == 2


def test_a_bare_code_that_two_records_bear_is_a_choice_though_one_alone_has_the_day(ask: Asker) -> None:
    answer = ask("JTC2020, date limite ?")
    assert (answer.band, set(answer.facts)) == ("unsure", {"appel-era-permed-jtc2020", "appel-ejp-rd-jtc2020"})
