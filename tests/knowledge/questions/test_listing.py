"""Which records fit: how many, each with its day, and how the question was read."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.dates import Period
from knowledge.messages import Listing, Note, Say
from tests.knowledge.asking import WINTER, Asker, listed, noted, parts, said

SWEDISH = [
    "partenariat-france-suede-2017",
    "declaration-france-suede-2019",
    "mou-suede-gms-2021",
    "partenariat-france-suede-2024",
    "mou-suede-renouvellement-2024",
]


@pytest.mark.parametrize(
    "text",
    [
        "Quels accords avec la Suède ?",
        "Liste des accords avec la Suède",
        "Our agreements with Sweden",
        "Which agreements do we have with Sweden?",
        "List the agreements between France and Sweden",
    ],
)
def test_agreements_with_a_country_are_ours_and_in_order_of_time(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.band, answer.form, answer.count) == ("sure", "list", 5)
    assert list(answer.facts) == listed(answer) == SWEDISH
    assert answer.set == answer.facts
    assert said(answer)[0] == "answer.list"


def test_the_countries_understood_are_echoed(ask: Asker) -> None:
    (note,) = parts(ask("Which agreements do we have with Sweden?"), Note)
    assert [place["en"] for place in note.phrase.args["filters"]] == ["France", "Sweden"]


@pytest.mark.parametrize(
    ("text", "first", "last", "ids"),
    [
        (
            "Quels appels ferment en mars 2026 ?",
            date(2026, 3, 1),
            date(2026, 3, 31),
            ["appel-ep-permed-fast-track-2026"],
        ),
        (
            "Which events took place in June 2022?",
            date(2022, 6, 1),
            date(2022, 6, 30),
            ["icpermed-atelier-bruxelles-2022", "rencontres-shs-2022"],
        ),
        (
            "Which calls closed in 2024?",
            date(2024, 1, 1),
            date(2024, 12, 31),
            ["appel-ep-permed-jtc2024", "appel-digital-1mg-2024", "appel-anr-aapg-2025"],
        ),
        (
            "Quels appels ferment entre janvier et mars 2026 ?",
            date(2026, 1, 1),
            date(2026, 3, 31),
            [
                "appel-ep-permed-jtc2026",
                "appel-erdera-jtc2026",
                "appel-ep-permed-twinning-2026",
                "appel-ep-permed-fast-track-2026",
            ],
        ),
    ],
)
def test_a_period_filters_and_is_echoed(ask: Asker, text: str, first: date, last: date, ids: list[str]) -> None:
    answer = ask(text)
    notes = [note.phrase for note in parts(answer, Note)]
    assert list(answer.facts) == ids
    assert notes[0].key == "answer.period"
    assert notes[0].args["period"] == Period(first, last)


@pytest.mark.parametrize("text", ["Quels appels ferment dans les 30 jours ?", "Which calls close in the next 30 days?"])
def test_a_period_is_counted_from_the_day_of_the_question(ask: Asker, text: str) -> None:
    assert set(ask(text, WINTER).facts) == {"appel-ep-permed-jtc2026", "appel-erdera-jtc2026"}
    assert ask(text).band == "unknown"


@pytest.mark.parametrize("text", ["Quels appels sont ouverts ?", "Which calls are open?"])
def test_what_is_open_is_computed_from_dates_on_the_day_of_the_question(ask: Asker, text: str) -> None:
    assert set(ask(text, WINTER).facts) == {
        "appel-erdera-nss",
        "appel-ep-permed-jtc2026",
        "appel-ep-permed-fast-track-2026",
        "appel-ep-permed-twinning-2026",
        "appel-erdera-jtc2026",
    }
    assert ask(text).facts == ("appel-erdera-nss",)


def test_what_cannot_be_told_open_or_not_is_named_apart(ask: Asker) -> None:
    answer = ask("Which calls are open?", WINTER)
    (note,) = [part for part in parts(answer, Note) if part.phrase.key == "unknown.open_undecided"]
    titles = [title["en"] for title in note.phrase.args["title"]]
    assert "Horizon Europe Health 2026 calls: disease" in titles
    assert "appel-horizon-2026-disease" not in answer.facts


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Quelles cibles ont été manquées ?", {"cible-235000-genomes-an", "cible-12-plateformes"}),
        ("Which targets were not reached?", {"cible-235000-genomes-an", "cible-12-plateformes"}),
        (
            "Which targets were reached?",
            {"cible-100000-genomes-uk", "cible-irdirc-200-therapies", "cible-finngen-500000"},
        ),
        (
            "Quelles cibles ont été atteintes ?",
            {"cible-100000-genomes-uk", "cible-irdirc-200-therapies", "cible-finngen-500000"},
        ),
        ("Which agreements were superseded?", {"partenariat-france-suede-2017", "declaration-france-suede-2019"}),
        ("Quels accords sont caducs ?", {"partenariat-france-suede-2017", "declaration-france-suede-2019"}),
    ],
)
def test_a_status_in_one_word_or_several_filters(ask: Asker, text: str, ids: set[str]) -> None:
    assert set(ask(text).facts) == ids


@pytest.mark.parametrize(
    "text",
    [
        "Quelles cibles n'ont pas été atteintes ?",
        "Which targets have not been met?",
        "Which targets have not been hit?",
    ],
)
def test_targets_not_met_are_not_those_that_were(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert "cible-100000-genomes-uk" not in answer.facts


@pytest.mark.parametrize(
    "text",
    ["Which calls have not closed yet?", "Quels appels ne sont pas encore clos ?", "Which calls are not closed?"],
)
def test_calls_not_closed_are_not_those_that_are(ask: Asker, text: str) -> None:
    answer = ask(text, WINTER)
    assert answer.band != "sure" or "appel-erare-2018" not in answer.facts


@pytest.mark.parametrize(
    "text", ["Quels accords ont été signés ou renouvelés ?", "Which agreements were signed or renewed?"]
)
def test_either_of_two_statuses_will_do(ask: Asker, text: str) -> None:
    assert {"mou-suede-gms-2021", "mou-gms-dngc-2024"} <= set(ask(text).facts)


@pytest.mark.parametrize("text", ["Quels ateliers à Copenhague ?", "Which workshops in Copenhagen?"])
def test_a_town_filters_in_both_languages(ask: Asker, text: str) -> None:
    assert ask(text).facts == ("atelier-gms-dngc-2024",)


@pytest.mark.parametrize("text", ["Les quatre ateliers", "Quels sont les quatre ateliers ?"])
def test_a_number_of_them_chooses_the_reading_that_finds_as_many(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.count == 4
    assert all(record_id.startswith("atelier-") for record_id in answer.facts)


@pytest.mark.parametrize("text", ["Quels accords avec le Japon ?", "List agreements with Japan"])
def test_a_country_without_an_agreement_is_no_record(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.band, answer.facts, answer.set) == ("unknown", (), None)
    assert said(answer) == ["unknown.lead", "unknown.none_match"]
    assert noted(answer) == ["answer.filters", "unknown.ask_coordinator"]


def test_ten_are_shown_and_the_rest_is_counted(ask: Asker) -> None:
    answer = ask("Which calls are closed?")
    (shown,) = parts(answer, Listing)
    assert len(shown.items) == 10 and shown.total == answer.count
    (more,) = [note.phrase for note in parts(answer, Note) if note.phrase.key == "answer.more"]
    assert more.args["count"] == shown.total - 10


def test_each_line_carries_the_day_that_the_question_is_about(ask: Asker) -> None:
    (shown,) = parts(ask("Quels appels ferment en mars 2026 ?"), Listing)
    detail = shown.items[0].detail
    assert detail is not None and detail.args["label"]["fr"] == "Clôture"
    assert str(detail.args["value"]) == "2026-03-10"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Quelles expositions sont ouvertes ?", {"expo-horloges"}),
        ("Which exhibitions are closed?", {"expo-verre"}),
        ("Quelles expositions à Anvers ?", {"expo-horloges", "expo-verre"}),
        ("Which exhibitions in Antwerp?", {"expo-horloges", "expo-verre"}),
        ("Which exhibitions close in 2031?", {"expo-horloges"}),
        ("Quelles cibles ont été manquées ?", {"cible-climat"}),
        ("Quels événements en mars 2030 ?", {"journee-caisses"}),
        ("Which retrospectives?", {"expo-verre"}),
    ],
)
def test_another_programme_is_listed_as_well(museum: Asker, text: str, ids: set[str]) -> None:
    answer = museum(text)
    assert (answer.band, answer.form) == ("sure", "list")
    assert ids <= set(answer.facts)
    assert parts(answer, Say)[0].strong


@pytest.mark.parametrize("text", ["Quels accords avec la Finlande ?", "Which agreements do we have with Finland?"])
def test_with_means_the_programme_s_own_country_whichever_it_is(museum: Asker, text: str) -> None:
    assert museum(text).band == "unknown", "Finland has one with Portugal, not with Belgium"
    assert museum("Which agreements between Portugal and Finland?").facts == ("pret-portugal-finlande",)


@pytest.mark.parametrize("text", ["Quelles expositions sont ouvertes ?", "Which exhibitions are open?"])
def test_what_opened_and_never_closes_is_not_passed_over_in_silence(museum: Asker, text: str) -> None:
    answer = museum(text)
    assert "expo-reserve" in answer.facts or "unknown.open_undecided" in noted(answer)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Liste des groupes et comités enregistrés ?", 10),
        ("Quelles sont les quatre grandes activités de collaboration ?", 4),
        ("Quels indicateurs d'activité avons-nous ?", 4),
        ("La liste des joint transnational calls d'EP PerMed", 3),
        ("Which targets are still being worked on?", 10),
        ("Which organisations are no longer running under their name?", 3),
        ("Dossiers complets attendus en 2020 et 2021 ?", 2),
    ],
)
def test_a_kind_and_its_narrower_names_list_what_they_say(ask: Asker, text: str, count: int) -> None:
    answer = ask(text)
    assert (answer.band, answer.form, answer.count) == ("sure", "list", count)


def test_what_one_can_apply_to_today_is_open_today(ask: Asker) -> None:
    applying = ask("À quels appels peut-on candidater aujourd'hui ?", today=WINTER)
    assert applying.set == ask("Quels appels sont ouverts aujourd'hui ?", today=WINTER).set
    assert applying.count


def test_a_plural_that_no_list_fits_is_left_to_the_one_fact_meant(ask: Asker) -> None:
    answer = ask("For which joint calls did the French research agency host the secretariat?")
    assert (answer.form, answer.facts[:1]) == ("lookup", ("anr-secretariat-appels",))
    assert ask("Quels accords avec le Japon ?").band == "unknown"


def test_the_plan_is_no_plan_to_do_something(ask: Asker) -> None:
    assert [tag for tag in ask.read("les indicateurs du plan").tags if tag.topic == "status"] == []


@pytest.mark.parametrize("text", ["Which calls close in March 2031?", "Combien d'appels ferment en mars 2031 ?"])
def test_an_empty_list_says_how_the_period_was_read(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.band == "unknown"
    assert "answer.period" in noted(answer)
