"""Whether a question speaks of the fact in focus."""

from __future__ import annotations

import pytest

from knowledge.questions import leaning
from tests.knowledge.asking import Asker


def leans(ask: Asker, text: str, fact: str) -> bool:
    view, _, _ = ask.state()
    return leaning.leans(ask.read(text), view, view.records[fact])


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("quand ferme-t-il ?", "appel-ep-permed-jtc2025"),
        ("when did the call open?", "appel-ep-permed-jtc2025"),
        ("elle a réuni combien de participants ?", "plenary-ga4gh-2023"),
        ("qui coordonne ?", "projet-gdi"),
        ("was it reached?", "cible-235000-genomes-an"),
    ],
)
def test_what_names_nothing_else_speaks_of_it(ask: Asker, text: str, fact: str) -> None:
    assert leans(ask, text, fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("and the patients forum, when was that?", "assemblee-gdi-lisbonne-2024"),
        ("et le projet avec l'Afrique ?", "projet-sino-eu-permed"),
        ("the digital tools one, when?", "appel-ep-permed-jtc2025"),
        ("il a financé quel projet ?", "appel-digital-1mg-2024"),
        ("and Sweden, when?", "mou-danemark-dngc-2023"),
        ("et All of Us ?", "cible-finngen-500000"),
    ],
)
def test_what_names_another_does_not(ask: Asker, text: str, fact: str) -> None:
    assert not leans(ask, text, fact)


def test_so_many_in_a_time_counts_no_records(ask: Asker) -> None:
    _, after = ask.thread(
        "Le groupe des représentants nationaux 1+MG existe depuis quand ?", "combien de réunions par an ?"
    )
    assert (after.facts[:1], after.count) == (("groupe-1mg",), None)


@pytest.mark.parametrize("then", ["atteint ?", "was it reached?", "combien de participants visés ?"])
def test_a_word_is_enough_to_ask_of_it(ask: Asker, then: str) -> None:
    _, after = ask.thread("FinnGen a démarré en quelle année ?", then)
    assert (after.band, after.facts) == ("sure", ("cible-finngen-500000",))
