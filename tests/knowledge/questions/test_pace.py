"""A figure of one year, among figures of the same in all."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Combien de prescriptions validées sur la seule année 2024 ?", 14603),
        ("How many prescriptions were validated in 2024 alone?", 14603),
        ("Combien de prescriptions validées en 2024, rien que cette année-là ?", 14603),
    ],
)
def test_a_figure_of_one_year_is_that_of_the_record_that_counts_by_the_year(ask: Asker, text: str, value: int) -> None:
    found = ask(text)
    assert (found.band, found.facts, found.value) == ("sure", ("indicateur-prescriptions-annuelles",), value)


def test_the_figure_in_all_is_given_where_no_year_is_set_apart(ask: Asker) -> None:
    found = ask("Combien de prescriptions validées ?")
    assert found.band != "sure" or found.facts != ("indicateur-prescriptions-annuelles",)
