"""The parts of a record that every kind has, each read by itself: its id, source, themes, audience, lead times.

Each function takes what a form or a file gives and raises BadValue with every mistake in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeVar

from knowledge.dates import Day
from knowledge.field_types import TYPES
from knowledge.fields import BadValue, Mistake, Plain, Value, bad
from knowledge.figure_types import read_day
from knowledge.kinds import FieldSpec
from knowledge.messages import Phrase
from knowledge.plain_values import read_list, read_string, unknown, unknown_keys
from knowledge.records import COORDINATORS, LANGUAGES, NO_REMINDERS, Source
from knowledge.text_types import read_url
from knowledge.vocabulary import Vocabulary

ID_LIMIT: Final = 80
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_PLACE = re.compile(rf"(?:{COORDINATORS}|[CG][A-Z0-9]{{2,20}})\Z")
_LEAD = re.compile(r"[1-9]\d{0,2}[dwm]\Z")
T = TypeVar("T")


def read_source(plain: Plain, *path: str | int) -> Source:
    """`{title, url, accessed, verified_on, verified_by}`: a title and an address, or a title alone (a letter)."""
    keys = ("title", "url", "accessed", "verified_on", "verified_by")
    if not isinstance(plain, dict):
        raise bad("problem.not_a_mapping", *path, keys=", ".join(keys))
    mistakes = unknown_keys(plain, keys, path)
    if plain.get("title") in (None, ""):
        mistakes.append(Mistake((*path, "title"), Phrase("problem.missing", {"key": "title"})))

    def take(key: str, read: Callable[..., T], otherwise: T) -> T:
        if plain.get(key) in (None, ""):
            return otherwise
        try:
            return read(plain[key], *path, key)
        except BadValue as error:
            mistakes.extend(error.mistakes)
            return otherwise

    no_day: Day | None = None
    source = Source(
        take("title", read_string, ""),
        take("url", read_url, ""),
        take("accessed", read_day, no_day),
        take("verified_on", read_day, no_day),
        take("verified_by", read_string, ""),
    )
    if mistakes:
        raise BadValue(*mistakes)
    return source


def read_value(spec: FieldSpec, plain: Plain) -> Value:
    value: Value = read_choice(spec, plain) if spec.type == "choice" else TYPES[spec.type].load(plain)
    return value


def read_id(plain: Plain) -> str:
    text = read_string(plain)
    if not _ID.match(text) or len(text) > ID_LIMIT:
        raise bad("problem.bad_id", value=text)
    return text


def read_themes(plain: Plain, vocabulary: Vocabulary) -> tuple[str, ...]:
    names = read_list(plain)
    wrong = [
        Mistake((place,), unknown("problem.unknown_theme", name, vocabulary))
        for place, name in enumerate(names)
        if name not in vocabulary
    ]
    if wrong:
        raise BadValue(*wrong)
    return names


def read_choice(spec: FieldSpec | None, plain: Plain) -> str:
    value, choices = read_string(plain), spec.choices if spec else {}
    if value not in choices:
        raise BadValue(Mistake((), unknown("problem.unknown_choice", value, choices, choices=", ".join(choices))))
    return value


def read_sources(plain: Plain) -> tuple[Source, ...]:
    if not isinstance(plain, list):
        raise bad("problem.not_a_list")
    return tuple(read_source(source, place) for place, source in enumerate(plain))


def read_flag(plain: Plain) -> bool:
    if not isinstance(plain, bool):
        raise bad("problem.not_a_flag", value=str(plain))
    return plain


def read_audience(plain: Plain) -> tuple[str, ...]:
    return _each(plain, lambda name: bool(_PLACE.match(name)), "problem.bad_audience")


def read_languages(plain: Plain) -> tuple[str, ...]:
    return _each(plain, lambda name: name in LANGUAGES, "problem.bad_language")


def read_lead_times(plain: Plain) -> tuple[str, ...]:
    """Lead times such as 30d, 2w or 1m; `none`, which stands alone, asks for no reminder."""
    found = _each(plain, lambda lead: lead == NO_REMINDERS or bool(_LEAD.match(lead)), "problem.bad_lead_time")
    if NO_REMINDERS in found and len(found) > 1:
        raise bad("problem.none_alone")
    return found


def _each(plain: Plain, fits: Callable[[str], bool], key: str) -> tuple[str, ...]:
    """A list of which each item fits, or a mistake for each that does not."""
    items = read_list(plain)
    wrong = [Mistake((place,), Phrase(key, {"value": item})) for place, item in enumerate(items) if not fits(item)]
    if wrong:
        raise BadValue(*wrong)
    return items
