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
class _Found:
    """A record and where it stands, for the checks between records."""

    record: Record
    document: Document
    path: KeyPath


def load_facts(
    paths: Sequence[Path] | None, kinds: Mapping[str, Kind], vocabulary: Vocabulary
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """Every record of these files (None: the facts shipped here) by id; no record at all where there is a problem."""
    found: list[_Found] = []
    problems: list[Problem] = []
    names: dict[str, str] = {}
    for path in sorted(SHIPPED.glob("*.yaml")) if paths is None else paths:
        document = read_yaml(path, f"knowledge/facts/{path.name}" if path.parent == SHIPPED else str(path))
        if isinstance(document, Document):
            _read_file(document, kinds, vocabulary, found, problems, names)
        else:
            problems.extend(document)
    for one in found:
        wrong = unknown_references(one.record, kinds[one.record.kind], names)
        problems += [one.document.problem((*one.path, *m.path), m.phrase, m.path) for m in wrong]
    if problems:
        return (), tuple(sorted(problems, key=lambda problem: (problem.file, problem.line or 0)))
    return tuple(sorted((one.record for one in found), key=lambda record: record.id)), ()


def _read_file(
    document: Document,
    kinds: Mapping[str, Kind],
    vocabulary: Vocabulary,
    found: list[_Found],
    problems: list[Problem],
    names: dict[str, str],
) -> None:
    """Adds the records and the problems of one file; `names` maps each id met so far to where it stands."""
    data = document.data
    facts = data.get("facts") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(facts, list):
        problems.append(document.problem((), Phrase("problem.no_facts")))
        return
    problems += [document.problem(mistake.path, mistake.phrase) for mistake in unknown_keys(data, _FILE_KEYS)]
    kind = data.get("kind")
    for place, plain in enumerate(facts):
        path: KeyPath = ("facts", place)
        record, mistakes = read_record(plain, kinds, vocabulary, kind if isinstance(kind, str) else "")
        problems += [document.problem((*path, *mistake.path), mistake.phrase, mistake.path) for mistake in mistakes]
        _note_id(document, plain, path, problems, names)
        if record is not None:
            found.append(_Found(record, document, path))


def _note_id(document: Document, plain: Plain, path: KeyPath, problems: list[Problem], names: dict[str, str]) -> None:
    """Keeps where an id stands, whether or not the rest of its record is right, and refuses one met before."""
    name = plain.get("id") if isinstance(plain, dict) else None
    if not isinstance(name, str):
        return
    if name in names:
        phrase = Phrase("problem.duplicate_id", {"value": name, "first": names[name]})
        problems.append(document.problem((*path, "id"), phrase, ("id",)))
        return
    names[name] = f"{document.file}:{document.line((*path, 'id'))}"
