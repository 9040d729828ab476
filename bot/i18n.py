"""Turns phrases and values into sentences in the reader's language. Language is chosen here, last, and nowhere else.

The sentences are in `locales/<language>/*.yaml`: flat `key: sentence` lines. A sentence holds placeholders, `{name}` or
`{name:shape}` where the shape is one of `SHAPES` (`{date:on}` gives "le 10 février 2026", "en février 2026", "en 2026").
A sentence with `one` and `other` forms is chosen by its argument `count`; French counts 0 as singular.
Babel is imported at the first sentence that needs it, so that starting up does not pay for it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from bot import values
from bot.shapes import SHAPES
from knowledge.messages import Phrase, Text

if TYPE_CHECKING:
    from babel import Locale

LOCALES_FOLDER: Final = Path(__file__).parent / "locales"
NAMES: Final[Mapping[str, str | Text]] = {"name": "Entente", "programme": {"fr": "le programme", "en": "the programme"}}
PLACEHOLDER: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")

_BABEL_NAMES: Final = {"en": "en_GB"}
_NARROW, _WIDE = "\u202f", "\u00a0"
_FRENCH_SPACES: Final = (
    (re.compile(r" ([;!?])"), _NARROW + r"\1"),
    (re.compile(r" ([:»])"), _WIDE + r"\1"),
    (re.compile(r"« "), "«" + _WIDE),
)
_log = logging.getLogger(__name__)

Sentence = str | Mapping[str, str]
"""One template, or the templates of each plural form."""


def read_locale(folder: Path) -> dict[str, Sentence]:
    """Every sentence of one language. All values are read as text: `no` is a word here."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    sentences: dict[str, Sentence] = {}
    for file in sorted(folder.glob("*.yaml")):
        sentences.update(yaml.load(file.read_text("utf-8"), loader) or {})  # noqa: S506  the base loader makes texts only
    return sentences


def placeholders(sentence: Sentence) -> frozenset[str]:
    """The names of the arguments that a sentence uses, over all its plural forms."""
    forms = [sentence] if isinstance(sentence, str) else sentence.values()
    return frozenset(name for form in forms for name, _ in PLACEHOLDER.findall(form))


class Translator:
    """Says phrases and shows values in any language that has a folder of sentences. Safe to share between threads.

    `names` are arguments that every sentence may use without being given them: the bot's `name` and its `programme`.
    """

    def __init__(self, locales_folder: Path = LOCALES_FOLDER, names: Mapping[str, str | Text] | None = None) -> None:
        self._folder = locales_folder
        self._names: Mapping[str, Any] = {**NAMES, **(names or {})}
        self._voices: dict[str, Voice] = {}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted(folder.name for folder in self._folder.iterdir() if any(folder.glob("*.yaml"))))

    def say(self, phrase: Phrase, lang: str, today: date | None = None) -> str:
        """The sentence of `phrase`. `today` tells a past period from one to come. A key that does not exist is logged and
        said as it stands: a test finds it before a reader does."""
        return self._voice(lang, today).say(phrase)

    def show(self, value: Any, lang: str, today: date | None = None) -> str:
        """A value as people read it: dates, periods, hours, amounts, figures, texts, phrases, links and lists of these."""
        return values.show(value, self._voice(lang, today))

    def _voice(self, lang: str, today: date | None) -> Voice:
        voice = self._voices.get(lang)
        if voice is None:
            sentences = {key: _spaced(sentence, lang) for key, sentence in read_locale(self._folder / lang).items()}
            voice = self._voices[lang] = Voice(lang, sentences, self._names)
        return voice if today is None else voice.on(today)


class Voice:
    """One language: its sentences, and how it writes numbers and dates. Implements `values.Style`."""

    def __init__(
        self, lang: str, sentences: Mapping[str, Sentence], names: Mapping[str, Any], today: date | None = None
    ) -> None:
        self.lang, self.today = lang, today
        self._sentences, self._names = sentences, names

    def on(self, today: date) -> Voice:
        return Voice(self.lang, self._sentences, self._names, today)

    def say(self, phrase: Phrase) -> str:
        sentence = self._sentences.get(phrase.key)
        if sentence is None:
            _log.error("no sentence for %s in %s", phrase.key, self.lang)
            return phrase.key
        template = sentence if isinstance(sentence, str) else self._plural(sentence, phrase.args.get("count", 0))
        return PLACEHOLDER.sub(lambda match: self._fill(match, phrase), template)

    def _plural(self, forms: Mapping[str, str], count: float) -> str:
        return forms.get(_locale(self.lang).plural_form(count), forms["other"])

    def _fill(self, match: re.Match[str], phrase: Phrase) -> str:
        name, shape = match.groups()
        if name not in phrase.args and name not in self._names:
            _log.error("%s is said without its argument %s", phrase.key, name)
            return ""
        value = phrase.args.get(name, self._names.get(name))
        return SHAPES[shape](self, value) if shape else values.show(value, self)

    def number(self, value: float) -> str:
        from babel.numbers import format_decimal

        return format_decimal(value, format="#,##0.###", locale=_locale(self.lang))

    def currency(self, amount: float, currency: str, digits: int, suffix: str = "") -> str:
        """`suffix` stands where the language puts "millions": before the sign in French, after the number in English."""
        from babel.numbers import format_currency, get_currency_symbol

        locale = _locale(self.lang)
        if suffix and self.lang == "fr":
            return f"{self.number(amount)}{_WIDE}{suffix}{get_currency_symbol(currency, locale)}"
        if suffix:
            return f"{get_currency_symbol(currency, locale)}{self.number(amount)} {suffix}"
        pattern = "#,##0" + (".00" if digits else "")
        pattern = f"{pattern}{_WIDE}¤" if self.lang == "fr" else f"¤{pattern}"
        return format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)

    def percent(self, share: float) -> str:
        """Rounded to the unit, or to a tenth under 10 %; what is not quite 0 or 100 % is never rounded to it."""
        from babel.numbers import format_percent

        fine = abs(share) < 0.1 or (share < 1 and round(share, 2) == 1)
        pattern = "#,##0.#" if fine else "#,##0"
        if round(share, 3) in (0, 1) and share not in (0, 1):
            pattern = "#,##0.####"
        return format_percent(
            share, format=f"{pattern}{_WIDE if self.lang == 'fr' else ''}%", locale=_locale(self.lang)
        )

    def month(self, month: int) -> str:
        return str(_locale(self.lang).months["format"]["wide"][month])

    def weekday(self, number: int) -> str:
        """Monday is 0."""
        return str(_locale(self.lang).days["format"]["wide"][number])

    def clock(self, moment: time) -> str:
        if self.lang == "fr":
            return f"{moment.hour}{_WIDE}h{_WIDE}{moment.minute:02d}"
        return f"{moment.hour:02d}:{moment.minute:02d}"

    def city(self, zone: str) -> str:
        return _city(zone, self.lang)

    def channel(self, channel: str) -> str:
        """Its name where the configuration gives one, else its id."""
        return str(self._names.get(channel) or channel)

    def joined(self, parts: Iterable[str]) -> str:
        from babel.lists import format_list

        return format_list(list(parts), locale=_locale(self.lang))


def _spaced(sentence: Sentence, lang: str) -> Sentence:
    """French punctuation must not be parted from its word at the end of a line; the files are written with plain spaces."""
    if lang != "fr":
        return sentence
    if not isinstance(sentence, str):
        return {form: str(_spaced(template, lang)) for form, template in sentence.items()}
    for pattern, replacement in _FRENCH_SPACES:
        sentence = pattern.sub(replacement, sentence)
    return sentence


@lru_cache(maxsize=8)
def _locale(lang: str) -> Locale:
    from babel import Locale

    return Locale.parse(_BABEL_NAMES.get(lang, lang))


@lru_cache(maxsize=256)
def _city(zone: str, lang: str) -> str:
    """The city that a zone is named after. Babel gives that of the zone that it counts as the same: Toronto for Montreal."""
    from babel.dates import get_timezone_location

    known = str(get_timezone_location(zone, locale=_locale(lang), return_city=True)).rsplit("/", 1)[-1]
    own = zone.rsplit("/", 1)[-1].replace("_", " ")
    alike = {re.sub(r"\W", "", values.unaccented(name)).lower() for name in (known, own)}
    first, *other = sorted(alike, key=len)
    return own if other and first not in other[0] and zone in _aliases() else known


def _aliases() -> Mapping[str, str]:
    """Zones that Babel counts as another."""
    from babel.core import get_global

    return get_global("zone_aliases")
