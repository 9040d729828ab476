"""How dates that people type are read: "fin juin 2027" becomes a day, and is said back before anything is saved. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.date_grammar import read_day
from knowledge.dates import Day
from knowledge.messages import Phrase
from knowledge.plain_values import clean
from knowledge.records import Problem

_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed in an input (`key`) and the day that it was taken for."""

    key: str
    typed: str
    day: Day


def read_days(
    typed: Mapping[str, str | list[str]], keys: Iterable[str], today: date
) -> tuple[dict[str, str | list[str]], tuple[Reading, ...], tuple[Problem, ...]]:
    """The inputs with each date in ISO form, the readings of those that were not, and the dates that may be two days."""
    read, readings, problems = dict(typed), [], []
    for key in keys:
        text = typed.get(key)
        text = clean(text) if isinstance(text, str) else ""
        if not text or Day.reads(text):
            continue
        if either := ambiguous(text):
            problems.append(Problem(key, Phrase("fact.ambiguous_day", {"first": either[0], "second": either[1]})))
            continue
        day = read_day(text[:100], today)
        if day is not None:
            read[key] = str(day)
            readings.append(Reading(key, text, day))
    return read, tuple(readings), tuple(problems)


def ambiguous(text: str) -> tuple[Day, Day] | None:
    """The two days that "03/04/2027" may be: some write the day first, some the month."""
    match = _NUMBERS.fullmatch(text)
    if not match:
        return None
    first, second, year = map(int, match.groups())
    if first == second or not (1 <= first <= 12 and 1 <= second <= 12):
        return None
    return Day(year, second, first), Day(year, first, second)
