"""The lists of everyday words: how they are written, what they hold, and the language they tell."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from knowledge.search import common
from knowledge.search.common import common_en, common_fr, is_common, language_of_words

ROOT = Path(__file__).parents[3]
FILES = ("common_fr.txt", "common_en.txt")


def listed(name: str) -> list[str]:
    """The words of a file in order, repeated ones as often as they stand there."""
    lines = Path(common.__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


@pytest.mark.parametrize("name", FILES)
def test_a_file_holds_folded_words_only(name: str) -> None:
    assert [word for word in listed(name) if not re.fullmatch("[a-z]+", word)] == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_holds_no_word_twice(name: str) -> None:
    words = listed(name)
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_neither_a_stub_nor_a_dictionary(name: str) -> None:
    assert 2500 <= len(listed(name)) <= 7500


def test_the_functions_give_what_the_files_hold() -> None:
    assert common_fr() == set(listed("common_fr.txt"))
    assert common_en() == set(listed("common_en.txt"))


@pytest.mark.parametrize(
    "text",
    [
        "passe passent passer passait passee passes concerne concernent arrive arrivent porte portent tient tenus",
        "explication explique paie paye payer sous dessous aujourdhui oeuf imprimante ordinateur collegue recette meteo",
        "bonjour merci combien septembre lundi quinze outils numeriques date limite",
    ],
)
def test_everyday_french_is_listed(text: str) -> None:
    assert set(text.split()) - common_fr() == set()


@pytest.mark.parametrize(
    "text",
    [
        "labs paid side altogether involve involves involved involving people day week thing place money meal weather",
        "office train ticket computer colleague boss letter password printer hello please september monday fifteen",
        "bring brought take took taken taking closing date topic dont whats",
    ],
)
def test_everyday_english_is_listed(text: str) -> None:
    assert set(text.split()) - common_en() == set()


@pytest.mark.parametrize("word", ["labs", "paid", "side", "explication", "passent", "altogether", "involve", "sous"])
def test_a_word_of_either_language_is_common(word: str) -> None:
    assert is_common(word)


@pytest.mark.parametrize("word", ["genomqiue", "explicatoin", "sequencage", "pasword", "qzx", ""])
def test_a_slip_or_a_word_of_the_domain_is_not_common(word: str) -> None:
    assert not is_common(word)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("outils numeriques date limite", "fr"),
        ("closing date topic", "en"),
        ("qui paye les deplacements", "fr"),
        ("which labs are involved", "en"),
        ("date", None),
        ("genomique 2027", None),
        ("mercredi wednesday", None),
        ("", None),
    ],
)
def test_words_tell_their_language_when_more_of_them_are_of_one_only(text: str, language: str | None) -> None:
    assert language_of_words(text.split()) == language


def test_no_file_is_read_at_import() -> None:
    code = "from knowledge.search import common as c; print(c.common_fr.cache_info().currsize + c.common_en.cache_info().currsize)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "0"


def test_the_lists_travel_with_the_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "**/*.txt" in settings["tool"]["setuptools"]["package-data"]["knowledge"]
