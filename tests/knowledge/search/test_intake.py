"""Texts into numbers, many documents at once."""

from __future__ import annotations

import pytest

from knowledge.search.index import Document, SearchIndex
from knowledge.search.intake import take
from knowledge.search.lexicon import Lexicon
from knowledge.search.postings import LONGEST_VIEW, TITLE, Pages
from knowledge.search.text import tokens

TEXTS = (
    "L'accord avec l'Université d'Aarhus, signé le 1 er avril 2027",
    "Un budget de 1 200 000 € sur 3 ans (JTC2026), puis 4 M eur ;  et 3 millions",
    "Réunion du 2 ème comité : 14h30, salle B-12 … «\u00a0ouverte\u00a0»",
    "aujourd'hui prud'hommes don't R&D E.U. 3,5 12.50 1'000 C++ x",
    "\u00bd \ufb01n \u200b ",
    "",
)


def _held(pages: Pages, lexicon: Lexicon, slot: int) -> list[str]:
    return [lexicon.spellings[number] for number in pages.of(slot).tolist()]


@pytest.mark.parametrize("text", TEXTS)
def test_words_read_in_spans_are_those_of_the_whole_text(text: str) -> None:
    lexicon, pages = Lexicon(), Pages()
    take([[(TITLE, text)]], lexicon, pages)
    assert _held(pages, lexicon, 0) == [token.plain for token in tokens(text)]


def test_each_document_keeps_its_own_words_and_a_document_without_text_keeps_none() -> None:
    lexicon, pages = Lexicon(), Pages()
    take([[(TITLE, text)] for text in TEXTS] + [[]], lexicon, pages)
    assert [_held(pages, lexicon, slot) for slot in range(len(pages))] == [
        *([token.plain for token in tokens(text)] for text in TEXTS),
        [],
    ]


def test_what_is_beyond_the_longest_text_is_left_out_of_that_text_only() -> None:
    lexicon, pages = Lexicon(), Pages()
    take([[(TITLE, "mot " * (LONGEST_VIEW + 5)), (TITLE, "fin")]], lexicon, pages)
    assert _held(pages, lexicon, 0) == [*["mot"] * LONGEST_VIEW, "fin"]


def test_a_base_put_at_once_answers_as_one_put_one_by_one() -> None:
    documents = [
        Document("a", ("Évaluation des projets",), ("évaluer",), ("Les experts évaluent 1 200 projets en 2026.",)),
        Document("b", ("Calendrier des appels",), (), ("L'appel ferme le 3 mars 2027 ; les projets suivent.",)),
        Document("a", ("Évaluation des dossiers",), (), ("Les experts lisent.",)),
    ]
    together, apart = SearchIndex(), SearchIndex()
    together.put_all(documents)
    for document in documents:
        apart.put(document)
    for question in ("evaluation", "projets", "calandrier 2027", "1200 projets"):
        assert together.search(question) == apart.search(question)
        assert all(together.weight(word) == apart.weight(word) for word in question.split())
