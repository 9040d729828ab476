"""The last question again, of another fact of the same sort."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker


@pytest.mark.parametrize(
    ("first", "then", "fact", "field"),
    [
        ("Who signed the MoU with the Danish genome centre?", "and the Swedish one?", "mou-suede-gms-2021", "signatories"),
        ("When did the Horizon top-up call for EP PerMed open?", "and the ERDERA one?", "appel-horizon-2026-erdera", "opens"),
        ("When does the polypharmacy call close?", "what about the digital tools one?", "appel-horizon-2027-tool-04", "closes"),
        ("Combien de prescriptions validées depuis le début ?", "et de comptes rendus ?", "indicateur-comptes-rendus", "quantity"),
        ("Where does FinnGen stand?", "same thing for All of Us", "cible-all-of-us", "quantity"),
        ("When does EU-Africa PerMed end?", "and B1MG?", "projet-b1mg", "ends"),
        ("Le budget de CARMEN2026 ?", "et celui de JTC2024 ?", "appel-ep-permed-jtc2024", "budget"),
    ],
)  # fmt: skip
def test_the_one_most_like_the_fact_before_is_taken(ask: Asker, first: str, then: str, fact: str, field: str) -> None:
    before, after = ask.thread(first, then)
    assert before.band == "sure"
    assert (after.band, after.facts, after.field) == ("sure", (fact,), field)


def test_a_question_that_says_what_it_asks_is_not_the_last_one_again(ask: Asker) -> None:
    _, after = ask.thread("What is the budget of JTC2024?", "and when did B1MG end?")
    assert (after.facts, after.value) == (("projet-b1mg",), "2023-05-31")


@pytest.mark.parametrize("then", ["et le norvégien ?", "and the Japanese one?"])
def test_what_is_not_held_is_not_made_up(ask: Asker, then: str) -> None:
    _, after = ask.thread("Qui a signé le MoU suédois de 2021 ?", then)
    assert after.band != "sure"


def test_the_one_between_two_others_is_another(ask: Asker) -> None:
    _, after = ask.thread(
        "L'accord France Royaume-Uni a été signé quand ?", "non, celui entre le Royaume-Uni et la Thaïlande"
    )
    assert (after.facts[0], after.value) == ("mou-royaume-uni-thailande-2023", "2023-01-19")


def test_what_only_describes_the_fact_in_focus_repeats_no_value(ask: Asker) -> None:
    _, after = ask.thread("When do the EHDS implementing acts come?", "and the first rules?")
    assert after.value != "2027-03"


@pytest.mark.parametrize(
    ("first", "then", "fact", "value"),
    [
        ("How many genomes does Canada want?", "and Quebec?", "cible-cartagene-30000", 30_000),
        ("SeqOIA devait produire combien de génomes par an ?", "et AURAGEN ?", "auragen", 18_000),
    ],
)
def test_a_name_that_the_fact_in_focus_only_says_too_is_another(
    ask: Asker, first: str, then: str, fact: str, value: int
) -> None:
    _, after = ask.thread(first, then)
    assert (after.facts[0], after.value) == (fact, value)
