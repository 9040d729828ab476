"""Maps each mistake that the checks of `bot.settings` find to a sentence of the locales, with a suggestion where one is near.

Goes by the type of the mistake, never by the English text that comes with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from bot.settings import Settings
from knowledge.messages import Phrase

TOKEN: Final = re.compile(r"\b(?:xox[a-z]{1,2}|xapp)-\w+|\b[0-9a-f]{32}\b", re.IGNORECASE)
"""What Slack's tokens and signing secrets look like."""

_GIVEN_LIMIT: Final = 60
_SENTENCES: Final[Mapping[str, str]] = {
    "bool_parsing": "config.not_true_or_false",
    "bool_type": "config.not_true_or_false",
    "dict_type": "config.not_a_section",
    "greater_than_equal": "config.too_small",
    "int_from_float": "config.not_a_whole_number",
    "int_parsing": "config.not_a_whole_number",
    "int_parsing_size": "config.not_a_whole_number",
    "int_type": "config.not_a_whole_number",
    "less_than_equal": "config.too_large",
    "model_attributes_type": "config.not_a_section",
    "model_type": "config.not_a_section",
    "not_a_cadence": "config.not_a_cadence",
    "not_a_channel": "config.not_a_channel",
    "not_a_group": "config.not_a_group",
    "not_a_lead": "config.not_a_lead",
    "not_a_user": "config.not_a_user",
    "not_a_wait": "config.not_a_wait",
    "not_a_weekday": "config.not_a_weekday",
    "not_an_address": "config.not_an_address",
    "not_an_hour": "config.not_an_hour",
    "not_somebody": "config.not_somebody",
    "said_twice": "config.said_twice",
    "string_pattern_mismatch": "config.not_a_country",
    "string_too_long": "config.too_long",
    "string_too_short": "config.empty",
    "string_type": "config.not_text",
    "too_long": "config.list_too_long",
    "too_short": "config.empty",
    "tuple_type": "config.not_a_list",
}


def as_phrase(mistake: ErrorDetails) -> Phrase:
    """The sentence for one mistake found by pydantic."""
    kind, context = mistake["type"], mistake.get("ctx", {})
    path = [part for part in mistake["loc"] if part != "[key]"]
    given = _shown(mistake.get("input"))
    key = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        return _suggesting(Phrase("config.unknown_key", {"key": key}), _near(key, _known_keys(path[:-1])))
    if kind == "missing":
        return Phrase("problem.missing", {"key": key})
    if kind == "literal_error":
        choices = _choices(str(context["expected"]))
        phrase = Phrase("config.not_a_choice", {"given": given, "choices": ", ".join(choices)})
        return _suggesting(phrase, _near(given, choices))
    if kind == "unknown_zone":
        return _suggesting(Phrase("config.unknown_zone", {"given": given}), str(context["suggestion"]))
    limits = {
        "least": context.get("ge"),
        "most": context.get("le", context.get("max_length")),
    }
    arguments = {name: limit for name, limit in limits.items() if limit is not None}
    return Phrase(_SENTENCES.get(kind, "config.wrong"), {"given": given, **arguments})


def _suggesting(phrase: Phrase, suggestion: str) -> Phrase:
    return Phrase("problem.suggesting", {"problem": phrase, "suggestion": suggestion}) if suggestion else phrase


def _near(word: str, known: list[str]) -> str:
    return next(iter(get_close_matches(word.lower(), known, 1, 0.6)), "")


def _choices(expected: str) -> list[str]:
    """pydantic writes the values of a Literal as `'a', 'b' or 'c'`."""
    return [part.strip("' ") for part in expected.replace(" or ", ",").split(",")]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list | tuple) or value is None:
        return ""
    text = TOKEN.sub("…", " ".join(str(value).split()))
    return text if len(text) <= _GIVEN_LIMIT else text[:_GIVEN_LIMIT] + "…"


def _known_keys(path: list[int | str]) -> list[str]:
    """The keys that the section at `path` may hold."""
    section: Any = Settings
    for part in path:
        section = _inside(section, part)
    return list(section.model_fields) if _is_model(section) else []


def _inside(section: Any, part: int | str) -> Any:
    if _is_model(section):
        found = section.model_fields.get(str(part))
        return found.annotation if found else None
    if get_origin(section) is dict:
        return get_args(section)[1]
    if get_origin(section) is tuple:
        return get_args(section)[0]
    if get_origin(section) in (Union, UnionType):
        return next((kind for kind in get_args(section) if _is_model(kind)), None)
    return None if get_origin(section) is Literal else section


def _is_model(section: Any) -> bool:
    return isinstance(section, type) and issubclass(section, BaseModel)
