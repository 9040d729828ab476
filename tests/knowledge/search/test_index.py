"""The index as its users see it: documents in, hits out."""

from __future__ import annotations

from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.search.index import Document, SearchIndex

DENMARK = Document(
    "mou-denmark",
    ("Accord avec le Danemark (DNGC)", "Agreement with Denmark (DNGC)"),
    ("accord danois", "MoU Danemark"),
    ("Signé le 3 mai 2023 à Copenhague.", "Signed on 3 May 2023 in Copenhagen."),
)
JAPAN = Document(
    "mou-japan",
    ("Accord avec le Japon", "Agreement with Japan"),
    ("MoU Japon",),
    ("Coopération sur le séquençage et le partage de données.",),
)
WORKSHOP = Document(
    "workshop-3",
    ("Troisième atelier du groupe d'éthique", "Third workshop of the ethics group"),
    ("atelier éthique",),
    ("Réunion à Lyon sur le consentement.",),
)
CALL = Document(
    "jtc-2026",
    ("Appel EP PerMed JTC2026", "EP PerMed joint transnational call JTC2026"),
    ("JTC2026",),
    ("Budget de 100 000 euros par équipe.",),
)
EVERY = (DENMARK, JAPAN, WORKSHOP, CALL)


def index(*documents: Document, glossary: tuple[tuple[str, ...], ...] = ()) -> SearchIndex:
    made = SearchIndex(glossary)
    made.put_all(documents or EVERY)
    return made


def first(made: SearchIndex, text: str) -> str:
    hits = made.search(text)
    return hits[0].id if hits else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("accord avec le Danemark", "mou-denmark"),
        ("acord danemrk", "mou-denmark"),
        ("agreement denmark", "mou-denmark"),
        ("L’ACCORD DANOIS", "mou-denmark"),
        ("sequencage donnees japon", "mou-japan"),
        ("3rd workshop", "workshop-3"),
        ("3e atelier", "workshop-3"),
        ("atelier 3", "workshop-3"),
        ("JTC 2026", "jtc-2026"),
        ("jtc2026", "jtc-2026"),
        ("eppermed", "jtc-2026"),
        ("100,000 euros", "jtc-2026"),
        ("100k", "jtc-2026"),
    ],
)
def test_the_fact_asked_for_comes_first(text: str, expected: str) -> None:
    assert first(index(), text) == expected


def test_a_put_is_found_at_once_and_a_drop_never_again() -> None:
    made = index(JAPAN)
    assert first(made, "Danemark") == ""
    made.put(DENMARK)
    assert first(made, "Danemark") == "mou-denmark"
    made.drop("mou-denmark")
    assert first(made, "Danemark") == ""
    made.drop("mou-denmark")
    assert len(made) == 1


def test_a_replaced_document_is_found_by_its_new_words_only() -> None:
    made = index()
    made.put(Document("mou-japan", ("Accord avec la Finlande",)))
    assert first(made, "Finlande") == "mou-japan"
    assert all(hit.id != "mou-japan" for hit in made.search("séquençage données"))
    assert len(made) == len(EVERY)


def test_documents_put_one_by_one_rank_like_those_put_together() -> None:
    one_by_one = SearchIndex()
    for document in EVERY:
        one_by_one.put(document)
    for text in ("accord danemrk", "atelier ethique", "appel 2026"):
        assert one_by_one.search(text) == index().search(text)


def test_the_same_question_gets_the_same_hits() -> None:
    made = index()
    assert made.search("accord séquençage") == made.search("accord séquençage")


def test_a_search_among_some_finds_no_other() -> None:
    hits = index().search("accord", among={"mou-japan"})
    assert [hit.id for hit in hits] == ["mou-japan"]
    assert index().search("accord", among=()) == []


def test_a_hit_tells_which_words_it_holds_and_which_it_lacks_as_typed() -> None:
    hit = index().search("Accord danemrk sur les Volcans")[0]
    assert hit.id == "mou-denmark"
    assert set(hit.matched) == {"Accord", "danemrk"}
    assert hit.missing == ("Volcans",)


def test_the_parts_of_a_hit_are_named_and_the_better_hit_has_the_higher_score() -> None:
    hits = index().search("accord danemark")
    assert "bm25" in hits[0].parts
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0.0 <= hit.score <= 1.0 for hit in hits)


def test_a_full_title_scores_higher_than_one_stray_word() -> None:
    made = index()
    sure = made.search("Accord avec le Danemark (DNGC)")[0].score
    stray = made.search("comment réserver une salle à Lyon pour un anniversaire")
    assert not stray or stray[0].score < sure


def test_the_glossary_bridges_words_that_share_no_letters() -> None:
    made = index(DENMARK, JAPAN, glossary=(("protocole d'entente", "MoU"), ("Nippon", "Japon", "Japan")))
    assert first(made, "entente nippon") == "mou-japan"
    assert first(made, "protocole d'entente avec Copenhague") == "mou-denmark"


def test_a_mistyped_word_is_corrected_and_a_known_one_is_not() -> None:
    made = index()
    assert made.correct("danemrk")[0] == "danemark"
    assert made.correct("Danemark") == ()
    assert made.correct("ateliers") == ()
    assert made.correct("xyzzyx") == ()


def test_knows_follows_puts_and_drops() -> None:
    made = index()
    assert made.knows("Ateliers")
    assert not made.knows("volcan")
    made.drop("workshop-3")
    assert not made.knows("ateliers")


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    made = index()
    assert 0.0 <= made.weight("accord") < made.weight("consentement") <= 1.0


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "😀😀", "\x00\x1b[31m", "a" * 10_000, "le la les " * 3000, '" OR 1=1 --']
)
def test_hostile_texts_get_a_list(text: str) -> None:
    assert isinstance(index().search(text), list)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=350))
def test_no_text_raises(text: str) -> None:
    made = index()
    made.put(Document("odd", (text,), (text[:20],)))
    assert all(0.0 <= hit.score <= 1.0 for hit in made.search(text))
    made.correct(text)
    made.knows(text)
    made.weight(text)


def test_an_empty_index_and_an_empty_document_find_nothing() -> None:
    assert SearchIndex().search("accord") == []
    made = SearchIndex()
    made.put(Document("empty"))
    assert made.search("accord") == []


def test_readers_see_whole_documents_while_a_writer_replaces_them() -> None:
    made = index()
    wrong: list[str] = []

    def read() -> None:
        for _ in range(150):
            hits = made.search("accord danemark japon")
            if len({hit.id for hit in hits}) != len(hits) or {"mou-denmark", "mou-japan"} - {hit.id for hit in hits}:
                wrong.append(str(hits))

    readers = [Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(100):
        made.put(DENMARK)
        made.put(JAPAN)
    for reader in readers:
        reader.join()
    assert wrong == []


def test_thousands_of_puts_are_packed_aside_and_lose_nothing() -> None:
    made = SearchIndex()
    for number in range(2300):
        made.put(Document(f"fact-{number}", (f"sujet numero{number} commun",)))
    made.settle()
    for number in (0, 1999, 2001, 2299):
        assert first(made, f"numero{number}") == f"fact-{number}"
