"""What a placeholder may ask of its argument after a colon: `{date:on}` is "le 10 février 2026". Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from bot import values
from bot.values import Style
from knowledge.dates import Day
from knowledge.messages import Phrase

_VOWEL = re.compile("[aeiouœæ]", re.IGNORECASE)


def _dated(name: str) -> Callable[[Style, Any], str]:
    def shape(voice: Style, value: Any) -> str:
        shown = Day.of(value) if isinstance(value, date) else value
        return values.dated(shown, name, voice) if isinstance(shown, Day) else values.show(value, voice)

    return shape


def _weekday(voice: Style, value: Any) -> str:
    """ "mardi 3 mars 2027"; a date without its day has no weekday."""
    if not isinstance(value, Day) or value.grain != "day":
        return values.show(value, voice)
    return f"{voice.weekday(value.first.weekday())} {values.day(value, voice)}"


def _on_weekday(voice: Style, value: Any) -> str:
    """ "le mardi 3 mars 2027"."""
    if not isinstance(value, Day) or value.grain != "day":
        return _dated("on")(voice, value)
    return voice.say(Phrase("date.on.day", {"date": _weekday(voice, value)}))


def _of(voice: Style, value: Any) -> str:
    """French "de", elided: "d'avril 2027". Other languages take the word as it is."""
    shown = values.show(value, voice)
    if voice.lang != "fr":
        return shown
    return f"d'{shown}" if _VOWEL.match(values.unaccented(shown)) else f"de {shown}"


def _capital(voice: Style, value: Any) -> str:
    shown = values.show(value, voice)
    return shown[:1].upper() + shown[1:]


def _place(voice: Style, value: Any) -> str:
    """The city of a time zone."""
    return voice.city(str(value))


def _of_city(voice: Style, value: Any) -> str:
    """The city of a time zone after "heure" in French: "de Montréal", "d'Athènes"; before "time" elsewhere."""
    return _of(voice, voice.city(str(value)))


def _percent(voice: Style, value: Any) -> str:
    return voice.percent(float(value))


SHAPES: Final[Mapping[str, Callable[[Style, Any], str]]] = {
    **{name: _dated(name) for name in ("on", "by", "from", "since", "until", "away", "to")},
    "weekday": _weekday,
    "on_weekday": _on_weekday,
    "of": _of,
    "capital": _capital,
    "city": _place,
    "of_city": _of_city,
    "percent": _percent,
}
"""What a placeholder may ask for after its colon."""
