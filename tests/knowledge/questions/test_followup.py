"""A question that leans on the one before it: the thread's topic stands in for what is left out."""

from __future__ import annotations

import pytest

from knowledge.questions.form import Topic
from tests.knowledge.asking import WINTER, Asker, card, offered, said


@pytest.mark.parametrize(
    ("first", "then", "field", "value"),
    [
        ("When did B1MG start?", "when did it end?", "ends", "2023-05-31"),
        ("Quand a commencé B1MG ?", "et il s'est terminé quand ?", "ends", "2023-05-31"),
        ("What is the budget of JTC2024?", "what time does it close?", "deadline_time", "17:00"),
        ("What is the budget of JTC2024?", "the full proposal?", "full_proposal_deadline", "2024-06-20"),
        ("Quand ferme l'appel EP PerMed JTC2025 ?", "et le budget ?", "budget", 36_500_000),
        ("Qui a signé l'accord France-Royaume-Uni ?", "quand ?", "signed", "2018-01-18"),
        ("Who signed the 2021 Swedish memorandum?", "when?", "signed", "2021-10-14"),
    ],
)
def test_another_field_is_asked_of_the_same_fact(
    ask: Asker, first: str, then: str, field: str, value: str | int
) -> None:
    before, after = ask.thread(first, then)
    assert after.facts == before.facts[:1]
    assert (after.band, after.field, after.value) == ("sure", field, value)


@pytest.mark.parametrize(
    ("first", "then", "fact", "value"),
    [
        ("Quand ferme JTC2024 ?", "et JTC2021 ?", "appel-era-permed-jtc2021", "2021-03-04"),
        ("When does JTC2024 close?", "what about JTC2021?", "appel-era-permed-jtc2021", "2021-03-04"),
        ("Où en est All of Us ?", "et Our Future Health ?", "cible-our-future-health", 1_000_000),
        ("C'est quoi SeqOIA ?", "et AURAGEN ?", "auragen", None),
        ("What is SeqOIA?", "and AURAGEN?", "auragen", None),
    ],
)
def test_the_same_is_asked_of_another_fact(
    ask: Asker, first: str, then: str, fact: str, value: str | int | None
) -> None:
    before, after = ask.thread(first, then)
    assert (after.band, after.facts[0], after.value) == ("sure", fact, value)
    assert after.field == before.field


@pytest.mark.parametrize(
    ("first", "then"),
    [("When did B1MG end?", "how about GDI?"), ("Quand s'est terminé B1MG ?", "et le projet DEFIDIAG ?")],
)
def test_another_fact_without_that_field_is_unknown(ask: Asker, first: str, then: str) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.value) == ("unknown", None)
    assert "unknown.field" in said(after)


@pytest.mark.parametrize(
    ("first", "then", "lang"),
    [
        ("Quand ferme l'appel EP PerMed JTC2025 ?", "en anglais stp", "en"),
        ("C'est quoi SeqOIA ?", "in English please", "en"),
        ("When was the agreement with the UK signed?", "en français svp", "fr"),
        ("When did B1MG end?", "in French please", "fr"),
    ],
)
def test_the_same_answer_can_be_had_in_the_other_language(ask: Asker, first: str, then: str, lang: str) -> None:
    before, after = ask.thread(first, then)
    assert after.lang == lang != before.lang
    assert after.message == before.message


def test_the_answer_to_a_follow_up_can_be_had_in_the_other_language(ask: Asker) -> None:
    *_, before, after = ask.thread("Quand ferme l'appel EP PerMed JTC2025 ?", "et le budget ?", "en anglais stp")
    assert after.lang == "en"
    assert (after.facts, after.value) == (before.facts, before.value)


def test_a_name_does_not_change_the_language_of_a_thread(ask: Asker) -> None:
    _, after = ask.thread("Où en est All of Us ?", "et Our Future Health ?")
    assert after.lang == "fr"


def test_thanks_do_not_end_the_topic(ask: Asker) -> None:
    _, thanks, after = ask.thread("C'est quoi le projet B1MG ?", "Merci !", "il se termine quand ?")
    assert thanks.topic is None
    assert (after.facts, after.value) == (("projet-b1mg",), "2023-05-31")


@pytest.mark.parametrize(
    "then",
    [
        "who chairs it?",
        "qui le préside ?",
    ],
)
def test_what_the_fact_in_focus_does_not_say_is_unknown(ask: Asker, then: str) -> None:
    _, after = ask.thread("Qui a signé l'accord France-Royaume-Uni ?", then)
    assert after.band == "unknown"
    assert "unknown.word" in said(after)


@pytest.mark.parametrize(
    "then", ["et quand ferme-t-il ?", "And the second stage?", "Who signed it?", "et le suédois ?"]
)
def test_without_a_topic_nothing_is_leant_on(ask: Asker, then: str) -> None:
    answer = ask(then)
    assert answer.form != "followup"


@pytest.mark.xfail(reason="two ordinary words of a follow-up are enough to name a fact outright", strict=False)
def test_without_a_topic_a_follow_up_is_no_sure_answer(ask: Asker) -> None:
    assert ask("And the second stage?").band != "sure"


def test_a_topic_whose_facts_are_gone_is_no_topic(ask: Asker) -> None:
    gone = Topic(("no-such-fact",), "closes", "attribute", "fr", "Quand ferme-t-il ?")
    with_topic, without = ask("Quand ferme JTC2024 ?", topic=gone), ask("Quand ferme JTC2024 ?")
    assert with_topic == without


@pytest.mark.parametrize(
    ("first", "whole"),
    [
        ("What is SeqOIA?", "When did B1MG end?"),
        ("C'est quoi SeqOIA ?", "Qui a signé l'accord France-Royaume-Uni ?"),
        ("Quand ferme JTC2024 ?", "Où en est All of Us ?"),
        ("What is SeqOIA?", "What is the next deadline?"),
        ("C'est quoi SeqOIA ?", "Prochaine échéance maladies rares ?"),
        ("When does JTC2025 close?", "Which calls are open?"),
        ("Which calls are open?", "Which calls are closed?"),
        ("Which calls are open?", "Combien d'appels sont clos ?"),
        ("Which calls are open?", "Quels appels ferment en 2024 ?"),
        ("Quand ferme JTC2024 ?", "Quels accords avec la Suède ?"),
    ],
)
def test_a_whole_question_is_answered_as_if_it_stood_alone(ask: Asker, first: str, whole: str) -> None:
    _, inside = ask.thread(first, whole, today=WINTER)
    alone = ask(whole, WINTER)
    assert (inside.band, inside.facts, inside.value, inside.count) == (
        alone.band,
        alone.facts,
        alone.value,
        alone.count,
    )


def test_another_programme_keeps_its_thread_as_well(museum: Asker) -> None:
    first, second, third, fourth = museum.thread(
        "What is Blown Glass?", "when did it close?", "and Pocket Clocks?", "where is it?"
    )
    assert [answer.facts[0] for answer in (first, second, third, fourth)] == [
        "expo-verre",
        "expo-verre",
        "expo-horloges",
        "expo-horloges",
    ]
    assert [answer.value for answer in (second, third, fourth)] == ["2030-11-02", "2031-09-30", "Anvers"]


def test_another_programme_picks_by_place_in_french(museum: Asker) -> None:
    before, picked, closing = museum.thread("Quelles expositions à Anvers ?", "la deuxième", "quand ferme-t-elle ?")
    assert picked.facts == closing.facts == (before.facts[1],)
    assert card(picked).record_id == before.facts[1]
    assert closing.field == "closes"


def test_several_facts_in_focus_are_a_choice(ask: Asker) -> None:
    before, after = ask.thread("Quels accords avec la Suède ?", "qui l'a signé ?")
    assert after.band in ("unsure", "sure")
    assert after.band == "sure" or set(offered(after)) <= set(before.facts)


@pytest.mark.parametrize(
    ("first", "then", "fact", "value"),
    [
        ("La deuxième conférence ICPerMed, quel jour ?", "et la première ?", "icpermed-conf-berlin-2018", "2018-11-20"),
        ("When was the second ICPerMed conference?", "and the first?", "icpermed-conf-berlin-2018", "2018-11-20"),
        (
            "When was the MoU between Qatar and Genomics England announced?",
            "who signed for Genomics England?",
            "mou-qatar-genomics-england-2019",
            "Mark Caulfield",
        ),
        (
            "Le MoU entre Aviesan et le Danemark a été annoncé quand ?",
            "et le suédois de 2021 ?",
            "mou-suede-gms-2021",
            "2021-10-14",
        ),
    ],
)
def test_an_edition_a_body_or_a_country_in_place_of_another(
    ask: Asker, first: str, then: str, fact: str, value: str
) -> None:
    answer = ask(then, topic=ask(first).topic)
    assert (answer.band, answer.facts[:1]) == ("sure", (fact,))
    assert value in str(answer.value)


def test_an_aim_is_an_aim_after_a_question_about_progress(ask: Asker) -> None:
    before = ask("How many participants has All of Us recruited so far?")
    assert ask("what about the Emirati goal?", topic=before.topic).value == 1_000_000


@pytest.mark.parametrize(
    ("first", "then", "fact", "value"),
    [
        (
            "All of Us vise combien de volontaires ?",
            "et les Anglais avec Our Future Health ?",
            "cible-our-future-health",
            5_000_000,
        ),
        (
            "When did Germany sign 1+MG?",
            "and the project with Africa, when did it start?",
            "projet-eu-africa-permed",
            "2021-02",
        ),
        (
            "Quand la France a-t-elle rejoint 1+MG ?",
            "et l'Allemagne, elle a rejoint quand ?",
            "adhesion-allemagne-1mg-2020",
            "2020-01-16",
        ),
        (
            "Where was the GDI general assembly?",
            "and the patients forum, when was that?",
            "forum-gdi-patients-2024",
            "2024-10-10",
        ),
    ],
)
def test_another_fact_is_told_by_a_word_that_the_one_in_focus_does_not_hold(
    ask: Asker, first: str, then: str, fact: str, value: str | int
) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.facts[0], after.value) == ("sure", fact, value)


def test_what_is_counted_per_meeting_asks_for_no_meeting(ask: Asker) -> None:
    _, after = ask.thread("Quand ferme l'appel NSS d'ERDERA ?", "combien par réunion ?")
    assert (after.facts[0], after.value) == ("appel-erdera-nss", 30_000)
