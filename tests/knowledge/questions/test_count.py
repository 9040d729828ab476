"""How many records fit: the number first, then the records, then how the filters were read."""

from __future__ import annotations

import pytest

from knowledge.messages import Listing, Say
from tests.knowledge.asking import Asker, listed, noted, parts, said


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Combien d'accords avec le Danemark ?", 1),
        ("How many agreements with Denmark?", 1),
        ("Combien d'accords entre la Suède et le Danemark ?", 2),
        ("How many agreements between Sweden and Denmark?", 2),
        ("Combien d'appels ERA PerMed ?", 5),
        ("How many ERA PerMed calls?", 5),
        ("Combien d'événements en 2024 ?", 5),
        ("How many events in 2024?", 5),
        ("How many British targets do we have?", 2),
        ("How many calls closed in 2023?", 3),
    ],
)
def test_the_number_is_said_first_and_is_that_of_the_records(ask: Asker, text: str, count: int) -> None:
    answer = ask(text)
    first = answer.message.parts[0]
    assert isinstance(first, Say) and first.strong
    assert (first.phrase.key, first.phrase.args["count"]) == ("answer.count", count)
    assert (answer.band, answer.form) == ("sure", "count")
    assert answer.count == answer.value == count
    assert answer.set is not None and len(answer.set) == len(set(answer.set)) == count
    assert listed(answer) == list(answer.set)


def test_more_than_ten_are_counted_whole_and_shown_in_part(ask: Asker) -> None:
    answer = ask("Combien d'appels sont clos ?")
    (shown,) = parts(answer, Listing)
    assert answer.count is not None and answer.count > 10
    assert (len(shown.items), shown.total) == (10, answer.count)
    assert "answer.more" in noted(answer)


@pytest.mark.parametrize("text", ["Combien d'accords avec le Japon ?", "How many agreements with Japan?"])
def test_none_is_no_record_rather_than_the_number_zero(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.band, answer.count, answer.facts) == ("unknown", None, ())
    assert said(answer) == ["unknown.lead", "unknown.none_match"]


def test_the_name_of_what_is_counted_agrees_with_the_number(ask: Asker) -> None:
    one, several = ask("How many agreements with Denmark?"), ask("How many agreements with Sweden?")
    assert parts(one, Say)[0].phrase.args["what"]["en"] == "agreement"
    assert parts(several, Say)[0].phrase.args["what"]["en"] == "agreements"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Combien d'expositions en Belgique ?", ["expo-horloges", "expo-verre"]),
        ("How many exhibitions in Portugal?", ["expo-cartes", "expo-reserve"]),
        ("Combien d'accords avec le Portugal ?", ["pret-belgique-portugal"]),
        ("How many missed targets?", ["cible-climat"]),
    ],
)
def test_a_kind_of_a_team_s_own_is_counted_too(museum: Asker, text: str, ids: list[str]) -> None:
    answer = museum(text)
    assert (answer.form, answer.count, sorted(answer.facts)) == ("count", len(ids), ids)
