"""How each type of value is put into words, whatever the language. Knows no locale: a `Style` writes numbers and names.

Says what the value says and no more: a date known to the month is shown as a month, an hour whose zone the source did not
state is shown with that remark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from knowledge.dates import Day, Period
from knowledge.fields import Duration, Hour, Money, Progress, Quantity, Recurrence
from knowledge.messages import Channel, Link, Member, Phrase

MILLION: Final = 1_000_000
BILLION: Final = 1_000_000_000


class Style(Protocol):
    """How one language writes the smallest pieces."""

    lang: str
    today: date | None

    def say(self, phrase: Phrase) -> str: ...

    def number(self, value: float) -> str: ...

    def currency(self, amount: float, currency: str, digits: int, suffix: str = "") -> str: ...

    def percent(self, share: float) -> str: ...

    def month(self, month: int) -> str: ...

    def weekday(self, number: int) -> str: ...

    def clock(self, moment: time) -> str: ...

    def city(self, zone: str) -> str: ...

    def joined(self, parts: Iterable[str]) -> str: ...

    def channel(self, channel: str) -> str: ...


def show(value: Any, style: Style) -> str:
    """`value` in words. None is an empty text; a type nobody foresaw is written as Python writes it."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return style.say(Phrase("value.yes" if value else "value.no"))
        case int() | float():
            return style.number(value)
        case Phrase():
            return style.say(value)
        case Mapping():
            return pick(value, style.lang)
        case list() | tuple() | set() | frozenset():
            return style.joined([show(part, style) for part in value])
        case _:
            return _show_value(value, style)


def _show_value(value: Any, style: Style) -> str:
    match value:
        case Day():
            return day(value, style)
        case datetime():
            moment = {"day": Day.of(value), "time": value.time()}
            return style.say(Phrase("value.moment", moment))
        case date():
            return day(Day.of(value), style)
        case time():
            return style.clock(value)
        case Period():
            return period(value, style)
        case Hour():
            return hour(value, style)
        case Quantity():
            return quantity(value, style)
        case Progress() | Duration():
            return style.say(_counted(value))
        case Money():
            return money(value, style)
        case Recurrence():
            return recurrence(value, style)
        case Link() | Channel() | Member():
            return _named(value, style)
        case _:
            return str(value)


def _counted(value: Progress | Duration) -> Phrase:
    if isinstance(value, Duration):
        return Phrase(f"value.{value.unit}s", {"count": value.count})
    return Phrase("value.point", {"value": value.value, "date": value.date})


def pick(text: Mapping[str, str], lang: str) -> str:
    """The text in `lang`, or in the first other language that has it."""
    return text.get(lang) or next((other for other in text.values() if other), "")


def _named(value: Link | Channel | Member, style: Style) -> str:
    if isinstance(value, Link):
        return link(value)
    return style.channel(value.id) if isinstance(value, Channel) else value.id


def day(value: Day, style: Style) -> str:
    """The date to its own grain: "10 février 2026", "février 2026", "2026"."""
    if value.month is None:
        return str(value.year)
    month = style.month(value.month)
    return f"{month} {value.year}" if value.day is None else f"{_ordinal(value.day, style)} {month} {value.year}"


def dated(value: Day, preposition: str, style: Style) -> str:
    """The date after a preposition (on, by, from, since, until) that agrees with its grain."""
    return style.say(Phrase(f"date.{preposition}.{value.grain}", {"date": day(value, style)}))


def period(value: Period, style: Style) -> str:
    """The shortest exact wording of a period: a day, a month, a year, or from one day to another."""
    first, last = value.first, value.last
    if first and last:
        return _between(first, last, style)
    if first:
        past = style.today is not None and first <= style.today
        return dated(_widest_start(first), "since" if past else "from", style)
    if last:
        if (last.month, last.day) == (12, 31):
            return style.say(Phrase("period.until_year_end", {"year": str(last.year)}))
        return dated(Day.of(last), "until", style)
    return style.say(Phrase("period.any"))


def _between(first: date, last: date, style: Style) -> str:
    for whole in (Day.of(first), Day(first.year, first.month), Day(first.year)):
        if (whole.first, whole.last) == (first, last):
            return day(whole, style)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return style.say(Phrase("period.years", {"first": str(first.year), "last": str(last.year)}))
    end = day(Day.of(last), style)
    if (first.year, first.month) == (last.year, last.month):
        start = _ordinal(first.day, style)
    elif first.year == last.year:
        start = f"{_ordinal(first.day, style)} {style.month(first.month)}"
    else:
        start = day(Day.of(first), style)
    return style.say(Phrase("period.days", {"first": start, "last": end}))


def _widest_start(first: date) -> Day:
    """A period that starts on the first day of a year or of a month starts with that year or month."""
    if (first.month, first.day) == (1, 1):
        return Day(first.year)
    return Day(first.year, first.month) if first.day == 1 else Day.of(first)


def _ordinal(number: int, style: Style) -> str:
    return "1er" if number == 1 and style.lang == "fr" else str(number)


def hour(value: Hour, style: Style) -> str:
    """The hour with its zone as the source states it, and the place whose time counts. No zone stated: it is said."""
    clock = style.clock(value.time)
    if value.named and "/" in value.zone and not value.zone.startswith("Etc/"):
        city = style.city(value.zone)
        return style.say(Phrase("value.hour_zone_city", {"hour": clock, "zone": value.named, "city": city}))
    if value.named:
        return style.say(Phrase("value.hour_zone", {"hour": clock, "zone": value.named}))
    if value.stated:
        return style.say(Phrase("value.hour_city", {"hour": clock, "city": style.city(value.zone)}))
    return style.say(Phrase("value.hour_no_zone", {"hour": clock}))


def quantity(value: Quantity, style: Style) -> str:
    """A target ("500 000 participants d'ici 2023") followed by its last point, or the last point alone."""
    last = value.progress[-1] if value.progress else None
    parts = []
    if value.value is not None:
        args = {"value": value.value, "unit": value.unit, "by": value.by}
        parts.append(_said_unit("value.target_by" if value.by else "value.amount", args, style))
    if last is not None:
        unit = value.progress_unit or ({} if parts else value.unit)
        point = {"value": last.value, "unit": unit, "date": last.date, "share": value.share}
        key = "value.progress_share" if value.share is not None else "value.progress"
        parts.append(_said_unit(key if parts else "value.point_unit", point, style))
    return "\u202f; ".join(parts) if style.lang == "fr" else "; ".join(parts)


def _said_unit(key: str, args: Mapping[str, Any], style: Style) -> str:
    """A unit that is not given leaves no gap behind."""
    said = style.say(Phrase(key, args))
    return re.sub(r" {2,}", " ", said).replace(" ,", ",").replace(" (", " (").strip()


def money(value: Money, style: Style) -> str:
    """Millions and billions when the amount is round enough to lose nothing, else the exact amount."""
    if value.amount >= BILLION and (value.amount * 100) % BILLION == 0:
        return style.currency(value.amount / BILLION, value.currency, 0, style.say(Phrase("value.billion")))
    if value.amount >= MILLION and (value.amount * 100) % MILLION == 0:
        return style.currency(value.amount / MILLION, value.currency, 0, style.say(Phrase("value.million")))
    return style.currency(value.amount, value.currency, 0 if float(value.amount).is_integer() else 2)


def recurrence(value: Recurrence, style: Style) -> str:
    """How often, from when, until when."""
    years, months = divmod(value.months, 12)
    often = Phrase("value.every_months", {"count": value.months})
    if years and not months:
        often = Phrase("value.every_years", {"count": years})
    return style.say(Phrase("value.recurrence", {"often": often, "first": value.first, "until": value.until}))


def host(url: str) -> str:
    """The machine that an address points at, without `www.`; empty when it has none."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


def link(value: Link) -> str:
    where = host(value.url)
    return f"{value.title} ({where})" if value.title and where else value.title or where


def unaccented(text: str) -> str:
    """The text without its accents, to compare; `œ` and `æ` are left alone."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
