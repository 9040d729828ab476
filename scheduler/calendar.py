"""Wall-clock time: which instant an hour on a day means somewhere, and which days are worked. Reads no clock.

A time that a change of clocks skips is read with the offset before the gap (02:30 becomes 03:30); one that occurs twice
is its first occurrence.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

ANYWHERE_ON_EARTH: Final = "Etc/GMT+12"
"""Where a day ends last: the zone of "anywhere on earth"."""
_WORKED: Final = 8
"""So many hours of a day are worked, from the one at which a channel is spoken to."""
_EARTH: Final = frozenset({"aoe", "anywhere on earth", "partout sur terre"})


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name with its region ("Europe/Paris"), of "UTC", or of "anywhere on earth".

    Raises ValueError for anything else: "EST" or "IST" mean different hours to different people.
    """
    if name.strip().lower() in _EARTH:
        return ZoneInfo(ANYWHERE_ON_EARTH)
    if "/" not in name and name != "UTC":
        raise ValueError(f"not a time zone: {name!r}")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"not a time zone: {name!r}") from error


@lru_cache(maxsize=65536)
def instant(day: date, hour: time, zone_name: str) -> datetime:
    """The moment, in UTC, when clocks there first show this hour on this day."""
    return datetime.combine(day, hour, tzinfo=zone(zone_name)).replace(fold=0).astimezone(UTC)


def local_day(moment: datetime, zone_name: str) -> date:
    """The date there at this moment."""
    return moment.astimezone(zone(zone_name)).date()


def is_working_day(day: date, country: str) -> bool:
    """Whether people work that day: no Saturday, no Sunday, no public holiday of the country (ISO 3166-1)."""
    return day.weekday() < 5 and day not in _holidays(country, "")


def holiday(day: date, country: str, lang: str) -> str:
    """The name of the public holiday in that language, "" on any other day."""
    return str(_holidays(country, lang).get(day) or "")


@lru_cache(maxsize=65536)
def working_days_before(day: date, count: int, country: str) -> date:
    """The day from which `count` working days remain until `day`; 0 is the day itself, worked or not."""
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day, country)
    return day


@lru_cache(maxsize=4096)
def working_hour(after: datetime, first: time, zone_name: str, country: str) -> datetime:
    """The next moment, in UTC, to speak there out of turn: the hour `first` of a working day, or one of the seven hours after it
    on the same day."""
    day = local_day(after, zone_name)
    while True:
        for hour in range(first.hour, min(first.hour + _WORKED, 24)) if is_working_day(day, country) else ():
            if (moment := instant(day, first.replace(hour=hour), zone_name)) > after:
                return moment
        day += timedelta(days=1)


@lru_cache(maxsize=16)
def _holidays(country: str, lang: str) -> holidays.HolidayBase:
    """Public holidays in a language of ours; the country's own where the package lacks it."""
    spoken = {"en": "en_US"}.get(lang, lang)
    known = holidays.country_holidays(country)
    if spoken in known.supported_languages:
        return holidays.country_holidays(country, language=spoken)
    return known
