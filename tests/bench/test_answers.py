"""The figures and tables of the bench of answers, and the report that joins the benches."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .answers import Figures, Share, figures, percentile, plain, table
from .asking import folder_sets, is_dialogue
from .report import INTRODUCTION, compose, conditions, versions
from .score import Answer, Expect, Question

DATED: Expect = {"status": "answered", "facts": ["a"], "field": "dates.closes", "value": "2026-02-10"}
EXPECTED: dict[str, Expect] = {
    "first": {"status": "answered", "facts": ["a", "b"]},
    "offered": {"status": "answered", "facts": ["a"]},
    "value": DATED,
    "other-value": DATED,
    "list": {"status": "answered", "facts": ["a", "b"], "set": ["a", "b"]},
    "count": {"status": "answered", "facts": ["a", "b"], "count": 2},
    "unknown": {"status": "unknown", "facts": []},
    "asserted": {"status": "unknown", "facts": []},
}
ANSWERS: dict[str, Answer] = {
    "first": {"band": "sure", "facts": ["b"], "lang": "fr"},
    "offered": {"band": "unsure", "facts": ["c", "a"], "lang": "fr"},
    "value": {"band": "sure", "facts": ["a"], "value": "2026-02-10", "lang": "fr"},
    "other-value": {"band": "sure", "facts": ["a"], "value": "2026-02-11", "lang": "en"},
    "list": {"band": "sure", "set": ["b", "a"], "lang": "fr"},
    "count": {"band": "sure", "count": 3, "lang": "fr"},
    "unknown": {"band": "unknown", "lang": "fr"},
    "asserted": {"band": "sure", "facts": ["c"], "lang": "fr"},
}


def question(key: str, expect: Expect, thread: str = "", tags: tuple[str, ...] = ()) -> Question:
    asked: Question = {"id": key, "lang": "fr", "text": "?", "today": "2026-11-23", "tags": [*tags], "expect": expect}
    if thread:
        asked["thread"] = thread
    return asked


QUESTIONS = [question(key, expect) for key, expect in EXPECTED.items()]


@pytest.mark.parametrize(
    ("measure", "part", "whole"),
    [
        ("right", 4, 8),
        ("wrong and said as sure", 3, 8),
        ("wrong and said as sure, about the right fact", 1, 8),
        ("right fact in first place", 3, 4),
        ("right fact said as sure", 3, 4),
        ("right fact among the choices, where choices are given", 1, 1),
        ("unknown and said so", 1, 2),
        ("unknown and not said as sure", 1, 2),
        ("list exact", 1, 1),
        ("count exact", 0, 1),
        ("value right", 1, 2),
        ("dialogue right from end to end", 0, 0),
        ("language right", 7, 8),
    ],
)
def test_each_measure_counts_what_its_name_says(measure: str, part: int, whole: int) -> None:
    assert figures(QUESTIONS, ANSWERS, []).shares[measure] == Share(part, whole)


def test_a_dialogue_is_right_when_each_of_its_turns_is() -> None:
    turns = [
        question("first", EXPECTED["first"], "t-1"),
        question("value", DATED, "t-1"),
        question("unknown", EXPECTED["unknown"], "t-2"),
        question("asserted", EXPECTED["asserted"], "t-2"),
    ]
    assert figures(turns, ANSWERS, []).shares["dialogue right from end to end"] == Share(1, 2)


def test_an_answer_that_never_came_is_not_right() -> None:
    shares = figures(QUESTIONS, {}, []).shares
    assert shares["right"] == Share(0, 8)
    assert shares["wrong and said as sure"] == Share(0, 8)


def test_the_language_is_not_judged_where_the_question_does_not_tell_it() -> None:
    bare = [question("other-value", DATED, tags=("no-language",)), question("value", DATED)]
    assert figures(bare, ANSWERS, []).shares["language right"] == Share(1, 1)


@pytest.mark.parametrize(("part", "time"), [(0.5, 51.0), (0.99, 100.0), (0.0, 1.0), (1.0, 100.0)])
def test_a_percentile_is_one_of_the_times(part: float, time: float) -> None:
    assert percentile([float(place) for place in range(100, 0, -1)], part) == time


def test_the_tables_of_two_runs_stand_side_by_side_without_what_is_not_measured() -> None:
    run = figures(QUESTIONS, ANSWERS, [1.0, 3.0])
    lines = table("a set", {"one way": run, "another": run}).splitlines()
    assert lines[0] == "### a set (8 questions)"
    assert lines[2] == "| | one way | another |"
    assert "| right | 50.0% of 8 | 50.0% of 8 |" in lines
    assert "| kind: unknown (2) | 50.0% (1 wrong) | 50.0% (1 wrong) |" in lines
    assert not any("dialogue" in line for line in lines)
    assert {line.count("|") for line in lines[2:]} == {4}


def test_small_tags_and_tags_that_are_kinds_stay_out_of_the_table() -> None:
    many = [question(f"q-{place}", EXPECTED["unknown"], tags=("unknown", "vpn")) for place in range(4)]
    five = [question(f"p-{place}", EXPECTED["unknown"], tags=("unknown", "near-miss")) for place in range(5)]
    groups = re.findall(r"\| (\w+: [\w-]+) \(", table("x", {"one": figures([*many, *five], {}, [])}))
    assert groups == ["kind: unknown", "tag: near-miss", "lang: fr"]


def test_figures_as_json_keep_parts_and_wholes() -> None:
    run = figures(QUESTIONS, ANSWERS, [1.0])
    found = plain({"a set": {"one way": run}})["a set"]["one way"]
    assert found["shares"]["list exact"] == {"part": 1, "whole": 1}
    assert found["p50"] == 1.0


def test_sets_of_a_folder_are_found_by_the_names_of_their_files(tmp_path: Path) -> None:
    line = '{"id": "x", "thread": "t"}\n'
    (tmp_path / "talk.jsonl").write_text(line)
    (tmp_path / "README.md").write_text("not a set")
    found = folder_sets({"ENTENTE_QUESTIONS": str(tmp_path)})
    assert list(found) == ["talk"]
    assert is_dialogue(found["talk"])
    assert folder_sets({}) == {}
    with pytest.raises(SystemExit):
        folder_sets({"ENTENTE_QUESTIONS": str(tmp_path / "nowhere")})


def test_the_report_says_under_what_conditions_and_names_no_machine() -> None:
    text = compose(conditions("2026-11-23", full=False, load=5.25), dict.fromkeys(INTRODUCTION, "a table"))
    assert "2026-11-23" in text and "short form" in text and "cores" in text and "start: 5.2" in text
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Answers", "Retrieval", "Reminders", "Crashes", "Speed"]
    assert not re.search(r"/\w+/", text)


def test_a_package_that_is_not_here_is_said_to_be_missing() -> None:
    assert versions(["numpy", "no-such-package"])[1] == "no-such-package none"


def test_nothing_asked_has_no_share() -> None:
    assert str(Share(0, 0)) == "–"
    assert isinstance(figures([], {}, []), Figures)
