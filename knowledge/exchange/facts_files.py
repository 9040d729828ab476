"""Reads files of facts. Either every fact of every file is right and all are given, or every mistake is, with its line.

A file says `kind: call` once, or each fact says its own, then lists them under `facts:`, as in `knowledge/facts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.drafting import read_record, unknown_references
from knowledge.exchange.yaml_files import Document, KeyPath, read_yaml
from knowledge.fields import Plain
from knowledge.kinds import Kind
from knowledge.messages import Phrase
from knowledge.plain_values import unknown_keys
from knowledge.records import Problem, Record
from knowledge.vocabulary import Vocabulary

SHIPPED: Final = Path(__file__).parent.parent / "facts"
_FILE_KEYS = ("kind", "facts")


@dataclass(frozen=True, slots=True)
class _Fact:
    """A fact as it was given and where it stands, with its record where it is right: for the checks between facts."""

    plain: Mapping[str, Plain]
    kind: Kind | None
    record: Record | None
    document: Document
    path: KeyPath


def load_facts(
    paths: Sequence[Path] | None, kinds: Mapping[str, Kind], vocabulary: Vocabulary
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """Every record of these files (None: the facts shipped here) by id; no record at all where there is a problem."""
    found: list[_Fact] = []
    problems: list[Problem] = []
    for path in sorted(SHIPPED.glob("*.yaml")) if paths is None else paths:
        document = read_yaml(path, f"knowledge/facts/{path.name}" if path.parent == SHIPPED else str(path))
        if isinstance(document, Document):
            found += _read_file(document, kinds, vocabulary, problems)
        else:
            problems.extend(document)
    _check_between(found, problems)
    if problems:
        return (), tuple(sorted(problems, key=lambda problem: (problem.file, problem.line or 0)))
    records = [fact.record for fact in found if fact.record is not None]
    return tuple(sorted(records, key=lambda record: record.id)), ()


def _read_file(
    document: Document, kinds: Mapping[str, Kind], vocabulary: Vocabulary, problems: list[Problem]
) -> list[_Fact]:
    """The facts of one file; its problems are added to `problems`."""
    data = document.data
    facts = data.get("facts") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(facts, list):
        problems.append(document.problem((), Phrase("problem.no_facts")))
        return []
    problems += [document.problem(mistake.path, mistake.phrase) for mistake in unknown_keys(data, _FILE_KEYS)]
    default = data.get("kind")
    kind = default if isinstance(default, str) else ""
    found: list[_Fact] = []
    for place, plain in enumerate(facts):
        path: KeyPath = ("facts", place)
        record, mistakes = read_record(plain, kinds, vocabulary, kind)
        problems += [document.problem((*path, *mistake.path), mistake.phrase, mistake.path) for mistake in mistakes]
        if isinstance(plain, dict):
            found.append(_Fact(plain, kinds.get(str(plain.get("kind") or kind)), record, document, path))
    return found


def _check_between(found: Sequence[_Fact], problems: list[Problem]) -> None:
    """Refuses an id met before and a reference to nothing, also in facts that have other mistakes."""
    places: dict[str, str] = {}
    for fact in found:
        name = fact.plain.get("id")
        if isinstance(name, str):
            if name in places:
                phrase = Phrase("problem.duplicate_id", {"value": name, "first": places[name]})
                problems.append(fact.document.problem((*fact.path, "id"), phrase, ("id",)))
            places.setdefault(name, f"{fact.document.file}:{fact.document.line((*fact.path, 'id'))}")
    for fact in found:
        wrong = unknown_references(fact.plain, fact.kind, places) if fact.kind else []
        problems += [fact.document.problem((*fact.path, *one.path), one.phrase, one.path) for one in wrong]
