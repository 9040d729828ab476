"""The scorer: each verdict, the values it takes for equal, and the figures of a run."""

from __future__ import annotations

import pytest

from .score import (
    Answer,
    Expect,
    Question,
    Scalar,
    Verdict,
    failures,
    fold,
    judge,
    same_value,
    summary,
    table,
)


def question(expect: Expect, *tags: str, key: str = "q-1", lang: str = "fr") -> Question:
    return {
        "id": key,
        "lang": lang,
        "text": "?",
        "today": "2026-11-23",
        "tags": list(tags),
        "expect": expect,
    }


SINGLE: Expect = {"status": "answered", "facts": ["a", "b"]}
DATED: Expect = {**SINGLE, "field": "dates.closes", "value": "2026-02-10"}
CHOICE: Expect = {"status": "choose", "facts": ["a", "b", "c"]}
UNKNOWN: Expect = {"status": "unknown", "facts": []}
LISTED: Expect = {**SINGLE, "set": ["a", "b"]}
COUNTED: Expect = {**SINGLE, "count": 2}


def test_no_answer_is_missed() -> None:
    assert judge(question(SINGLE), None) == "missed"


@pytest.mark.parametrize(
    ("expect", "answer", "verdict"),
    [
        (SINGLE, {"band": "sure", "facts": ["b", "z"]}, "right"),
        (SINGLE, {"band": "sure", "facts": ["z", "a"]}, "wrong"),
        (SINGLE, {"band": "sure", "facts": []}, "wrong"),
        (SINGLE, {"band": "unsure", "facts": ["z", "a"]}, "near"),
        (SINGLE, {"band": "unsure", "facts": ["z"]}, "missed"),
        (SINGLE, {"band": "unknown", "facts": ["a"]}, "missed"),
        (DATED, {"band": "sure", "facts": ["a"], "value": "2026-02-10"}, "right"),
        (DATED, {"band": "sure", "facts": ["a"], "value": "2026-02-11"}, "wrong"),
        (DATED, {"band": "sure", "facts": ["a"], "text": "2026-02-10"}, "wrong"),
        (CHOICE, {"band": "unsure", "facts": ["z", "a", "b"]}, "right"),
        (CHOICE, {"band": "unsure", "facts": ["v", "w", "x", "y", "a", "b"]}, "near"),
        (CHOICE, {"band": "sure", "facts": ["a"]}, "wrong"),
        (CHOICE, {"band": "unknown"}, "missed"),
        (UNKNOWN, {"band": "unknown", "facts": ["a"]}, "right"),
        (UNKNOWN, {"band": "unsure", "facts": ["a"]}, "near"),
        (UNKNOWN, {"band": "chat"}, "near"),
        (UNKNOWN, {"band": "sure", "facts": ["a"]}, "wrong"),
        (LISTED, {"band": "sure", "set": ["b", "a"]}, "right"),
        (LISTED, {"band": "sure", "set": ["a"]}, "wrong"),
        (LISTED, {"band": "sure", "facts": ["a", "b"]}, "wrong"),
        (LISTED, {"band": "unsure", "set": ["a", "b"]}, "missed"),
        (COUNTED, {"band": "sure", "count": 2}, "right"),
        (COUNTED, {"band": "sure", "count": 3}, "wrong"),
        (COUNTED, {"band": "unknown", "count": 2}, "missed"),
    ],
)
def test_each_kind_of_question_has_its_verdicts(expect: Expect, answer: Answer, verdict: Verdict) -> None:
    assert judge(question(expect), answer) == verdict


@pytest.mark.parametrize(("band", "verdict"), [("chat", "right"), ("sure", "wrong"), ("unknown", "missed")])
def test_small_talk_wants_a_courtesy_and_never_a_fact(band: str, verdict: Verdict) -> None:
    assert judge(question({"status": "answered", "facts": []}, "chitchat"), {"band": band}) == verdict


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        ("2024", {"value": "2024-09-12"}),
        ("2024-09", {"value": "2024-09-12"}),
        (700000000, {"value": "700,000,000"}),
        (0.5, {"value": 0.5}),
        ("Saint-Étienne", {"value": "saint-etienne"}),
        (
            "Thomas Lombès",
            {"text": "Signé par Bettina Lundgren et Thomas\u00a0Lombes."},
        ),
        ("30,6 %", {"text": "un rendement de 30,6\u202f%"}),
    ],
)
def test_the_same_value_is_known_in_other_clothes(expected: Scalar, answer: Answer) -> None:
    assert same_value(expected, answer)


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        ("2024-09-12", {"value": "2024-09"}),
        ("2024", {"value": "20240"}),
        ("2024", {"text": "en 2024"}),
        (202, {"text": "délai médian de 202 jours"}),
        (2, {"value": 12}),
        ("Berlin", {"text": "à Paris"}),
        ("Berlin", {"value": None}),
    ],
)
def test_another_value_is_not_taken_for_it(expected: Scalar, answer: Answer) -> None:
    assert not same_value(expected, answer)


def test_folding_drops_case_accents_ligatures_and_odd_spaces() -> None:
    assert fold("Œuvre\u00a0\u202f ÉTÉ") == "oeuvre ete"


def test_the_summary_counts_by_kind_tag_and_language() -> None:
    asked = [
        question(SINGLE, "lookup", key="1"),
        question(LISTED, "list", "typo", key="2", lang="en"),
        question(UNKNOWN, "unknown", "near:a", key="3"),
        question(UNKNOWN, "unknown", key="4"),
    ]
    given: dict[str, Answer] = {
        "1": {"band": "sure", "facts": ["a"], "lang": "fr"},
        "2": {"band": "sure", "set": ["a"], "lang": "fr"},
        "3": {"band": "sure", "facts": ["a"]},
        "4": {"band": "unknown"},
    }
    figures = summary(asked, given)
    assert (figures.questions, figures.answerable_right, figures.wrong_and_sure) == (
        4,
        0.5,
        0.5,
    )
    assert (
        figures.unknown_not_answered,
        figures.language_right,
        figures.dialogues_right,
    ) == (0.5, 0.5, None)
    assert figures.groups["lang:fr"] == {"right": 2, "wrong": 1}
    assert figures.groups["tag:typo"] == {"wrong": 1}
    assert "tag:near:a" not in figures.groups


def test_the_language_of_a_mixed_question_is_not_judged() -> None:
    asked = [question(SINGLE, "mixed", key="1"), question(SINGLE, key="2")]
    given: dict[str, Answer] = {"1": {"lang": "en"}, "2": {"lang": "fr"}}
    assert summary(asked, given).language_right == 1.0


def test_one_bad_turn_makes_a_dialogue_not_right() -> None:
    asked: list[Question] = [
        {**question(SINGLE, key="1"), "thread": "t"},
        {**question(SINGLE, key="2"), "thread": "t"},
        {**question(SINGLE, key="3"), "thread": "u"},
    ]
    good: Answer = {"band": "sure", "facts": ["a"]}
    assert summary(asked, {"1": good, "3": good}).dialogues_right == 0.5


def test_the_table_has_a_line_for_each_group_kinds_before_tags() -> None:
    text = table(summary([question(SINGLE, "lookup")], {"q-1": {"band": "sure", "facts": ["a"]}}))
    assert [line.split()[0] for line in text.splitlines()[1:-1]] == [
        "all",
        "kind:single",
        "tag:lookup",
        "lang:fr",
    ]
    assert "100.0%" in text


def test_failures_show_what_was_expected_and_what_came() -> None:
    (line,) = failures([question(SINGLE)], {"q-1": {"id": "q-1", "band": "sure", "facts": ["z"]}})
    assert line.startswith("wrong  q-1") and "'z'" in line
