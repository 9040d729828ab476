"""Words of a text: what folds together, what is left out, what is kept whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.text import fold, stems, tokens, words


def test_accents_case_and_ligatures_fold_away() -> None:
    assert fold("Œuvre SÉQUENÇAGE ex æquo") == "oeuvre sequencage ex aequo"


@pytest.mark.parametrize("text", ["l'appel d’offres", "L’APPEL D'OFFRES", "appel offres"])
def test_elided_articles_are_left_out_with_either_apostrophe(text: str) -> None:
    assert words(text) == ("appel", "offres")


def test_an_english_possessive_is_left_out() -> None:
    assert words("Denmark's centre") == ("denmark", "centre")


@pytest.mark.parametrize("text", ["100 000", "100\u202f000", "100,000", "100.000", "100k", "100 k€", "100000"])
def test_a_number_reads_the_same_in_each_spelling(text: str) -> None:
    assert words(text)[0] == "100000"


@pytest.mark.parametrize(("text", "number"), [("1,5 million", "1500000"), ("45 M€", "45000000"), ("2.50", "2.5")])
def test_sizes_and_decimals_are_worked_out(text: str, number: str) -> None:
    assert words(text)[0] == number


def test_years_in_a_row_stay_years() -> None:
    assert words("2024 2025") == ("2024", "2025")


@pytest.mark.parametrize("text", ["premier", "première", "1er", "1ère", "first", "1st"])
def test_first_is_one_word_in_both_languages(text: str) -> None:
    assert words(text) == words("1er")


@pytest.mark.parametrize(
    ("french", "english"),
    [("deuxième", "2nd"), ("2e", "second"), ("troisième", "third"), ("12ème", "twelfth"), ("vingtième", "20th")],
)
def test_ordinals_agree_across_languages(french: str, english: str) -> None:
    assert words(french) == words(english)


def test_a_code_is_kept_whole_and_split() -> None:
    assert words("JTC2026") == ("jtc2026", "jtc", "2026")
    assert words("1+MG") == ("1mg", "mg")
    assert "b1mgplus" in words("B1MGplus")


def test_parts_of_a_code_share_its_place() -> None:
    whole, letters, digits, after = tokens("JTC2026 clos")
    assert (whole.place, letters.place, digits.place, after.place) == (0, 0, 0, 1)
    assert whole.typed == "JTC2026"


@pytest.mark.parametrize(("one", "other"), [("signée", "signées"), ("atelier", "ateliers"), ("workshop", "workshops")])
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert set(stems(one)) & set(stems(other))


@given(st.text(max_size=400))
def test_any_text_gives_words_without_capitals_or_spaces(text: str) -> None:
    for word in words(text):
        assert word
        assert word == word.lower()
        assert " " not in word


@pytest.mark.parametrize(
    "text", ["Quel est l’accord signé avec l'Union européenne ?", "aujourd'hui, le J.O. (R&D) d`été", "ÉTÉ — œuvre"]
)
def test_a_number_elsewhere_in_a_text_does_not_change_how_its_words_are_read(text: str) -> None:
    alone, beside = tokens(text), tokens(f"{text} 5")
    assert alone == beside[: len(alone)]
    assert len(beside) == len(alone) + 1
