"""Who signed for one side of what the thread is about."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker, said


@pytest.mark.parametrize(
    ("first", "then", "fact", "name"),
    [
        (
            "Quand a été signé l'accord avec les Suédois de 2021 ?",
            "qui a signé côté suédois ?",
            "mou-suede-gms-2021",
            "Rosenquist",
        ),
        (
            "When did the UK sign with Thailand?",
            "who signed for the British side?",
            "mou-royaume-uni-thailande-2023",
            "Markham",
        ),
        (
            "When did Aviesan and Genomics England sign?",
            "who signed for us?",
            "accord-france-royaume-uni-2018",
            "Yves Lévy",
        ),
    ],
)
def test_a_party_of_the_fact_is_no_other_subject(ask: Asker, first: str, then: str, fact: str, name: str) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.facts[0]) == ("sure", fact)
    assert name in str(after.value)


def test_the_other_side_may_be_asked_for_in_a_word(ask: Asker) -> None:
    *_, after = ask.thread(
        "Quand a été signé l'accord avec les Suédois de 2021 ?", "qui a signé côté suédois ?", "et côté français ?"
    )
    assert (after.facts[0], after.field) == ("mou-suede-gms-2021", "signatories")


def test_another_country_is_another_agreement(ask: Asker) -> None:
    *_, after = ask.thread("Who signed the 2021 Swedish memorandum?", "and for the Thai?")
    assert after.facts[0] != "mou-suede-gms-2021"


def test_what_is_not_recorded_is_said_of_the_agreement_in_focus(ask: Asker) -> None:
    _, after = ask.thread("C'est quoi l'entente entre le CEA et Génome Québec ?", "qui a signé côté canadien ?")
    assert (after.band, after.facts[0]) == ("unknown", "entente-cea-genome-quebec")
    assert said(after)
