"""Questions about what was just listed or offered."""

from __future__ import annotations

import pytest

from knowledge.questions.form import Topic
from tests.knowledge.asking import WINTER, Asker, listed

SWEDISH = "Quels accords avec la Suède ?"
CALLS = "How many ERA PerMed calls do we have?"


@pytest.mark.parametrize(
    "then",
    [
        "ça fait combien ?",
        "combien ?",
        "combien en tout ?",
        "et au total ça fait combien ?",
        "how many is that?",
        "how many are there?",
        "what's the total?",
    ],
)
def test_what_was_listed_is_counted(ask: Asker, then: str) -> None:
    before, after = ask.thread(SWEDISH, then)
    assert (after.band, after.form, after.count, after.value) == ("sure", "count", 5, 5)
    assert set(after.facts) == set(before.facts)


@pytest.mark.parametrize(
    "then",
    [
        "c'est tout ?",
        "lesquels ?",
        "rien d'autre ?",
        "il y en a d'autres ?",
        "is that all?",
        "which ones?",
        "list them",
    ],
)
def test_what_was_found_is_shown_once_more(ask: Asker, then: str) -> None:
    before, after = ask.thread(CALLS, then)
    assert (after.band, after.form, after.set) == ("sure", "list", before.set)
    assert listed(after) == list(before.facts)


@pytest.mark.parametrize("then", ["et les autres ?", "the others?", "the rest?"])
def test_the_rest_is_shown_without_the_one_in_focus(ask: Asker, then: str) -> None:
    before, picked, after = ask.thread(SWEDISH, "la deuxième", then)
    assert set(after.facts) == set(before.facts) - set(picked.facts)


@pytest.mark.parametrize(
    ("then", "facts"),
    [
        ("lesquels ferment en mars ?", {"appel-ep-permed-fast-track-2026"}),
        ("only the rare disease ones", {"appel-erdera-jtc2026", "appel-erdera-nss"}),
        ("et seulement ceux d'ERDERA ?", {"appel-erdera-jtc2026", "appel-erdera-nss"}),
        ("which of them are run by ERDERA?", {"appel-erdera-jtc2026", "appel-erdera-nss"}),
    ],
)
def test_a_list_is_narrowed(ask: Asker, then: str, facts: set[str]) -> None:
    _, after = ask.thread("Quels appels sont ouverts ?", then, today=WINTER)
    assert (after.band, set(after.facts)) == ("sure", facts)


@pytest.mark.parametrize(
    ("then", "fact"),
    [
        ("laquelle concerne l'argent pour des études communes ?", "activite-sources-financement"),
        ("which one is about money for joint studies?", "activite-sources-financement"),
        ("celle sur la plateforme informatique", "activite-plateforme-informatique"),
    ],
)
def test_one_is_picked_by_what_it_is_about(ask: Asker, then: str, fact: str) -> None:
    _, after = ask.thread("Quelles sont les quatre activités de collaboration ?", then)
    assert (after.band, after.facts) == ("sure", (fact,))


def test_the_fields_of_all_can_be_asked_at_once(ask: Asker) -> None:
    before, after = ask.thread("Which Horizon calls close in 2027?", "when do they close?")
    assert (after.form, after.field, set(after.facts)) == ("list", "closes", set(before.facts))


def test_another_programme_counts_and_ranks_what_it_showed(museum: Asker) -> None:
    _, counted, latest = museum.thread("Which exhibitions in Antwerp?", "how many is that?", "the most recent one?")
    assert (counted.count, latest.facts) == (2, ("expo-horloges",))


def test_none_of_those_shown_is_said_plainly(ask: Asker) -> None:
    _, after = ask.thread("List our agreements with the Swedes", "which are still in force?")
    assert (after.band, after.form) == ("unknown", "list")


def test_the_first_one_may_be_asked_something(ask: Asker) -> None:
    *_, after = ask.thread("Compare AURAGEN and SeqOIA", "when is the target of the first one due?")
    assert (after.facts, after.value) == (("auragen",), "2019")


@pytest.mark.parametrize("then", ["since the start", "depuis le début"])
def test_of_those_offered_the_one_whose_title_says_it_is_taken(ask: Asker, then: str) -> None:
    offered = ("indicateur-prescriptions-cumulees", "indicateur-prescriptions-annuelles")
    choice = Topic(offered, "quantity", "progress", "fr", "Combien de prescriptions ?", shown=offered)
    answer = ask(then, topic=choice)
    assert (answer.band, answer.facts, answer.value) == ("sure", offered[:1], 52_500)
