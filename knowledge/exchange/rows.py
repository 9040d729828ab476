"""A fact as a file gives it, whatever the format of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.exchange.columns import folded
from knowledge.fields import Mistake, Plain
from knowledge.kinds import Kind
from knowledge.records import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """Where the fact stands, its kind, and what is given by its place in the plain data: `("title", "fr")` for a cell,
    `("title",)` for a key of a document. What is given as None is emptied; what is not given is left as it is.

    `number` counts rows or lines from 1; `sheet` names the sheet of a workbook; `lines` are those of the keys, where the
    file has more than one line for a fact.
    """

    number: int
    kind: Kind
    given: Mapping[tuple[str, ...], Plain]
    sheet: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def problem(self, mistake: Mistake) -> Problem:
        """The mistake with its row and column."""
        line = self.lines.get(str(mistake.path[0]), self.number) if mistake.path else self.number
        return Problem(".".join(map(str, mistake.path)), mistake.phrase, line, self.sheet)


@dataclass(frozen=True, slots=True)
class Read:
    """The facts of a file and every mistake in its form."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


def kinds_by_name(kinds: Mapping[str, Kind]) -> dict[str, Kind]:
    """Each kind by its folded name, label, plural and other words, in both languages; names win over labels, labels over the
    words, of which one that several kinds share names none."""
    words: dict[str, Kind | None] = {}
    for kind in kinds.values():
        for word in {folded(one) for said_in in kind.words.values() for one in said_in}:
            words[word] = None if word in words else kind
    said = {word: kind for word, kind in words.items() if kind is not None} | {
        folded(label): kind
        for kind in kinds.values()
        for text in (kind.plurals, kind.labels)
        for label in text.values()
    }
    return said | {folded(name): kind for name, kind in kinds.items()}
