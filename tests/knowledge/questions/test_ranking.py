"""Which of several facts comes first or last."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker

SWEDISH = "Quels accords avec la Suède ?"
CALLS = "How many ERA PerMed calls do we have?"


@pytest.mark.parametrize(
    ("first", "then", "fact"),
    [
        (SWEDISH, "le plus récent ?", "mou-suede-renouvellement-2024"),
        (SWEDISH, "et le plus ancien ?", "partenariat-france-suede-2017"),
        (SWEDISH, "the oldest one?", "partenariat-france-suede-2017"),
        (CALLS, "lequel avait le plus gros budget ?", "appel-era-permed-jtc2019"),
        (CALLS, "which had the smallest budget?", "appel-era-permed-jtc2021"),
        (CALLS, "which one closed last?", "appel-era-permed-jtc2022"),
        (CALLS, "laquelle a fermé en premier ?", "appel-era-permed-jtc2018"),
        ("Which events were held in Berlin?", "which came first?", "icpermed-conf-berlin-2018"),
    ],
)
def test_the_first_or_the_last_by_day_or_by_amount_is_picked(ask: Asker, first: str, then: str, fact: str) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.facts) == ("sure", (fact,))


def test_a_place_in_the_list_is_no_order_in_time(ask: Asker) -> None:
    before, after = ask.thread(SWEDISH, "the first one")
    assert after.facts == before.facts[:1]


def test_those_that_tie_are_a_choice(ask: Asker) -> None:
    _, after = ask.thread("Compare SeqOIA et AURAGEN", "laquelle a la plus grosse capacité ?")
    assert after.band == "unsure" and set(after.facts) == {"seqoia", "auragen"}


def test_a_bigger_budget_is_told(ask: Asker) -> None:
    *_, after = ask.thread(
        "When does the ERDERA JTC2025 call close?", "and EP PerMed's?", "which has the bigger budget?"
    )
    assert (after.facts, after.value) == (("appel-ep-permed-jtc2025",), 36_500_000)
