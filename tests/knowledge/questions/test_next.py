"""What comes next and what came last, seen from the day of the question."""

from __future__ import annotations

from datetime import date

import pytest

from tests.knowledge.asking import WINTER, Asker, card, listed, noted, said


@pytest.mark.parametrize(
    ("text", "fact", "field", "value"),
    [
        ("Prochaine échéance ?", "appel-ep-permed-jtc2026", "closes", "2026-02-10"),
        ("What is the next deadline?", "appel-ep-permed-jtc2026", "closes", "2026-02-10"),
        ("Prochaine échéance maladies rares ?", "appel-erdera-jtc2026", "closes", "2026-02-12"),
        ("Next deadline for ERDERA", "appel-erdera-jtc2026", "closes", "2026-02-12"),
        ("Prochain dossier complet ?", "appel-ep-permed-jtc2026", "full_proposal_deadline", "2026-06-09"),
        ("When is the next full proposal deadline?", "appel-ep-permed-jtc2026", "full_proposal_deadline", "2026-06-09"),
        ("What is the next event?", "congres-eshg-2026", "event_date", "2026-06-13"),
    ],
)
def test_the_next_day_is_said_first_then_its_fact(ask: Asker, text: str, fact: str, field: str, value: str) -> None:
    answer = ask(text, WINTER)
    assert (answer.band, answer.form) == ("sure", "next")
    assert (answer.facts[0], answer.field, answer.value) == (fact, field, value)
    assert said(answer)[0] == "answer.value"
    assert card(answer).record_id == fact


@pytest.mark.parametrize("text", ["Quel est le prochain événement ?", "What is the next event?"])
def test_nothing_ahead_is_said_plainly(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.band, answer.facts) == ("unknown", ())
    assert "answer.next_none" in said(answer)


@pytest.mark.parametrize(
    ("today", "value"),
    [
        (date(2025, 8, 1), "2025-10-07"),
        (date(2025, 10, 7), "2025-10-07"),
        (date(2025, 10, 8), "2026-04-07"),
        (date(2026, 11, 23), "2027-04-07"),
    ],
)
def test_a_day_that_comes_back_comes_next_until_it_has_passed(ask: Asker, today: date, value: str) -> None:
    answer = ask("When is the next NSS collection?", today)
    assert (answer.facts, answer.field, answer.value) == (("appel-erdera-nss",), "recurrence", value)


@pytest.mark.parametrize("text", ["Prochaine collecte NSS ?", "Quand est la prochaine collecte NSS ?"])
def test_a_day_that_comes_back_comes_next_in_french_too(ask: Asker, text: str) -> None:
    assert ask(text).value == "2027-04-07"


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("Quel est le dernier accord signé ?", "mou-gms-dngc-2024", "2024-12-17"),
        ("Last event in Sweden?", "plenary-ga4gh-uppsala-2025", "2025-10-06"),
        ("Dernier événement en Suède ?", "plenary-ga4gh-uppsala-2025", "2025-10-06"),
        ("Which call closed most recently?", "appel-horizon-2026-erdera", "2026-09-15"),
        ("Quel appel vient de fermer ?", "appel-horizon-2026-erdera", "2026-09-15"),
    ],
)
def test_the_last_one_lies_behind_the_day_of_the_question(ask: Asker, text: str, fact: str, value: str) -> None:
    answer = ask(text)
    assert (answer.form, answer.facts[0], answer.value) == ("next", fact, value)


@pytest.mark.parametrize("text", ["What is the latest agreement?", "Quel est le dernier accord en date ?"])
def test_the_latest_agreement_is_the_last_one_signed(ask: Asker, text: str) -> None:
    assert ask(text).facts[0] == "mou-gms-dngc-2024"


@pytest.mark.parametrize("text", ["Quels appels sont à venir ?", "Which calls are upcoming?"])
def test_several_to_come_are_listed_and_those_open_already_left_out(ask: Asker, text: str) -> None:
    answer = ask(text, WINTER)
    assert answer.facts == tuple(listed(answer)) == answer.set
    assert "appel-horizon-2027-care-02" in answer.facts
    assert not {"appel-erdera-jtc2026", "appel-erdera-nss"} & set(answer.facts)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("What is the next event?", "assises-transport", "2031-06-11"),
        ("Quel est le prochain événement ?", "assises-transport", "2031-06-11"),
        ("What was the last event?", "journee-caisses", "2030-03-08"),
        ("Prochain récolement ?", "expo-reserve", "2031-06-15"),
        ("When is the next stocktaking?", "expo-reserve", "2031-06-15"),
        ("Quel est le dernier accord signé ?", "pret-belgique-portugal", "2029-06"),
    ],
)
def test_another_programme_is_told_what_comes_next(museum: Asker, text: str, fact: str, value: str) -> None:
    answer = museum(text)
    assert (answer.band, answer.form, answer.facts[0], answer.value) == ("sure", "next", fact, value)


def test_a_day_known_to_the_month_is_noted(museum: Asker) -> None:
    assert "answer.month_only" in noted(museum("Quel est le dernier accord signé ?"))


@pytest.mark.parametrize("text", ["Prochain décrochage ?", "Which exhibition closes next?"])
def test_the_deadline_named_is_the_one_looked_at(museum: Asker, text: str) -> None:
    answer = museum(text)
    assert (answer.field, answer.value) == ("closes", "2031-09-30")


@pytest.mark.parametrize("text", ["The next three call deadlines?", "Les trois prochaines échéances d'appels ?"])
def test_as_many_as_are_asked_for_come_next_the_nearest_first(ask: Asker, text: str) -> None:
    answer = ask(text, date(2026, 2, 2))
    assert (answer.form, answer.count) == ("next", 3)
    assert answer.set == ("appel-ep-permed-jtc2026", "appel-erdera-jtc2026", "appel-ep-permed-twinning-2026")


@pytest.mark.parametrize("text", ["C'était quoi nos deux derniers événements ?", "What were the last two events?"])
def test_as_many_as_are_asked_for_came_last_the_latest_first(ask: Asker, text: str) -> None:
    assert ask(text, date(2027, 1, 14)).set == ("congres-eshg-2026", "plenary-ga4gh-uppsala-2025")
