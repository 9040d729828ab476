"""How far something is: the last figure with its day and its share of the target, and nothing made up between two points."""

from __future__ import annotations

import pytest

from knowledge.messages import Say
from tests.knowledge.asking import Asker, card, noted, parts, said


@pytest.mark.parametrize(
    ("text", "fact", "value", "share"),
    [
        ("Où en est All of Us ?", "cible-all-of-us", 410000, 0.41),
        ("How many participants has All of Us recruited so far?", "cible-all-of-us", 410000, 0.41),
        ("How many volunteers has Our Future Health recruited so far?", "cible-our-future-health", 1000000, 0.2),
        ("How many of the seven EP PerMed calls have been launched?", "cible-ep-permed-jtc", 3, 3 / 7),
    ],
)
def test_the_last_figure_comes_with_its_share_of_the_target(
    ask: Asker, text: str, fact: str, value: int, share: float
) -> None:
    answer = ask(text)
    first = parts(answer, Say)[0]
    assert (answer.band, answer.form, answer.facts) == ("sure", "progress", (fact,))
    assert (answer.field, answer.value) == ("quantity", value)
    assert first.strong and first.phrase.key == "answer.progress"
    assert first.phrase.args["share"] == pytest.approx(share)
    assert card(answer).record_id == fact


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("How many participants did All of Us have in January 2021?", 366000),
        ("Combien de participants All of Us avait-il en janvier 2021 ?", 366000),
        ("Combien de participants All of Us avait-il en septembre 2021 ?", 410000),
    ],
)
def test_a_period_chooses_the_point_observed_in_it(ask: Asker, text: str, value: int) -> None:
    assert ask(text).value == value


@pytest.mark.parametrize(
    "text",
    [
        "Combien de participants All of Us avait-il en 2015 ?",
        "How many participants did All of Us have in March 2019?",
    ],
)
def test_a_period_without_a_point_has_no_figure(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.band != "sure" or answer.value != 1_000_000


@pytest.mark.parametrize(
    "text", ["Où en est le programme émirien ?", "Where does the Emirati genome programme stand?", "Où en est SG100K ?"]
)
def test_a_point_that_counts_something_else_has_no_share(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert said(answer)[0] == "answer.progress_no_share"
    assert answer.band == "sure"


@pytest.mark.parametrize(
    "text",
    [
        "Où en sont les comptes rendus ?",
        "Combien de comptes rendus à ce jour ?",
        pytest.param(
            "Combien de prescriptions validées à ce jour ?",
            marks=pytest.mark.xfail(reason="two indicators count prescriptions: a choice", strict=False),
        ),
    ],
)
def test_an_indicator_without_a_target_has_no_share_either(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert answer.band == "sure"
    assert said(answer)[0] == "answer.progress_no_share"


@pytest.mark.parametrize(
    "text",
    ["Où en est la cible danoise de 60 000 génomes ?", "How far has the Danish 60,000 genomes target got?"],
)
def test_without_a_point_the_target_is_given_and_called_one(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert said(answer)[:2] == ["answer.no_progress", "answer.target_only"]
    assert answer.value is None


@pytest.mark.parametrize("text", ["Combien vise FinnGen ?", "How many participants does FinnGen aim for?"])
def test_asked_for_the_aim_it_gives_the_target(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.facts[0], answer.value, said(answer)[0]) == ("cible-finngen-500000", 500000, "answer.target_only")


@pytest.mark.parametrize("text", ["Combien vise All of Us ?", "Combien All of Us vise-t-il de participants ?"])
def test_a_name_of_small_words_does_not_hide_the_question(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.lang, answer.value) == ("fr", 1_000_000)


def test_a_point_known_to_the_month_is_noted(ask: Asker) -> None:
    answer = ask("How many volunteers has Our Future Health recruited so far?")
    assert "answer.month_only" in noted(answer)


@pytest.mark.parametrize("text", ["Où en est JTC2024 ?", "Where does JTC2024 stand?"])
def test_the_state_of_what_counts_nothing_is_the_fact_itself(ask: Asker, text: str) -> None:
    answer = ask(text)
    assert (answer.band, answer.form, answer.facts) == ("sure", "lookup", ("appel-ep-permed-jtc2024",))
    assert card(answer).status == {"fr": "clos", "en": "closed"}


@pytest.mark.parametrize(
    "text",
    ["Où en est la numérisation ?", "Where does the digitisation target stand?", "Combien de planches à ce jour ?"],
)
def test_another_programme_is_told_how_far_it_is(museum: Asker, text: str) -> None:
    answer = museum(text)
    assert (answer.form, answer.facts, answer.value) == ("progress", ("cible-numerisation",), 1250)
    assert parts(answer, Say)[0].phrase.args["share"] == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("How many visitors has Pocket Clocks had so far?", 18000),
        ("Combien de visiteurs pour Horloges de poche à ce jour ?", 18000),
        ("How many visitors does Blown Glass expect?", 10000),
    ],
)
def test_a_figure_may_have_any_name(museum: Asker, text: str, value: int) -> None:
    assert museum(text).value == value


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Le Danemark devait livrer combien de génomes ?", "ils en ont livré combien en vrai ?"),
        ("CARTaGENE vise combien de génomes ?", "ils en sont à combien ?"),
        ("How many genomes does Canada want?", "how many have they really sequenced?"),
    ],
)
def test_an_aim_is_no_figure_of_what_was_done(ask: Asker, first: str, then: str) -> None:
    before, after = ask.thread(first, then)
    assert (after.band, after.facts, after.value) == ("unknown", before.facts, None)


def test_a_figure_that_was_not_known_is_asked_again_of_another(ask: Asker) -> None:
    *_, after = ask.thread("How many genomes does Canada want?", "how many so far?", "what about Singapore?")
    assert (after.facts, after.value) == (("cible-sg100k",), 70_000)


def test_how_many_there_are_is_no_aim(ask: Asker) -> None:
    _, after = ask.thread("Combien de plateformes étaient prévues en 2025 ?", "et combien y en a-t-il ?")
    assert (after.facts[0], after.value) == ("cible-12-plateformes", 2)
