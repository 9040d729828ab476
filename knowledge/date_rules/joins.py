"""Rules that join readings (class `#`): a part of one, its year, its hour, and the range between two."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Final

from knowledge.date_rules import spans
from knowledge.date_rules.counted import several
from knowledge.date_rules.match import Match, Rule
from knowledge.date_rules.spans import Floating, Span, When


def _with_year(match: Match) -> When | None:
    """ "March next year", "premier trimestre de l'année prochaine"."""
    first, year = match.tokens[0].when, match.tokens[-1].when
    if not isinstance(first, Floating) or not isinstance(year, Span) or not year.day or year.day.grain != "year":
        return None
    return first.at(year.day.year) if first.cycle == "year" else None


def _edge(match: Match) -> When | None:
    """ "fin juin", "end of next month", "rest of 2026"."""
    token, of = match.one("E"), match.one("#")
    if token is None or of is None or of.when is None:
        return None
    if isinstance(of.when, Floating):
        return of.when.then(lambda span: spans.edge(span, token.detail, match.today))
    return spans.edge(of.when, token.detail, match.today)


def _edge_of_unit(match: Match) -> When | None:
    """ "fin du mois", "the end of the year", "year-end": of this one."""
    token, unit = match.one("E"), match.one("U")
    if token is None or unit is None or unit.detail in ("day", "weekend") or several(unit, match):
        return None
    return spans.edge(spans.calendar_unit(match.today, unit.detail), token.detail, match.today)


def _of_unit(match: Match) -> When | None:
    """ "les échéances du mois", "the calls of the week"."""
    unit = match.one("U")
    if unit is None or unit.word not in ("week", "semaine", "month", "mois"):
        return None
    if any(token.word in ("des", "les") for token in match.tokens):
        return None
    return spans.calendar_unit(match.today, unit.detail)


def _hour(match: Match) -> When | None:
    """ "demain à 15h", "14:00 on 15 March"."""
    day, hour = match.one("#"), match.one("H")
    if day is None or hour is None or day.when is None:
        return None
    clock = hour.clock or time(hour.number)

    def at(span: Span) -> Span | None:
        return replace(span, time=clock) if span.first == span.last else None

    return day.when.then(at) if isinstance(day.when, Floating) else at(day.when)


def _range(match: Match) -> When | None:
    """ "entre mars et juin 2026", "from 2019 to 2021"."""
    left, right = (token.when for token in match.all("#"))
    if left is None or right is None or left == right:
        return None
    found = spans.between(left, right)
    if not isinstance(found, Span):
        return found
    bare = (
        match.tokens[0].kind == "#" and isinstance(left, Span) and isinstance(right, Span) and left.bare and right.bare
    )
    return replace(found, bare=bare)


def _years_listed(match: Match) -> When | None:
    """ "en 2024 et 2025": one stretch when the years touch."""
    left, right = (token.when for token in match.all("#"))
    if not (isinstance(left, Span) and isinstance(right, Span) and left.day and right.day):
        return None
    touching = (left.day.grain, right.day.grain) == ("year", "year") and right.day.year == left.day.year + 1
    return Span(left.first, right.last) if touching else None


YEAR_JOINS: Final[tuple[Rule, ...]] = ((r"#[d,i]?a?#", _with_year),)
JOINS: Final[tuple[Rule, ...]] = (
    (r"E[-da]*#|Eia?#", _edge),
    (r"E[-da]*U|U-?E", _edge_of_unit),
    (r"da?U(?![NYC])", _of_unit),
    (r"#,?[@xepta]*H|H[,pa]*#", _hour),
)
RANGES: Final[tuple[Rule, ...]] = (
    (r"ba?#,?&a?#", _range),
    (r"[dF][ap]?#,?[tJ@-][ap]*#", _range),
    (r"#[tJ@-]a?#", _range),
    (r"[ie]#&#", _years_listed),
)
