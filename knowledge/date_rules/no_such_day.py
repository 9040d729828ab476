"""Days that people write and no calendar has: "31/02/2027", "2027-02-30", "29 février 2027", "April 31st". Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR
from typing import Final

from knowledge.date_rules.words import WORDS, fold
from knowledge.dates import Day

_MONTH: Final = "|".join(
    sorted((re.escape(word) for word, (kind, *_) in WORDS.items() if kind in "Mmkz"), key=len)[::-1]
)
_DAY: Final = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?"
_YEAR: Final = r"(?:,? +(?:de +|of +)?(?P<year>\d{4}))?(?!\w)"
_WRITTEN: Final = (
    re.compile(r"(?<![\w/.-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?![\w/-]|\.\d)"),
    re.compile(r"(?<![\w/.-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\w/-])"),
    re.compile(rf"(?<!\w){_DAY} +(?:de +|of +)?(?P<month>{_MONTH})\.?{_YEAR}"),
    re.compile(rf"(?<!\w)(?P<month>{_MONTH})\.? +{_DAY}(?!\w){_YEAR}"),
)


@dataclass(frozen=True, slots=True)
class NoSuchDay:
    """The words, and the `month` that has only so many `days`."""

    text: str
    month: Day
    days: int


def no_such_day(text: str, year: int | None = None) -> NoSuchDay | None:
    """The first day in the text that its month does not have. Where no year is said, it is this `year`; None passes such days over.
    Of two numbers the month is the second one, unless only the first can be."""
    folded, places = fold(text)
    for match in _matches(folded):
        day, named = int(match["day"]), int(match["year"] or year or 0)
        month = int(match["month"]) if match["month"].isdigit() else WORDS[match["month"]][1]
        if month > 12 >= day and "mark" in match.groupdict():
            day, month = month, day
        if not (1 <= named <= MAXYEAR and 1 <= month <= 12):
            continue
        days = monthrange(named, month)[1]
        if not 1 <= day <= days:
            return NoSuchDay(text[places[match.start()] : places[match.end() - 1] + 1], Day(named, month), days)
    return None


def _matches(folded: str) -> Iterator[re.Match[str]]:
    for pattern in _WRITTEN:
        yield from pattern.finditer(folded)
