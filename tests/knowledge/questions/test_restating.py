"""The question before, with what this one puts in its place or adds to it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.knowledge.asking import WINTER, Asker


@pytest.mark.parametrize(
    ("first", "then", "alone"),
    [
        ("Which events took place in 2023?", "and in 2020?", "Which events took place in 2020?"),
        ("Quels événements en 2018 ?", "et en 2022 ?", "Quels événements en 2022 ?"),
        ("Combien d'accords avec le Danemark ?", "et avec la Suède ?", "Combien d'accords avec la Suède ?"),
        ("How many agreements with Sweden?", "what about Denmark?", "How many agreements with Denmark?"),
        ("Quelles cibles ont été atteintes ?", "et celles manquées ?", "Quelles cibles ont été manquées ?"),
        ("Which targets were reached?", "and which were missed?", "Which targets were missed?"),
        ("Which calls are open?", "the closed ones?", "Which calls are closed?"),
        ("Quoi de neuf en Suède ?", "et au Danemark ?", "Quoi de neuf au Danemark ?"),
        ("What's new in Denmark?", "and in Sweden?", "What's new in Sweden?"),
        ("Quels appels ferment en 2024 ?", "et en 2025 ?", "Quels appels ferment en 2025 ?"),
        ("Which calls close in February 2026?", "and in March 2026?", "Which calls close in March 2026?"),
    ],
)
def test_what_is_named_takes_the_place_of_what_was_named(ask: Asker, first: str, then: str, alone: str) -> None:
    _, after = ask.thread(first, then, today=WINTER)
    expected = ask(alone, WINTER)
    assert (after.band, after.form, set(after.facts)) == (expected.band, expected.form, set(expected.facts))
    assert after.facts


@pytest.mark.parametrize(
    ("first", "then", "facts"),
    [
        ("On a un accord avec le Japon ?", "et avec le Danemark ?", ("mou-danemark-dngc-2023",)),
        ("Do we have an agreement with Norway?", "and with the UK?", ("accord-france-royaume-uni-2018",)),
        ("On a signé avec l'Espagne ?", "non, je parlais du Danemark", ("mou-danemark-dngc-2023",)),
        ("AAPG 2024, deuxième étape ?", "et en 2025 ?", ("appel-anr-aapg-2025",)),
        ("What is the budget of ERA PerMed JTC2019?", "2020?", ("appel-era-permed-jtc2020",)),
        ("Où était la deuxième conférence ICPerMed ?", "et la première ?", ("icpermed-conf-berlin-2018",)),
    ],
)
def test_a_question_about_one_fact_is_put_anew_even_after_no_record(
    ask: Asker, first: str, then: str, facts: tuple[str, ...]
) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.facts) == ("sure", facts)


def test_two_parties_do_not_take_the_place_of_one(ask: Asker) -> None:
    _, after = ask.thread("On a un accord avec la Corée du Sud ?", "et les Anglais avec la Thaïlande ?")
    assert (after.band, after.facts) == ("sure", ("mou-royaume-uni-thailande-2023",))


def test_a_filter_that_was_added_can_be_replaced(ask: Asker) -> None:
    opened, february, march = ask.thread(
        "Quels appels sont ouverts ?", "lesquels ferment en février ?", "et en mars ?", today=WINTER
    )
    assert set(february.facts) < set(opened.facts)
    assert march.facts == ("appel-ep-permed-fast-track-2026",)


def test_the_whole_question_is_kept_for_the_next_one(ask: Asker) -> None:
    _, second, third = ask.thread("Quels événements en 2018 ?", "et en 2022 ?", "et en 2019 ?")
    assert second.topic and second.topic.whole == second.topic.text != "et en 2022 ?"
    assert set(third.facts) == set(ask("Quels événements en 2019 ?").facts)


@pytest.mark.parametrize("then", ["et en 2031 ?", "and in 2031?"])
def test_another_programme_restates_its_questions_too(museum: Asker, then: str) -> None:
    _, after = museum.thread("Quelles expositions ouvrent en 2030 ?", then)
    assert set(after.facts) == {"expo-horloges", "expo-cartes"}


def test_nothing_is_put_in_place_once_something_else_was_asked(ask: Asker) -> None:
    *_, after = ask.thread("Quand ferme JTC2024 ?", "et le budget ?", "et JTC2021 ?", today=date(2026, 11, 23))
    assert (after.field, after.value) == ("budget", 16_000_000)


def test_a_party_may_be_added_to_the_one_named_before(ask: Asker) -> None:
    _, after = ask.thread("On a un MoU avec l'Australie ?", "et l'Angleterre, elle en a un avec eux ?")
    assert after.facts[:1] == ("mou-garvan-genomics-england-2015",)


def test_another_period_alone_goes_back_to_the_list(ask: Asker) -> None:
    *_, after = ask.thread("Which calls close in March 2026?", "at what time?", "and in April?", today=WINTER)
    assert after.set is not None and set(after.set) == {"appel-horizon-2026-ep-permed", "appel-horizon-2026-disease"}
