"""What the fact in focus has to do with others."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker


@pytest.mark.parametrize(
    ("first", "then", "fact"),
    [
        ("Le 100 000 Genomes Project s'est terminé quand ?", "l'objectif a été atteint ?", "cible-100000-genomes-uk"),
        ("C'est quoi le projet DEFIDIAG ?", "quelle est sa cible ?", "cible-defidiag-3825"),
        ("What is the DEFIDIAG project?", "how many participants?", "cible-defidiag-3825"),
        ("Où en est la part de la France dans Genome of Europe ?", "and their target?", "cible-goe-100000"),
        ("C'est quoi le projet GDI ?", "par quel appel a-t-il été financé ?", "appel-digital-gdi-2021"),
        ("Le GT éthique du PFMG, il fait quoi ?", "quelles rencontres a-t-il organisées ?", "rencontres-shs-2022"),
        (
            "Les deux plateformes ont été annoncées quand ?",
            "par quel appel on les a choisies ?",
            "appel-plateformes-2016",
        ),
        ("When did Aviesan and Genomics England sign?", "and what was the occasion?", "sommet-franco-britannique-2018"),
        (
            "Le kick-off de Genome of Europe, c'était où ?",
            "le projet dure combien de temps ?",
            "projet-genome-of-europe",
        ),
        ("How many calls must EP PerMed launch by 2030?", "which is the latest?", "appel-ep-permed-jtc2026"),
        ("ICoNS, c'est quoi ?", "quel projet français en fait partie ?", "projet-perigenomed"),
        ("How many people has SG100K enrolled?", "who do they sequence with?", "accord-precise-illumina-2022"),
    ],
)
def test_the_one_linked_fact_of_the_kind_named_is_meant(ask: Asker, first: str, then: str, fact: str) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.facts) == ("sure", (fact,))


def test_a_kind_with_a_subject_of_its_own_is_another_question(ask: Asker) -> None:
    _, after = ask.thread("What is Genomics England?", "what is the agreement between Qatar and Genomics England?")
    assert after.facts == ("mou-qatar-genomics-england-2019",)


def test_another_programme_has_relations_too(museum: Asker) -> None:
    _, after = museum.thread("What is Casa dos Mapas?", "which agreements do they have?")
    assert set(after.facts) == {"pret-belgique-portugal", "pret-portugal-finlande"}


@pytest.mark.parametrize(
    ("first", "then", "facts"),
    [
        (
            "What is the Danish National Genome Center?",
            "do we have an agreement with them?",
            ("mou-danemark-dngc-2023",),
        ),
        ("C'est quoi Genomics England ?", "on a un accord avec eux ?", ("accord-france-royaume-uni-2018",)),
    ],
)
def test_what_we_have_with_the_body_in_focus(ask: Asker, first: str, then: str, facts: tuple[str, ...]) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.facts) == ("sure", facts)


def test_a_number_that_nothing_here_counts_is_unknown(ask: Asker) -> None:
    _, after = ask.thread("La conférence sous présidence espagnole, c'était quand ?", "combien de participants ?")
    assert after.band == "unknown"


def test_which_of_those_shown_goes_before_a_relation(ask: Asker) -> None:
    *_, after = ask.thread(
        "Is there a French-Danish MoU?", "what activities does it include?", "which one deals with tests?"
    )
    assert (after.band, after.facts) == ("sure", ("activite-normalisation-tests",))


def test_what_happened_to_the_two_is_linked_to_both(ask: Asker) -> None:
    *_, after = ask.thread("C'est quoi SeqOIA ?", "et AURAGEN ?", "when were the two made public?")
    assert (after.band, after.facts[:1]) == ("sure", ("annonce-plateformes-2017",))


def test_a_thing_of_a_kind_that_nothing_is_linked_to_is_not_made_up(ask: Asker) -> None:
    _, after = ask.thread("L'appel Digital Europe sur la pérennité, quel budget ?", "il a financé quel projet ?")
    assert after.band != "sure"


def test_through_which_bodies_is_told_by_the_card(ask: Asker) -> None:
    _, after = ask.thread("How many samples must France sequence for Genome of Europe?", "through which bodies?")
    assert (after.band, after.facts) == ("sure", ("part-france-goe",))


def test_those_that_a_target_counts_are_listed(ask: Asker) -> None:
    _, after = ask.thread("Combien de plateformes étaient prévues en 2025 ?", "lesquelles ?")
    assert after.set is not None and set(after.set) == {"seqoia", "auragen"}


def test_this_project_is_the_one_that_the_fact_belongs_to(ask: Asker) -> None:
    _, after = ask.thread("C'est quoi la déclaration de Dakar ?", "ce projet a coûté combien ?")
    assert (after.band, after.facts) == ("sure", ("projet-eu-africa-permed",))
