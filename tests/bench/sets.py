"""Public test sets: a folder per set with corpus.jsonl, queries.jsonl, queries_typo.jsonl and qrels.tsv."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.search.index import Document


@dataclass(frozen=True)
class Question:
    """One question, as written and with typing mistakes, and the ids of the documents that answer it (none: unknown)."""

    clean: str
    typo: str
    right: frozenset[str]


@dataclass(frozen=True)
class EvaluationSet:
    name: str
    documents: tuple[Document, ...]
    questions: tuple[Question, ...]
    unknown: tuple[Question, ...] = ()


def folder(given: Path | None) -> Path | None:
    """The folder of the sets: as given, or the environment variable ENTENTE_EVAL; None when there is none."""
    path = given or Path(os.environ.get("ENTENTE_EVAL") or "/nonexistent")
    return path if any(path.glob("*/qrels.tsv")) else None


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def document(row: dict[str, Any]) -> Document:
    """A row of a corpus; what follows "||" in its text are other ways of asking for it."""
    text, _, aliases = str(row["text"]).partition("||")
    texts = (text.strip(),) if text.strip() else ()
    return Document(row["id"], (row["title"],), tuple(part for part in aliases.split(" ; ") if part.strip()), texts)


def load(path: Path, most: int | None = None, seed: int = 7) -> EvaluationSet:
    """One set; at most so many questions, drawn with a fixed seed."""
    typos = {row["id"]: row["text"] for row in _rows(path / "queries_typo.jsonl")}
    right: dict[str, set[str]] = {}
    for line in (path / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        asked, answer = line.split()[:2]
        right.setdefault(asked, set()).add(answer)
    known: list[Question] = []
    unknown: list[Question] = []
    for row in _rows(path / "queries.jsonl"):
        question = Question(row["text"], typos[row["id"]], frozenset(right.get(row["id"], ())))
        (known if question.right else unknown).append(question)
    for questions in (known, unknown):
        random.Random(seed).shuffle(questions)
    documents = tuple(document(row) for row in _rows(path / "corpus.jsonl"))
    return EvaluationSet(path.name, documents, tuple(known[:most]), tuple(unknown[:most]))


def load_all(path: Path, most: int | None = None) -> list[EvaluationSet]:
    return [load(one, most) for one in sorted(path.iterdir()) if (one / "qrels.tsv").is_file()]
