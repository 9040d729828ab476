"""A question read: its words, what they name, the period it speaks of. Decides nothing about the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from knowledge.date_grammar import Found, find
from knowledge.dates import Period
from knowledge.questions import phrases
from knowledge.questions.form import Asked
from knowledge.questions.lexicon import Lexicon, Tag, words
from knowledge.questions.naming import named_in
from knowledge.search.common import common_en, common_fr
from knowledge.search.language import language_of
from knowledge.search.text import FUNCTION_WORDS_EN, FUNCTION_WORDS_FR, LONGEST_TEXT, QUESTION_WORDS, fold

FUNCTION_WORDS = FUNCTION_WORDS_FR | FUNCTION_WORDS_EN
_ACRONYM: Final = re.compile(r"(?<!\w)[A-Z]{2,}(?!\w)")
"""Is in no language: EU is no past participle, nor DS a preposition."""
_TITLED: Final = re.compile(r"\b[A-Z]\w*(?: (?:of|for|and|the|to|in) [A-Z]\w*)+")
"""A name with small words in it ("All of Us"): they tell no language."""
_FRENCH_MARK: Final = re.compile(r"\w[ \u00a0\u202f][?!;:](?:\s|$)|[«»]")
"""A space before the mark, as French typography has it."""
_LETTERS: Final = re.compile(r"[^\W\d_]+")
"""Words as they are typed: mended ones may have changed their language."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`folded` is the whole text in folded words; `plain` the same with slips mended, courtesy and periods left out, and
    `tokens` its words. `found` are the periods it names; `years` those named in passing ("AAPG 2024"), with which a single
    fact must agree. `mended` pairs a word as typed with what it was taken for."""

    asked: Asked
    lang: str
    folded: str
    plain: str
    tokens: tuple[str, ...]
    tags: tuple[Tag, ...]
    found: tuple[Found, ...] = ()
    years: tuple[int, ...] = ()
    mended: tuple[tuple[str, str], ...] = ()
    again: Callable[[Asked], Reading] | None = field(default=None, compare=False, repr=False)

    @property
    def today(self) -> date:
        return self.asked.today

    @property
    def period(self) -> Period | None:
        """The period named; where two are joined ("en juin et juillet"), from the first to the last, else the last one."""
        if not self.found:
            return None
        last = self.found[-1]
        if len(self.found) > 1:
            before = self.found[-2]
            between = self.asked.text[before.end : last.start].strip().casefold()
            if between in ("et", "and", "ou", "or", ",", "&"):
                return Period(_in_year_of(last, before), last.period.last)
        return last.period

    def reread(self, text: str) -> Reading:
        """A part of the question, read by itself."""
        assert self.again is not None
        return self.again(replace(self.asked, text=text, lang=self.lang, topic=None))

    def named(self, topic: str) -> tuple[Tag, ...]:
        return tuple(tag for tag in self.tags if tag.topic == topic)

    def values(self, topic: str) -> tuple[str, ...]:
        """What the tags of a topic name, in order, each once."""
        return tuple(dict.fromkeys(tag.value for tag in self.named(topic)))

    def says(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self.plain) is not None

    @property
    def content(self) -> tuple[str, ...]:
        """The words that are no small ones."""
        return tuple(word for word in self.tokens if is_content(word))

    @property
    def unnamed(self) -> str:
        """`plain` without the names of bodies and of fields in several words: "Our Future Health" does not speak of the future,
        nor "last day" of an order."""
        named = [tag for tag in self.tags if tag.topic == "body" or (tag.topic == "field" and tag.last - tag.first > 1)]
        covered = {index for tag in named for index in range(tag.first, tag.last)}
        return " ".join("_" if index in covered else word for index, word in enumerate(self.tokens))

    def words_of(self, topic: str) -> tuple[str, ...]:
        """The words that the tags of a topic cover, each once."""
        spans = (self.tokens[tag.first : tag.last] for tag in self.named(topic))
        return tuple(dict.fromkeys(word for span in spans for word in span))

    def rest(self, *topics: str) -> tuple[str, ...]:
        """The content words that no tag of these topics covers."""
        covered = {index for tag in self.tags if tag.topic in topics for index in range(tag.first, tag.last)}
        return tuple(word for index, word in enumerate(self.tokens) if index not in covered and is_content(word))


def _in_year_of(last: Found, before: Found) -> date | None:
    """The start of the first of two joined periods: in the year that only the second one names ("September and October 2023")."""
    first, end = before.period.first, last.period.last
    if first is None or end is None or not before.floating or last.floating or first <= end:
        return first
    return first.replace(
        year=end.year if (first.month, first.day) <= (end.month, end.day) else end.year - 1, day=min(first.day, 28)
    )


def is_content(word: str) -> bool:
    """Whether a folded word says what a question is about, rather than how it is put."""
    return word not in FUNCTION_WORDS and word not in QUESTION_WORDS and (len(word) > 1 or word.isdigit())


def is_everyday(word: str) -> bool:
    """Whether a folded word is one of daily French or English, in that very form."""
    return word in common_fr() or word in common_en()


def read(
    asked: Asked, lexicon: Lexicon, mend: Callable[[str], str], language: Callable[[Sequence[str]], str | None]
) -> Reading:
    """Reads a question. `mend` gives the word that a typed word stands for; `language` guesses from content words."""
    text = asked.text[:LONGEST_TEXT]
    aside = tuple(match.span() for match in phrases.INCLUDED.finditer(text))
    found = tuple(
        item
        for item in find(text, asked.today)
        if not any(start <= item.start and item.end <= end for start, end in aside)
    )
    periods = tuple(item for item in found if not item.bare_year)
    years = tuple(item.period.first.year for item in found if item.bare_year and item.period.first)
    typed = _opened(phrases.INCLUDED.sub(" ", fold(_blank(text, periods))))
    stripped = phrases.COURTESY.sub(
        " ",
        phrases.WHOLE_LIST.sub("liste", phrases.HUNDRED_THOUSAND.sub("100000", " ".join(typed))),
    ).split()
    tokens = tuple(mend(word) for word in stripped)
    folded = _opened(text)
    spoken = text if text.isupper() else _ACRONYM.sub(" ", text)
    courteous = phrases.COURTESY.sub(" ", " ".join(_opened(spoken)))
    return Reading(
        asked=asked,
        lang=asked.lang
        or _of_thread(asked, folded)
        or language_of(phrases.COURTESY.sub(" ", " ".join(_opened(_TITLED.sub(" ", spoken)))))
        or language_of(courteous)
        or language_of(spoken)
        or language(_LETTERS.findall(fold(spoken)))
        or language(tokens)
        or ("fr" if _FRENCH_MARK.search(text) else None)
        or next((lang for lang, said in phrases.GREETINGS.items() if not said.isdisjoint(folded)), None)
        or (asked.topic.lang if asked.topic is not None else "")
        or asked.default_lang,
        folded=" ".join(folded),
        plain=" ".join(tokens),
        tokens=tokens,
        tags=named_in(text, tokens, lexicon),
        found=periods,
        years=years,
        again=lambda other: read(other, lexicon, mend, language),
        mended=tuple((word, meant) for word, meant in zip(stripped, tokens, strict=True) if meant != word),
    )


_FRENCH_OPENINGS: Final = frozenset(
    "et ou pareil idem meme celui celle ceux celles la le les il elle ils elles alors donc puis quid".split()
)
_ENGLISH_OPENINGS: Final = frozenset("and or same the what how it they that this then so which who".split())


def _of_thread(asked: Asked, folded: Sequence[str]) -> str | None:
    """The language of a short follow-up: that of its first word, else that of its thread. A name in another language ("pareil
    pour All of Us") does not change it."""
    if asked.topic is None or not asked.topic.lang or len(folded) > 6 or not folded:
        return None
    if folded[0] in _FRENCH_OPENINGS:
        return "fr"
    if folded[0] in _ENGLISH_OPENINGS:
        return "en"
    return None


def _opened(text: str) -> list[str]:
    """Folded words, short hand written out (`koi`: quoi)."""
    return [part for word in words(text) for part in phrases.SHORTHAND.get(word, word).split()]


def _blank(text: str, found: Sequence[Found]) -> str:
    for item in found:
        text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
    return text


_NAMES: Final = re.compile(r"(?<=[\w,;:'’\u00a0] )[A-ZÀ-Ý][\w-]{2,}|(?<=['’])[A-ZÀ-Ý][\w-]{2,}")


def names_in(reading: Reading) -> frozenset[str]:
    """The folded words that stand with a capital, and are not first nor all in capitals with the rest of the sentence."""
    text = reading.asked.text
    if text.isupper():
        return frozenset()
    return frozenset(word for name in _NAMES.findall(text) for word in words(name))


def whole_year(reading: Reading) -> tuple[str, ...]:
    """The year that the period named is, and no more ("in 2019 the call opened")."""
    period = reading.period
    if period is None or period.first is None or period.last is None:
        return ()
    year = period.first.year
    return (str(year),) if (period.first, period.last) == (date(year, 1, 1), date(year, 12, 31)) else ()
