"""What only the summary of a fact tells, and when a question is about that."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker


def test_how_long_a_visit_lasted_is_told_from_its_days(ask: Asker) -> None:
    _, after = ask.thread("C'était quoi la visite d'Aviesan en Suède ?", "how long did it last?")
    assert (after.band, after.facts) == ("sure", ("visite-aviesan-suede-2021",))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Chaque pays envoie combien de délégués au groupe 1+MG de la Commission ?", "groupe-1mg"),
        ("Dans quel pays les associations de patients siègent-elles au comité directeur ?", "genomic-medicine-sweden"),
    ],
)
def test_what_only_the_summary_tells_is_answered_with_the_card(ask: Asker, text: str, fact: str) -> None:
    found = ask(text)
    assert (found.band, found.facts[0]) == ("sure", fact)
