"""Where a fact comes from: its sources with the day they were read, its note, and whether a person has confirmed it."""

from __future__ import annotations

import pytest

from knowledge.messages import Card, Link, Say
from tests.knowledge.asking import Asker, noted, offered, parts, said


@pytest.mark.parametrize("text", ["Quelle est la source pour JTC2024 ?", "What is the source for JTC2024?"])
def test_the_sources_of_the_fact_named_are_given(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.band, answer.form, answer.facts) == ("sure", "source", ("appel-ep-permed-jtc2024",))
    assert said(answer)[:2] == ["answer.about", "source.link"]
    link = parts(answer, Say)[1].phrase.args["title"]
    assert isinstance(link, Link) and answer.value == link.url
    assert "source.unverified" in noted(answer)


@pytest.mark.parametrize(
    "then",
    [
        "d'où tu sors ça ?",
        "where does that come from?",
        "is it still up to date?",
        "c'est encore à jour ?",
        "qui te l'a dit ?",
        "who told you that?",
        "says who?",
        "are you sure?",
        "tu es sûr ?",
        "source ?",
        "c'est officiel ?",
        "how do you know?",
    ],
)
def test_the_sources_of_the_fact_in_focus_are_given(ask: Asker, then: str) -> None:
    _, after = ask.thread("C'est quoi SeqOIA ?", then)
    assert (after.form, after.facts) == ("source", ("seqoia",))


def test_several_facts_are_a_choice_before_any_source(ask: Asker) -> None:
    answer = ask("Quelle est la source pour JTC2025 ?")
    assert answer.band == "unsure"
    assert set(offered(answer)) == {"appel-ep-permed-jtc2025", "appel-erdera-jtc2025"}


@pytest.mark.parametrize("text", ["What is the source for Sea Charts?", "Quelle est la source pour Cartes marines ?"])
def test_other_sources_and_the_note_are_said(museum: Asker, text: str) -> None:
    answer = museum(text)
    assert said(answer) == ["answer.about", "source.link", "source.also"]
    assert noted(answer) == ["source.note", "source.unverified"]
    assert parts(answer, Card) == []


@pytest.mark.parametrize("then", ["d'où tu sors ça ?", "sources?"])
def test_each_fact_of_a_list_has_its_source(ask: Asker, then: str) -> None:
    before, after = ask.thread("Quels accords avec la Suède ?", then)
    assert (after.form, after.facts) == ("source", before.facts)
    assert said(after) == ["source.several"]


@pytest.mark.parametrize("text", ["d'où tu sors ça ?", "who told you that?"])
def test_without_an_answer_before_it_is_asked_of_what(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.band, answer.form) == ("unknown", "source")
    assert "source.of_what" in said(answer)


@pytest.mark.parametrize(
    "text", ["When was the updated Sweden-Denmark MoU signed?", "Le MoU mis à jour avec GMS date de quand ?"]
)
def test_what_was_updated_is_not_a_doubt(ask: Asker, text: str) -> None:
    assert ask(text).form != "source"
