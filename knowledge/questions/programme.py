"""Whose affair a question is: the programme's own ("nos accords", "what do we have with the UK?"), or that of others."""

from __future__ import annotations

import re
from typing import Final

from knowledge.questions.reading import Reading, names_in

_HOLDING: Final = re.compile(
    r"\b(?:(?:on|nous) (?:a|avons)|a t on|avons nous|do we have|have we(?: got)?|we have|we ve got|is there|are there|y a t il|existe t il) (?:\w+ ){0,3}?(?:avec|with)\b"
)
"""Asks what there is with somebody, without a name for it: "what do we have with the UK?"."""
_OURS: Final = {
    "fr": re.compile(r"\b(?:nous|on|notre|nos|avons)\b"),
    "en": re.compile(r"\b(?:we|our|ours)\b"),
}
"""Words for the programme itself, by language: English has an "on" too."""
_WITHS: Final = frozenset(("avec", "with"))
_SITS: Final = re.compile(
    r"\b(?:on|nous|we|(?:la )?france|le plan|the plan) (?:do |does |y )?(?:sieg\w+|sits?|particip\w+|takes? part|(?:is|are) (?:on|in|part of|a member of|represented)|(?:est|sommes) (?:dans|represente\w*|membres?))\b"
    r"|\b(?:do|does) (?:we|france|the plan) (?:sit|take part|participate|belong)\b|\bsieg\w+(?: t)? (?:on|nous|il)\b"
)
"""The programme's own part in a body or a group."""


def is_spoken_of(reading: Reading) -> bool:
    """Whether the programme itself is spoken of ("nos accords", "which groups do we sit on")."""
    return any(reading.says(pattern) for lang, pattern in _OURS.items() if lang in (reading.lang, "en"))


def takes_part(reading: Reading) -> bool:
    """Whether the programme's own part in a body or a group is asked ("où siégeons-nous ?")."""
    return reading.says(_SITS)


def asks_what_is_held(reading: Reading) -> bool:
    """Whether it is asked what there is with a country, without a name for it."""
    return reading.says(_HOLDING) and follows_with(reading)


def with_nobody_else(reading: Reading) -> bool:
    """Whether something with a country is asked, and no other party is named ("when was the Garvan memorandum with the English
    announced?" is no affair of the programme's own)."""
    slips = dict(reading.mended)
    named = {slips.get(word, word) for word in names_in(reading)}
    named -= {word for topic in ("country", "kind") for word in reading.words_of(topic)}
    return follows_with(reading) and not reading.named("body") and not named


def follows_with(reading: Reading, topic: str = "country") -> bool:
    """Whether a country, or something else, stands right after "with" ("avec la Suède")."""
    return any(not _WITHS.isdisjoint(reading.tokens[max(0, tag.first - 2) : tag.first]) for tag in reading.named(topic))
