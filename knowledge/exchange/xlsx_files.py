"""Facts as a workbook, both ways: a sheet for each kind. What is written are texts, so no spreadsheet computes any of it.

A workbook is an archive and may be anything inside: it is opened in a process of its own, with little memory and little
time (`knowledge.exchange.sheet_reader`), and only its cells come back.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import xlsxwriter

from knowledge.exchange.columns import columns_of, to_cells
from knowledge.exchange.csv_files import armed, computed
from knowledge.exchange.rows import Read, Row
from knowledge.exchange.tables import COLUMN_LIMIT, read_table
from knowledge.fields import Plain
from knowledge.kinds import Kind
from knowledge.messages import Phrase
from knowledge.records import Problem

CELL_LIMIT: Final = 32_767
UNPACKED_LIMIT: Final = 200 * 2**20
SECONDS: Final = 30
_READER: Final = Path(__file__).with_name("sheet_reader.py")
_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zone; fixed, so that the same facts give the same bytes


class CellTooLong(Exception):
    """A fact has more text in one column than a cell of a workbook holds."""

    def __init__(self, record_id: str, column: str) -> None:
        super().__init__(f"{record_id}: {column}")
        self.record_id, self.column = record_id, column


def write_xlsx(plains: Sequence[Mapping[str, Plain]], kinds: Mapping[str, Kind]) -> bytes:
    """A workbook of these facts, the same bytes for the same facts. Raises CellTooLong."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": _MADE})
        text, quoted = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "quote_prefix": True})
        bold = book.add_format({"bold": True})
        for name in dict.fromkeys(str(plain["kind"]) for plain in plains) or [""]:
            sheet = book.add_worksheet(name[:31] or None)
            keys = [column.key for column in columns_of(kinds[name])] if name else []
            sheet.set_column(0, max(len(keys) - 1, 0), 20, text)
            sheet.freeze_panes(1, 0)
            for at, key in enumerate(keys):
                sheet.write_string(0, at, key, bold)
            own = (plain for plain in plains if plain["kind"] == name)
            for number, plain in enumerate(own, 1):
                cells = to_cells(plain, kinds[name])
                for at, key in enumerate(keys):
                    if len(cells[key]) > CELL_LIMIT:
                        raise CellTooLong(str(plain["id"]), key)
                    if cells[key]:
                        sheet.write_string(number, at, marked(cells[key]), quoted if computed(cells[key]) else text)
    return out.getvalue()


def marked(text: str) -> str:
    """The text as it stands in a cell. A table that was opened as CSV and saved as a workbook has kept the `'` that defused it, so
    one is taken off when a workbook is read: a text that begins so itself is written with another."""
    return "'" + text if text.startswith("'") and computed(text) else text


def read_xlsx(data: bytes, kinds: Mapping[str, Kind], default_kind: str = "", row_limit: int = 100_000) -> Read:
    """The facts of every sheet and each mistake, with sheet, row and column."""
    sheets = _sheets(data, row_limit)
    if isinstance(sheets, Phrase):
        return Read((), (Problem("", sheets),))
    rows: list[Row] = []
    problems: list[Problem] = []
    for name, lines in sheets:
        if any(any(line) for line in lines):
            cells = [[armed(cell) for cell in line] for line in lines]
            read = read_table(cells, kinds, default_kind, row_limit - len(rows), name)
            rows += read.rows
            problems += read.problems
    return Read(tuple(rows), tuple(problems))


def _sheets(data: bytes, row_limit: int) -> list[tuple[str, list[list[str]]]] | Phrase:
    """The cells of each sheet, as texts, or why they cannot be had."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Phrase("exchange.bad_workbook")
    if unpacked > UNPACKED_LIMIT:
        return Phrase("exchange.workbook_too_big", {"megabytes": UNPACKED_LIMIT // 2**20})
    command = [sys.executable, "-P", str(_READER), str(row_limit + 1), str(COLUMN_LIMIT)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own file
    except subprocess.TimeoutExpired:
        return Phrase("exchange.bad_workbook")
    if done.returncode:
        return Phrase("exchange.bad_workbook")
    found = json.loads(done.stdout)
    if found == "columns":
        return Phrase("exchange.too_many_columns", {"limit": COLUMN_LIMIT})
    if found == "rows":
        return Phrase("exchange.too_many_rows", {"limit": row_limit})
    return [(name, lines) for name, lines in found]
