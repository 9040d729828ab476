"""Rules for what is counted from today: "next week", "les 6 derniers mois", "in 3 weeks", "demain", weekdays."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from knowledge.date_rules import spans
from knowledge.date_rules.match import COUNT, Match, Rule, nothing
from knowledge.date_rules.numerals import Token
from knowledge.date_rules.spans import Floating, Relation, When
from knowledge.date_rules.words import PLURALS


def several(unit: Token, match: Match) -> bool:
    """Whether "mois" and the like stand for several."""
    return unit.number > 1 and (unit.word != "mois" or any(token.word in PLURALS for token in match.tokens))


def _rolling(match: Match) -> When | None:
    """ "les 6 derniers mois", "in the next 30 days"."""
    unit = match.one("U")
    if unit is None or match.misplaced():
        return None
    return spans.rolling(match.today, match.shift * match.units, unit.detail)


def _unit(match: Match) -> When | None:
    """ "cette année", "next month", "ces derniers mois"."""
    unit = match.one("U")
    if unit is None or match.misplaced():
        return None
    if several(unit, match):
        vague = match.shift and spans.VAGUE.get(unit.detail)
        return spans.rolling(match.today, match.shift * vague, unit.detail) if vague else None
    recent = match.one("P")
    if unit.detail == "day" or (recent and recent.word == "recent"):
        return None  # "ce jour-là", "the last day" are other days
    return spans.calendar_unit(match.today, unit.detail, match.shift)


def _ahead(match: Match) -> When | None:
    """ "dans 3 semaines", "in a week", "two months from now"."""
    unit = match.one("U")
    return spans.offset(match.today, match.units, unit.detail) if unit else None


def _ago(match: Match) -> When | None:
    """ "il y a 3 mois", "a year ago"."""
    unit = match.one("U")
    return spans.offset(match.today, -match.units, unit.detail) if unit else None


def _within(match: Match) -> When | None:
    """ "d'ici 3 semaines", "within 10 days", "dans les 30 jours"."""
    unit = match.one("U")
    relation: Relation | None = None if match.one("i") else "until"
    return replace(spans.rolling(match.today, match.units, unit.detail), relation=relation) if unit else None


def _for_the_past(match: Match) -> When | None:
    """ "depuis 6 mois"."""
    unit = match.one("U")
    return replace(spans.rolling(match.today, -match.units, unit.detail), relation="since") if unit else None


def _relative(match: Match) -> When | None:
    return spans.calendar_unit(match.today, "day", match.number("R"))


def _weekday(match: Match) -> When | None:
    """ "lundi", "next Friday", "lundi en huit": next is the first one after today, last the latest before it."""
    weekday, later = match.number("W"), match.number("h")
    monday = spans.calendar_unit(match.today, "week").first
    when = Floating(lambda week: spans.of_day(spans.add(monday, 7 * week + weekday, "day")), "week")
    if later:
        upcoming = when.upcoming(match.today, strictly=True)
        return spans.of_day(spans.add(upcoming.first, later, "day")) if upcoming else None
    return match.leaning(when)


def _weekday_number(match: Match) -> When | None:
    """ "lundi 15": the next Monday that is a 15th."""
    weekday, number = match.number("W"), match.number("NO")
    days = (spans.add(match.today, ahead, "day") for ahead in range(400))
    return next((spans.of_day(day) for day in days if (day.weekday(), day.day) == (weekday, number)), None)


COUNTED: Final[tuple[Rule, ...]] = (
    (rf"T?(?:{COUNT}[XP]|[XP]{COUNT})U|T?{COUNT}U[XP]", _rolling),
    (rf"ia{COUNT}U|v[ad]*(?:{COUNT}|@)U|G(?:{COUNT}|@)U", _within),
    (rf"i(?:{COUNT}|@)U(?!g)|(?:{COUNT}|@)Uf", _ahead),
    (rf"(?:{COUNT}|@)Ug|y{COUNT}U", _ago),
    (rf"I{COUNT}U", _for_the_past),
    (r"TU(?!-a)-?c?|T?[XP]U|U[XPT]", _unit),
    (r"R", _relative),
)
WEEKDAYS: Final[tuple[Rule, ...]] = (
    (r"[Oq]W", nothing),
    (r"W[NO](?!C|U)", _weekday_number),
    (r"[XPT]W|W[XP]|Wh|W", _weekday),
)
