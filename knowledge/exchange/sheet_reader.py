"""A program of its own that reads a workbook from standard input and writes its cells as JSON: `[[sheet, [[cell, ...], ...]], ...]`.

Takes the most rows and columns of a sheet; with more of either it writes `"rows"` or `"columns"`. It gives itself 512 MB and
ten seconds: what needs more ends, and takes nobody with it.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import date, datetime, time
from typing import Any, Final

from python_calamine import CalamineWorkbook

MEMORY: Final = 512 * 2**20
SECONDS: Final = 10


def cells_of(data: bytes, row_limit: int, column_limit: int) -> list[Any] | str:
    """The sheets by name, each a list of rows of texts, or the limit that one goes beyond."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found: list[Any] = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_width > column_limit:
            return "columns"
        if sheet.total_height > row_limit:
            return "rows"
        found.append([name, [list(map(text_of, line)) for line in sheet.to_python(skip_empty_area=False)]])
    return found


def text_of(cell: Any) -> str:
    """What a cell holds, as people would type it into a field."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.6f}".rstrip("0").rstrip(".")
    return str(cell)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    found = cells_of(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
