from __future__ import annotations

from collections import defaultdict

import pytest

from knowledge.countries import find_countries, fold_words, load_countries, load_regions
from knowledge.search.text import stems


def named(text: str) -> list[str]:
    """Codes of the countries and names of the regions in a text."""
    return [
        name for mention in find_countries(text) for name in ([mention.region] if mention.region else mention.codes)
    ]


def test_every_country_of_the_standard_is_there_with_names_in_both_languages() -> None:
    countries = load_countries()
    assert len(countries) == 251
    assert {"FR", "DK", "NO", "EU", "XK"} <= countries.keys()
    for code, country in countries.items():
        assert code == country.code
        assert len(code) == 2
        assert country.names["fr"]
        assert country.names["en"]
        assert country.words or country.capitals or len(country.names["fr"].split()) > 3


def test_words_are_folded_short_and_belong_to_one_country_or_region() -> None:
    owners = defaultdict(set)
    for country in load_countries().values():
        for word in (*country.words, *country.prefixes):
            owners[word].add(country.code)
    for region in load_regions().values():
        for word in region.words:
            owners[word].add(region.name)
    assert {word for word in owners if word != fold_words(word) or len(word.split()) > 3} == set()
    assert {word: codes for word, codes in owners.items() if len(codes) > 1} == {}


def test_no_two_countries_share_the_stem_of_a_word() -> None:
    owners = defaultdict(set)
    for country in load_countries().values():
        for word in country.words:
            for stem in stems(word) if " " not in word else ():
                owners[stem].add(country.code)
    shared = {stem: codes for stem, codes in owners.items() if len(codes) > 1}
    assert shared.keys() <= {"guyan"}  # Guyane and Guyana


def test_regions_stand_for_countries_that_are_there() -> None:
    for region in load_regions().values():
        assert set(region.codes) <= load_countries().keys()
        assert len(set(region.codes)) == len(region.codes) > 1
    assert set(load_regions()["nordics"].codes) >= {"DK", "SE", "NO", "FI", "IS"}
    assert len(load_regions()["africa"].codes) == 55
    assert "europe" not in load_regions()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("les Danois et les suédoises", ["DK", "SE"]),
        ("Danes, Swedes and Brits", ["DK", "SE", "GB"]),
        ("what do we have with the UK? or the uk", ["GB", "GB"]),
        ("les Anglais, l'Écosse, Wales", ["GB", "GB", "GB"]),
        ("L'entente québécoise", ["CA"]),
        ("the Emirati programme, les Émirats", ["AE", "AE"]),
        ("Corée, Corée du Sud, South Korea", ["KR", "KR", "KR"]),
        ("ETATS-UNIS, etats unis, USA, US, U.S., the States, americaines", ["US"] * 7),
        ("république tchèque, Czechia, tchèques", ["CZ"] * 3),
        ("Afrique du Sud, pays d'Afrique", ["ZA", "africa"]),
        ("Amérique latine, Latin America", ["latin-america"] * 2),
        ("British Columbia, Colombie-Britannique, Colombie", ["CA", "CA", "CO"]),
        ("Irlande du Nord, Irlande", ["GB", "IE"]),
        ("Guinée-Bissau, Guinée équatoriale, Guinée", ["GW", "GQ", "GN"]),
        ("les pays nordiques", ["nordics"]),
        ("Côte d’Ivoire, Pays-Bas, the Netherlands", ["CI", "NL", "NL"]),
        ("Polish partners in Turkey, Georgia and Chad", ["PL", "TR", "GE", "TD"]),
        ("une déclaration de l'UE, an EU call", ["EU", "EU"]),
    ],
)
def test_countries_are_found_under_their_names_adjectives_and_people(text: str, codes: list[str]) -> None:
    assert named(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("franco-suédois", ["FR", "SE"]),
        ("Franco-Swedish", ["FR", "SE"]),
        ("l'accord franco-britannique", ["FR", "GB"]),
        ("germano-danois", ["DE", "DK"]),
        ("French-British summit", ["FR", "GB"]),
        ("UK-FR GENE", ["GB", "FR"]),
        ("SINO-EU PerMed", ["CN", "EU"]),
        ("sino-européen", ["CN"]),
        ("EU-Africa PerMed", ["EU", "africa"]),
    ],
)
def test_a_compound_names_both_its_countries(text: str, codes: list[str]) -> None:
    assert named(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "what can they tell us about it",
        "QUI A EU LE PRIX ?",
        "TELL US THE DEADLINE",
        "l'atelier a eu lieu",
        "DE IT NO SE",
        "de it no se in is",
        "polish this text",
        "la réunion de lundi",
        "Maurice et Dominique ont signé",
        "pôle de compétitivité, poles",
        "the Member States",
        "Franco a dit non",
        "FinnGen, EULAC, JTC2026",
        "l'eau, EHDS",
        "européen, European, Europe",
        "le cap, la chaîne, no man",
    ],
)
def test_ordinary_words_and_codes_are_no_countries(text: str) -> None:
    assert named(text) == []


def test_a_mention_says_where_it_stands() -> None:
    text = "Quoi de neuf en Nouvelle-Zélande ?"
    (mention,) = find_countries(text)
    assert text[mention.start : mention.end] == mention.text == "Nouvelle-Zélande"
