"""What is asked of the fact in focus."""

from __future__ import annotations

import pytest

from tests.knowledge.asking import Asker, said


@pytest.mark.parametrize("then", ["by whom?", "who?", "signé par qui ?", "par qui ?"])
def test_a_bare_who_asks_who_signed(ask: Asker, then: str) -> None:
    _, after = ask.thread("When was the MoU with Genomic Medicine Sweden signed in 2021?", then)
    assert (after.band, after.field) == ("sure", "signatories")


@pytest.mark.parametrize("then", ["who runs it?", "qui s'occupe de ça ?", "and who pays for it?"])
def test_what_nobody_is_said_to_do_is_unknown(ask: Asker, then: str) -> None:
    _, after = ask.thread("What does CRefIX do?", then)
    assert after.band == "unknown" and "unknown.word" in said(after)


@pytest.mark.parametrize(
    ("first", "then", "value"),
    [
        ("Les Émirats en sont où ?", "et en septembre 2024 ?", 650_000),
        ("Where do the Emirates stand?", "what is their goal?", 1_000_000),
        ("Combien de participants vise FinnGen ?", "ils en sont où ?", 321_000),
        ("How many people should DEFIDIAG include?", "how far are they?", 2463),
        ("Combien de plateformes de séquençage étaient prévues ?", "on en a combien au final ?", 2),
        ("Combien de plateformes de séquençage étaient prévues ?", "et aujourd'hui ?", 2),
        ("What is AURAGEN?", "how many genomes a year?", 18_000),
    ],
)
def test_its_figure_is_the_one_of_the_moment_or_the_aim(ask: Asker, first: str, then: str, value: int) -> None:
    _, after = ask.thread(first, then)
    assert (after.band, after.value) == ("sure", value)


def test_a_day_that_is_known_to_the_month_is_not_made_finer(ask: Asker) -> None:
    before, after = ask.thread("Quand a eu lieu la conférence EP PerMed de Berlin ?", "quel jour exactement ?")
    assert (before.value, after.band) == ("2025-02", "unknown")


@pytest.mark.parametrize("then", ["will it rain tomorrow?", "on déjeune où ce midi ?", "l'hôtel s'appelait comment ?"])
def test_what_has_nothing_to_do_with_it_is_not_answered_with_it(ask: Asker, then: str) -> None:
    _, after = ask.thread("Combien de participants vise FinnGen ?", then)
    assert after.band == "unknown"


@pytest.mark.parametrize(
    ("first", "then", "field"),
    [
        ("What is the info day of EP PerMed JTC2025?", "when did the call open?", "opens"),
        ("When did the EHDS enter into force?", "what about the implementing acts?", "implementing_acts"),
        ("Combien de volontaires a déjà Our Future Health ?", "à quelle date, ce chiffre ?", "quantity"),
    ],
)
def test_it_may_be_called_by_its_kind_or_only_its_field_be_named(ask: Asker, first: str, then: str, field: str) -> None:
    before, after = ask.thread(first, then)
    assert (after.band, after.facts, after.field) == ("sure", before.facts, field)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("GDI a commencé quand ?", "qui finance ?"),
        ("L'accord PRECISE - Illumina date de quand ?", "ça concerne quel projet ?"),
        ("When was the PRECISE - Illumina agreement signed?", "which project is it for?"),
    ],
)
def test_a_date_told_before_is_not_the_answer_to_something_else(ask: Asker, first: str, then: str) -> None:
    before, after = ask.thread(first, then)
    assert before.value is not None and after.value is None


@pytest.mark.parametrize("then", ["ça existe toujours ?", "is it still running?", "who is behind it?"])
def test_the_card_tells_whether_it_goes_on_and_who_is_behind_it(ask: Asker, then: str) -> None:
    _, after = ask.thread("C'est quoi Australian Genomics ?", then)
    assert (after.band, after.facts) == ("sure", ("australian-genomics",))


def test_a_phase_is_a_part_of_what_was_asked(ask: Asker) -> None:
    _, first, second = ask.thread("What is PERIGENOMED?", "how many newborns in phase 1?", "and in phase 2?")
    assert (first.value, second.value) == (2500, 19_000)


@pytest.mark.parametrize(
    ("first", "then", "band"),
    [
        ("C'est quoi GDI ?", "qui coordonne ?", "sure"),
        ("When does the ERDERA Networking Support Scheme close?", "who offers it?", "sure"),
        ("C'est quoi CRefIX ?", "who runs it?", "unknown"),  # its card names no other body
    ],
)
def test_who_leads_is_told_where_the_card_names_bodies(ask: Asker, first: str, then: str, band: str) -> None:
    before, after = ask.thread(first, then)
    assert (after.band, after.facts[:1]) == (band, before.facts[:1])


def test_by_whom_is_told_by_the_card_of_what_nobody_signs(ask: Asker) -> None:
    _, after = ask.thread("C'est quoi le CQDG ?", "par qui ?")
    assert (after.band, after.facts) == ("sure", ("genome-quebec-cqdg",))
