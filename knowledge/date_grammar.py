"""Dates and periods in what people type, in French and English at once: `find` inside a sentence, `read_day` and
`read_period` for a whole input.

What a period means, for today 25 November 2026 (`knowledge.date_rules.spans` has the rest of the conventions):
- "this month" is the whole calendar month, "next month" the one that follows; "in the next 30 days" today to
  today + 30;
- "d'ici la fin de l'année", "by the end of the year", "before the end of the year" (relation "until") run from today
  to 31 December; a bound that is past ("by 2020") leaves the start open;
- "before X" ends on the day before X starts, "after X" starts on the day after it ends, "from X" has no end;
- "since X" runs from the start of X to today;
- a day or month without its year is the next one, today's included ("depuis": the latest that has begun). `floating`
  then says "year" or "week", and `as_past` gives the one before for a sentence that looks back;
- "in 3 weeks" names one exact day in `day`; `period` is the week, month or year around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from datetime import datetime as _datetime
from datetime import time as _time
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from knowledge.date_rules.numerals import Token
from knowledge.date_rules.passes import read
from knowledge.date_rules.spans import Relation, Span, When
from knowledge.date_rules.tokens import cut
from knowledge.dates import Day, Period

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_ONE_DAY: Final = timedelta(days=1)
_AMOUNTS: Final = frozenset("€$£%")
_LONGEST: Final = 60
_NUMBERS: Final = re.compile(r"\d+")
_A_WORD: Final = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True)
class Found:
    """A date or period in a sentence. `start` and `end` are places in the original text, which reads `text` there.

    `period` holds the days meant (see the module for each relation); `day` is the day, month or year named, to its
    grain.
    `bare_year`: a year or years with no word around them, which may belong to a name ("ERA PerMed 2022").
    `floating`: the year or the week was not said.
    """

    period: Period
    day: Day | None
    start: int
    end: int
    text: str
    relation: Relation
    time: _time | None = None
    bare_year: bool = False
    floating: Literal["", "year", "week"] = ""


_RELATIONS: Final[dict[str, Relation]] = {"B": "before", "A": "after", "I": "since", "G": "until", "F": "from"}
_ONWARDS: Final = re.compile(
    r",?\s*(?:(?:ou|et|or|and)\s+(?:plus\s+tard|apr[eè]s|au[- ]del[aà]|later|after(?:wards)?|beyond|suivante?s?)"
    r"|onwards?)(?=\s*(?:[?!.,;:)]|$))",
    re.IGNORECASE,
)
_EARLIER: Final = re.compile(
    r",?\s*(?:ou|et|or|and)\s+(?:plus\s+t[oô]t|avant|auparavant|earlier|before)(?=\s*(?:[?!.,;:)]|$))", re.IGNORECASE
)
"""What opens a period at its end or at its start: "in 2028 or later", "2022 ou avant"."""
_RELATED: Final = re.compile(r"(?:f?([BAIJGF])[adt@epi-]*|[ielvptdrx@]a?|a)?#")


def find(text: str, today: date) -> tuple[Found, ...]:
    """Every date and period in a text, in order, with the preposition or article in front of it."""
    return _find(text, today, whole=False)


def _find(text: str, today: date, whole: bool) -> tuple[Found, ...]:
    line = read(cut(text, whole), today)
    found = []
    for match in _RELATED.finditer(line.kinds):
        last = line.tokens[match.end() - 1]
        first = line.tokens[match.start()]
        if last.when is None:
            continue
        span, floating = _settled(last.when, match[1] or "", today)
        if span is None or (span.bare and _counts_things(line.tokens, match.end() - 1)):
            continue
        bare = span.bare and first.kind in "#a"
        relation = _relation(span, match[1] or "")
        period = _period(span, relation, today)
        start, end = line.extent(last if bare else first, last)
        if opened := _ONWARDS.match(text, end):
            period, relation, bare, end = Period(period.first, None), "from", False, opened.end()
        elif opened := _EARLIER.match(text, end):
            period, relation, bare, end = Period(None, period.last), "until", False, opened.end()
        found.append(Found(period, span.day, start, end, text[start:end], relation, span.time, bare, floating))
    return tuple(found)


def _counts_things(tokens: list[Token], at: int) -> bool:
    """Whether the "year" is a number of what follows, or an amount: "2000 génomes", "€2021"."""
    before = tokens[at - 1].word if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return before in _AMOUNTS or (after is not None and (after.kind == "C" or after.word in _AMOUNTS))


def _settled(when: When, preposition: str, today: date) -> tuple[Span | None, Literal["", "year", "week"]]:
    """The span in the year that goes without saying."""
    if isinstance(when, Span):
        return when, ""
    weekly = when.cycle == "week"
    span = when.begun(today, strictly=weekly) if preposition == "I" else when.upcoming(today, strictly=weekly)
    return span, "week" if weekly else "year"


def _relation(span: Span, preposition: str) -> Relation:
    if preposition == "B" and span.edge == "end":
        return "until"
    if preposition and not (preposition == "F" and span.relation == "in"):
        return _RELATIONS.get(preposition, "until")
    if span.relation:
        return span.relation
    return "on" if span.first == span.last else "in"


def _period(span: Span, relation: Relation, today: date) -> Period:
    named = span.day if span.edge in ("middle", "end") or span.relation else None
    first, last = (named.first, named.last) if named else (span.first, span.last)
    if relation == "before":
        return Period(None, span.first - _ONE_DAY)
    if relation == "after":
        return Period(span.last + _ONE_DAY, None)
    if relation == "from":
        return Period(first, None)
    if relation == "since":
        return Period(first, max(first, today))
    if relation == "until":
        bound = span.first if span.season else last
        return Period(today if bound >= today else None, bound)
    return Period(span.first, span.last)


def as_past(found: Found, today: date) -> Found:
    """The same words in a sentence that looks back: the latest such day or month that has begun."""
    if not found.floating or not found.period.first or not found.period.last or found.relation not in ("in", "on"):
        return found
    period, day = found.period, found.day
    while period.first and period.last and period.first > today:
        period = Period(_before(period.first, found.floating), _before(period.last, found.floating))
    if day and period.first and found.floating == "week":
        day = Day.of(period.first)
    elif day and period.first:
        day = Day(period.first.year, day.month, day.day)
    return replace(found, period=period, day=day)


def _before(day: date, cycle: str) -> date:
    if cycle == "week":
        return day - 7 * _ONE_DAY
    end = Day(day.year, day.month).last == day
    month = Day(day.year - 1, day.month)
    return month.last if end else day.replace(year=day.year - 1)


def _only(text: str, today: date) -> Found | None:
    """The one reading that covers the whole text."""
    bare = text.strip(" \t\n.,;:!?")
    found = _find(bare, today, whole=True)
    return found[0] if len(found) == 1 and (found[0].start, found[0].end) == (0, len(bare)) else None


def read_day(text: str, today: date) -> Day | None:
    """The day, month or year that the whole text names, day first; the bound itself for "before 30 June"."""
    found = _only(text, today)
    return found.day if found else _by_library(text, today)


def read_period(text: str, today: date) -> Period | None:
    """The days that the whole text means."""
    found = _only(text, today)
    if found:
        return found.period
    day = _by_library(text, today)
    return Period(day.first, day.last) if day else None


@lru_cache(maxsize=2)
def _library(today: date) -> DateDataParser:
    from dateparser.date import DateDataParser

    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": _datetime.combine(today, _time(12)),
    }
    return DateDataParser(languages=["fr", "en"], settings=settings)


def _by_library(text: str, today: date) -> Day | None:
    """What dateparser reads in odd formats. It guesses freely: it is shown only a short text with three numbers, or
    with two and a word, and only an answer exact to the day is taken."""
    text = text.strip()
    numbers = len(_NUMBERS.findall(text))
    if len(text) > _LONGEST or numbers + (_A_WORD.search(text) is not None) < 3:
        return None
    found = _library(today).get_date_data(text)
    if found.date_obj is None or found.period not in ("day", "time", "part_of_day"):
        return None
    return Day.of(found.date_obj.date())
