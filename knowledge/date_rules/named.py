"""Rules for what the calendar names: days, months, quarters, seasons, years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from knowledge.date_rules import spans
from knowledge.date_rules.match import MONTH, YEAR, Match, Rule
from knowledge.date_rules.spans import Floating, Span, When
from knowledge.dates import Day


def _day(year: int, month: int, day: int) -> Span | None:
    try:
        return spans.of_day(date(year, month, day))
    except ValueError:
        return None


def _certain(match: Match, at: Callable[[int], Span | None]) -> When:
    """The span of the year that was said, or of every year. Raises ValueError where there is none."""
    when = match.in_year(at)
    if when is None or (isinstance(when, Floating) and at(2024) is None):
        raise ValueError("no such day")
    return when


def _days(match: Match) -> When | None:
    """ "du 10 au 12 mai 2027", "May 10-12": both days of the same month."""
    month, numbers = match.number("Mmkz"), [token.number for token in match.all("NO")]

    def at(year: int) -> Span | None:
        first, last = _day(year, month, numbers[0]), _day(year, month, numbers[-1])
        ordered = first and last and first.first <= last.last
        return Span(first.first, last.last, relation="in") if first and last and ordered else None

    return _certain(match, at)


def _day_month(match: Match) -> When | None:
    month, number = match.one("Mmkz"), match.one("NO")
    if month is None or number is None:
        return None
    return match.leaning(_certain(match, lambda year: _day(year, month.number, number.number)))


def _month_day(match: Match) -> When | None:
    """ "July 17, 2017"; only with an English month, and "may 2" only with a year or a capital."""
    month = match.one("Mmk")
    if month is None or month.detail != "en":
        return None
    if month.word in ("may", "march") and not match.one("Y") and not match.line.said(month)[0].isupper():
        return None
    return _day_month(match)


def _weekday_of_month(match: Match) -> When | None:
    weekday, month = match.number("W"), match.number("Mmkz")
    nth = -1 if match.one("P") else match.number("O")
    return match.in_year(lambda year: spans.weekday_of_month(year, month, weekday, nth))


def _part(match: Match) -> When | None:
    """ "second half of 2026", "dernière semaine de juin", "1er trimestre"."""
    unit, month = match.one("U"), match.number("Mmkz")
    nth = -1 if match.one("P") else match.number("O")
    if unit is None or (unit.detail == "month" and (month or not match.one("Y"))):
        return None  # "le premier mois" of something
    if month:
        return match.in_year(lambda year: spans.part_of_month(year, month, unit.detail, nth))
    return match.in_year(lambda year: spans.part_of_year(year, unit.detail, nth))


def _quarter(match: Match) -> When | None:
    """ "Q1 2026", "S1 2027"; alone, only a capital Q or T counts."""
    quarter = match.one("Q")
    if quarter is None:
        return None
    if not match.one("Y") and (quarter.detail != "quarter" or not match.line.said(quarter)[0].isupper()):
        return None
    return match.in_year(lambda year: spans.part_of_year(year, quarter.detail, quarter.number))


def _numbered_part(match: Match) -> When | None:
    """ "trimestre 1 2026"."""
    unit, number = match.one("U"), match.number("N")
    return match.in_year(lambda year: spans.part_of_year(year, unit.detail, number) if unit else None)


def _month(match: Match) -> When | None:
    month = match.one("Mmkz")
    if month is None:
        return None
    if month.word == "may" and match.one("T") and not match.line.said(month)[0].isupper():
        return None  # "this may be"
    return match.leaning(match.in_year(lambda year: spans.of(Day(year, month.number))))


def _month_named(match: Match) -> When | None:
    """ "mois de mars", "the month of May 2025"."""
    return _month(match) if match.tokens[0].detail == "month" else None


def _season(match: Match) -> When | None:
    token = match.one("S")
    return match.leaning(match.in_year(lambda year: spans.season(year, token.detail))) if token else None


def _numeric(match: Match) -> When | None:
    """ "15/03/2027", "lundi 15/03"."""
    token = match.one("DV")
    when = token.when if token else None
    return replace(when, time=token.clock) if token and token.clock and isinstance(when, Span) else when


def _years(match: Match) -> When | None:
    """ "2024-25", "2021-2027"."""
    first, last = match.tokens[0].number, match.tokens[-1].number
    last += first // 100 * 100 if last < 100 else 0
    return Span(date(first, 1, 1), date(last, 12, 31), bare=True) if first < last <= first + 60 else None


def _year(match: Match) -> When | None:
    """ "2024", "année 2024"."""
    return replace(spans.of(Day(match.number("Y"))), bare=len(match.tokens) == 1)


_PLACED = "(?<=[ieBAIJGFEdblr])"  # the prepositions after which "mars" and "may" are months
_IN_SEASON = "(?:(?<=[ieBAIJGFEltv@]a)|(?<=[ieBAIJGFEltv])|(?<=da))"

DAYS: Final[tuple[Rule, ...]] = (
    (rf"(?:[Ww],?a?)?[NO](?:,[NO])*,?[t@&-][aw]?W?[NO]-?d?{MONTH}{YEAR}", _days),
    (r"[Mmk]a?[NO][t&-][NO](?!C|[Mmk])(?:,?Y)?", _days),
    (rf"(?:[Ww],?a?)?[NO]-?d?{MONTH}(?:[,-]?d?Y|[XP])?", _day_month),
    (r"(?:[Ww],?)?[Mmk]a?[NO](?!C|U|[Mmk]|[XP])(?:,?Y)?", _month_day),
    (rf"[OP]Wd?a?{MONTH}{YEAR}", _weekday_of_month),
    (r"[Ww],?a?[DV]|D|(?<=[adtpbBAIJGF])V", _numeric),
)
PARTS: Final[tuple[Rule, ...]] = (
    (rf"[OP]U[da]*(?:{MONTH}{YEAR}|Y)|OU", _part),
    (rf"Ud{MONTH}{YEAR}", _month_named),
    (rf"{MONTH}[,-]?d?Y", _month),
    (r"[XPT][Mmk](?![NO])|[Mm][XP](?!U)", _month),
    (rf"M|{_PLACED}m|m(?=[XPT]U|d?aU[XP]|d?TU)|(?<=E-)m|m(?=[&t@-][Mm])|(?<=[Mm][t@&-])m", _month),
    (r"Q[,-]?d?Y|Y-?Q|Q", _quarter),
    (r"UN[,d]?Y", _numbered_part),
    (rf"Sd?Y(?:-[YN])?|[TXP]S|S[XP]|{_IN_SEASON}S", _season),
)
YEARS: Final[tuple[Rule, ...]] = ((r"Y-[YN]", _years), (r"U?Y", _year))
