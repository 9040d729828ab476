"""What organises the facts, and the words that follow from it."""

from __future__ import annotations

from knowledge.questions import organisers
from knowledge.questions.lexicon import words
from knowledge.search.text import stems
from tests.knowledge.asking import Asker, museum_organisers, museum_records, shipped_organisers, shipped_records


def test_the_text_searched_holds_everything_that_a_record_states() -> None:
    given = museum_organisers()
    record = next(one for one in museum_records() if one.id == "expo-cartes")
    document = organisers.document(record, given)
    everything = " ".join(document.texts)
    assert document.id == "expo-cartes"
    for said in ("Portolans", "Ilse Quandt", "Porto", "Portugal", "accrochage", "même salle"):
        assert said in everything


def test_days_and_countries_codes_are_not_words() -> None:
    given = museum_organisers()
    record = next(one for one in museum_records() if one.id == "expo-cartes")
    assert not {"2031-10-15", "PT"} & set(" ".join(organisers.document(record, given).texts).split())


def test_single_words_of_a_glossary_group_are_synonyms() -> None:
    found = organisers.synonyms([("prêt", "loan"), ("mise en réserve", "storage"), ("œuvre", "work", "piece")])
    loan, pret = (next(iter(stems(word))) for word in ("loan", "prêt"))
    assert pret in found[loan] and loan in found[pret]
    assert not any(key in found for word in ("mise", "réserve") for key in stems(word))


def test_a_body_goes_by_the_names_that_its_own_record_gives() -> None:
    given = museum_organisers()
    known = organisers.bodies(museum_records(), given.kinds)
    assert "musee verhaegen" in known and "casa dos mapas" in known and "lasitalo" in known
    both = organisers.bodies(shipped_records(), shipped_organisers().kinds)
    assert both["era permed"] != both["ep permed"]


def test_the_lexicon_knows_the_words_of_a_team_s_own_kind(museum: Asker) -> None:
    lexicon = organisers.build_lexicon(organisers.shared_lexicon(museum_organisers()), museum.state()[0])
    found = {(tag.topic, tag.value) for tag in lexicon.tag(words("commissaires des accrochages à Anvers en Finlande"))}
    assert {("field", "curators"), ("kind", "exhibition"), ("city", "anvers"), ("country", "FI")} <= found


def test_nothing_shipped_leaks_into_another_base(museum: Asker) -> None:
    lexicon = organisers.build_lexicon(organisers.shared_lexicon(museum_organisers()), museum.state()[0])
    assert not {"auragen", "seqoia", "inserm"} & lexicon.vocabulary()
