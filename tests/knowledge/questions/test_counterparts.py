"""The like of the fact in focus in another country."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker, said


@pytest.mark.parametrize(
    ("first", "then", "fact"),
    [
        ("What is the Generation Study?", "do we have something like that in France?", "projet-perigenomed"),
        ("C'est quoi la Generation Study ?", "on a l'équivalent chez nous ?", "projet-perigenomed"),
        ("C'est quoi PERIGENOMED ?", "il y a quelque chose de semblable au Royaume-Uni ?", "projet-generation-study"),
        ("What is the All of Us target?", "is there something similar in Finland?", "cible-finngen-500000"),
    ],
)
def test_the_one_with_most_in_common_is_shown(ask: Asker, first: str, then: str, fact: str) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.facts) == ("sure", (fact,))


def test_one_that_has_little_in_common_is_only_offered(ask: Asker) -> None:
    _, after = ask.thread("What is the Generation Study?", "is there an equivalent in Germany?")
    assert (after.band, after.facts) == ("unsure", ("projet-mv-genomseq",))


def test_where_there_is_none_that_is_said(ask: Asker) -> None:
    _, after = ask.thread("What is the Generation Study?", "is there an equivalent in Japan?")
    assert after.band == "unknown"
    assert "unknown.none_match" in said(after)
