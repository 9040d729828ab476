"""At which event something happened."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker


@pytest.mark.parametrize(
    "text",
    [
        "À quelle conférence EP PerMed a-t-il été annoncé ?",
        "At which conference was EP PerMed unveiled?",
        "On which occasion was EP PerMed made public?",
    ],
)
def test_the_event_at_which_it_was_made_known_is_told_by_any_word_for_it(ask: Asker, text: str) -> None:
    found = ask(text)
    assert (found.band, found.form, found.facts) == ("sure", "occasion", ("conference-presidence-espagnole-2023",))


@pytest.mark.parametrize("text", ["At which conference was the wheel invented?", "À quelle occasion ?"])
def test_an_occasion_that_no_event_tells_of_is_left_to_the_other_forms(ask: Asker, text: str) -> None:
    assert ask(text).form != "occasion"
