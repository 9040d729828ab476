"""Records whose titles begin alike."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker

ACTIVITIES = {
    "activite-normalisation-tests",
    "activite-plateforme-informatique",
    "activite-communication-publics",
    "activite-sources-financement",
}
AIMS = {"but-anticiper-reorientations", "but-qualite-service-patients", "but-competitivite-filiere"}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("What are the four joint activities planned with the partner?", ACTIVITIES),
        ("Les quatre activités de collaboration, c'est quoi ?", ACTIVITIES),
        ("What are the four activities we agreed to do with the partner?", ACTIVITIES),
        ("Redonne-moi les quatre activités de la collaboration", ACTIVITIES),
        ("What are the three objectives of the watch?", AIMS),
    ],
)
def test_as_many_as_are_spoken_of_are_listed(ask: Asker, text: str, ids: set[str]) -> None:
    found = ask(text)
    assert (found.band, set(found.set or ())) == ("sure", ids)


@pytest.mark.parametrize(
    "text",
    [
        "What are the five joint activities?",
        "First of the four joint activities?",
        "Which of the four activities is about money?",
        "Was anything meant to be signed once the four workshops were over?",
    ],
)
def test_another_number_or_one_of_them_is_no_list_of_the_series(ask: Asker, text: str) -> None:
    assert set(ask(text).set or ()) != ACTIVITIES
