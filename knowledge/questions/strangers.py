"""What a question asks about and no record can be: an agreement with a country that has none, another plan than any recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from knowledge.questions import filters, selection
from knowledge.questions.lexicon import words
from knowledge.questions.reading import Reading, is_content, names_in
from knowledge.questions.view import View
from knowledge.records import Record

_PLAN: Final = "plan"
_BETWEEN: Final = frozenset(
    "national nationale nationaux european europeen de d du des la le l les pour sur contre".split()
)
_REACH: Final = 3
"""Words on either side of "plan" among which stands what it is a plan for."""


def strangers(reading: Reading, view: View) -> bool:
    """Whether the question asks for something between countries that no record joins ("our agreement with Japan"), or about
    another plan."""
    want = filters.wanted(reading, view)
    joining = [name for name in want.kinds if view.kinds[name].between]
    if not joining or not want.countries:
        return another_plan(reading, view)
    only = filters.Wanted(kinds=tuple(joining), countries=want.countries, any_country=want.any_country)
    if want.bodies:
        # "When did one announce that Germany signs 1+MG?" asks for a text of that body, not for one of ours.
        foreign = tuple(code for code in want.countries if code != view.home)
        with_body = replace(only, countries=foreign, bodies=want.bodies)
        if any(selection.fits(record, with_body, view, reading.today) for record in view.records.values()):
            return False
    return not any(selection.fits(record, only, view, reading.today) for record in view.records.values())


def another_plan(reading: Reading, view: View) -> bool:
    """Whether a plan is named by what it is for ("the cancer plan"), and no record's title or alias names such a plan."""
    named = _plan_for(reading)
    return bool(named) and not any(_bears(record, named) for record in view.records.values())


def _plan_for(reading: Reading) -> tuple[str, ...]:
    """The words right beside "plan" that say what it is for: a theme, or a name that is no country, body nor kind."""
    tokens = reading.tokens
    if _PLAN not in tokens or "plan's" in reading.asked.text.lower().replace("\u2019", "'"):
        return ()
    known = {word for topic in ("country", "body", "kind", "field") for word in reading.words_of(topic)}
    telling = (set(reading.words_of("theme")) | names_in(reading)) - known
    at = tokens.index(_PLAN)
    after = [word for word in tokens[at + 1 : at + 1 + _REACH] if word not in _BETWEEN]
    before = [word for word in tokens[max(0, at - 1) : at] if word not in _BETWEEN]
    return _leading(after, telling) or _leading(before, telling)


def _leading(said: list[str], telling: set[str]) -> tuple[str, ...]:
    found = []
    for word in said:
        if word not in telling or not is_content(word):
            break
        found.append(word)
    return tuple(found)


def _bears(record: Record, named: tuple[str, ...]) -> bool:
    heading = {word for text in (*record.titles.values(), *record.aliases) for word in words(text)}
    return _PLAN in heading and heading.issuperset(named)
