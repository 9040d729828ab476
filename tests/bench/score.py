"""Judges answers against questions whose answer is known, and prints the figures as a table.

    python tests/bench/score.py questions.jsonl answers.jsonl [--failures N]

A question is one JSON object a line: `id, lang, text, today, tags, expect{status, facts, set, count, field, value}` and
`thread` in a dialogue. An answer: `id, band, facts, set, count, value, lang, text`; `band` is `sure`, `unsure`,
`unknown` or `chat`. A verdict is one of:

- `right`: what was expected;
- `near`: the fact was offered among others, or an unknown was held back with doubt;
- `missed`: nothing useful was said;
- `wrong`: something false was said as if it were sure, the only verdict that costs trust.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypedDict

Verdict = Literal["right", "near", "missed", "wrong"]
VERDICTS: Final[tuple[Verdict, ...]] = ("right", "near", "missed", "wrong")
Scalar = str | int | float

# How many of the offered facts a person reads before giving up on a choice.
OFFERED = 5
# In these the language of the answer cannot be told from the question.
UNJUDGED_LANGUAGE: Final = frozenset({"mixed", "no-language"})
PARTIAL_DATE: Final = re.compile(r"\d{4}(-\d{2})?")
ANY_DATE: Final = re.compile(r"\d{4}(-\d{2}){0,2}")
THOUSANDS: Final = re.compile(r"[\s\u00a0\u202f,_](?=\d{3}\b)")
LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae"})


class _ExpectRequired(TypedDict):
    status: str
    facts: list[str]


class Expect(_ExpectRequired, total=False):
    """What the answer must say; `set` and `count` replace the single fact, `value` is read at `field`."""

    set: list[str]
    count: int
    field: str
    value: Scalar


class _QuestionRequired(TypedDict):
    id: str
    lang: str
    text: str
    today: str
    tags: list[str]
    expect: Expect


class Question(_QuestionRequired, total=False):
    """One line of a question file."""

    thread: str


class Answer(TypedDict, total=False):
    """One line of the output of a batch; everything may be missing."""

    id: str
    band: str | None
    facts: list[str] | None
    set: list[str] | None
    count: int | None
    value: Scalar | None
    lang: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a run. Shares are between 0 and 1; `groups` maps `kind:…`, `tag:…`, `lang:…` and `all` to counts."""

    questions: int
    answerable_right: float
    wrong_and_sure: float
    unknown_not_answered: float
    language_right: float
    dialogues_right: float | None
    groups: Mapping[str, Mapping[Verdict, int]]


def fold(text: str) -> str:
    """Lower case, no accents, single spaces: two spellings of the same words become equal."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(LIGATURES))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", bare)


def number(value: object) -> float | None:
    """The number that `value` writes, thousands separators aside, or None."""
    try:
        return float(THOUSANDS.sub("", str(value)))
    except ValueError:
        return None


def same_value(expected: Scalar, answer: Answer) -> bool:
    """Whether the answer gives the expected value: as data, or for words also in its text.

    A year or a month is met by any day inside it. A number or a date must be in the data: a text may hold many.
    """
    given, wanted = answer.get("value"), str(expected)
    if given is not None and fold(str(given)) == fold(wanted):
        return True
    if PARTIAL_DATE.fullmatch(wanted) and str(given).startswith(f"{wanted}-"):
        return True
    figure = number(expected)
    if figure is not None:
        return figure == number(given)
    if ANY_DATE.fullmatch(wanted):
        return False
    return fold(wanted) in fold(answer.get("text") or "")


def judge(question: Question, answer: Answer | None) -> Verdict:
    """The verdict on one answer; no answer at all is `missed`."""
    if answer is None:
        return "missed"
    expect, band = question["expect"], answer.get("band")
    if "chitchat" in question["tags"]:
        return _only_when(band, "chat")
    if expect["status"] == "unknown":
        return "right" if band == "unknown" else "wrong" if band == "sure" else "near"
    if expect["status"] == "choose":
        return _judge_choice(expect, answer)
    if "count" in expect:
        return _when_sure(band, answer.get("count") == expect["count"])
    if "set" in expect:
        return _when_sure(band, set(answer.get("set") or ()) == set(expect["set"]))
    return _judge_single(expect, answer)


def _only_when(band: str | None, wanted: str) -> Verdict:
    return "right" if band == wanted else "wrong" if band == "sure" else "missed"


def _when_sure(band: str | None, correct: bool) -> Verdict:
    if band != "sure":
        return "missed"
    return "right" if correct else "wrong"


def _judge_choice(expect: Expect, answer: Answer) -> Verdict:
    if answer.get("band") != "unsure":
        return _only_when(answer.get("band"), "unsure")
    offered = set((answer.get("facts") or [])[:OFFERED])
    return "right" if len(offered & set(expect["facts"])) >= 2 else "near"


def _judge_single(expect: Expect, answer: Answer) -> Verdict:
    facts, band = answer.get("facts") or [], answer.get("band")
    if band == "unsure":
        return "near" if set(facts) & set(expect["facts"]) else "missed"
    hit = bool(facts) and facts[0] in expect["facts"]
    return _when_sure(band, hit and ("value" not in expect or same_value(expect["value"], answer)))


def kind_of(question: Question) -> str:
    """The group that a question counts in: chat, unknown, choose, count, list or single."""
    expect = question["expect"]
    if "chitchat" in question["tags"]:
        return "chat"
    if expect["status"] != "answered":
        return expect["status"]
    return "count" if "count" in expect else "list" if "set" in expect else "single"


def groups_of(question: Question) -> set[str]:
    """Every group that a question counts in. The record that an unknown is near to is no group."""
    tags = {f"tag:{tag}" for tag in question["tags"] if not tag.startswith("near:")}
    return {"all", f"kind:{kind_of(question)}", f"lang:{question['lang']}", *tags}


def summary(questions: Iterable[Question], answers: Mapping[str, Answer]) -> Summary:
    """The figures of a run: `answers` by id; a dialogue is right when each of its turns is."""
    asked = list(questions)
    verdicts = {question["id"]: judge(question, answers.get(question["id"])) for question in asked}
    groups: dict[str, Counter[Verdict]] = {}
    threads: dict[str, bool] = {}
    for question in asked:
        verdict = verdicts[question["id"]]
        for name in groups_of(question):
            groups.setdefault(name, Counter())[verdict] += 1
        if thread := question.get("thread"):
            threads[thread] = threads.get(thread, True) and verdict == "right"
    answerable = [groups.get(f"kind:{kind}", Counter()) for kind in ("single", "list", "count")]
    unknown = groups.get("kind:unknown", Counter())
    return Summary(
        questions=len(asked),
        answerable_right=_share(
            sum(group["right"] for group in answerable),
            sum(map(Counter.total, answerable)),
        ),
        wrong_and_sure=_share(sum(verdict == "wrong" for verdict in verdicts.values()), len(asked)),
        unknown_not_answered=1 - _share(unknown["wrong"], unknown.total()),
        language_right=_language_right(asked, answers),
        dialogues_right=_share(sum(threads.values()), len(threads)) if threads else None,
        groups=groups,
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _language_right(questions: Iterable[Question], answers: Mapping[str, Answer]) -> float:
    judged = [
        language == question["lang"]
        for question in questions
        if (language := answers.get(question["id"], Answer()).get("lang"))
        and not UNJUDGED_LANGUAGE & set(question["tags"])
    ]
    return _share(sum(judged), len(judged))


def table(figures: Summary) -> str:
    """The figures as text: one line a group, kinds first, then tags, then languages; the totals last."""
    order = ("all", "kind", "tag", "lang")
    names = sorted(figures.groups, key=lambda name: (order.index(name.partition(":")[0]), name))
    lines = [f"{'':28}{'n':>5}{'right':>8}{'near':>7}{'missed':>8}{'wrong':>7}"]
    for name in names:
        counts = figures.groups[name]
        total = sum(counts.values())
        share = _share(counts.get("right", 0), total)
        rest = "".join(
            f"{counts.get(verdict, 0):>{width}}" for verdict, width in zip(VERDICTS[1:], (7, 8, 7), strict=True)
        )
        lines.append(f"{name:28}{total:>5}{share:>8.1%}{rest}")
    totals = {
        "answerable_right": figures.answerable_right,
        "wrong_and_sure": figures.wrong_and_sure,
        "unknown_not_answered": figures.unknown_not_answered,
        "language_right": figures.language_right,
        "dialogues_right": figures.dialogues_right,
    }
    lines.append(
        "  ".join(
            [
                f"questions={figures.questions}",
                *(f"{k}={v:.4f}" for k, v in totals.items() if v is not None),
            ]
        )
    )
    return "\n".join(lines)


def read_questions(path: Path) -> list[Question]:
    """The questions of a file, in its order."""
    rows: list[Question] = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return rows


def read_answers(path: Path) -> dict[str, Answer]:
    """The answers of a file by id; of two with one id the last counts."""
    rows: list[Answer] = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return {row["id"]: row for row in rows}


def failures(questions: Iterable[Question], answers: Mapping[str, Answer]) -> Iterable[str]:
    """A line for each question whose answer is not right."""
    for question in questions:
        answer = answers.get(question["id"])
        if (verdict := judge(question, answer)) != "right":
            got = {key: value for key, value in (answer or {}).items() if key not in ("id", "text", "lang")}
            yield (
                f"{verdict:6} {question['id']} [{question['lang']} {question['today']}] {question['text']}\n"
                f"       expected {question['expect']}\n       got      {got}"
            )


def main() -> None:
    """Print the table, after the first failures if asked."""
    parser = argparse.ArgumentParser(description="Score answers against questions whose answer is known.")
    parser.add_argument("questions", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--failures", type=int, default=0, help="print the first N that are not right")
    options = parser.parse_args()
    questions, answers = (
        read_questions(options.questions),
        read_answers(options.answers),
    )
    for line in list(failures(questions, answers))[: options.failures]:
        print(line)
    print(table(summary(questions, answers)))


if __name__ == "__main__":
    main()
