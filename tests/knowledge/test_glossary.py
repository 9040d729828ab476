from __future__ import annotations

from collections import defaultdict

import pytest

from knowledge.countries import fold_words, load_countries
from knowledge.glossary import load_glossary
from knowledge.search.wordlists import FUNCTION_WORDS_EN, FUNCTION_WORDS_FR, QUESTION_WORDS


def groups_of(form: str) -> list[tuple[str, ...]]:
    return [group for group in load_glossary() if fold_words(form) in map(fold_words, group)]


def test_there_are_a_few_hundred_groups_each_with_both_languages() -> None:
    assert 300 <= len(load_glossary()) <= 400
    assert all(len(group) >= 2 for group in load_glossary())


def test_a_form_stands_in_one_group_only() -> None:
    owners = defaultdict(set)
    for number, group in enumerate(load_glossary()):
        for form in group:
            owners[fold_words(form)].add(number)
    assert {form for form, groups in owners.items() if len(groups) > 1} == set()


def test_forms_are_short_phrases_that_say_something() -> None:
    little = FUNCTION_WORDS_EN | FUNCTION_WORDS_FR | QUESTION_WORDS
    for group in load_glossary():
        for form in group:
            assert form == form.strip()
            assert 1 <= len(fold_words(form).split()) <= 12
            assert fold_words(form) not in little, form


def test_no_form_names_a_country() -> None:
    countries = {word for country in load_countries().values() for word in country.words}
    assert {form for group in load_glossary() for form in group if fold_words(form) in countries} == set()


@pytest.mark.parametrize("form", ["PM", "GMS", "GT", "CAD", "CR", "MR", "HAS", "AMI", "JTC2025", "NGC", "but", "US"])
def test_what_means_two_things_is_left_out(form: str) -> None:
    assert groups_of(form) == []


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("mémorandum d'entente", "MoU"),
        ("protocole d'accord", "memorandum of understanding"),
        ("déclaration commune", "joint declaration"),
        ("appel à projets", "call for proposals"),
        ("AAP", "call"),
        ("pré-proposition", "pre-proposal"),
        ("dossier complet", "full proposal"),
        ("échéance", "deadline"),
        ("clôture", "closing date"),
        ("groupe de travail", "WG"),
        ("lot de travail", "work package"),
        ("médecine personnalisée", "precision medicine"),
        ("examen pangénomique", "WGS"),
        ("préindication", "pre-indication"),
        ("RCP", "tumour board"),
        ("comptes rendus", "report"),
        ("maladies rares", "rare diseases"),
        ("partage de données", "data sharing"),
        ("plateforme informatique nationale", "national informatics platform"),
        ("économie de la santé", "health economics"),
        ("accès au marché", "market access"),
        ("TIC", "ICT"),
        ("dépistage néonatal", "NBS"),
        ("EEDS", "EHDS"),
        ("veille", "horizon scanning"),
        ("filière industrielle", "industrial sector"),
        ("cadre normatif", "normative framework"),
        ("financement", "funding"),
        ("argent", "money"),
        ("séquençage", "sequencing"),
        ("nouveau-né", "newborn"),
        ("feuille de route", "roadmap"),
        ("livre blanc", "white paper"),
        ("hôpital", "hospital"),
        ("normes", "standards"),
        ("assurance maladie", "health insurance"),
        ("comité", "board"),
        ("réseau", "network"),
        ("loi", "law"),
        ("éthique", "ethics"),
        ("société", "society"),
        ("médicament", "drug"),
        ("cohorte", "cohort"),
        ("échantillon", "sample"),
        ("volontaire", "volunteer"),
        ("lancement", "kick-off"),
        ("prix", "award"),
        ("reconnaissance", "recognition"),
        ("jumelage", "twinning"),
        ("laboratoire", "lab"),
        ("renouvellement", "renewal"),
        ("cible", "goal"),
        ("article", "paper"),
    ],
)
def test_a_french_word_finds_its_english_one(french: str, english: str) -> None:
    (group,) = groups_of(french)
    assert group in groups_of(english)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("accord", "mémorandum"),
        ("lettre d'intention", "accord"),
        ("ERDERA", "EJP RD"),
        ("santé publique", "santé"),
        ("préindication", "prescription"),
        ("pré-proposition", "dossier complet"),
        ("atelier", "conférence"),
        ("volontaire", "base volontaire"),
        ("société", "société commerciale"),
    ],
)
def test_neighbours_in_meaning_are_kept_apart(one: str, other: str) -> None:
    assert groups_of(one) != groups_of(other) != []
