"""How good and how fast the answers are: every set of questions through the whole bot, its language not given.

    python -m tests.bench.answers [--meaning] [--json] [--vectors FILE] [--sets NAME ...]

Sets: golden, held_out, dialogues, and each *.jsonl of the folder named by ENTENTE_QUESTIONS. One table a set, by words
alone and, with `--meaning`, with the encoder where it is installed. A line of groups reads: right, wrong and said as sure.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, cast

from bot.batch import Answering
from bot.wiring import Parts
from knowledge.questions.form import Asked

from .asking import folder_sets, meaning_is_here, own_sets, parts
from .score import Answer, Question, Summary, groups_of, judge, same_value, summary

WORDS: Final = "by words"
MEANING: Final = "with meaning"
ORDER: Final = ("kind", "tag", "lang")
SAME_AS_KIND: Final = frozenset({"tag:choose", "tag:count", "tag:list", "tag:unknown", "tag:chitchat"})
ENOUGH: Final = 5
"""Questions that a tag must have to be shown."""


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    def __str__(self) -> str:
        return f"{self.part / self.whole:.1%} of {self.whole}" if self.whole else "–"

    @classmethod
    def of(cls, verdicts: Sequence[bool]) -> Share:
        return cls(sum(verdicts), len(verdicts))


@dataclass(frozen=True)
class Figures:
    """What a set of questions came to. `shares` by what they measure; `groups` maps a group to right, wrong and all;
    times in milliseconds, without the rendering."""

    shares: Mapping[str, Share]
    groups: Mapping[str, tuple[int, int, int]]
    p50: float
    p99: float


def figures(questions: Sequence[Question], answers: Mapping[str, Answer], times: Sequence[float]) -> Figures:
    """The figures of a set from its answers by id."""
    total = summary(questions, answers)
    groups = {
        name: (counts.get("right", 0), counts.get("wrong", 0), sum(counts.values()))
        for name, counts in total.groups.items()
    }
    return Figures(shares(questions, answers, total), groups, percentile(times, 0.5), percentile(times, 0.99))


def shares(questions: Sequence[Question], answers: Mapping[str, Answer], total: Summary) -> dict[str, Share]:
    pairs = [(question, answers.get(question["id"], Answer())) for question in questions]
    single = [(one, given) for one, given in pairs if "kind:single" in groups_of(one)]
    verdict = {one["id"]: judge(one, given) for one, given in pairs}
    unknown = [one["id"] for one, _ in pairs if "kind:unknown" in groups_of(one)]
    offered = [
        bool(set(given.get("facts") or ()) & set(one["expect"]["facts"]))
        for one, given in pairs
        if given.get("band") == "unsure" and one["expect"]["facts"]
    ]
    threads: dict[str, bool] = {}
    for one, _ in pairs:
        if thread := one.get("thread"):
            threads[thread] = threads.get(thread, True) and verdict[one["id"]] == "right"
    judged = sum("mixed" not in one["tags"] and "no-language" not in one["tags"] for one in questions)
    return {
        "right": Share.of([one == "right" for one in verdict.values()]),
        "wrong and said as sure": Share.of([one == "wrong" for one in verdict.values()]),
        "wrong and said as sure, about the right fact": Share.of(
            [verdict[one["id"]] == "wrong" and first(one, given) for one, given in pairs]
        ),
        "right fact in first place": Share.of([first(one, given) for one, given in single]),
        "right fact said as sure": Share.of(
            [first(one, given) and given.get("band") == "sure" for one, given in single]
        ),
        "right fact among the choices, where choices are given": Share.of(offered),
        "unknown and said so": Share.of([verdict[key] == "right" for key in unknown]),
        "unknown and not said as sure": Share.of([verdict[key] != "wrong" for key in unknown]),
        "list exact": Share.of([verdict[one["id"]] == "right" for one in questions if "set" in one["expect"]]),
        "count exact": Share.of([verdict[one["id"]] == "right" for one in questions if "count" in one["expect"]]),
        "value right": Share.of(
            [
                first(one, given) and same_value(one["expect"]["value"], given)
                for one, given in single
                if "value" in one["expect"]
            ]
        ),
        "dialogue right from end to end": Share.of(list(threads.values())),
        "language right": Share(round(total.language_right * judged), judged),
    }


def first(question: Question, answer: Answer) -> bool:
    """Whether a right fact stands in first place, however sure."""
    return (answer.get("facts") or [""])[0] in question["expect"]["facts"]


def percentile(times: Sequence[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(part * len(times)))] if times else 0.0


def table(name: str, runs: Mapping[str, Figures]) -> str:
    """One set as a Markdown table, the runs side by side; what a set does not measure is left out."""
    every = list(runs.values())
    lines = [
        f"### {name} ({every[0].shares['right'].whole} questions)",
        "",
        "| | " + " | ".join(runs) + " |",
        "|---|" + "---|" * len(runs),
    ]
    for measure, share in every[0].shares.items():
        if share.whole or any(run.shares[measure].whole for run in every):
            lines.append(f"| {measure} | " + " | ".join(str(run.shares[measure]) for run in every) + " |")
    lines.append("| ms p50 / p99 | " + " | ".join(f"{run.p50:.1f} / {run.p99:.1f}" for run in every) + " |")
    for group in shown(every[0].groups):
        cells = [f"{right / count:.1%} ({wrong} wrong)" for right, wrong, count in (run.groups[group] for run in every)]
        lines.append(f"| {group.replace(':', ': ')} ({every[0].groups[group][2]}) | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def shown(groups: Mapping[str, tuple[int, int, int]]) -> list[str]:
    """The groups that a table shows: kinds, then tags that are no kind and have enough questions to say something, then
    languages."""
    kept = [
        name
        for name, (_, _, count) in groups.items()
        if name != "all" and (not name.startswith("tag:") or (count >= ENOUGH and name not in SAME_AS_KIND))
    ]
    return sorted(kept, key=lambda name: (ORDER.index(name.partition(":")[0]), name))


def run(questions: Sequence[Question], asked: Parts) -> Figures:
    """Asks a set as `entente ask --batch` does, with no language given."""
    answering = Answering(asked)
    answers, times = {}, []
    for question in questions:
        plain: dict[str, Any] = {key: value for key, value in question.items() if key != "lang"}
        found = answering.one(plain)
        times.append(float(found["ms"]))
        answers[question["id"]] = cast("Answer", found)
    return figures(questions, answers, times)


def run_all(
    sets: Mapping[str, Sequence[Question]], meaning: bool, vectors: Path | None = None
) -> dict[str, dict[str, Figures]]:
    """The figures of each set by the name of the run."""
    found: dict[str, dict[str, Figures]] = {name: {} for name in sets}
    for title in (WORDS, MEANING) if meaning else (WORDS,):
        asked = parts("latent" if title == MEANING else "words", vectors)
        # The first question pays for what is read once.
        asked.base.ask(Asked("atelier", date(2026, 1, 5)))
        for name, questions in sets.items():
            found[name][title] = run(questions, asked)
    return found


def plain(found: Mapping[str, Mapping[str, Figures]]) -> dict[str, Any]:
    """The figures as JSON would have them."""
    return {name: {title: asdict(figures) for title, figures in runs.items()} for name, runs in found.items()}


def report(found: Mapping[str, Mapping[str, Figures]]) -> str:
    return "\n\n".join(table(name, runs) for name, runs in found.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--meaning", action="store_true", help="also with the encoder, when it is installed")
    parser.add_argument("--json", action="store_true", help="print one JSON object in place of the tables")
    parser.add_argument("--vectors", type=Path, default=None, help="a file in which to keep the encoder's vectors")
    parser.add_argument("--sets", nargs="+", default=None, help="only these")
    given = parser.parse_args()
    sets = {name: asked for name, asked in {**own_sets(), **folder_sets()}.items() if name in (given.sets or [name])}
    found = run_all(sets, given.meaning and meaning_is_here(), given.vectors)
    print(json.dumps(plain(found), ensure_ascii=False) if given.json else report(found))


if __name__ == "__main__":
    main()
