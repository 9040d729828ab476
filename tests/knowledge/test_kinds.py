"""A team's own kind: one file, read like the shipped ones, with every mistake on its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.kinds.reading import load_kinds
from knowledge.messages import Phrase

GRANT = """
labels: {fr: bourse, en: grant}
plurals: {fr: bourses, en: grants}
words: {fr: [bourse, bourses], en: [grant, grants]}
status:
  open:
  awarded:
    labels: {fr: attribuée, en: awarded}
    words: {fr: [attribuée], en: [awarded]}
when: closes_on
next: [closes_on, closes_again]
card: [closes_on, level, location]
fields:
  closes_on:
    type: day
    deadline: true
    labels: {fr: Clôture, en: Closes}
    words: {fr: [ferme], en: [closes]}
  closes_again:
    type: recurrence
    deadline: true
    labels: {fr: Reprises, en: Rounds}
  level:
    type: choice
    required: true
    labels: {fr: Niveau, en: Level}
    choices:
      junior: {labels: {fr: débutant, en: junior}}
      senior: {labels: {fr: confirmé, en: senior}}
  location:
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def save(text: str, name: str = "grant.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return save


def found(path: Path) -> list[tuple[int | None, str, str]]:
    kinds, problems = load_kinds([path])
    assert kinds == {}
    assert {problem.file for problem in problems} == {str(path)}
    inner = [problem.phrase.args.get("problem", problem.phrase) for problem in problems]
    assert all(isinstance(phrase, Phrase) for phrase in inner)
    return sorted((problem.line, problem.field, phrase.key) for problem, phrase in zip(problems, inner, strict=True))


def test_a_kind_of_the_team_stands_beside_the_shipped_ones(write: Write) -> None:
    kinds, problems = load_kinds([write(GRANT)])
    assert problems == ()
    grant = kinds["grant"]
    assert [spec.name for spec in grant.deadlines] == ["closes_on", "closes_again"]
    assert "call" in kinds


def test_a_kind_borrows_fields_and_statuses_and_may_add_its_own(write: Write) -> None:
    grant = load_kinds([write(GRANT)])[0]["grant"]
    place, status, level = grant.field("location"), grant.field("status"), grant.field("level")
    assert place is not None and place.labels == {"fr": "Lieu", "en": "Place"}
    assert status is not None and status.choices["open"] == {"fr": "ouvert", "en": "open"}
    assert status.choice_words["awarded"]["en"] == ("awarded",)
    assert level is not None and level.required and set(level.choices) == {"junior", "senior"}


def test_a_kind_may_change_one_thing_of_a_field_it_borrows(write: Write) -> None:
    grant = load_kinds([write(GRANT.replace("  location:", "  location:\n    labels: {fr: Ville, en: City}"))])[0][
        "grant"
    ]
    place = grant.field("location")
    assert place is not None
    assert place.labels["fr"] == "Ville"
    assert "où" in place.words["fr"]


def test_every_mistake_of_a_kind_is_reported_with_its_line_and_key(write: Write) -> None:
    wrong = """labels: {fr: bourse, de: Stipendium}
plurals: {fr: bourses}
wrods: {fr: [bourse]}
status: [open, opne]
group: evnet
when: level
card: [closes_on, closes_om]
fields:
  closes_on: {type: dya, labels: {fr: Clôture}}
  level: {type: choice, labels: {fr: Niveau}, deadline: oui}
  source: {type: line, labels: {fr: Source}}
  Big Name: {type: line, labels: {fr: x}}
  amount: {type: money, labels: {fr: Montant}, deadline: true}
"""
    assert found(write(wrong)) == [
        (1, "labels.de", "problem.unknown_key"),
        (3, "wrods", "problem.unknown_key"),
        (4, "status", "problem.unknown_status"),
        (5, "group", "problem.unknown_group"),
        (6, "when.0", "problem.not_a_day_field"),
        (7, "card.1", "problem.unknown_field"),
        (9, "fields.closes_on.type", "problem.unknown_type"),
        (10, "fields.level", "problem.missing"),
        (10, "fields.level.deadline", "problem.not_a_flag"),
        (11, "fields.source", "problem.reserved_name"),
        (12, "fields.Big Name", "problem.field_name"),
        (13, "fields.amount.deadline", "problem.not_a_day_field"),
    ]


def test_a_near_word_is_suggested(write: Write) -> None:
    _, problems = load_kinds([write(GRANT.replace("card: [closes_on", "card: [closes_om"))])
    assert problems[0].phrase.key == "problem.suggesting"
    assert problems[0].phrase.args["suggestion"] == "closes_on"


def test_a_kind_that_exists_already_is_refused(write: Write) -> None:
    assert found(write(GRANT, "call.yaml")) == [(2, "", "problem.kind_twice")]


def test_the_name_of_the_file_must_be_able_to_name_a_kind(write: Write) -> None:
    assert found(write(GRANT, "Ma bourse.yaml")) == [(2, "", "problem.kind_name")]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert found(tmp_path / "none.yaml") == [(None, "", "problem.file_missing")]


def test_a_file_that_is_no_mapping_is_a_problem(write: Write) -> None:
    assert found(write("- a\n")) == [(1, "", "problem.not_a_mapping")]
