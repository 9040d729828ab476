"""What bodies have with each other and with the programme."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker, said


@pytest.mark.parametrize("then", ["ces deux-là ont un accord entre eux ?", "do the two have an agreement together?"])
def test_what_two_bodies_have_between_them(ask: Asker, then: str) -> None:
    *_, after = ask.thread("C'est quoi Genomics England ?", "et le centre danois du génome ?", then)
    assert (after.band, after.facts) == ("sure", ("mou-dngc-genomics-england-2023",))


def test_nothing_between_two_bodies_is_said_plainly(ask: Asker) -> None:
    *_, after = ask.thread("What is GA4GH?", "and IRDiRC?", "is there an agreement between them?")
    assert after.band == "unknown"


@pytest.mark.parametrize(
    ("first", "then", "facts"),
    [
        (
            "C'est quoi GA4GH ?",
            "ils ont fait quelles plénières ?",
            {"plenary-ga4gh-2023", "plenary-ga4gh-uppsala-2025"},
        ),
        (
            "What is IRDiRC?",
            "which targets do they have?",
            {"cible-irdirc-therapies-2027", "cible-irdirc-diagnostic-2027", "cible-irdirc-200-therapies"},
        ),
    ],
)
def test_all_that_a_body_has_of_a_kind_is_listed(ask: Asker, first: str, then: str, facts: set[str]) -> None:
    _, after = ask.thread(first, then)
    assert (after.form, after.set and set(after.set)) == ("list", facts)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("What is GA4GH?", "do we have an agreement with them?"),
        ("Does the Garvan Institute have a memorandum with Genomics England?", "and do we have one with Garvan?"),
    ],
)
def test_what_we_have_not_is_said_plainly(ask: Asker, first: str, then: str) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, "unknown.none_match" in said(after)) == ("unknown", True)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("What is the Danish National Genome Center's target?", "did we sign anything with them?"),
        ("C'est quoi le DNGC ?", "on a signé quoi avec eux ?"),
    ],
)
def test_them_is_the_body_that_has_part_in_the_fact(ask: Asker, first: str, then: str) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.facts[0]) == ("sure", "mou-danemark-dngc-2023")


def test_with_whom_is_told_by_the_one_agreement(ask: Asker) -> None:
    _, after = ask.thread("How many people has SG100K enrolled?", "with whom?")
    assert (after.band, after.facts) == ("sure", ("accord-precise-illumina-2022",))


def test_what_was_signed_there_is_the_agreement(ask: Asker) -> None:
    *_, what, who = ask.thread("When was the Aviesan visit to Sweden?", "what was signed there?", "by whom?")
    assert what.facts == who.facts == ("mou-suede-gms-2021",)
    assert who.field == "signatories"
