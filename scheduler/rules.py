"""What a team wants to be reminded of, when and where: plain values that the configuration fills. Reads no file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from scheduler.calendar import working_days_before

_LEAD: Final = re.compile(r"(\+)?(\d{1,4})(wd|w|d)")
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FRENCH_WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_CADENCES: Final = {
    **{name: name for name in (*WEEKDAYS, "daily", "monthly")},
    **dict(zip(_FRENCH_WEEKDAYS, WEEKDAYS, strict=True)),
    **{"quotidien": "daily", "mensuel": "monthly"},
}


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before a deadline, in days or working days; `after` counts days after it (a follow-up)."""

    days: int
    working: bool = False
    after: bool = False

    @classmethod
    def parse(cls, text: str) -> Lead:
        """Reads "60d", "2w", "10wd" (working days), "0d", "+7d" (after); ValueError otherwise."""
        match = _LEAD.fullmatch(text.strip().lower())
        if not match or (match[1] and match[3] == "wd"):
            raise ValueError(f"not a lead time: {text!r}")
        return cls(int(match[2]) * (7 if match[3] == "w" else 1), match[3] == "wd", bool(match[1]))

    def __str__(self) -> str:
        return f"{'+' if self.after else ''}{self.days}{'wd' if self.working else 'd'}"

    def day(self, deadline: date, country: str) -> date:
        """The day to speak of this deadline."""
        if self.working:
            return working_days_before(deadline, self.days, country)
        return deadline + timedelta(days=self.days if self.after else -self.days)


def cadence(text: str) -> str:
    """The English name of "daily", "monthly" or a weekday, given in either language. ValueError otherwise: digits are
    refused, for libraries disagree on which day is 1."""
    name = _CADENCES.get(text.strip().lower())
    if name is None:
        raise ValueError(f"not a cadence: {text!r}")
    return name


def weekday(text: str) -> str:
    """The English name of a day of the week, given in either language. ValueError otherwise."""
    name = cadence(text)
    if name not in WEEKDAYS:
        raise ValueError(f"not a day of the week: {text!r}")
    return name


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """Reminders of some dates in one channel, at `hour` of `zone`, each of `leads` before the date.

    Empty `kinds`, `themes` or `countries` mean all; empty `fields` mean every deadline of the kind (the notice of an
    agreement is the field "notice"). `mention` and `backup` are people's ids. Where nobody acts within `escalate_after`,
    the back-up is told, then the coordinators' channel; None never escalates.
    """

    name: str
    channel: str
    leads: tuple[Lead, ...]
    hour: time = time(9)
    zone: str = "Europe/Paris"
    lang: str = "fr"
    kinds: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    mention: tuple[str, ...] = ()
    backup: tuple[str, ...] = ()
    escalate_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class DigestRule:
    """A digest in one channel. `cadence` holds names as `cadence()` gives them: "daily", weekdays, or "monthly" (the
    1st). `topics` are what it tells of (due, new, changed, off_track, gaps); empty filters mean all."""

    name: str
    channel: str
    cadence: tuple[str, ...]
    hour: time = time(9)
    zone: str = "Europe/Paris"
    lang: str = "fr"
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    def falls_on(self, day: date) -> bool:
        return (
            "daily" in self.cadence
            or WEEKDAYS[day.weekday()] in self.cadence
            or ("monthly" in self.cadence and day.day == 1)
        )


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """When people are asked each week, in a direct message, to look at a few facts again. `day` is a name of WEEKDAYS."""

    day: str = "monday"
    hour: time = time(9)
    zone: str = "Europe/Paris"

    def falls_on(self, day: date) -> bool:
        return WEEKDAYS[day.weekday()] == self.day


@dataclass(frozen=True, slots=True)
class Team:
    """What all rules share: the team's zone, country (for public holidays), language, the hour of personal reminders,
    the coordinators' channel ("" where there is none), and who is told where that cannot be."""

    zone: str = "Europe/Paris"
    country: str = "FR"
    lang: str = "fr"
    hour: time = time(9)
    channel: str = ""
    coordinators: tuple[str, ...] = ()
