"""The pure part of the calibration: weights from rows, figures from weights, the file that keeps them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.messages import Message
from knowledge.questions import calibration
from knowledge.questions.form import Answer, Band
from knowledge.search.rank import Reads

from .calibrate import (
    MODES,
    NOTHING_LEARNT,
    SEARCH_ALONE,
    Block,
    Heard,
    Rows,
    Weights,
    chances,
    figures,
    fit,
    fold_of,
    is_right,
    learn,
    left_out_chances,
    left_out_firsts,
    rank_weights_of,
    source,
    table,
)
from .score import Expect, Question


def rows(count: int = 400) -> Rows:
    """The first sign decides for two rows in three, the second says nothing."""
    draw = np.random.default_rng(5)
    evidence = draw.normal(size=(count, 2))
    right = (evidence[:, 0] + draw.normal(size=count) * 0.7 > 0).astype(float)
    return Rows(evidence, right, tuple(f"fact-{place % 80}" for place in range(count)))


def question(expect: Expect, *tags: str) -> Question:
    return {"id": "q-1", "lang": "en", "text": "?", "today": "2026-11-23", "tags": list(tags), "expect": expect}


def answer(band: Band = "sure", form: str = "lookup", facts: tuple[str, ...] = ("a",)) -> Answer:
    return Answer(band, form, "en", Message(()), facts)


SINGLE: Expect = {"status": "answered", "facts": ["a", "b"]}
UNKNOWN: Expect = {"status": "unknown", "facts": []}
CHOICE: Expect = {"status": "choose", "facts": ["a", "b"]}


def test_a_sign_that_decides_weighs_and_one_that_says_nothing_does_not() -> None:
    (first, second), _ = fit(rows())
    assert first > 1.5
    assert abs(second) < 0.5


def test_the_same_rows_give_the_same_weights_to_three_decimals() -> None:
    weights, constant = fit(rows())
    assert (weights, constant) == fit(rows())
    assert [round(number, 3) for number in (*weights, constant)] == [*weights, constant]


def test_the_constant_is_the_share_of_right_ones_when_no_sign_helps() -> None:
    right = np.array([1.0] * 30 + [0.0] * 10)
    weights, constant = fit(Rows(np.zeros((40, 1)), right, ("x",) * 40))
    assert weights == (0.0,)
    assert constant == pytest.approx(np.log(3), abs=0.002)


def test_signs_that_part_right_from_wrong_for_good_keep_finite_weights() -> None:
    evidence = np.array([[1.0]] * 20 + [[-1.0]] * 20)
    (weight,), constant = fit(Rows(evidence, (evidence[:, 0] > 0).astype(float), ("x",) * 40))
    assert 1.0 < weight < 10.0
    assert constant == pytest.approx(0.0, abs=0.01)


def test_probabilities_are_about_what_happens() -> None:
    many = rows(4000)
    chance = chances(many, fit(many))
    likely = chance > 0.8
    assert many.right[likely].mean() == pytest.approx(chance[likely].mean(), abs=0.04)


def test_a_fold_that_is_left_out_does_not_teach() -> None:
    """One fact says the contrary of all others: only weights that it taught could get it right."""
    many = rows()
    odd = np.array([fold_of(name) == fold_of("fact-0") for name in many.about])
    turned = Rows(many.evidence, np.where(odd, 1 - many.right, many.right), many.about)
    plain, left_out = chances(turned, fit(turned.pick(odd))), left_out_chances(turned)
    learnt, not_learnt = (float(np.mean((chance[odd] - turned.right[odd]) ** 2)) for chance in (plain, left_out))
    assert learnt < 0.2
    assert not_learnt > 0.4


def test_weights_that_change_what_is_asked_and_come_back_end_the_rounds() -> None:
    """Each answer calls for the other set of rows: no weights ever stay."""
    one, other = rows(100), rows(200)
    asked: list[Weights] = []

    def ask(weights: Weights, ranks: tuple[float, ...]) -> Heard:
        asked.append(weights)
        assert ranks == SEARCH_ALONE
        return Heard(other if weights == fit(one) else one, ())

    weights, _, _ = learn(ask)
    assert asked == [NOTHING_LEARNT, fit(one), fit(other), fit(one)]
    assert weights == fit(other)


def blocks(count: int = 60) -> list[Block]:
    """Five candidates a question, of which the one with the largest first sign is right; the second sign says nothing."""
    draw = np.random.default_rng(7)
    made = []
    for place in range(count):
        signs = draw.normal(size=(5, 2))
        right = (signs[:, 0] == signs[:, 0].max()).astype(float)
        made.append(Block(signs, right, f"fact-{place}"))
    return made


def test_the_sign_that_puts_right_ones_first_weighs_most_for_the_rank() -> None:
    made = blocks()
    first, second = rank_weights_of(made)
    assert first > 1.0
    assert abs(second) < first / 4
    assert left_out_firsts(made) > 0.9
    assert rank_weights_of(made) == (first, second)


def test_questions_whose_candidates_are_all_right_teach_no_rank() -> None:
    made = blocks()
    same = Block(np.ones((3, 2)), np.ones(3), "fact-x")
    assert rank_weights_of([*made, same]) == rank_weights_of(made)


def test_figures_count_what_is_said_kept_and_wrong() -> None:
    (one,) = figures(np.array([0.9, 0.7, 0.6, 0.1]), np.array([1.0, 0.0, 1.0, 1.0]), (0.6,))
    assert [one.said, one.kept, one.wrong] == pytest.approx([0.75, 2 / 3, 0.25])


def test_no_questions_give_figures_of_nothing() -> None:
    empty = np.zeros(0)
    assert "0 questions" in table("nothing", empty, empty)


@pytest.mark.parametrize(
    ("asked", "given", "candidate", "verdict"),
    [
        (question(SINGLE), answer(), "b", True),
        (question(SINGLE), answer(), "c", False),
        (question({**SINGLE, "set": ["a", "b"]}), answer(), "a", False),
        (question(UNKNOWN, "near:a"), answer(form="attribute"), "a", True),
        (question(UNKNOWN, "near:a"), answer(form="lookup"), "a", False),
        (question(CHOICE), answer("unsure", facts=("a", "b")), "a", None),
        (question(CHOICE), answer("sure"), "a", False),
    ],
)
def test_what_counts_as_the_right_candidate(
    asked: Question, given: Answer, candidate: str, verdict: bool | None
) -> None:
    assert is_right(asked, given, candidate) is verdict


HELD = {mode: calibration.weights(mode) for mode in MODES}
RANKS = {mode: calibration.rank_weights(mode) for mode in MODES}


def test_weights_are_written_where_they_were_and_nothing_else_changes() -> None:
    text = Path(calibration.__file__).read_text(encoding="utf-8")
    assert source(text, RANKS, HELD) == text
    other: dict[Reads, Weights] = {**HELD, "meaning": ((0.25,) * len(calibration.NAMES), -3.5)}
    ranks: dict[Reads, tuple[float, ...]] = {**RANKS, "words": (0.5,) * len(calibration.RANKED)}
    written: dict[str, object] = {}
    exec(source(text, ranks, other), written)
    assert written["RANKS"] == ranks
    assert written["WEIGHTS"] == {mode: weights for mode, (weights, _) in other.items()}
    assert written["BIAS"] == {"words": HELD["words"][1], "meaning": -3.5, "latent": HELD["latent"][1]}


def test_more_weights_than_fit_a_line_stand_one_below_the_other() -> None:
    text = Path(calibration.__file__).read_text(encoding="utf-8")
    text = source(text, RANKS, {**HELD, "words": ((-1.125,) * 22, 0.0)})
    assert text.count("        -1.125,\n") == 22
    assert max(map(len, text.splitlines())) <= 120


def test_a_file_without_the_place_for_weights_is_refused() -> None:
    with pytest.raises(ValueError, match="no single place"):
        source("NAMES = ()\n", RANKS, HELD)
