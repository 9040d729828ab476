"""What an import would do to the base, decided before anything is written. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from knowledge import keeping
from knowledge.drafting import free_id, look_ahead, read_record, unknown_references
from knowledge.exchange.columns import merged
from knowledge.exchange.plain import record_to_plain
from knowledge.exchange.rows import Row
from knowledge.exchange.typed import as_kept
from knowledge.fields import Mistake, Plain
from knowledge.kinds import RECORD_KEYS, Kind
from knowledge.messages import Phrase
from knowledge.plain_values import clean
from knowledge.records import Problem, Record, Write
from knowledge.vocabulary import Vocabulary

_GUESSED: Final = 10
"""How many rows are told which reference they probably meant: nobody reads more at once."""


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
    today: date,
    replacing: bool = False,
) -> ImportPlan:
    """What these rows change in what is held (retired records too). With `replacing`, what no row names is retired."""
    reading = _Reading(held, kinds, vocabulary, today)
    for row in rows:
        reading.take(row)
    read, refused = reading.read, reading.refused
    known = set(read) | (set() if replacing else {name for name, old in held.items() if not old.retired})
    while wrong := _dangling(read, kinds, known):
        for name in wrong:
            refused.append(wrong[name])
            del read[name]
            known -= {name} if name not in held or replacing else set()
    gone = [old for name, old in held.items() if replacing and name not in read and not old.retired]
    found = _compare({name: record for name, (_, record) in read.items()}, held, replacing)
    # What is of a kind that is not declared any more is in no file, so its absence says nothing.
    return replace(found, refused=tuple(refused), retired=tuple(old for old in gone if old.kind in kinds))


class _Reading:
    """Takes rows one by one: `read` holds the row and the record of each id, `refused` every mistake."""

    def __init__(
        self, held: Mapping[str, Record], kinds: Mapping[str, Kind], vocabulary: Vocabulary, today: date
    ) -> None:
        self.held, self.kinds, self.vocabulary, self.today = held, kinds, vocabulary, today
        self.read: dict[str, tuple[Row, Record]] = {}
        self.refused: list[Problem] = []
        self._titled: dict[tuple[str, str], list[str]] = {}
        for record in sorted(held.values(), key=lambda record: record.retired):
            for title in set(record.titles.values()):
                self._titled.setdefault((record.kind, title), []).append(record.id)
        self._made: dict[tuple[str, str], Row] = {}

    def take(self, row: Row) -> None:
        name = str(row.given.get(("id",)) or "").strip() or self._name(row)
        if not name:
            return
        old = self.held.get(name)
        record, mistakes = read_record(self._plain(row, name, old), self.kinds, self.vocabulary)
        if record is not None:
            mistakes = look_ahead(record, self.today)
        if record is not None and record.id in self.read:
            place = {"value": record.id, "first": str(self.read[record.id][0].number)}
            mistakes = [Mistake(("id",), Phrase("problem.duplicate_id", place))]
        self.refused += map(row.problem, mistakes)
        if record is not None and not mistakes:
            self.read[record.id] = row, record if old is None else _carried(old, record, row.kind)

    def _name(self, row: Row) -> str:
        """The id of a row that gives none: of the one fact with its very title, or made from it. "" for one refused."""
        titles = _titles(row)
        found = dict.fromkeys(name for title in titles for name in self._titled.get((row.kind.name, title), ()))
        live = [name for name in found if not self.held[name].retired] or list(found)
        twin = next(
            (self._made[row.kind.name, title] for title in titles if (row.kind.name, title) in self._made), None
        )
        if len(live) > 1 or twin is not None:
            key = "exchange.title_twice" if twin is not None else "exchange.title_of_several"
            args = {"title": titles[0], "row": str(twin.number) if twin is not None else "", "ids": ", ".join(live)}
            self.refused.append(row.problem(Mistake(("id",), Phrase(key, args))))
            return ""
        self._made |= {(row.kind.name, title): row for title in titles}
        return live[0] if live else free_id(titles[0] if titles else "", {*self.held, *self.read})

    def _plain(self, row: Row, name: str, old: Record | None) -> dict[str, Plain]:
        """The whole fact: what is held already stays where the file says nothing of it."""
        kept: dict[str, Plain] = {}
        if old is not None and old.kind == row.kind.name:
            declared = {*RECORD_KEYS, *(spec.name for spec in row.kind.fields)}
            kept = {key: value for key, value in record_to_plain(old, self.kinds).items() if key in declared}
        given = {path: as_kept(path, value, row.kind, self.vocabulary, self.today) for path, value in row.given.items()}
        return {**merged(kept, given, row.kind), "id": name, "kind": row.kind.name}


def _titles(row: Row) -> list[str]:
    given = row.given.get(("title",))
    whole = list(given.values()) if isinstance(given, dict) else [given]
    cells = [value for path, value in row.given.items() if path[0] == "title" and len(path) > 1]
    return list(dict.fromkeys(clean(text) for text in (*whole, *cells) if isinstance(text, str) and clean(text)))


def _carried(old: Record, record: Record, kind: Kind) -> Record:
    """With the values of fields that the kind does not declare any more: no file has a place for them."""
    lost = {name: value for name, value in old.values.items() if kind.field(name) is None}
    return replace(record, values={**lost, **record.values}) if lost and old.kind == record.kind else record


def _dangling(read: Mapping[str, tuple[Row, Record]], kinds: Mapping[str, Kind], known: set[str]) -> dict[str, Problem]:
    found: dict[str, Problem] = {}
    for name, (row, record) in read.items():
        for one in unknown_references(record.values, kinds[record.kind], known, guessing=len(found) < _GUESSED)[:1]:
            found[name] = row.problem(one)
    return found


def _compare(read: Mapping[str, Record], held: Mapping[str, Record], replacing: bool) -> ImportPlan:
    new, changed, same = [], [], []
    for name, record in read.items():
        old = held.get(name)
        if old is None:
            new.append(record)
        elif keeping.same(old, record):
            same.append(name)
        else:  # a file that the base is to equal says itself which languages are out of date
            changed.append((old, record if replacing else keeping.amended(old, record)))
    return ImportPlan(tuple(new), tuple(changed), tuple(same), ())
