"""Numbers and what is written with figures: numeric dates, hours, ordinals, quarters."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Final, NamedTuple

from knowledge.date_rules import spans
from knowledge.date_rules.spans import When
from knowledge.dates import Day

_ISO: Final = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)(?:t(\d\d):(\d\d)(?::\d\d)?)?\Z")
_DAY_FIRST: Final = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d{4}|(?<=\d\d.\d\d.)\d\d)\Z")
_YEAR_MONTH: Final = re.compile(r"(\d{4})[-/](\d\d)\Z")
_MONTH_YEAR: Final = re.compile(r"(\d\d?)[-/.](\d{4})\Z")
_DAY_MONTH: Final = re.compile(r"(\d\d?)/(\d\d?)\Z")
_TIME: Final = re.compile(r"(\d\d?)(?:[h:](\d\d)?|(?::(\d\d))?([ap])m)\Z")
_ORDINAL: Final = re.compile(r"(\d\d?)(?:er|ere|re|e|eme|nde?|st|rd|th)\Z")
_QUARTER: Final = re.compile(r"(\d{4})?(?:([tqsh])([1-4])|([1-4])([tqs]))\Z")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class Token(NamedTuple):
    """A piece of a sentence. `kind` is its class (see `knowledge.date_rules.words`); `start` and `end` count folded
    characters. `number` and `detail` are those of the word; a numeric date or a reading carries `when`, an hour
    `clock`."""

    kind: str
    start: int
    end: int
    word: str = ""
    number: int = 0
    detail: str = ""
    when: When | None = None
    clock: time | None = None


def number(piece: str, start: int, end: int) -> Token:
    """A year from 1900 to 2100, a number from 1 to 31, or any other one."""
    value = int(piece) if len(piece) < 9 else 0
    if len(piece) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR:
        return Token("Y", start, end, piece, value)
    return Token("N" if len(piece) < 3 and 1 <= value <= 31 else "K" if value else "o", start, end, piece, value)


def numeric(piece: str, start: int, end: int, whole: bool) -> list[Token]:
    """The tokens of a date, an hour, an ordinal or a quarter written with figures; none for anything else.

    `whole`: the text is all date, so that `5/3` is one.
    """
    if match := _ISO.match(piece):
        year, _, month, day, hour, minute = match.groups()
        clock = _clock(int(hour), int(minute)) if hour else None
        return _dated(start, end, int(year), int(month), int(day), clock)
    if match := _DAY_FIRST.match(piece):
        day, _, month, year = match.groups()
        return _dated(start, end, int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    if match := _YEAR_MONTH.match(piece):
        return _dated(start, end, int(match[1]), int(match[2])) if int(match[2]) <= 12 else []
    if match := _MONTH_YEAR.match(piece):
        return _dated(start, end, int(match[2]), int(match[1]))
    if match := _DAY_MONTH.match(piece):
        return _day_and_month(match, start, end, whole)
    if match := _TIME.match(piece):
        return _time(match, start, end)
    if match := _ORDINAL.match(piece):
        return [Token("O", start, end, piece, int(match[1]))]
    if match := _QUARTER.match(piece):
        return _quarter(match, start, end)
    return []


def _dated(start: int, end: int, year: int, month: int, day: int | None = None, at: time | None = None) -> list[Token]:
    """One token, opaque where no such day exists."""
    try:
        when = spans.of(Day(year, month, day))
    except ValueError:
        return [Token("o", start, end)]
    return [
        Token("D", start, end, when=when, clock=at) if _FIRST_YEAR <= year <= _LAST_YEAR else Token("o", start, end)
    ]


def _day_and_month(match: re.Match[str], start: int, end: int, whole: bool) -> list[Token]:
    """`15/03` is a day, `10/12` may be a share (class V), `2/3` surely is one, unless the text is all date."""
    day, month = int(match[1]), int(match[2])
    if not (whole or len(match[0]) == 5) or not 1 <= month <= 12:
        return [Token("o", start, end)]

    def at(year: int) -> spans.Span | None:
        try:
            return spans.of_day(date(year, month, day))
        except ValueError:
            return None

    return [Token("D" if whole or match[2][0] == "0" else "V", start, end, when=spans.Floating(at))]


def _clock(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _time(match: re.Match[str], start: int, end: int) -> list[Token]:
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4] == "p" else 0)
    clock = _clock(hour, int(match[2] or match[3] or 0))
    return [Token("H", start, end, clock=clock)] if clock else []


def _quarter(match: re.Match[str], start: int, end: int) -> list[Token]:
    unit = "half" if (match[2] or match[5]) in ("s", "h") else "quarter"
    value = int(match[3] or match[4])
    if unit == "half" and value > 2:
        return []
    token = Token("Q", start, end, match[0], value, unit)
    return [number(match[1], start, start + 4), token] if match[1] else [token]
