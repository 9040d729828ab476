"""A file that a spreadsheet has saved again: LibreOffice 7.4 was seen to write what is imitated here, in French and in English."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time

import pytest
import xlsxwriter

from knowledge.exchange.files import OtherEncoding, read_upload, write_file
from knowledge.exchange.plan import ImportPlan, plan_import
from knowledge.exchange.rows import Read
from knowledge.records import Record
from tests.knowledge.asking import shipped_records
from tests.knowledge.exchange.made_up import KINDS, TODAY, VOCABULARY
from tests.plain_codec import a_record

EVIL = ("=1+1", "@SUM(1)", "+33 1 23; -5", "'=quoted", "''=twice", "=cmd|' /C calc'!A0", "'plain'", "œuvre — €")


def facts() -> tuple[Record, ...]:
    """The shipped ones, and some whose texts a spreadsheet would compute."""
    evil = (
        a_record(f"zz-{at}", text, kind="publication", summaries={}, values={}, source=shipped_records()[0].source)
        for at, text in enumerate(EVIL)
    )
    return (*shipped_records(), *evil)


def table() -> list[list[str]]:
    data = write_file("csv", facts(), KINDS)
    assert isinstance(data, bytes)
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def imported(name: str, data: bytes, encoding: str = "") -> ImportPlan:
    """What the file would change in a base that holds these facts."""
    read = read_upload(name, data, KINDS, encoding=encoding)
    assert isinstance(read, Read), read
    assert read.problems == ()
    return plan_import(read.rows, {record.id: record for record in facts()}, KINDS, VOCABULARY, TODAY)


def changes(plan: ImportPlan) -> tuple[int, list[str], int]:
    return len(plan.new), [after.id for _, after in plan.changed], len(plan.refused)


def guessed(cell: str, afternoon: str) -> str:
    """What a cell shows that was taken for an hour."""
    return afternoon if cell == "17:00" else cell


@pytest.mark.parametrize(("sign", "afternoon"), [(";", "17:00:00"), ("\t", "17:00:00"), (";", "05:00:00 PM")])
def test_a_csv_saved_again_in_the_encoding_of_windows_changes_nothing(sign: str, afternoon: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator="\n").writerows(
        [[guessed(cell, afternoon) for cell in row] for row in table()]
    )
    data = out.getvalue().encode("cp1252")
    assert isinstance(read_upload("facts.csv", data, KINDS), OtherEncoding)
    assert changes(imported("facts.csv", data, "cp1252")) == (0, [], 0)


def saved_as_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV opened and saved as a workbook: days, hours and numbers have become such, the sign that defused a text stands in it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, day = book.add_worksheet("facts"), book.add_format({"num_format": "yyyy-mm-dd"})
        hour = book.add_format({"num_format": "hh:mm:ss"})
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if at and len(cell) == 10 and cell[4] == cell[7] == "-" and cell.replace("-", "").isdigit():
                    sheet.write_datetime(at, column, datetime.combine(date.fromisoformat(cell), time()), day)
                elif at and cell == "17:00":
                    sheet.write_datetime(at, column, time(17), hour)
                elif at and cell.isdigit() and not cell.startswith("0"):
                    sheet.write_number(at, column, int(cell))
                elif cell:
                    sheet.write_string(at, column, cell)
    return out.getvalue()


def test_a_csv_opened_and_saved_as_a_workbook_changes_nothing() -> None:
    rows = table()
    assert any(cell.startswith("'=") for row in rows for cell in row)
    assert changes(imported("facts.xlsx", saved_as_workbook(rows))) == (0, [], 0)


def test_a_workbook_keeps_texts_that_begin_with_the_sign_that_defuses() -> None:
    data = write_file("xlsx", facts(), KINDS)
    assert isinstance(data, bytes)
    plan = imported("facts.xlsx", data)
    assert changes(plan) == (0, [], 0)
    assert len(plan.unchanged) == len(facts())
