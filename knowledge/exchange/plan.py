"""What an import would do to the base, decided before anything is written. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from knowledge.drafting import read_record, unknown_references
from knowledge.exchange.columns import from_cells, to_cells
from knowledge.exchange.csv_files import Row
from knowledge.exchange.plain import record_to_plain
from knowledge.fields import Plain
from knowledge.kinds import Kind
from knowledge.messages import Phrase
from knowledge.records import Problem, Record, Write
from knowledge.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """`changed` pairs each record with what it becomes; `refused` says row and column."""

    new: tuple[Record, ...]
    changed: tuple[tuple[Record, Record], ...]
    unchanged: tuple[str, ...]
    refused: tuple[Problem, ...]
    retired: tuple[Record, ...] = ()

    def writes(self, by: str, reason: str) -> tuple[Write, ...]:
        """All of it, for one transaction."""
        added = (Write("add", record, by, reason) for record in self.new)
        amended = (
            Write("restore" if before.retired else "amend", after, by, reason, before.revision)
            for before, after in self.changed
        )
        gone = (Write("retire", replace(old, retired=True), by, reason, old.revision) for old in self.retired)
        return (*added, *amended, *gone)


def plan_import(
    rows: Iterable[Row],
    held: Mapping[str, Record],
    kinds: Mapping[str, Kind],
    vocabulary: Vocabulary,
    replacing: bool = False,
) -> ImportPlan:
    """What these rows change in what is held (retired records too). With `replacing`, what no row names is retired."""
    refused: list[Problem] = []
    read: dict[str, tuple[int, Record]] = {}
    for row in rows:
        record, mistakes = read_record(_plain(row, held, kinds), kinds, vocabulary)
        refused += [Problem(".".join(map(str, one.path)), one.phrase, row.number) for one in mistakes]
        if record is not None and record.id in read:
            place = {"value": record.id, "first": str(read[record.id][0])}
            refused.append(Problem("id", Phrase("problem.duplicate_id", place), row.number))
        elif record is not None:
            read[record.id] = row.number, record
    known = set(read) | (set() if replacing else {name for name, old in held.items() if not old.retired})
    while wrong := _dangling(read, kinds, known):
        refused += wrong.values()
        for name in wrong:
            del read[name]
            known -= {name} if name not in held or replacing else set()
    return _compare({name: record for name, (_, record) in read.items()}, held, tuple(refused), replacing)


def _plain(row: Row, held: Mapping[str, Record], kinds: Mapping[str, Kind]) -> dict[str, Plain]:
    """The whole fact: what is held already stays where the file has no column for it."""
    old = held.get(row.cells.get("id", "").strip())
    same = old is not None and old.kind == row.kind.name
    kept = to_cells(record_to_plain(old, kinds), row.kind) if old is not None and same else {}
    return from_cells({**kept, **row.cells}, row.kind)


def _dangling(read: Mapping[str, tuple[int, Record]], kinds: Mapping[str, Kind], known: set[str]) -> dict[str, Problem]:
    found: dict[str, Problem] = {}
    for name, (number, record) in read.items():
        for one in unknown_references(record.values, kinds[record.kind], known)[:1]:
            found[name] = Problem(".".join(map(str, one.path)), one.phrase, number)
    return found


def _compare(
    read: Mapping[str, Record], held: Mapping[str, Record], refused: tuple[Problem, ...], replacing: bool
) -> ImportPlan:
    new, changed, same = [], [], []
    for name, record in read.items():
        old = held.get(name)
        if old is None:
            new.append(record)
        elif replace(record, revision=old.revision) == old:
            same.append(name)
        else:
            changed.append((old, record))
    gone = tuple(old for name, old in held.items() if replacing and name not in read and not old.retired)
    return ImportPlan(tuple(new), tuple(changed), tuple(same), refused, gone)
