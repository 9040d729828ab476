"""Types of fields that hold figures and dates: day, hour, duration, money, quantity, recurrence. See `knowledge.field_types`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import time
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.date_rules.no_such_day import no_such_day
from knowledge.dates import Day
from knowledge.fields import Duration, Hour, Money, Plain, Progress, Quantity, Recurrence, Simple, Unit, bad
from knowledge.plain_values import read_all, read_given, read_mapping, read_number, read_string, read_text

DEFAULT_ZONE: Final = "Europe/Brussels"
_HOUR = re.compile(r"(\d{1,2})(?::|h ?)(\d{2})?(?=\D|\Z)")
_A_MONTH = re.compile(r"\d{4}-\d{2}")
_EARTH = re.compile(r"\b(?:AoE|anywhere on earth|partout sur terre)\b", re.IGNORECASE)
_UNIVERSAL = re.compile(r"\b(?:UTC|GMT)(?: ?([+-])(\d{1,2}))?\b")
_DURATION = re.compile(r"(\d{1,4}) ?([a-zé]+)\.?")
_UNITS: Final[Mapping[str, Unit]] = {
    **dict.fromkeys(("day", "days", "d", "jour", "jours", "j"), "day"),
    **dict.fromkeys(("week", "weeks", "w", "semaine", "semaines", "sem"), "week"),
    **dict.fromkeys(("month", "months", "mois"), "month"),
    **dict.fromkeys(("year", "years", "y", "an", "ans", "année", "années"), "year"),
}
_MONEY = re.compile(
    r"(?:(?P<before>[A-Z]{3}|€) ?)?(?P<amount>\d[\d\s_.,]*?)\s?(?P<times>M|k|millions?|thousand|milliers?)?"
    r"(?:\s?(?:d['’]|de |of )?(?P<after>[A-Z]{3}|€|euros?))?"
)
_TIMES: Final = {
    **dict.fromkeys(("M", "million", "millions"), 10**6),
    **dict.fromkeys(("k", "thousand", "millier", "milliers"), 1000),
}
_EUROS: Final = ("", "€", "euro", "euros")
_LONGEST: Final = 100


class DayType:
    """A date exact to the day, the month or the year."""

    def load(self, plain: Plain) -> Day:
        return read_day(plain)

    def dump(self, value: Day) -> Plain:
        return str(value)

    def words(self, value: Day) -> Iterable[str]:
        return (str(value.year),)

    def plain(self, value: Day, lang: str = "fr") -> Simple:
        return str(value)


class HourType:
    """The hour of a deadline. The source's words are kept; the zone is Brussels unless they name Paris, a zone, UTC or
    AoE (anywhere on earth)."""

    def load(self, plain: Plain) -> Hour:
        if isinstance(plain, dict):
            data = read_mapping(plain, ("said", "zone"), required=("said",))
            said = read_string(data["said"], "said")
            return Hour(_time(said), said, _zone(read_string(data.get("zone") or DEFAULT_ZONE, "zone")))
        said = read_string(plain)
        return Hour(_time(said), said, _zone_of(said))

    def dump(self, value: Hour) -> Plain:
        return value.said if value.zone == _zone_of(value.said) else {"said": value.said, "zone": value.zone}

    def words(self, value: Hour) -> Iterable[str]:
        return (value.said,)

    def plain(self, value: Hour, lang: str = "fr") -> Simple:
        return f"{value.time:%H:%M}"


class DurationType:
    """A length of time: "3 months", "90 jours"."""

    def load(self, plain: Plain) -> Duration:
        said = read_string(plain)
        match = _DURATION.fullmatch(said.lower())
        unit = _UNITS.get(match[2]) if match else None
        if match is None or unit is None or not int(match[1]):
            raise bad("problem.bad_duration", value=said)
        return Duration(int(match[1]), unit)

    def dump(self, value: Duration) -> Plain:
        return f"{value.count} {value.unit}{'' if value.count == 1 else 's'}"

    def words(self, value: Duration) -> Iterable[str]:
        return ()

    def plain(self, value: Duration, lang: str = "fr") -> Simple:
        """As ISO 8601 writes it: "P3M"."""
        return f"P{value.count}{value.unit[0].upper()}"


class MoneyType:
    """An amount: `20000000 EUR`, "20 M€", "1,5 million euros", a bare number (euros), or `{amount, currency}`."""

    def load(self, plain: Plain) -> Money:
        if isinstance(plain, dict):
            data = read_mapping(plain, ("amount", "currency"), required=("amount",))
            return Money(read_number(data["amount"], "amount"), _currency(data.get("currency") or "EUR"))
        if not isinstance(plain, str):
            return Money(read_number(plain))
        text = plain.strip()
        match = _MONEY.fullmatch(text) if len(text) <= _LONGEST else None
        if match is None or (match["before"] and match["after"]):
            raise bad("problem.bad_money", value=text[:_LONGEST])
        currency, times = match["before"] or match["after"] or "", _TIMES.get(match["times"] or "", 1)
        # "1,5 M€" is a million and a half; without "M", a comma may part thousands and says nothing for sure.
        amount = round(read_number(match["amount"].replace(",", ".") if match["times"] else match["amount"]) * times, 2)
        return Money(int(amount) if amount % 1 == 0 else amount, "EUR" if currency in _EUROS else currency)

    def dump(self, value: Money) -> Plain:
        return {"amount": value.amount, "currency": value.currency}

    def words(self, value: Money) -> Iterable[str]:
        return (f"{value.amount:.0f}", value.currency)

    def plain(self, value: Money, lang: str = "fr") -> Simple:
        return value.amount


class QuantityType:
    """A target or a figure with the points observed: `{value, unit, by, progress: [{date, value}], progress_unit}`."""

    def load(self, plain: Plain) -> Quantity:
        data = read_mapping(plain, ("value", "unit", "by", "progress", "progress_unit"))
        points = data.get("progress") or []
        if not isinstance(points, list):
            raise bad("problem.not_a_list", "progress")
        value, by, unit, progress_unit, *progress = read_all(
            partial(read_given, data, "value", read_number),
            partial(read_given, data, "by", read_day),
            partial(read_given, data, "unit", read_text),
            partial(read_given, data, "progress_unit", read_text),
            *(partial(_point, point, place) for place, point in enumerate(points)),
        )
        if value is None and not progress:
            raise bad("problem.empty_quantity")
        observed = tuple(sorted(progress, key=lambda point: point.date))
        return Quantity(value, unit or {}, by, observed, progress_unit or {})

    def dump(self, value: Quantity) -> Plain:
        plain: dict[str, Plain] = {"value": value.value}
        if value.unit:
            plain["unit"] = dict(value.unit)
        if value.by:
            plain["by"] = str(value.by)
        if value.progress:
            plain["progress"] = [{"date": str(point.date), "value": point.value} for point in value.progress]
        if value.progress_unit:
            plain["progress_unit"] = dict(value.progress_unit)
        return plain

    def words(self, value: Quantity) -> Iterable[str]:
        figures = [value.value, *(point.value for point in value.progress)]
        return (
            *value.unit.values(),
            *value.progress_unit.values(),
            *(f"{figure:g}" if figure % 1 else f"{figure:.0f}" for figure in figures if figure is not None),
        )

    def plain(self, value: Quantity, lang: str = "fr") -> Simple:
        """The target, or the last figure observed where there is no target."""
        return value.progress[-1].value if value.value is None and value.progress else value.value


class RecurrenceType:
    """A day that comes back: `{first, months, until}`."""

    def load(self, plain: Plain) -> Recurrence:
        data = read_mapping(plain, ("first", "months", "until"))
        first, months, until = read_all(
            partial(read_given, data, "first", read_day, required=True),
            partial(read_given, data, "months", read_number, required=True),
            partial(read_given, data, "until", read_day, required=True),
        )
        if not 1 <= months <= 120 or months % 1:
            raise bad("problem.bad_months", "months", value=str(data["months"]))
        if until.last < first.first:
            raise bad("problem.end_before_start", "until", start=str(first), end=str(until))
        return Recurrence(first, int(months), until)

    def dump(self, value: Recurrence) -> Plain:
        return {"first": str(value.first), "months": value.months, "until": str(value.until)}

    def words(self, value: Recurrence) -> Iterable[str]:
        return ()

    def plain(self, value: Recurrence, lang: str = "fr") -> Simple:
        return str(value.first)


def read_day(plain: Plain, *path: str | int) -> Day:
    """`2027`, `2027-03` or `2027-03-28`; says so when no such day exists."""
    text = read_string(plain, *path)
    try:
        return Day.parse(text)
    except ValueError:
        if (none := no_such_day(text)) is not None:
            raise bad("problem.no_such_day", *path, value=none.text, month=none.month, days=none.days) from None
        raise bad(
            "problem.no_such_month" if _A_MONTH.fullmatch(text) else "problem.bad_day", *path, value=text
        ) from None


def _point(plain: Plain, place: int) -> Progress:
    data = read_mapping(plain, ("date", "value"), "progress", place, required=("date", "value"))
    return Progress(
        read_day(data["date"], "progress", place, "date"), read_number(data["value"], "progress", place, "value")
    )


def _time(said: str) -> time:
    match = _HOUR.match(said)
    try:
        return time(int(match[1]), int(match[2] or 0)) if match else time(24)
    except ValueError:
        raise bad("problem.bad_hour", value=said) from None


def _zone_of(said: str) -> str:
    named = re.search(r"\b[A-Z]\w+/\w+", said)
    if named:
        return _zone(named[0])
    if "paris" in said.lower():
        return "Europe/Paris"
    if _EARTH.search(said):
        return "Etc/GMT+12"
    universal = _UNIVERSAL.search(said)
    if universal is None:
        return DEFAULT_ZONE
    # The zones of the tz database count from the other side: UTC+2 is Etc/GMT-2.
    return _zone(f"Etc/GMT{'-' if universal[1] == '+' else '+'}{int(universal[2])}") if universal[1] else "UTC"


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise bad("problem.bad_zone", value=name) from None


def _currency(plain: Plain) -> str:
    code = read_string(plain, "currency")
    if not re.fullmatch("[A-Z]{3}", code):
        raise bad("problem.bad_currency", "currency", value=code)
    return code
