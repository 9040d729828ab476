"""Other ways of asking, one line each: what people type that no example of a form shows."""

from __future__ import annotations

from datetime import date

import pytest

from tests.knowledge.asking import Asker

LATE = date(2027, 5, 11)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("In 2019 the ERA PerMed call opened on what day?", "appel-era-permed-jtc2019", "2019-01-09"),
        (
            "The fourth ICPerMed recognition: from what day could one apply?",
            "reconnaissance-icpermed-2021",
            "2021-11-30",
        ),
        ("EU-Africa PerMed, start month?", "projet-eu-africa-permed", "2021-02"),
        ("The SHS meetings at the Pitié began on which exact day?", "rencontres-shs-2022", "2022-06-30"),
        ("La plénière d'Uppsala s'achève quel jour ?", "plenary-ga4gh-uppsala-2025", "2025-10-10"),
        ("A quelle heure le Fast Track d'EP PerMed ferme-t-il ?", "appel-ep-permed-fast-track-2026", "16:00"),
        ("What rate were SeqOIA and AURAGEN to reach when they were announced?", None, None),
        ("Quel investissement le plan de 2016 annonçait-il au total ?", "cible-budget-670", 670_000_000),
        ("What is the goal of the American programme All of Us, please?", "cible-all-of-us", 1_000_000),
        ("What is the most that the ERDERA networking support scheme pays per meeting?", "appel-erdera-nss", 30_000),
        ("Où s'est tenu l'atelier « Preparing the future » ?", "icpermed-atelier-pampelune-2023", "Pampelune"),
    ],
)
def test_the_value_is_found_however_it_is_asked(ask: Asker, text: str, fact: str | None, value: object) -> None:
    answer = ask(text, LATE)
    if fact is None:
        assert answer.value != "2017-07-17", "a day is not what was asked"
        return
    assert (answer.band, answer.facts[:1], answer.value) == ("sure", (fact,), value)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Accords conclus ou annoncés en 2023 ?", 3),
        ("What was there in September and October 2023, events I mean?", 2),
        ("Which targets fall due in 2028 or later?", 2),
        ("How many agreements involve Sweden, the 2018 declaration included?", 9),
        ("Nombre d'appels Horizon Europe que l'on suit ?", 6),
        ("Quels rendez-vous se sont déroulés en Suède ?", 2),
    ],
)
def test_a_list_is_the_same_however_it_is_asked(ask: Asker, text: str, count: int) -> None:
    answer = ask(text, LATE)
    assert (answer.band, answer.count) == ("sure", count)


@pytest.mark.parametrize(
    "text",
    [
        "How many projects did JTC2026 fund?",
        "Le PFMG 2.0 a-t-il été voté ?",
        "Quel est le budget du plan Parkinson ?",
    ],
)
def test_what_the_base_does_not_hold_is_not_answered_with_what_is_near(ask: Asker, text: str) -> None:
    assert ask(text, LATE).band != "sure"


@pytest.mark.parametrize(
    ("typed", "form"), [("Auel est le dernier appel fermé ?", "next"), ("zhen does JTC2026 open?", "attribute")]
)
def test_a_word_of_asking_typed_on_the_other_keyboard_is_understood(ask: Asker, typed: str, form: str) -> None:
    assert ask(typed, LATE).form == form


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Sur quels groupes d'ICPerMed siégeons-nous ?",
            {"gt-icpermed-economie-reglementation", "gt-icpermed-donnees-tic"},
        ),
        ("Quels appels avaient un budget de plus de 90 millions d'euros ?", {"appel-horizon-2026-erdera"}),
        ("Which full proposals were due in 2018?", {"appel-era-permed-jtc2018", "appel-erare-2018"}),
        ("What events are still to come this year?", {"plenary-ga4gh-2023", "conference-presidence-espagnole-2023"}),
    ],
)
def test_filters_of_several_sorts_are_understood(ask: Asker, text: str, facts: set[str]) -> None:
    answer = ask(text, date(2023, 8, 1))
    assert (answer.band, set(answer.set or ())) == ("sure", facts)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Which of the four workshops was on data sharing for diagnosis?", "atelier-partage-donnees"),
        ("Parmi les buts de la veille, lequel concerne les acteurs de la filière ?", "but-competitivite-filiere"),
        ("What did the first ERA PerMed call deal with?", "appel-era-permed-jtc2018"),
        ("Le tout premier appel EJP RD, il parlait de quoi ?", "appel-ejp-rd-jtc2019"),
        ("Quel projet a pris la suite de B1MG ?", "projet-b1mgplus"),
    ],
)
def test_one_of_several_is_told_by_its_place_or_its_words(ask: Asker, text: str, fact: str) -> None:
    answer = ask(text, LATE)
    assert (answer.band, answer.facts[:1]) == ("sure", (fact,))


def test_how_long_a_thing_runs_is_told_where_it_is_recorded_and_only_there(ask: Asker) -> None:
    assert ask("How long does the Genome of Europe project run?", LATE).value == 42
    assert ask("Quelle est la durée du MoU entre le Royaume-Uni et la Thaïlande ?", LATE).band == "unknown"


def test_a_field_named_alone_gives_a_choice_of_those_that_have_it(ask: Asker) -> None:
    answer = ask("L'info day, c'est quel jour ?", LATE)
    assert answer.band == "unsure"
    assert len(answer.facts) > 2


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("À quelle date exacte la France a-t-elle rejoint 1+MG, quel jour ?", "unknown"),
        ("On which exact day did Denmark join 1+MG?", "unknown"),
        ("When is the second stage of the Horizon 2024 call on personalised prevention?", "unknown"),
    ],
)
def test_a_day_or_a_stage_that_is_not_recorded_is_said_to_be_missing(ask: Asker, text: str, band: str) -> None:
    assert ask(text, LATE).band == band


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("How many annual calls does EP PerMed plan to launch by 2030?", 7),
        ("Combien de plateformes étaient prévues d'ici 2025 ?", 12),
    ],
)
def test_a_target_is_found_by_what_it_counts_and_when_it_is_due(ask: Asker, text: str, value: int) -> None:
    answer = ask(text, LATE)
    assert (answer.band, answer.value) == ("sure", value)


@pytest.mark.parametrize(
    ("text", "holding", "lacking"),
    [
        ("Quels appels ont un budget de plus de 20 M€ ?", "appel-ep-permed-jtc2026", "appel-digital-gdi-2021"),
        ("Which calls have a budget over €20 million?", "appel-ep-permed-jtc2026", "appel-digital-gdi-2021"),
        (
            "Which calls have a budget of at least 20 million euros?",
            "appel-digital-gdi-2021",
            "appel-ep-permed-twinning-2026",
        ),
        ("Quels appels ont un budget inférieur à 21 M€ ?", "appel-digital-gdi-2021", "appel-ep-permed-jtc2026"),
    ],
)
def test_an_amount_is_a_bound_and_says_on_which_side(ask: Asker, text: str, holding: str, lacking: str) -> None:
    answer = ask(text, LATE)
    assert answer.band == "sure"
    assert holding in (answer.set or ())
    assert lacking not in (answer.set or ())
