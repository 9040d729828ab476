"""A question that the fact in focus does not answer may describe one that stands beside it."""

from __future__ import annotations

import pytest

from knowledge.questions import beside
from tests.knowledge.asking import Asker, said


@pytest.mark.parametrize(
    ("first", "then", "fact", "value"),
    [
        ("Tell me about the Genome of Europe project", "where was the kick-off?", "kickoff-goe-2024", "Rotterdam"),
        (
            "DEFIDIAG, combien de participants prévus ?",
            "la première inclusion, c'était quel jour ?",
            "projet-defidiag",
            "2020-03-13",
        ),
        ("Genome of Europe vise combien de personnes ?", "et la part de la France ?", "part-france-goe", 17041),
        ("What is the CAD?", "who checks the projects that use its data?", "cse-cad", None),
        ("C'est quoi GDI ?", "où ont-ils tenu leur assemblée générale ?", "assemblee-gdi-lisbonne-2024", "Lisbonne"),
        (
            "La reconnaissance ICPerMed 2021, clôture quand ?",
            "les lauréats ont présenté leurs travaux où ?",
            "icpermed-atelier-bruxelles-2022",
            "Bruxelles",
        ),
        (
            "How many samples must France sequence for Genome of Europe?",
            "and for the whole project?",
            "cible-goe-100000",
            100_000,
        ),
        ("C'est quoi CRefIX ?", "il dépend de quel plan ?", "plan-pfmg2025", None),
        ("Le projet 100 000 génomes anglais, fini quand ?", "et quelle société le menait ?", "genomics-england", None),
        ("When did CQDG launch?", "how many genomes should the cohort have?", "cible-cartagene-30000", 30_000),
        ("Combien de prescriptions par an ?", "et depuis le début ?", "indicateur-prescriptions-cumulees", 52_500),
    ],
)
def test_the_neighbour_that_is_described_answers(
    ask: Asker, first: str, then: str, fact: str, value: str | int | None
) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.facts[0]) == ("sure", fact)
    assert value is None or after.value == value


def test_what_is_called_after_a_fact_stands_beside_it(ask: Asker) -> None:
    view, _, _ = ask.state()
    around = {record.id for record in beside.around(view.records["projet-genome-of-europe"], view)}
    assert {"part-france-goe", "kickoff-goe-2024", "livre-blanc-goe-2025"} <= around
    assert "projet-genome-of-europe" not in around and "projet-gdi" not in around


def test_a_property_is_asked_of_the_fact_itself(ask: Asker) -> None:
    _, after = ask.thread("What is the CAD?", "who chairs it?")
    assert (after.band, after.facts[:1]) == ("unknown", ("cad-collecteur-analyseur",))
    assert "unknown.word" in said(after)


def test_a_name_that_no_neighbour_bears_is_another_question(ask: Asker) -> None:
    _, after = ask.thread("Tell me about the Genome of Europe project", "where was the Uppsala plenary?")
    assert after.facts[0] == "plenary-ga4gh-uppsala-2025"
