"""How people ask to be reminded: of what, and when ("la veille de la clôture de CARMEN2026", "CARMEN2026 tomorrow at 9"). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Final, Literal

from bot.desk.readings import ambiguous
from knowledge.date_grammar import Found, find
from knowledge.date_rules.no_such_day import no_such_day
from knowledge.dates import Day
from knowledge.messages import Phrase
from scheduler.rules import Lead

MOST_DAYS: Final = 400
"""The longest lead time."""
LONGEST: Final = 300
"""Characters of a text that are read."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What it is about, in the person's words, and when: a `lead` before its date or a `day`; `hour` None is the usual one."""

    about: str
    lead: Lead | None = None
    day: date | None = None
    hour: time | None = None


_ASKING: Final[Mapping[Literal["fr", "en"], re.Pattern[str]]] = {
    "fr": re.compile(
        r"^(?:(?:bonjour|salut|stp|svp|merci de)[ ,!]+)*(?:(?:peux|pourrais)-tu |(?:pouvez|pourriez)-vous )?"
        r"(?:me rappeler|(?:rappelle|rappelles|rappelez|préviens|prévenez|avertis|avertissez)[- ]moi)\b[ ,:]*",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"^(?:(?:hello|hi|please)[ ,!]+)*(?:(?:can|could|would|will) you )?(?:please )?(?:remind|alert|notify) me\b[ ,:]*",
        re.IGNORECASE,
    ),
}
_LISTING: Final[Mapping[Literal["fr", "en"], re.Pattern[str]]] = {
    "fr": re.compile(r"(?:(?:montre|montre-moi|liste|voir|quels sont|où sont) )?mes rappels", re.IGNORECASE),
    "en": re.compile(r"(?:(?:show|list|see|what are|where are)(?: me)? )?my reminders", re.IGNORECASE),
}
_NUMBERS: Final[Mapping[str, int]] = {
    word: number
    for number, words in {
        1: "a an one un une",
        2: "two deux",
        3: "three trois",
        4: "four quatre",
        5: "five cinq",
        6: "six",
        7: "seven sept",
        8: "eight huit",
        9: "nine neuf",
        10: "ten dix",
        12: "twelve douze",
        15: "fifteen quinze",
        20: "twenty vingt",
        30: "thirty trente",
    }.items()
    for word in words.split()
}
_UNITS: Final = {"j": 1, "d": 1, "s": 7, "w": 7, "m": 30, "f": 14}
"""Days in each unit, by its first letter; "f" is a fortnight."""
_COUNTED: Final = re.compile(
    r"\b(?:the )?(?P<count>\d{1,3}|[a-z]+) *(?P<worked>working |business )?"
    r"(?P<unit>jours?|j|semaines?|mois|days?|d|weeks?|w|months?|fortnights?)(?P<ouvres> ouvr[ée]s?| ouvrables?)?"
    r" +(?:avant|before|ahead of)(?: de\b| que\b)?",
    re.IGNORECASE,
)
_NAMED: Final = (
    (re.compile(r"\b(?:l')?avant-veille\b(?: de\b| du\b| des\b| d')?", re.IGNORECASE), 2),
    (re.compile(r"\b(?:la |the )?(?:veille|eve|day before)\b(?: of\b| de\b| du\b| des\b| d')?", re.IGNORECASE), 1),
    (
        re.compile(
            r"\b(?:le )?jour (?:m[êe]me|j)\b(?: de\b| du\b| des\b| d')?|\ble jour (?:de|du|des)\b", re.IGNORECASE
        ),
        0,
    ),
    (re.compile(r"\bon the (?:same |very )?day\b(?: of\b| that\b)?", re.IGNORECASE), 0),
)
_SPELLINGS: Final = (
    (re.compile(r"(\d)\s*([ap])\.?m\b\.?", re.IGNORECASE), r"\1\2m"),
    (re.compile(r"\b(\d{1,2})\s*(?:heures?|o'clock|h)\b\s*(\d{2}\b)?", re.IGNORECASE), r"\1h\2"),
    (re.compile(r"\b(à|at)\s+(\d{1,2})(?=\s|,|$)", re.IGNORECASE), r"\1 \2h"),
)
"""Hours as the grammar of dates reads them: "at 9" and "9 h 30" become "at 9h" and "9h30"."""
_CLOCK: Final = re.compile(
    r"(?:\b(?:à|at)\s+)?\b(\d{1,2})(?:[h:](\d{2})?|(?::(\d{2}))?([ap])m)(?![\w:])|\b(?:à|at)\s+(midi|noon)\b",
    re.IGNORECASE,
)
_PARTS: Final = (
    (re.compile(r"\b(?:(?:in )?the |le )?(?:matin|morning)\b", re.IGNORECASE), time(9)),
    (re.compile(r"\b(?:(?:in )?the |l')?(?:après-midi|afternoon)\b", re.IGNORECASE), time(14)),
    (re.compile(r"\b(?:(?:in )?the |le |ce )?(?:soir|evening|tonight)\b", re.IGNORECASE), time(18)),
)
_ME: Final = re.compile(r"^(?:-?moi|me)\b[ :,]*", re.IGNORECASE)
"""What is left of "rappelle-moi" behind a command."""
_LITTLE: Final = re.compile(
    r"^(?:(?:of|about|for|that|the|à propos|au sujet|de|du|des|la|le|les|que|pour|et|and)\b|[ld]'|qu')[ ,]*",
    re.IGNORECASE,
)
_COURTESY: Final = re.compile(r"[ ,]*(?:s'il (?:te|vous) pla[iî]t|stp|svp|please|merci|thanks?)[ .!?]*$", re.IGNORECASE)


def asking(text: str) -> tuple[str, Literal["fr", "en"]] | None:
    """The words after "remind me", and the language of these two; None for a text that does not begin so."""
    for lang, start in _ASKING.items():
        if match := start.match(text.strip()):
            return text.strip()[match.end() :], lang
    return None


def listing(text: str) -> Literal["fr", "en"] | None:
    """The language of a message that asks for one's own reminders; None for any other."""
    return next((lang for lang, words in _LISTING.items() if words.fullmatch(text.strip(" .!?"))), None)


def read(text: str, today: date) -> Wish | Phrase | None:
    """What is wished for; what to ask back; None where no moment is named."""
    if begun := asking(text):
        text = begun[0]
    text = text[:LONGEST]
    words = " ".join(_COURTESY.sub("", text).replace("’", "'").split()).rstrip(" ?.!")
    words = _ME.sub("", words)
    for pattern, replacement in _SPELLINGS:
        words = pattern.sub(replacement, words)
    if (lead := _lead(words)) is not None:
        hour, rest = _hour(lead[1])
        return _wish(rest, lead=lead[0], hour=hour)
    return _dated(words, today)


def _lead(words: str) -> tuple[Lead, str] | None:
    for pattern, days in _NAMED:
        if match := pattern.search(words):
            return Lead(days), _without(words, match)
    for match in _COUNTED.finditer(words):
        given, unit = match["count"].lower(), _UNITS[match["unit"][0].lower()]
        count = int(given) if given.isdigit() else _NUMBERS.get(given, 0)
        worked = bool(match["worked"] or match["ouvres"])
        if 0 < count * unit <= MOST_DAYS and not (worked and unit > 1):
            return Lead(count * unit, worked), _without(words, match)
    return None


def _dated(words: str, today: date) -> Wish | Phrase | None:
    days = [one for one in find(words, today) if _names_a_day(one)]
    # "l'atelier du 3 mars" names the workshop; what is said last, and by itself, is when.
    found = next((one for one in reversed(days) if not one.text.lower().startswith(("du ", "of "))), None)
    if found is None or found.day is None:
        none = no_such_day(words, today.year)
        args = (
            {"value": none.text, "month": none.month, "days": none.days, "last": Day.of(none.month.last)}
            if none
            else {}
        )
        return Phrase("asked.no_such_day", args) if none else None
    numbers = re.search(r"\d[\d/.-]+\d", found.text)
    if numbers and (either := ambiguous(numbers[0])):
        return Phrase("fact.ambiguous_day", {"first": either[0], "second": either[1]})
    hour, rest = found.time, f"{words[: found.start]} {words[found.end :]}"
    if hour is None:
        hour, rest = _hour(rest)
    for pattern, usual in _PARTS:
        if hour is None and (pattern.search(found.text) or pattern.search(rest)):
            hour, rest = usual, pattern.sub("", rest)
    return _wish(rest, day=found.day.first, hour=hour)


def _names_a_day(found: Found) -> bool:
    exact = found.day is not None and found.day.grain == "day"
    return exact and not found.bare_year and found.relation in ("on", "in", "until")


def _wish(
    rest: str, lead: Lead | None = None, day: date | None = None, hour: time | None = None
) -> Wish | Phrase | None:
    if left := _CLOCK.search(rest):
        return Phrase("asked.no_hour", {"hour": left[0]})
    about = " ".join(rest.split()).strip(" ,;:?.!")
    while (shorter := _LITTLE.sub("", about)) != about:
        about = shorter
    return Wish(about, lead, day, hour) if about else None


def _hour(words: str) -> tuple[time | None, str]:
    """The hour in these words and the words without it; None where there is none, or none that exists."""
    match = _CLOCK.search(words)
    if match is None:
        return None, words
    if match[5]:
        return time(12), _without(words, match)
    number, minute = int(match[1]), int(match[2] or match[3] or 0)
    if half := (match[4] or "").lower():
        number = number % 12 + (12 if half == "p" else 0) if 1 <= number <= 12 else 24
    if number > 23 or minute > 59:
        return None, words
    return time(number, minute), _without(words, match)


def _without(words: str, match: re.Match[str]) -> str:
    return f"{words[: match.start()]} {words[match.end() :]}"
