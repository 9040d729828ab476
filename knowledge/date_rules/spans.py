"""The calendar behind words: spans of days, and spans whose year or week was not said.

Conventions, the same in both languages:
- a week goes from Monday to Sunday; "this" and "next" month, quarter, semester or year are whole calendar units;
- "the next 30 days" runs from today to today + 30, "the last 6 months" from the same day six months ago to today;
- without a number, "the coming months" are three (days: seven, weeks: four, quarters: two, years: three);
- spring starts on 1 March and ends on 20 June, summer 1 June - 22 September, autumn 1 September - 20 December, winter
  1 December - 20 March: wide on purpose, as some people go by whole months and others by the sun;
- the start, middle and end of a month are its days 1-10, 11-20, 21-end; of anything else, its thirds by month.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from datetime import time as clock_time
from typing import Final, Literal

from knowledge.dates import Day

_ONE_DAY: Final = timedelta(days=1)
_MONTHS_IN: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_DAYS_IN: Final = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}
VAGUE: Final = {"day": 7, "week": 4, "month": 3, "quarter": 2, "year": 3}
_SEASONS: Final = {
    "spring": (3, 1, 6, 20),
    "summer": (6, 1, 9, 22),
    "autumn": (9, 1, 12, 20),
    "winter": (12, 1, 3, 20),
}


Relation = Literal["in", "before", "after", "since", "until", "on", "from"]


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`. `day` is the day, month or year it names, where it names one.

    `relation` is set where the words settle it ("depuis six mois"; "in" for a range, which "from" opens);
    `edge` is "start", "middle" or "end" of something;
    `bare` marks a year with nothing around it.
    """

    first: date
    last: date
    day: Day | None = None
    relation: Relation | None = None
    edge: str = ""
    bare: bool = False
    season: bool = False
    time: clock_time | None = None


@dataclass(frozen=True, slots=True)
class Floating:
    """A span that comes back: `at(n)` is the one of year n (or of week n, counted from this one) or None."""

    at: Callable[[int], Span | None]
    cycle: str = "year"

    def upcoming(self, today: date, strictly: bool = False) -> Span | None:
        """The first that is not over, or with `strictly` the first that has not begun."""
        turns = range(today.year - 1, today.year + 9) if self.cycle == "year" else range(-1, 3)
        for turn in turns:
            span = self.at(turn)
            if span and (span.first > today if strictly else span.last >= today):
                return span
        return None

    def begun(self, today: date, strictly: bool = False) -> Span | None:
        """The latest that has begun, or with `strictly` the latest that is over."""
        turns = range(today.year, today.year - 9, -1) if self.cycle == "year" else range(0, -3, -1)
        for turn in turns:
            span = self.at(turn)
            if span and (span.last < today if strictly else span.first <= today):
                return span
        return None

    def then(self, change: Callable[[Span], Span | None]) -> Floating:
        """The same, changed at each turn."""

        def at(turn: int) -> Span | None:
            span = self.at(turn)
            return change(span) if span else None

        return replace(self, at=at)


When = Span | Floating


def of_day(day: date) -> Span:
    return Span(day, day, Day.of(day))


def of(day: Day) -> Span:
    """The days that a year, a month or a day covers."""
    return Span(day.first, day.last, day)


def _months(year: int, first: int, count: int) -> Span:
    last = first + count - 1
    return Span(date(year, first, 1), Day(year, last).last)


def part_of_year(year: int, unit: str, number: int) -> Span | None:
    """The n-th quarter or half of a year; the last one for -1."""
    length = _MONTHS_IN.get(unit, 12)
    count = 12 // length
    number = count if number < 0 else number
    return _months(year, (number - 1) * length + 1, length) if count > 1 and 1 <= number <= count else None


def part_of_month(year: int, month: int, unit: str, number: int) -> Span | None:
    """The n-th week (days 1-7, 8-14 ...) or fortnight of a month; its last days for -1."""
    length = {"week": 7, "fortnight": 15}.get(unit)
    end = Day(year, month).last
    if length is None or number > (4 if unit == "week" else 2):
        return None
    if number < 0:
        return Span(end.replace(day=16) if unit == "fortnight" else end - 6 * _ONE_DAY, end)
    last = end if (unit, number) == ("fortnight", 2) else end.replace(day=number * length)
    return Span(end.replace(day=(number - 1) * length + 1), last)


def season(year: int, name: str) -> Span:
    """The season that starts in a year; winter ends in the next one."""
    month, day, last_month, last_day = _SEASONS[name]
    last = date(year + (last_month < month), last_month, last_day)
    return Span(date(year, month, day), last, season=True)


def weekday_of_month(year: int, month: int, weekday: int, number: int) -> Span | None:
    """The n-th Monday (0) ... Sunday (6) of a month; the last one for -1."""
    end = Day(year, month).last
    if number < 0:
        return of_day(end - _ONE_DAY * ((end.weekday() - weekday) % 7))
    day = 1 + (weekday - end.replace(day=1).weekday()) % 7 + 7 * (number - 1)
    return of_day(end.replace(day=day)) if day <= end.day else None


def add(day: date, number: int, unit: str) -> date:
    """`number` units later (or earlier); a month that has no such day gives its last one."""
    if unit in _DAYS_IN:
        return day + timedelta(days=number * _DAYS_IN[unit])
    months = day.year * 12 + day.month - 1 + number * _MONTHS_IN[unit]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def calendar_unit(day: date, unit: str, shift: int = 0) -> Span:
    """The week, month, quarter, half or year that holds a day, `shift` units later; a weekend is the one to come."""
    if unit == "day":
        return of_day(day + shift * _ONE_DAY)
    if unit in ("week", "fortnight", "weekend"):
        monday = day + timedelta(days=7 * shift - day.weekday())
        if unit == "weekend":
            return Span(monday + 5 * _ONE_DAY, monday + 6 * _ONE_DAY)
        return Span(monday, monday + timedelta(days=_DAYS_IN[unit] - 1))
    length = _MONTHS_IN[unit]
    year, month = divmod((day.year * 12 + day.month - 1) // length * length + shift * length, 12)
    named = {"month": Day(year, month + 1), "year": Day(year)}.get(unit)
    return of(named) if named else _months(year, month + 1, length)


def rolling(today: date, number: int, unit: str) -> Span:
    """From today to `number` units later, or from `-number` units earlier to today."""
    other = add(today, number, unit)
    return Span(min(today, other), max(today, other))


def offset(today: date, number: int, unit: str) -> Span:
    """ "In three weeks": the exact day, and around it the unit that people have in mind (that week)."""
    day = add(today, number, unit)
    around = of_day(day) if unit in ("day", "fortnight", "weekend") else calendar_unit(day, unit)
    return replace(around, day=Day.of(day))


def edge(span: Span, which: str, today: date) -> Span | None:
    """The start, the middle, the end or (from today) the rest of a span. `day` is its first, middle or last day."""
    if which == "rest":
        return Span(max(today, span.first), span.last, relation="until") if span.last >= today else None
    length = (span.last - span.first).days + 1
    if length <= 7:
        days = {
            "start": span.first,
            "middle": span.first + _ONE_DAY * (length // 2),
            "end": span.last,
        }
        return replace(of_day(days[which]), edge=which)
    if length <= 31:
        tens = [
            span.first,
            span.first + 10 * _ONE_DAY,
            span.first + 20 * _ONE_DAY,
            span.last + _ONE_DAY,
        ]
        middle = span.first + 14 * _ONE_DAY
    else:
        months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1
        tens = [add(span.first, round(months * third / 3), "month") for third in range(3)] + [span.last + _ONE_DAY]
        middle = add(span.first, months // 2, "month")
    at = ("start", "middle", "end").index(which)
    named = (span.first, middle, span.last)[at]
    return Span(tens[at], tens[at + 1] - _ONE_DAY, Day.of(named), edge=which)


def between(left: When, right: When) -> When | None:
    """From the start of one to the end of the other; the year that one leaves unsaid comes from the other."""
    if isinstance(right, Floating):
        if isinstance(left, Span):
            found = right.upcoming(left.first)
            return Span(left.first, found.last, relation="in") if found else None
        start = left
        return right.then(lambda end: _backed(start, end))
    return _backed(left, right)


def _backed(left: When, right: Span) -> Span | None:
    start = left.begun(right.last) if isinstance(left, Floating) else left
    return Span(start.first, right.last, relation="in") if start and start.first <= right.last else None
