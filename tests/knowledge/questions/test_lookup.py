"""What a thing is: the fact with its card, a choice, or what is missing. The form of last resort always answers."""

from __future__ import annotations

import pytest

from knowledge.messages import Card, Say
from tests.knowledge.asking import Asker, card, noted, offered, parts, said


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("C'est quoi SeqOIA ?", "seqoia"),
        ("What is SeqOIA?", "seqoia"),
        ("Que prévoit l'accord avec l'Angleterre ?", "accord-france-royaume-uni-2018"),
        ("Tell me about the Danish genome agency", "dngc"),
        ("What is the 2027 pharmacogenomics call about?", "appel-horizon-2027-care-02"),
    ],
)
def test_a_thing_is_named_then_shown(ask: Asker, text: str, fact: str) -> None:
    answer = ask(text)
    assert (answer.band, answer.form, answer.facts) == ("sure", "lookup", (fact,))
    assert said(answer) == ["answer.about"] and parts(answer, Say)[0].strong
    assert card(answer).record_id == fact
    assert answer.value is None and answer.field == ""


def test_a_note_that_the_sources_disagree_is_on_the_card(ask: Asker, museum: Asker) -> None:
    shown = card(ask("What is the 2027 pharmacogenomics call about?"))
    assert "disagree" in shown.note["en"] and len(shown.other_sources) == 2
    charts = card(museum("C'est quoi Cartes marines ?"))
    assert charts.note["fr"].startswith("Le registre et le musée")
    assert [link.title for link in charts.other_sources] == ["Casa dos Mapas - programme"]


def test_a_fact_of_the_programme_s_own_page_is_marked(ask: Asker) -> None:
    fact = next(record for record in ask.base.records() if record.programme)
    other = next(record for record in ask.base.records() if not record.programme)
    titles = [one.titles["fr"] for one in (fact, other)]
    shown = [card(ask(f"C'est quoi « {title} » ?")) for title in titles]
    assert [one.programme for one in shown if one.record_id in (fact.id, other.id)] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "Notre accord avec le Japon ?",
        "Our agreement with Japan?",
        "Que prévoit notre accord avec le Japon ?",
        "What does the agreement with Japan cover?",
    ],
)
def test_an_agreement_with_a_country_that_has_none_is_unknown(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.band == "unknown"
    assert said(answer)[0] == "unknown.lead"
    assert parts(answer, Card) == []
    assert noted(answer) == ["unknown.ask_coordinator"]


@pytest.mark.parametrize(
    "text", ["Quelle est la capitale du Pérou ?", "What is the capital of Peru?", "who won the world cup"]
)
def test_what_has_nothing_to_do_with_the_base_is_unknown(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.band == "unknown" and parts(answer, Card) == []


def test_words_that_nothing_mentions_are_named(ask: Asker) -> None:
    (missing,) = [
        part.phrase
        for part in parts(ask("Quelle est la capitale du Pérou ?"), Say)
        if part.phrase.key == "unknown.word"
    ]
    assert "capitale" in missing.args["words"]


def test_the_nearest_facts_are_offered_and_not_asserted(ask: Asker) -> None:
    answer = ask("Où aura lieu la 14e conférence ICPerMed ?")
    assert "unknown.near" in said(answer)
    assert offered(answer) == list(answer.facts) and 1 <= len(answer.facts) <= 3
    assert answer.facts[0].startswith("icpermed")


def test_a_name_shared_by_several_is_a_choice(ask: Asker) -> None:
    answer = ask("What is Genome of Europe?")
    assert answer.band == "sure" or "projet-genome-of-europe" in offered(answer)
    assert "projet-genome-of-europe" in answer.facts


@pytest.mark.parametrize("text", ["C'est quoi ICPerMed ?", "What is ICPerMed?"])
def test_a_body_is_what_it_is_before_who_its_members_are(ask: Asker, text: str) -> None:
    assert ask(text).facts[0] == "icpermed"


def test_a_day_alone_asks_what_happened_on_it(ask: Asker) -> None:
    assert ask("Que s'est-il passé le 17 juillet 2017 ?").facts == ("annonce-plateformes-2017",)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("C'est quoi Cartes marines ?", "expo-cartes"),
        ("What is Sea Charts?", "expo-cartes"),
        ("What is the Verhaegen Museum?", "verhaegen"),
        ("C'est quoi Casa dos Mapas ?", "casa-dos-mapas"),
    ],
)
def test_another_programme_is_shown_its_facts(museum: Asker, text: str, fact: str) -> None:
    answer = museum(text)
    assert (answer.band, answer.facts) == ("sure", (fact,))


@pytest.mark.parametrize(
    "text", ["Notre accord avec le Japon ?", "Our agreement with Japan?", "Qui préside Casa dos Mapas ?"]
)
def test_another_programme_is_told_what_it_does_not_know(museum: Asker, text: str) -> None:
    answer = museum(text)
    assert answer.band == "unknown" and parts(answer, Card) == []


def test_a_word_that_is_missing_is_named_as_it_was_typed(ask: Asker) -> None:
    answer = ask("Quel est l'âge du capitaine ?")
    missing = next(part.phrase for part in parts(answer, Say) if part.phrase.key == "unknown.word")
    assert missing.args["words"] == ["age", "capitaine"]
