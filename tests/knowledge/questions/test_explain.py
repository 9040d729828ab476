"""Why an answer is what it is."""

from __future__ import annotations

import pytest

from knowledge.messages import Note, Phrase
from knowledge.questions.form import Asked
from tests.knowledge.asking import MUSEUM_DAY, Asker, noted, parts


def why(asker: Asker, text: str) -> dict[str, Phrase]:
    return {phrase.key: phrase for phrase in asker.base.why(Asked(text, MUSEUM_DAY))}


@pytest.mark.parametrize(
    ("text", "form", "band"),
    [
        ("Quand ferme Horloges de poche ?", "attribute", "sure"),
        ("What is Sea Charts?", "lookup", "sure"),
        ("Combien d'expositions en Belgique ?", "count", "sure"),
        ("Notre accord avec le Japon ?", "lookup", "unknown"),
        ("Merci", "chat", "chat"),
    ],
)
def test_the_form_and_the_band_are_those_of_the_answer(museum: Asker, text: str, form: str, band: str) -> None:
    lead = why(museum, text)["why.form"].args
    assert (lead["form"].key, lead["band"].key) == (f"form.{form}", f"band.{band}")
    answer = museum(text)
    assert (answer.form, answer.band) == (form, band)


def test_what_was_mended_recognised_and_dated_is_told(museum: Asker) -> None:
    lines = why(museum, "Quelles expositoins en juin 2031 ?")
    assert lines["why.mended"].args["pairs"] == ["expositoins → expositions"]
    assert "kind: exhibition" in lines["why.named"].args["named"]
    assert "why.period" in lines


def test_what_did_not_happen_is_not_told(museum: Asker) -> None:
    assert not {"why.mended", "why.period"} & set(why(museum, "What is Sea Charts?"))


def test_the_best_fact_comes_with_its_score_and_its_runner_up(museum: Asker) -> None:
    lines = why(museum, "What is Sea Charts?")
    assert lines["why.best"].args["id"] == "expo-cartes"
    assert lines["why.best"].args["parts"][-1].startswith("= ")
    assert lines["why.second"].args["id"] != "expo-cartes"
    assert 0 <= lines["why.sureness"].args["share"] <= 1


@pytest.mark.parametrize("then", ["pourquoi ?", "why?"])
def test_in_a_thread_the_last_answer_is_explained(museum: Asker, then: str) -> None:
    before, after = museum.thread("What is Sea Charts?", then)
    assert (after.band, after.form, after.facts) == ("chat", "why", before.facts)
    assert "why.best" in noted(after)


def test_in_a_thread_a_follow_up_is_explained_as_it_was_answered(museum: Asker) -> None:
    _, before, after = museum.thread("What is Sea Charts?", "when does it close?", "why?")
    lead = next(note.phrase for note in parts(after, Note) if note.phrase.key == "why.form")
    assert lead.args["band"].key == f"band.{before.band}"


def test_what_a_thread_is_about_is_told(ask: Asker) -> None:
    first = ask("Quels événements en 2018 ?")
    lines = {one.key: one for one in ask.base.why(Asked("et en 2022 ?", ask.today, topic=first.topic))}
    assert len(lines["why.thread"].args["titles"]) == len(first.facts)
    assert "2022" in lines["why.whole"].args["question"]
    assert "why.thread" not in {one.key for one in ask.base.why(Asked("Quels événements en 2018 ?", ask.today))}


def test_the_scores_of_bare_words_are_not_told_where_the_thread_stood_in(ask: Asker) -> None:
    first = ask("Quels accords avec la Suède ?")
    keys = {one.key for one in ask.base.why(Asked("le plus récent ?", ask.today, topic=first.topic))}
    assert "why.thread" in keys and "why.best" not in keys
