"""Learn what the signs of `evidence` weigh from the questions of the bench, and say how that does on questions left out.

    python -m tests.bench.calibrate [--reads latent] [--vectors FILE] [--write]

Each question is asked. First the candidates are ranked: listwise, so that the right one comes first. Then the best candidate
is believed or not: what spoke for it is put beside whether it is right. The figures of the sets learnt from are those of
five-fold cross-validation, the questions about one fact all in one fold; the sets of the folder ENTENTE_QUESTIONS only test.
Without `--reads` the weights of all three ways of searching are learnt; with it, the others stay as they are.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final, get_args

import numpy as np
from numpy.typing import NDArray

from bot.wiring import Parts
from knowledge.questions import calibration, resolve
from knowledge.questions.candidates import Candidate
from knowledge.questions.form import Answer, Asked
from knowledge.search.rank import Reads

from .asking import folder_sets, is_dialogue, meaning_is_here, own_sets, parts
from .score import Question
from .train import rank_weights

Array = NDArray[np.float64]
Weights = tuple[tuple[float, ...], float]
FOLDS: Final = 5
ROUNDS: Final = 6
NOTHING_LEARNT: Final[Weights] = ((0.0,) * len(calibration.NAMES), 0.0)
SEARCH_ALONE: Final = tuple(float(name == "search") for name in calibration.RANKED)
THRESHOLDS: Final = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
TARGET: Final = Path(calibration.__file__)
MODES: Final[tuple[Reads, ...]] = get_args(Reads)
LINE: Final = 120


@dataclass(frozen=True)
class Rows:
    """What spoke for the best candidate of each question (one row each), whether it is right, and the fact asked for."""

    evidence: Array
    right: Array
    about: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.right)

    def pick(self, chosen: NDArray[np.bool_]) -> Rows:
        about = tuple(name for name, kept in zip(self.about, chosen, strict=True) if kept)
        return Rows(self.evidence[chosen], self.right[chosen], about)


@dataclass(frozen=True)
class Block:
    """The candidates of one question: their signs (a row each, columns as in `calibration.RANKED`), which are right, and the
    fact asked for."""

    signs: Array
    right: Array
    about: str


@dataclass(frozen=True)
class Heard:
    """What was weighed for a set of questions: for certainty a row each, for the rank a block each that has a right one."""

    rows: Rows
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Figures:
    """At one threshold: the share of questions answered, the share of the right ones among the right candidates, and the
    share of all questions that are answered wrongly."""

    threshold: float
    said: float
    kept: float
    wrong: float


# The pure part: from rows to weights and figures.


def fit(rows: Rows, shrink: float = 1.0) -> Weights:
    """Logistic regression by Newton steps; the constant is not shrunk. Rounded to three decimals."""
    table = np.c_[rows.evidence, np.ones(len(rows))]
    ridge = np.r_[np.full(rows.evidence.shape[1], shrink), 0.0]
    weights = np.zeros(table.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (chance - rows.right) + ridge * weights
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(ridge + 1e-6)
        weights -= np.linalg.solve(bend, slope)
    # Adding zero turns -0.0 into 0.0.
    found = [round(float(weight), 3) + 0.0 for weight in weights]
    return tuple(found[:-1]), found[-1]


def chances(rows: Rows, weights: Weights) -> Array:
    """The probability of each row to be right."""
    result: Array = 1 / (1 + np.exp(-(rows.evidence @ np.array(weights[0]) + weights[1])))
    return result


def fold_of(fact: str) -> int:
    return zlib.crc32(fact.encode()) % FOLDS


def left_out_chances(rows: Rows) -> Array:
    """The probability of each row by weights learnt from the other folds."""
    folds = np.array([fold_of(name) for name in rows.about])
    result = np.zeros(len(rows))
    for fold in range(FOLDS):
        tested = folds == fold
        if tested.any() and not tested.all():
            result[tested] = chances(rows.pick(tested), fit(rows.pick(~tested)))
    return result


def figures(chance: Array, right: Array, thresholds: Sequence[float] = THRESHOLDS) -> list[Figures]:
    count, good = max(len(right), 1), max(float(right.sum()), 1.0)
    found = []
    for threshold in thresholds:
        said = chance >= threshold
        hits = float(right[said].sum())
        found.append(Figures(threshold, said.sum() / count, hits / good, (said.sum() - hits) / count))
    return found


def table(name: str, chance: Array, right: Array) -> str:
    """The figures of one set as a table; the squared error is the mean of (probability - right)²."""
    error = float(np.mean((chance - right) ** 2)) if len(right) else 0.0
    share = float(right.mean()) if len(right) else 0.0
    lines = [
        f"{name}: {len(right)} questions, best candidate right {share:.1%}, squared error {error:.3f}",
        "",
        "| from | said | of the right | wrong |",
        "|---|---|---|---|",
        *(
            f"| {one.threshold:.1f} | {one.said:.1%} | {one.kept:.1%} | {one.wrong:.1%} |"
            for one in figures(chance, right)
        ),
    ]
    return "\n".join(lines)


def source(text: str, ranks: Mapping[Reads, tuple[float, ...]], learnt: Mapping[Reads, Weights]) -> str:
    """The text of `calibration.py` with other numbers, written as the formatter would."""
    lines = _numbers("RANKS", ranks) + _numbers("WEIGHTS", {mode: learnt[mode][0] for mode in MODES})
    constants = ", ".join(f'"{mode}": {learnt[mode][1]}' for mode in MODES)
    lines.append(f"BIAS: Final[Mapping[Reads, float]] = {{{constants}}}\n")
    written, times = re.subn(
        r"^RANKS: .*?^BIAS: [^\n]*\n", lambda _: "\n".join(lines), text, flags=re.MULTILINE | re.DOTALL
    )
    if times != 1:
        raise ValueError("no single place for the weights")
    return written


def _numbers(name: str, weights: Mapping[Reads, tuple[float, ...]]) -> list[str]:
    lines = [f"{name}: Final[Mapping[Reads, tuple[float, ...]]] = {{"]
    for mode in MODES:
        numbers = [str(weight) for weight in weights[mode]]
        line = f'    "{mode}": ({", ".join(numbers)}),'
        broken = [f'    "{mode}": (', *(f"        {number}," for number in numbers), "    ),"]
        lines += [line] if len(line) <= LINE else broken
    return [*lines, "}"]


def rank_weights_of(blocks: Sequence[Block]) -> tuple[float, ...]:
    """Weights that put right candidates first, rounded to three decimals. Only lists with a right and a wrong one teach."""
    kept = [block for block in blocks if 0 < block.right.sum() < len(block.right)]
    wide = max(len(block.right) for block in kept)
    table = np.zeros((len(kept), wide, kept[0].signs.shape[1]))
    right, present = np.zeros((len(kept), wide)), np.zeros((len(kept), wide))
    for row, block in enumerate(kept):
        table[row, : len(block.right)] = block.signs
        right[row, : len(block.right)], present[row, : len(block.right)] = block.right, 1.0
    return tuple(round(float(weight), 3) + 0.0 for weight in rank_weights([(table, right, present)]))


def left_out_firsts(blocks: Sequence[Block]) -> float:
    """The share of the right ones in first place by weights learnt from the other folds."""
    good = []
    for fold in range(FOLDS):
        weights = np.array(rank_weights_of([block for block in blocks if fold_of(block.about) != fold]))
        tested = [block for block in blocks if fold_of(block.about) == fold]
        good += [bool(block.right[int((block.signs @ weights).argmax())]) for block in tested]
    return float(np.mean(good)) if good else 0.0


# The part that asks.


@contextmanager
def listening(heard: list[tuple[Candidate, list[Candidate], tuple[float, ...]]], **weights: Any) -> Iterator[None]:
    """With the functions of `calibration` that are given in place of its own, every certainty asked for is added to `heard`:
    the best candidate, all candidates, and the signs of the best."""
    gather: Any = vars(resolve)["of_best"]
    kept = {name: getattr(calibration, name) for name in weights}

    def of_best(best: Any, rated: Any, *rest: Any) -> dict[str, float]:
        found: dict[str, float] = gather(best, rated, *rest)
        heard.append((best, list(rated), tuple(found[name] for name in calibration.NAMES)))
        return found

    place: Any = resolve
    place.of_best = of_best
    for name, function in weights.items():
        setattr(calibration, name, function)
    try:
        yield
    finally:
        place.of_best = gather
        for name, function in kept.items():
            setattr(calibration, name, function)


def is_right(question: Question, answer: Answer, candidate: str) -> bool | None:
    """Whether the candidate is what the question asks about; None where that says nothing about certainty.

    The record that an unknown field belongs to is the right one: what it lacks is told apart by the form of the question.
    """
    expect = question["expect"]
    if expect["status"] == "choose" and answer.band == "unsure" and len(answer.facts) > 1:
        return None
    if answer.form in ("attribute", "progress") and f"near:{candidate}" in question["tags"]:
        return True
    single = expect["status"] == "answered" and "set" not in expect and "count" not in expect
    return single and candidate in expect["facts"]


def gather(questions: Sequence[Question], asked: Parts, weights: Weights, ranks: tuple[float, ...]) -> Heard:
    """Asks each question alone, its language not given, and keeps what was weighed last for it."""
    evidence, right, about, blocks = [], [], [], []
    heard: list[tuple[Candidate, list[Candidate], tuple[float, ...]]] = []
    with listening(heard, weights=lambda reads: weights, rank_weights=lambda reads: ranks):
        for question in questions:
            if question.get("thread") or "chitchat" in question["tags"]:
                continue
            heard.clear()
            answer = asked.base.ask(Asked(question["text"], date.fromisoformat(question["today"])))
            if not heard or (verdict := is_right(question, answer, heard[-1][0].record.id)) is None:
                continue
            _, rated, signs = heard[-1]
            facts = question["expect"]["facts"]
            evidence.append(signs)
            right.append(verdict)
            about.append(facts[0] if facts else question["id"])
            if any(is_right(question, answer, one.record.id) for one in rated):
                table = np.array([[one.signs[name] for name in calibration.RANKED] for one in rated])
                good = np.array([float(bool(is_right(question, answer, one.record.id))) for one in rated])
                blocks.append(Block(table, good, about[-1]))
    width = len(calibration.NAMES)
    rows = Rows(np.array(evidence, float).reshape(-1, width), np.array(right, float), tuple(about))
    return Heard(rows, tuple(blocks))


def learn(ask: Callable[[Weights, tuple[float, ...]], Heard]) -> tuple[Weights, tuple[float, ...], Heard]:
    """Weights of certainty and of rank, and what was heard by them. What is weighed depends a little on the weights, so it is
    asked again with those just learnt, until they come back. Starts from nothing learnt but the search, whatever the file holds:
    two runs agree."""
    weights, ranks = NOTHING_LEARNT, SEARCH_ALONE
    seen: set[tuple[Weights, tuple[float, ...]]] = set()
    heard = ask(weights, ranks)
    while (weights, ranks) not in seen and len(seen) < ROUNDS:
        seen.add((weights, ranks))
        weights, ranks = fit(heard.rows), rank_weights_of(heard.blocks) if heard.blocks else ranks
        heard = ask(weights, ranks)
    return fit(heard.rows), ranks, heard


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reads", choices=MODES, action="append", help="learn only these; may be repeated")
    parser.add_argument("--vectors", type=Path, default=None, help="a file in which to keep the encoder's vectors")
    parser.add_argument("--write", action="store_true", help="write the weights into calibration.py")
    given = parser.parse_args()
    modes = given.reads or MODES
    if set(modes) != {"words"} and not meaning_is_here():
        raise SystemExit("the encoder of meanings is not installed")
    teaching = [question for asked in own_sets().values() if not is_dialogue(asked) for question in asked]
    tested = {name: asked for name, asked in folder_sets().items() if not is_dialogue(asked)}
    ranks = {mode: calibration.rank_weights(mode) for mode in MODES}
    learnt = {mode: calibration.weights(mode) for mode in MODES}
    for mode in modes:
        asked = parts(mode, given.vectors and given.vectors.with_name(f"{given.vectors.name}-{mode}"), remembering=True)
        learnt[mode], ranks[mode], heard = learn(partial(gather, teaching, asked))
        print(f"\n## {mode}\n\n{dict(zip(calibration.RANKED, ranks[mode], strict=True))}\n")
        print(f"in first place, by five-fold cross-validation: {left_out_firsts(heard.blocks):.1%}\n")
        print(f"{dict(zip(calibration.NAMES, learnt[mode][0], strict=True))} {learnt[mode][1]}\n")
        rows = heard.rows
        print(table("learnt from, by five-fold cross-validation", left_out_chances(rows), rows.right), "\n")
        for name, questions in tested.items():
            held = gather(questions, asked, learnt[mode], ranks[mode]).rows
            print(table(name, chances(held, learnt[mode]), held.right), "\n", flush=True)
    if given.write:
        TARGET.write_text(source(TARGET.read_text(encoding="utf-8"), ranks, learnt), encoding="utf-8")


if __name__ == "__main__":
    main()
