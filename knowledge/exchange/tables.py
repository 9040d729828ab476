"""Facts in a table: a heading, then a row for each, whatever kind of file the table stands in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from knowledge.exchange.columns import Column, folded, from_cells, named
from knowledge.exchange.rows import Read, Row, kinds_by_name
from knowledge.fields import Mistake
from knowledge.kinds import Kind
from knowledge.messages import Phrase
from knowledge.plain_values import unknown
from knowledge.records import Problem

COLUMN_LIMIT: Final = 500
_GUESSED: Final = 10


def read_table(
    lines: Iterable[Sequence[str]], kinds: Mapping[str, Kind], default_kind: str, row_limit: int, sheet: str = ""
) -> Read:
    """The facts of a table and every mistake of its form. `default_kind` is that of a row that names none."""
    table = iter(lines)
    headings = _trimmed(next(table, []))
    columns = {name: named(kind) for name, kind in kinds.items()}
    if wrong := _check_headings(headings, columns, default_kind):
        return Read((), tuple(Problem(one.field, one.phrase, 1, sheet) for one in wrong))
    reading = _Table(headings, kinds, columns, default_kind, sheet)
    for number, cells in enumerate(table, 2):
        if len(reading.rows) + len(reading.problems) >= row_limit and any(cells):
            return Read((), (Problem("", Phrase("exchange.too_many_rows", {"limit": row_limit}), number, sheet),))
        if any(cell.strip() for cell in cells):
            reading.take(number, cells)
    return Read(tuple(reading.rows), tuple(reading.problems))


def _trimmed(headings: Sequence[str]) -> list[str]:
    """Without the empty cells at the end, which spreadsheets like to leave."""
    kept = list(headings)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _check_headings(
    headings: Sequence[str], columns: Mapping[str, Mapping[str, Column]], default_kind: str
) -> list[Problem]:
    if len(headings) > COLUMN_LIMIT:
        return [Problem("", Phrase("exchange.too_many_columns", {"limit": COLUMN_LIMIT}))]
    known = {name: column.key for one in columns.values() for name, column in one.items()}
    keys = sorted(set(known.values()))
    wrong = [heading for heading in headings if folded(heading) not in known]
    # Each guess at what was meant takes its time, and a file that is no table of facts has hundreds of headings.
    found = [
        Problem(heading[:80], unknown("exchange.unknown_column", heading[:80], keys if place < _GUESSED else ()))
        for place, heading in enumerate(wrong)
    ]
    twice = {known[folded(one)] for place, one in enumerate(headings) if one in headings[:place] and not found}
    found += [Problem(key, Phrase("exchange.column_twice", {"value": key})) for key in sorted(twice)]
    if headings and not found and not default_kind and "kind" not in {known[folded(one)] for one in headings}:
        found.append(Problem("kind", Phrase("exchange.no_kind")))
    return found


class _Table:
    """Gathers the rows of a table and what is wrong with their form."""

    def __init__(
        self,
        headings: Sequence[str],
        kinds: Mapping[str, Kind],
        columns: Mapping[str, Mapping[str, Column]],
        default_kind: str,
        sheet: str,
    ) -> None:
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self._headings, self._kinds, self._columns = headings, kinds, columns
        self._default, self._sheet = default_kind, sheet
        self._kind_names = kinds_by_name(kinds)
        known = [name for name, column in next(iter(columns.values()), {}).items() if column.key == "kind"]
        self._kind_at = next((place for place, one in enumerate(headings) if folded(one) in known), None)

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Adds the fact of one row, or what is wrong with its form."""
        headings = self._headings
        if len(cells) < len(headings) or any(cell.strip() for cell in cells[len(headings) :]):
            counts = {"cells": len(cells), "columns": len(headings)}
            self.problems.append(Problem("", Phrase("exchange.ragged", counts), number, self._sheet))
            return
        said = cells[self._kind_at].strip() if self._kind_at is not None else ""
        kind = self._kind_names.get(folded(said or self._default))
        if kind is None:
            phrase = unknown("problem.unknown_kind", said[:80], self._kinds)
            self.problems.append(Problem("kind", phrase, number, self._sheet))
            return
        columns, foreign = self._columns[kind.name], []
        given: dict[str, str] = {}
        for heading, cell in zip(headings, cells, strict=False):
            column = columns.get(folded(heading))
            if column is not None and cell.strip() and given.get(column.key, "").strip():
                foreign.append(Mistake((column.key,), Phrase("exchange.column_twice", {"value": column.key})))
            elif column is not None:
                given[column.key] = given.get(column.key, "").strip() or cell
            elif cell.strip():
                foreign.append(Mistake((heading,), Phrase("exchange.not_of_kind", {"kind": kind.labels})))
        row = Row(number, kind, from_cells(given, kind), self._sheet)
        self.problems += map(row.problem, foreign)
        self.rows.append(row)
