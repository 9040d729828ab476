"""What came before or after, where one fact says that it took over from another."""

from __future__ import annotations

import pytest

from knowledge.messages import Card
from tests.knowledge.asking import Asker, card, parts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("What did Genomics Australia replace?", "australian-genomics"),
        ("What did ERDERA take over from?", "ejp-rd"),
        ("ERDERA a pris la suite de quel programme ?", "ejp-rd"),
        ("Who replaced Australian Genomics?", "genomics-australia"),
        ("ERDERA prend la suite de quoi ?", "ejp-rd"),
        ("What came before EP PerMed?", "era-permed"),
        ("Qui a remplacé Australian Genomics ?", "genomics-australia"),
    ],
)
def test_the_other_side_of_the_link_is_shown(ask: Asker, text: str, fact: str) -> None:
    answer = ask(text)
    assert (answer.band, answer.facts) == ("sure", (fact,))
    assert card(answer).record_id == fact


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Par quoi l'EJP RD a-t-il été remplacé ?", "erdera"),
        ("Quel programme EP PerMed a-t-il remplacé ?", "era-permed"),
    ],
)
def test_the_other_side_of_the_link_is_shown_however_it_is_asked(ask: Asker, text: str, fact: str) -> None:
    assert ask(text).facts == (fact,)


@pytest.mark.parametrize("text", ["What did SeqOIA replace?", "Qui a remplacé SeqOIA ?"])
def test_where_nothing_was_taken_over_nothing_is_invented(ask: Asker, text: str) -> None:
    answer = ask(text)
    shown = [part.record_id for part in parts(answer, Card)]
    assert shown in ([], ["seqoia"])


def test_in_a_thread_the_subject_may_be_left_out(ask: Asker) -> None:
    first, second = ask.thread("What is Australian Genomics?", "what replaced it?")
    assert first.facts[0] == "australian-genomics"
    assert second.facts == ("genomics-australia",)


@pytest.mark.parametrize(
    ("first", "then", "fact", "value"),
    [
        ("When did B1MG end?", "what came after it?", "projet-b1mgplus", None),
        ("When did B1MG start?", "what came next?", "projet-b1mgplus", None),
        (
            "La feuille de route 1+MG 2020-2022 a été adoptée quand ?",
            "qu'est-ce qui l'a remplacée ?",
            "cadre-feuille-route-1mg",
            "2023",
        ),
        (
            "Quand a été signé le MoU Suède-Danemark mis à jour ?",
            "et la première version, elle datait de quand ?",
            "mou-gms-dngc-2022",
            "2022-04-29",
        ),
    ],
)
def test_what_came_after_is_never_the_fact_itself(
    ask: Asker, first: str, then: str, fact: str, value: str | None
) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.facts) == ("sure", (fact,))
    assert value is None or after.value == value


def test_a_newer_version_is_later_in_time(ask: Asker) -> None:
    _, after = ask.thread(
        "When was the 2021 memorandum with Sweden signed?", "is there a newer version of the memorandum?"
    )
    assert after.facts == ("mou-suede-renouvellement-2024",)


def test_a_verb_of_succession_names_nothing(ask: Asker) -> None:
    _, after = ask.thread("Le partenariat EP PerMed court jusqu'à quand ?", "il a succédé à quoi ?")
    assert after.facts == ("era-permed",)
