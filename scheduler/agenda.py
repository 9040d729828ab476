"""The dates of facts that reminders count, kept by their days: planning two days among many thousand facts looks at a handful.
Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from knowledge.dates import Day
from knowledge.fields import Duration, Hour, Quantity, Value, days
from knowledge.kinds import Kind
from knowledge.records import Record
from knowledge.trust import confirmed, last_day
from scheduler.rules import Lead

OVER: Final = frozenset({"completed", "superseded", "achieved", "missed"})
"""Statuses, as people entered them, of what needs no reminder any more. A follow-up is owed all the same. A call that is
closed may well have a second stage to come."""
REVIEW: Final = "review"
"""The date on which a fact wants to be verified again, for the rules that name it."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date of a record that reminders count. `end` is its last day where it lasts several; `leads` replace those of
    the rules where they are not None."""

    record_id: str
    kind: str
    field: str
    day: Day
    end: date
    marked: bool
    over: bool
    hour: Hour | None = None
    themes: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    leads: tuple[Lead, ...] | None = None


def deadlines(record: Record, kind: Kind) -> Iterator[Deadline]:
    """Every date of the record: those that its kind marks, the day a target is due by, the last day to give notice (so
    long before its end as a length of time says), and its other days, which a rule may name."""
    if record.retired or record.silent:
        return
    hour = next((value for value in record.values.values() if isinstance(value, Hour)), None)
    countries = record.values.get("countries")
    shared = (frozenset(record.themes), frozenset(countries if isinstance(countries, tuple) else ()))
    leads = _own_leads(record)
    until = record.values.get(kind.until)
    for spec in kind.fields:
        value = record.values.get(spec.name)
        if value is None:
            continue
        for day in _days(value, record, kind):
            end = until.last if spec.name == kind.when and isinstance(until, Day) else day.last
            # A target that is due by a date of its own record is one deadline, not two.
            derived = isinstance(value, Duration) or (isinstance(value, Quantity) and not _states(record, kind, day))
            marked = spec.deadline or derived
            over = record.status in OVER
            yield Deadline(
                *(record.id, kind.name, spec.name, day, end, marked, over),
                *(hour if spec.deadline else None, *shared, leads),
            )
    if (review := _review(record, kind)) is not None:
        yield Deadline(*(record.id, kind.name, REVIEW, review, review.last, False, False, None), *shared, leads)


def _states(record: Record, kind: Kind, day: Day) -> bool:
    """Whether one of the dates that its kind marks is this very day."""
    return any(record.values.get(spec.name) == day for spec in kind.deadlines)


def _days(value: Value, record: Record, kind: Kind) -> tuple[Day, ...]:
    if isinstance(value, Quantity):
        return (value.by,) if value.by else ()
    if isinstance(value, Duration):
        end = last_day(record, kind)
        last = value.before(end) if end else None
        return (last,) if last else ()
    return days(value)


def _review(record: Record, kind: Kind) -> Day | None:
    seen = confirmed(record)
    return Day.of(seen.first + timedelta(days=kind.review)) if kind.review and seen is not None else None


def _own_leads(record: Record) -> tuple[Lead, ...] | None:
    return tuple(Lead.parse(text) for text in record.reminders) if record.reminders else None


@dataclass(slots=True)
class Agenda:
    """The facts by the days of their deadlines; `put` follows one changed record. A deadline is worked out when its day is
    asked for. Without `reviews` no day tells which facts want to be verified again."""

    kinds: Mapping[str, Kind]
    reviews: bool = True
    _silent: set[str] = field(default_factory=set)
    _records: dict[str, Record] = field(default_factory=dict)
    _of: dict[str, tuple[Deadline, ...]] = field(default_factory=dict)
    _shelves: dict[tuple[Lead, ...] | None, dict[int, dict[str, None]]] = field(default_factory=dict)

    def put(self, record: Record) -> None:
        old = self._records.pop(record.id, None)
        self._of.pop(record.id, None)
        if old is not None:
            shelf = self._shelves[_own_leads(old)]
            for number in self._numbers(old):
                shelf[number].pop(old.id, None)
        self._silent.discard(record.id)
        if record.kind not in self.kinds or record.retired or record.silent:
            if not record.retired:
                self._silent.add(record.id)
            return
        self._records[record.id] = record
        shelf = self._shelves.setdefault(_own_leads(record), {})
        for number in self._numbers(record):
            there = shelf.get(number)
            if there is None:
                shelf[number] = {record.id: None}
            else:
                there[record.id] = None

    def part(self, record_ids: Iterable[str]) -> Agenda:
        """An agenda of these facts alone, as far as this one has them."""
        part = Agenda(self.kinds, self.reviews)
        for record_id in record_ids:
            if record_id in self._silent:
                part._silent.add(record_id)
            elif (record := self._records.get(record_id)) is not None:
                part.put(record)
        return part

    def of(self, record_id: str) -> tuple[Deadline, ...]:
        found = self._of.get(record_id)
        if found is None and (record := self._records.get(record_id)):
            found = self._of[record_id] = tuple(deadlines(record, self.kinds[record.kind]))
        return found or ()

    def audience(self, record_id: str) -> tuple[str, ...]:
        """Who alone may see the fact; () for everybody."""
        record = self._records.get(record_id)
        return record.audience if record else ()

    def is_silent(self, record_id: str) -> bool:
        """Whether the fact stands, and is to be left alone."""
        return record_id in self._silent

    def overrides(self) -> tuple[tuple[Lead, ...] | None, ...]:
        """The sets of lead times in use; None stands for those of the rules."""
        return tuple(self._shelves)

    def on(self, day: date, override: tuple[Lead, ...] | None) -> Iterator[Deadline]:
        return self._standing(Day.of(day), override)

    def starting(self, day: date) -> Iterator[Deadline]:
        """Those known to the month or the year only that begins on this day."""
        if day.day == 1:
            for override in self._shelves:
                yield from self._standing(Day(day.year, day.month), override)
                if day.month == 1:
                    yield from self._standing(Day(day.year), override)

    def _standing(self, day: Day, override: tuple[Lead, ...] | None) -> Iterator[Deadline]:
        for record_id in self._shelves.get(override, {}).get(_number(day), ()):
            yield from (one for one in self.of(record_id) if one.day == day)

    def _numbers(self, record: Record) -> Iterator[int]:
        """Every day that the record may have to be looked up by."""
        kind = self.kinds[record.kind]
        for value in record.values.values():
            if isinstance(value, Day):
                yield _number(value)
            elif not isinstance(value, str | tuple):
                yield from map(_number, _days(value, record, kind))
        if self.reviews and (day := _review(record, kind)):
            yield _number(day)


def _number(day: Day) -> int:
    """A day as one number, quicker to look up than the day itself; what is not known counts nothing."""
    return day.year * 10000 + (day.month or 0) * 100 + (day.day or 0)


def agenda_of(records: Iterable[Record], kinds: Mapping[str, Kind], reviews: bool = True) -> Agenda:
    agenda = Agenda(kinds, reviews)
    for record in records:
        agenda.put(record)
    return agenda
