"""What a hand-written YAML file gives, and how each mistake in it is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.exchange.yaml_files import SIZE_LIMIT, Document, parse_yaml, read_yaml
from knowledge.records import Problem


def document(text: str) -> Document:
    read = parse_yaml(text, "here.yaml")
    assert isinstance(read, Document), read
    return read


def problems(text: str) -> list[tuple[str, int | None, str]]:
    read = parse_yaml(text, "here.yaml")
    assert not isinstance(read, Document)
    assert all(problem.file == "here.yaml" for problem in read)
    return [(problem.phrase.key, problem.line, problem.field) for problem in read]


@pytest.mark.parametrize(
    "word", ["2027-02-30", "2026-11-23", "no", "yes", "12:30", "1_000", "0x1F", "1e3", "<<", "007"]
)
def test_what_yaml_would_guess_stays_text(word: str) -> None:
    assert document(f"value: {word}").data == {"value": word}


def test_only_true_false_and_null_are_not_text() -> None:
    read = document("a: true\nb: False\nc: null\nd: ~\ne:\nf: 'true'\ng: \"null\"\nh: |\n  true\n")
    assert read.data == {
        "a": True,
        "b": False,
        "c": None,
        "d": None,
        "e": None,
        "f": "true",
        "g": "null",
        "h": "true\n",
    }


def test_keys_are_always_text() -> None:
    assert document("null: a\ntrue: b\n2026: c\n").data == {"null": "a", "true": "b", "2026": "c"}


def test_each_key_and_item_knows_its_line() -> None:
    read = document("kind: call\nfacts:\n  - id: a\n    source: {title: t,\n      url: u}\n  - id: b\n")
    assert read.line(("facts", 0, "id")) == 3
    assert read.line(("facts", 0, "source", "url")) == 5
    assert read.line(("facts", 1)) == 6
    assert read.line(("facts", 1, "missing", "deeper")) == 6


def test_every_refused_thing_is_reported_at_once() -> None:
    text = "a: &x 1\nb: *x\nc: !!python/object:os.system 2\nd: 3\nd: {d: 4}\n"
    assert problems(text) == [
        ("problem.yaml_alias", 1, "a"),
        ("problem.yaml_alias", 2, "b"),
        ("problem.yaml_tag", 3, "c"),
        ("problem.duplicate_key", 5, "d"),
    ]


def test_a_duplicate_key_says_where_the_first_one_stands() -> None:
    read = parse_yaml("title: a\nx: 1\ntitle: b\n")
    assert isinstance(read, tuple)
    assert read[0].phrase.args == {"key": "title", "first": 1}


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("a: [1, 2\nb: 3\n", "problem.yaml_syntax", 2),
        ("a: b: c\n", "problem.yaml_syntax", 1),
        ("a: 1\n--- \nb: 2\n", "problem.yaml_second_document", 2),
        ("a: 1\nb: \x07\n", "problem.yaml_character", 2),
        ("? [1, 2]\n: x\n", "problem.yaml_key", 1),
        ("a: 1\n" + "b: " + "[" * 30 + "]" * 30, "problem.yaml_too_deep", 2),
    ],
)
def test_what_cannot_be_read_is_one_problem_on_its_line(text: str, key: str, line: int) -> None:
    assert [(found, where) for found, where, _ in problems(text)] == [(key, line)]


def test_twenty_levels_are_allowed() -> None:
    assert isinstance(parse_yaml("[" * 20 + "]" * 20), Document)


def test_a_bomb_of_nested_aliases_is_refused_without_being_built() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{n}: &{n} [*{p}, *{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert {key for key, _, _ in problems(bomb)} == {"problem.yaml_alias"}


def only_problem(path: Path) -> Problem:
    read = read_yaml(path)
    assert isinstance(read, tuple)
    assert len(read) == 1
    return read[0]


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    assert only_problem(tmp_path / "none.yaml").phrase.key == "problem.file_missing"
    assert only_problem(tmp_path).phrase.key == "problem.file_unreadable"


def test_a_file_above_the_cap_is_not_parsed(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * (SIZE_LIMIT + 1))
    assert only_problem(big).phrase.key == "problem.file_too_big"


def test_a_file_in_another_encoding_is_a_problem_on_its_line(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("a: 1\nb: été\n".encode("cp1252"))
    problem = only_problem(latin)
    assert (problem.phrase.key, problem.line) == ("problem.not_utf8", 2)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    marked = tmp_path / "marked.yaml"
    marked.write_bytes("\ufeffa: é\n".encode())
    read = read_yaml(marked)
    assert isinstance(read, Document)
    assert read.data == {"a": "é"}


def test_an_empty_file_is_an_empty_document() -> None:
    assert document("# nothing yet\n").data is None
