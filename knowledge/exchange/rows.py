"""A fact as a file gives it, whatever the format of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
