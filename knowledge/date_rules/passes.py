"""Reads the tokens of a sentence in four passes, each an ordered list of rules.

1. what the calendar names and what is counted from today; 2. the year that follows what had none ("March next year");
3. a part of one ("end of June") and the hour of a day; 4. ranges ("from March to June 2026").
Relations ("before", "since") come last, in `knowledge.date_grammar`. What a pass reads becomes one token of class `#`;
where a rule answers None the search goes on one token
further, and where it finds that the calendar has no such day ("30 février") all that it matched is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from knowledge.date_rules.counted import COUNTED, WEEKDAYS
from knowledge.date_rules.joins import JOINS, RANGES, YEAR_JOINS
from knowledge.date_rules.match import Build, Match, Rule
from knowledge.date_rules.named import DAYS, PARTS, YEARS
from knowledge.date_rules.numerals import Token
from knowledge.date_rules.tokens import Line


def _compiled(rules: Sequence[Rule], never_first: str) -> tuple[re.Pattern[str], tuple[Build, ...]]:
    """One pattern for all rules, the earlier rule first; the n-th group tells which one matched.

    `never_first`: classes that start no rule; passing over them at once makes the search several times as fast.
    """
    alternatives = "|".join(f"({pattern})" for pattern, _ in rules)
    return re.compile(rf"(?![{never_first}])(?:{alternatives})"), tuple(build for _, build in rules)


_PASSES: Final = (
    _compiled((*DAYS, *PARTS, *COUNTED, *WEEKDAYS, *YEARS), "o.,&abcdefghlptxABCEFJH"),
    _compiled(YEAR_JOINS, "o"),
    _compiled(JOINS, "o"),
    _compiled(RANGES, "o"),
)
_CORE: Final = re.compile(r"[MmkwzWSUDVQRYNOE]")


def read(line: Line, today: date) -> Line:
    """The line with every date or period that it names as one token of class `#`."""
    if not _CORE.search(line.kinds):
        return line
    for pattern, builds in _PASSES:
        line = _reduce(line, pattern, builds, today)
    return line


def _reduce(line: Line, pattern: re.Pattern[str], builds: tuple[Build, ...], today: date) -> Line:
    kinds, at, search_from = line.kinds, 0, 0
    done: list[Token] = []
    while found := pattern.search(kinds, search_from):
        start, end = found.span()
        matched = line.tokens[start:end]
        try:
            when = builds[(found.lastindex or 1) - 1](Match(line, matched, today))
            search_from = end if when else start + 1
        except (ValueError, OverflowError):
            when, search_from = None, end
        if when:
            done += line.tokens[at:start]
            done.append(Token("#", matched[0].start, matched[-1].end, when=when))
            at = end
    return replace(line, tokens=[*done, *line.tokens[at:]]) if done else line
