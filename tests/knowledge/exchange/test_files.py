"""Every format gives back the very facts that it was given, and refuses in words and in good time what is none."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter

from bot.i18n import Translator
from knowledge.exchange.files import FORMATS, UPLOAD, OtherEncoding, read_upload, write_file
from knowledge.exchange.plan import plan_import
from knowledge.exchange.rows import Read
from knowledge.records import Problem, Record
from tests.knowledge.asking import shipped_records
from tests.knowledge.exchange.made_up import KINDS, TODAY, VOCABULARY, made_up_records


def written(form: str, records: Sequence[Record]) -> bytes:
    data = write_file(form, records, KINDS)
    assert isinstance(data, bytes), data
    return data


def read_back(form: str, data: bytes) -> tuple[Record, ...]:
    read = read_upload(f"facts.{form}", data, KINDS)
    assert isinstance(read, Read), read
    assert read.problems == ()
    plan = plan_import(read.rows, {}, KINDS, VOCABULARY, TODAY)
    assert plan.refused == ()
    return tuple(sorted(plan.new, key=lambda record: record.id))


def goes_round(form: str, records: Sequence[Record]) -> None:
    data = written(form, records)
    again = read_back(form, data)
    assert again == tuple(records)
    assert written(form, again) == data


@pytest.mark.parametrize("form", FORMATS)
def test_the_shipped_facts_go_out_and_come_back_the_same(form: str) -> None:
    records = tuple(sorted(shipped_records(), key=lambda record: record.id))
    assert len(records) == 180
    goes_round(form, records)


@pytest.mark.parametrize("form", FORMATS)
def test_made_up_facts_of_every_kind_and_type_go_out_and_come_back_the_same(form: str) -> None:
    records = made_up_records(range(300))
    assert {record.kind for record in records} == set(KINDS)
    goes_round(form, records)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("form", FORMATS)
def test_ten_thousand_made_up_facts_go_out_and_come_back_the_same(form: str) -> None:
    goes_round(form, made_up_records(range(10_000)))


def xlsx(*rows: Sequence[object], name: str = "Feuille 1") -> bytes:
    """A workbook as a person makes it: dates are dates, figures are figures."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def far_away() -> bytes:
    """A workbook whose second cell is the last one that a sheet can have: a table between the two would fill the memory."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "kind")
        sheet.write_string(1_048_575, 16_383, "x")
    return out.getvalue()


TRANSLATOR = Translator()
DEEP = 100_000
HOSTILE = {
    "empty.csv": b"",
    "spaces.csv": b" \n \n",
    "heading.csv": b"kind,id\n",
    "nul.csv": b"kind,id\nca\0ll,x\n",
    "wide.csv": b"a," * 500_000 + b"\n",
    "unknown-columns.csv": b",".join(b"column%d" % number for number in range(500)) + b"\nx\n",
    "long-cell.csv": b"kind,id\ncall," + b"x" * 500_000,
    "open-quote.csv": b'kind,id\ncall,"' + b"x\n" * 400_000,
    "rows.csv": b"kind,id,title.fr\n" + b"call,a,b\n" * 3_000,
    "ragged.csv": b"kind,id,title.fr\n" + b"call\n" * 1_900,
    "utf16-cut.csv": b"\xff\xfek\x00i",
    "archive.csv": b"PK\x03\x04 kind,id",
    "twice.csv": b"kind,id,id\ncall,a,b\n",
    "no-kind.csv": b"id,title.fr\na,b\n",
    "image.png": b"\x89PNG",
    "noname": b"kind,id\ncall,x\n",
    "deep.json": b"[" * DEEP + b"]" * DEEP,
    "deep-facts.json": b'{"facts": [{"kind": "call", "note": ' + b"[" * 60 + b"]" * 60 + b"}]}",
    "twice.json": b'{"facts": [], "facts": []}',
    "broken.json": b'{"facts": [}',
    "list.json": b"[1, 2]",
    "keys.json": b'{"facts": [{' + b",".join(b'"k%d": 1' % number for number in range(40_000)) + b"}]}",
    "number.json": b'{"facts": ' + b"9" * 500_000 + b"}",
    "deep.yaml": b"[" * DEEP,
    "deep-block.yaml": b"\n".join(b" " * depth + b"a:" for depth in range(1_000)),
    "alias.yaml": b"a: &a [x, x]\nb: &b [*a, *a]\nfacts: [*b]\n",
    "tag.yaml": b"facts: !!python/object/apply:os.system [ls]\n",
    "keys.yaml": b"facts:\n- kind: call\n" + b"".join(b"  k%d: 1\n" % number for number in range(20_000)),
    "nul.yaml": b"facts: \0",
    "two.yaml": b"facts: []\n---\nfacts: []\n",
    "text.xlsx": b"kind,id\ncall,x\n",
    "cut.xlsx": xlsx(["kind"], ["call"])[:-200],
    "other.xlsx": zipped(**{"readme.txt": b"hello"}),
    "bomb.xlsx": zipped(**{"xl/workbook.xml": b"0" * (220 * 2**20)}),
    "far-away.xlsx": far_away(),
    "wide.xlsx": xlsx(["a"] * 600),
    "rows.xlsx": xlsx(["kind", "id"], *(["call", "a"] for _ in range(2_500))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_in_good_time(name: str) -> None:
    data = HOSTILE[name]
    assert len(data) <= UPLOAD.size
    start = time.monotonic()
    read = read_upload(name, data, KINDS, UPLOAD)
    assert time.monotonic() - start < 10
    problems = (read,) if isinstance(read, Problem) else () if isinstance(read, OtherEncoding) else read.problems
    assert problems
    assert all(TRANSLATOR.say(one.phrase, lang) for one in problems for lang in ("fr", "en"))


def test_a_file_beyond_the_limit_is_refused_before_it_is_read() -> None:
    read = read_upload("facts.csv", b"x" * (UPLOAD.size + 1), KINDS, UPLOAD)
    assert isinstance(read, Problem) and read.phrase.key == "problem.file_too_big"


def test_windows_text_is_offered_with_three_rows_and_read_when_agreed() -> None:
    data = b"kind,id,title.fr,source.title\n" + "".join(
        f"call,a{number},Été {number},Page\n" for number in range(9)
    ).encode("cp1252")
    offered = read_upload("facts.csv", data, KINDS)
    assert isinstance(offered, OtherEncoding) and offered.encoding == "cp1252"
    assert offered.samples == tuple(f"call,a{number},Été {number},Page" for number in range(3))
    read = read_upload("facts.csv", data, KINDS, encoding=offered.encoding)
    assert isinstance(read, Read) and len(read.rows) == 9


def test_a_workbook_that_a_person_made_is_read_as_they_see_it() -> None:
    data = xlsx(
        ["Type de fiche", "Titre", "Ouverture", "date de clôture", "Statut", "Pays", "Budget", "source.title"],
        ["Appel à projets", "Mon appel", date(2027, 1, 15), "28/03/2027", "Ouvert", "Suède; UK", 1500000, "Page"],
    )
    read = read_upload("facts.xlsx", data, KINDS)
    assert isinstance(read, Read) and read.problems == ()
    plan = plan_import(read.rows, {}, KINDS, VOCABULARY, TODAY)
    assert plan.refused == ()
    (record,) = plan.new
    assert (record.id, record.status, record.titles) == ("mon-appel", "open", {"fr": "Mon appel"})
    assert (str(record.values["opens"]), str(record.values["closes"])) == ("2027-01-15", "2027-03-28")
    assert record.values["countries"] == ("SE", "GB") and record.values["budget"].amount == 1500000


@pytest.mark.parametrize(
    ("said", "kind"), [("appel", "call"), ("AAP", "call"), ("GT", "working_group"), ("accord", "agreement")]
)
def test_a_kind_is_named_in_a_file_by_the_words_that_people_have_for_it(said: str, kind: str) -> None:
    read = read_upload("facts.csv", f"kind,title.fr,source.title\n{said},Titre,Page\n".encode(), KINDS)
    assert isinstance(read, Read) and read.problems == () and [row.kind.name for row in read.rows] == [kind]


def test_a_word_that_two_kinds_share_is_refused_in_a_file() -> None:
    shared = {name: replace(KINDS[name], words={"fr": ("dossier",)}) for name in ("call", "agreement")}
    read = read_upload("facts.csv", b"kind,title.fr,source.title\ndossier,Titre,Page\n", {**KINDS, **shared})
    assert isinstance(read, Read) and [problem.phrase.key for problem in read.problems] == ["problem.unknown_kind"]


def test_a_mistake_in_a_json_text_without_lines_is_told_with_the_place_of_its_fact() -> None:
    facts = [
        {"id": f"a{place}", "title": {"fr": "Titre"}, "kind": "call" if place != 700 else "x"} for place in range(1000)
    ]
    for indent, number in ((None, 701), (2, 4903)):
        read = read_upload("facts.json", json.dumps({"facts": facts}, indent=indent).encode(), KINDS)
        assert isinstance(read, Read) and [problem.line for problem in read.problems] == [number]
