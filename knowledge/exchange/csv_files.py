"""Facts as CSV, both ways. Cells that a spreadsheet would compute are written with a `'` before them, and read without it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from knowledge.exchange.columns import columns_of, to_cells
from knowledge.exchange.rows import Read
from knowledge.exchange.tables import read_table
from knowledge.fields import Plain
from knowledge.kinds import Kind
from knowledge.messages import Phrase
from knowledge.records import Problem

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


def computed(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula."""
    return bool(_COMPUTED.match(text))


def defused(text: str) -> str:
    return "'" + text if computed(text) else text


def armed(text: str) -> str:
    """The cell as it was before `defused`."""
    return text[1:] if text.startswith("'") and computed(text) else text


def read_csv(text: str, kinds: Mapping[str, Kind], default_kind: str = "", row_limit: int = 100_000) -> Read:
    """The facts of a table and every mistake of its form, with row and column."""
    first = text.partition("\n")[0]
    sign = max(";,\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        return read_table(([armed(cell) for cell in line] for line in reader), kinds, default_kind, row_limit)
    except csv.Error:
        return Read((), (Problem("", Phrase("exchange.bad_csv"), reader.line_num),))
