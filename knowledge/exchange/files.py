"""Files of facts in any format: what a command or an upload calls. A file that cannot be used is refused in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.exchange.csv_files import read_csv, write_csv
from knowledge.exchange.documents import read_json_facts, read_yaml_facts, write_json, write_yaml
from knowledge.exchange.plain import record_to_plain
from knowledge.exchange.rows import Read
from knowledge.exchange.xlsx_files import CELL_LIMIT, CellTooLong, read_xlsx, write_xlsx
from knowledge.fields import Plain
from knowledge.kinds import RECORD_KEYS, Kind
from knowledge.messages import Phrase
from knowledge.records import Problem, Record

FORMATS: Final = ("csv", "xlsx", "yaml", "json")
_ENDINGS: Final = {
    "csv": "csv",
    "tsv": "csv",
    "txt": "csv",
    "xlsx": "xlsx",
    "yaml": "yaml",
    "yml": "yaml",
    "json": "json",
}
_TEXTS: Final[Mapping[str, Callable[[str, Mapping[str, Kind], str, int], Read]]] = {
    "csv": read_csv,
    "yaml": read_yaml_facts,
    "json": read_json_facts,
}
_SAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """The most bytes of a file, and the most facts."""

    size: int
    rows: int


UPLOAD: Final = Limits(2**20, 2_000)
LOCAL: Final = Limits(50 * 2**20, 100_000)


@dataclass(frozen=True, slots=True)
class OtherEncoding:
    """The text is not UTF-8; it may be in this encoding, in which its first rows that tell read like this."""

    encoding: str
    samples: tuple[str, ...]


def format_of(name: str) -> str:
    """The format that the name of a file says, or ""."""
    return _ENDINGS.get(name.rpartition(".")[2].lower(), "") if "." in name else ""


def write_file(form: str, records: Iterable[Record], kinds: Mapping[str, Kind]) -> bytes | Problem:
    """The records, by id, in a format; facts of kinds that are not declared any more are left out."""
    known = sorted((record for record in records if record.kind in kinds), key=lambda record: record.id)
    plains = [exported(record, kinds) for record in known]
    if form == "csv":
        return write_csv(plains, kinds).encode("utf-8-sig")
    if form == "xlsx":
        try:
            return write_xlsx(plains, kinds)
        except CellTooLong as long:
            return Problem(long.column, Phrase("exchange.cell_too_long", {"id": long.record_id, "limit": CELL_LIMIT}))
    return (write_yaml(plains) if form == "yaml" else write_json(plains)).encode()


def exported(record: Record, kinds: Mapping[str, Kind]) -> dict[str, Plain]:
    """A record as a file holds it: without what only the store knows, and without fields of the past."""
    declared = {*RECORD_KEYS, *(spec.name for spec in kinds[record.kind].fields)}
    return {key: value for key, value in record_to_plain(record, kinds).items() if key in declared}


def read_upload(
    name: str,
    data: bytes,
    kinds: Mapping[str, Kind],
    limits: Limits = LOCAL,
    *,
    form: str = "",
    encoding: str = "",
    kind: str = "",
) -> Read | OtherEncoding | Problem:
    """The facts of a file, or the reason why none of it can be read, or the encoding that it seems to be in (give it back
    as `encoding` where people agree). `form` wins over the ending of the name; `kind` is that of facts that name none."""
    form = form or format_of(name)
    if form not in FORMATS:
        return _whole("exchange.unknown_format", formats=", ".join(FORMATS))
    if len(data) > limits.size:
        return _whole("problem.file_too_big", megabytes=limits.size // 2**20)
    if not data.strip():
        return _whole("exchange.empty")
    if form == "xlsx":
        return _at_least_one(read_xlsx(data, kinds, kind, limits.rows))
    text = _text(data, encoding)
    if not isinstance(text, str):
        return text
    if "\0" in text or data.startswith((b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        return _whole("exchange.not_text")
    return _at_least_one(_TEXTS[form](text, kinds, kind, limits.rows))


def _whole(key: str, **arguments: str | int) -> Problem:
    return Problem("", Phrase(key, arguments))


def _at_least_one(read: Read) -> Read | Problem:
    return read if read.rows or read.problems else _whole("exchange.empty")


def _text(data: bytes, encoding: str) -> str | OtherEncoding | Problem:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode(encoding or ("utf-16" if wide else "utf-8-sig"))
    except (UnicodeDecodeError, LookupError):
        if encoding or wide or b"\0" in data:
            return _whole("exchange.not_text")
    try:
        guessed = data.decode("cp1252")
    except UnicodeDecodeError:
        return _whole("exchange.not_text")
    telling = [line.strip() for line in guessed.splitlines() if not line.isascii()]
    return OtherEncoding("cp1252", tuple(line[:120] for line in telling[:_SAMPLES]))
