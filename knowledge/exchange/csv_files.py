"""Facts as CSV, both ways. Cells that a spreadsheet would compute are written with a `'` before them, and read without it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from knowledge.exchange.columns import Column, columns_of, folded, from_cells, named, to_cells
from knowledge.exchange.rows import Row
from knowledge.fields import Plain
from knowledge.kinds import Kind
from knowledge.messages import Phrase
from knowledge.plain_values import unknown
from knowledge.records import Problem

COLUMN_LIMIT: Final = 500
_COMPUTED = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")


def write_csv(plains: Sequence[Mapping[str, Plain]], kinds: Mapping[str, Kind]) -> str:
    """One table for these facts, with the columns of every kind among them."""
    used = dict.fromkeys(str(plain["kind"]) for plain in plains)
    headings = dict.fromkeys(column.key for name in used for column in columns_of(kinds[name]))
    out = io.StringIO()
    table = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(headings)
    for plain in plains:
        cells = to_cells(plain, kinds[str(plain["kind"])])
        table.writerow(defused(cells.get(heading, "")) for heading in headings)
    return out.getvalue()


def defused(text: str) -> str:
    return "'" + text if _COMPUTED.match(text) else text


def armed(text: str) -> str:
    """The cell as it was before `defused`."""
    return text[1:] if text.startswith("'") and _COMPUTED.match(text) else text


def read_csv(text: str, kinds: Mapping[str, Kind]) -> tuple[list[Row], list[Problem]]:
    """The facts of a table and every mistake of its form, with row and column."""
    if "\0" in text:
        return [], [Problem("", Phrase("exchange.not_text"))]
    first = text.partition("\n")[0]
    sign = max(";,\t|", key=first.count)
    rows: list[Row] = []
    problems: list[Problem] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
        headings = next(reader, [])
        if len(headings) > COLUMN_LIMIT:
            return [], [Problem("", Phrase("exchange.too_many_columns", {"limit": COLUMN_LIMIT}), 1)]
        names = {name: named(kind) for name, kind in kinds.items()}
        if wrong := _check_headings(headings, names.values()):
            return [], wrong
        for number, cells in enumerate(reader, 2):
            if any(cell.strip() for cell in cells):
                _take(number, cells, headings, kinds, names, rows, problems)
    except csv.Error:
        problems.append(Problem("", Phrase("exchange.bad_csv"), len(rows) + 2))
    if not rows and not problems:
        problems.append(Problem("", Phrase("exchange.empty")))
    return rows, problems


def _check_headings(headings: Sequence[str], names: Iterable[Mapping[str, Column]]) -> list[Problem]:
    known = {name: column.key for one in names for name, column in one.items()}
    wrong = [heading for heading in headings if folded(heading) not in known]
    keys = sorted(set(known.values()))
    return [Problem(heading[:80], unknown("exchange.unknown_column", heading[:80], keys), 1) for heading in wrong]


def _take(
    number: int,
    cells: Sequence[str],
    headings: Sequence[str],
    kinds: Mapping[str, Kind],
    names: Mapping[str, Mapping[str, Column]],
    rows: list[Row],
    problems: list[Problem],
) -> None:
    """Adds the fact of one row, or what is wrong with its form."""
    if len(cells) != len(headings):
        counts = {"cells": len(cells), "columns": len(headings)}
        problems.append(Problem("", Phrase("exchange.ragged", counts), number))
        return
    given = {heading: armed(cell) for heading, cell in zip(headings, cells, strict=True)}
    name = next((cell.strip() for heading, cell in given.items() if folded(heading) == "kind"), "")
    kind = kinds.get(name)
    if kind is None:
        problems.append(Problem("kind", unknown("problem.unknown_kind", name[:80], kinds), number))
        return
    columns = names[name]
    row: dict[str, str] = {}
    for heading, cell in given.items():
        column = columns.get(folded(heading))
        if column is not None:
            row[column.key] = cell
        elif cell.strip():
            problems.append(Problem(heading, Phrase("exchange.not_of_kind", {"kind": kind.labels}), number))
    rows.append(Row(number, kind, from_cells(row, kind)))
