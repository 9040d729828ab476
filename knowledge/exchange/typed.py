"""What people type into a file, as a fact keeps it: "ouvert" is open, "Suède" is SE, "28/03/2027" is 2027-03-28. Pure.

Only what can mean one thing is read; anything else stays as it is, and the field refuses it with its own sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final

from knowledge.countries import find_countries, fold_words, load_countries
from knowledge.date_grammar import find, read_day
from knowledge.dates import Day
from knowledge.fields import Plain
from knowledge.kinds import FieldSpec, Kind
from knowledge.vocabulary import Vocabulary

_DAYS: Final = frozenset({"accessed", "verified_on", "first", "until", "by", "date"})
_FIGURES: Final = frozenset({"amount", "value"})
_COMMA: Final = re.compile(r"(-?\d[\d\s]*),(\d{1,2})")
_WRITTEN_OUT: Final = re.compile(r"(\d{1,2}):(\d\d):00(?: ?(AM|PM))?", re.IGNORECASE)
_ANOTHER_DAY: Final = timedelta(days=500)
_LONGEST: Final = 60


def as_kept(path: tuple[str, ...], value: Plain, kind: Kind, vocabulary: Vocabulary, today: date) -> Plain:
    """A value as it is given at a place of a fact (`("closes",)`, `("source", "accessed")`), in the form that a field reads."""
    name, spec = path[0], kind.field(path[0])
    if name == "themes":
        return _each(
            value, {fold_words(label): one.name for one in vocabulary.values() for label in one.labels.values()}
        )
    if spec is not None and spec.type == "choice":
        return choice_of(value, spec) if isinstance(value, str) else value
    if spec is not None and spec.type == "places":
        return [country_of(item) for item in value] if isinstance(value, list) else country_of(value)
    if spec is not None and spec.type == "day":
        return day_of(value, today)
    if spec is not None and spec.type == "hour":
        return hour_of(value)
    if name in ("source", "other_sources") or (spec is not None and spec.type in ("recurrence", "quantity", "money")):
        return _inside(path[-1], value, today)
    return value


def choice_of(text: str, spec: FieldSpec) -> str:
    """The choice that a text names: itself, its label in either language, or a word for it and for no other."""
    if text in spec.choices:
        return text
    said = fold_words(text)
    labelled = [
        name for name, labels in spec.choices.items() if said in {fold_words(name), *map(fold_words, labels.values())}
    ]
    worded = [
        name
        for name, words in spec.choice_words.items()
        if said in {fold_words(word) for spoken in words.values() for word in spoken}
    ]
    found = labelled or worded
    return found[0] if len(found) == 1 else text


def country_of(value: Plain) -> Plain:
    """The code of the country that the whole text names, in either language."""
    if not isinstance(value, str) or value in load_countries():
        return value
    if code := _names().get(fold_words(value)):
        return code
    text = value.strip()
    named = [
        one for one in find_countries(text[:_LONGEST]) if one.text == text and not one.region and len(one.codes) == 1
    ]
    return named[0].codes[0] if named else value


def day_of(value: Plain, today: date) -> Plain:
    """The day that a text names whatever day it is read on, the day before the month; "demain" names none."""
    if not isinstance(value, str) or len(value) > _LONGEST or Day.reads(value):
        return value
    day = read_day(value, today)
    if day is None or day != read_day(value, today + _ANOTHER_DAY):
        return value
    return str(day) if all(one.relation in ("on", "in") for one in find(value, today)) else value


def hour_of(value: Plain) -> Plain:
    """The hour as people say it, where a spreadsheet has written it out: "17:00:00" and "05:00:00 PM" are 17:00."""
    match = _WRITTEN_OUT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return value
    hour, minute, half = int(match[1]), match[2], (match[3] or "").upper()
    if half and not 1 <= hour <= 12:
        return value
    return f"{hour % 12 + 12 * (half == 'PM') if half else hour:02}:{minute}"


def _inside(key: str, value: Plain, today: date) -> Plain:
    """The days and figures of a value that has parts."""
    if isinstance(value, dict):
        return {name: _inside(name, part, today) for name, part in value.items()}
    if isinstance(value, list):
        return [_inside(key, part, today) for part in value]
    if key in _DAYS:
        return day_of(value, today)
    if key in _FIGURES and isinstance(value, str) and (match := _COMMA.fullmatch(value.strip())):
        return f"{match[1]}.{match[2]}"
    return value


def _each(value: Plain, names: Mapping[str, str]) -> Plain:
    items: Iterable[Plain] = value if isinstance(value, list) else [value]
    read = [names.get(fold_words(item), item) if isinstance(item, str) else item for item in items]
    return read if isinstance(value, list) else read[0]


@cache
def _names() -> Mapping[str, str]:
    return {fold_words(name): country.code for country in load_countries().values() for name in country.names.values()}
