"""A question read: its words, what they name, the period it speaks of. Decides nothing about the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.date_grammar import Found, find
from knowledge.dates import Period
from knowledge.questions import phrases
from knowledge.questions.form import Asked
from knowledge.questions.lexicon import Lexicon, Tag
from knowledge.search.text import FUNCTION_WORDS_EN, FUNCTION_WORDS_FR, LONGEST_TEXT, QUESTION_WORDS, fold, language_of, words

FUNCTION_WORDS = FUNCTION_WORDS_FR | FUNCTION_WORDS_EN


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

    @property
    def today(self) -> date:
        return self.asked.today

    @property
    def period(self) -> Period | None:
        """The period named last wins: "the 2021 call, in the last month" speaks of the month."""
        return self.found[-1].period if self.found else None

    def named(self, topic: str) -> tuple[Tag, ...]:
        return tuple(tag for tag in self.tags if tag.topic == topic)

    def values(self, topic: str) -> tuple[str, ...]:
        """What the tags of a topic name, in order, each once."""
        return tuple(dict.fromkeys(tag.value for tag in self.named(topic)))

    def says(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self.plain) is not None

    def rest(self, *topics: str) -> tuple[str, ...]:
        """The content words that no tag of these topics covers."""
        covered = {index for tag in self.tags if tag.topic in topics for index in range(tag.first, tag.last)}
        return tuple(word for index, word in enumerate(self.tokens) if index not in covered and is_content(word))


def is_content(word: str) -> bool:
    """Whether a folded word says what a question is about, rather than how it is put."""
    return word not in FUNCTION_WORDS and word not in QUESTION_WORDS and (len(word) > 1 or word.isdigit())


def read(
    asked: Asked, lexicon: Lexicon, mend: Callable[[str], str], language: Callable[[Sequence[str]], str | None]
) -> Reading:
    """Reads a question. `mend` gives the word that a typed word stands for; `language` guesses from content words."""
    text = asked.text[:LONGEST_TEXT]
    found = find(text, asked.today)
    periods = tuple(item for item in found if not item.bare_year)
    years = tuple(item.period.first.year for item in found if item.bare_year and item.period.first)
    typed = _opened(phrases.INCLUDED.sub(" ", fold(_blank(text, periods))))
    stripped = phrases.COURTESY.sub(" ", " ".join(typed)).split()
    tokens = tuple(mend(word) for word in stripped)
    folded = _opened(text)
    courteous = phrases.COURTESY.sub(" ", " ".join(folded))
    return Reading(
        asked=asked,
        lang=asked.lang or language_of(courteous) or language_of(text) or language(tokens) or asked.default_lang,
        folded=" ".join(folded),
        plain=" ".join(tokens),
        tokens=tokens,
        tags=lexicon.tag(tokens),
        found=periods,
        years=years,
        mended=tuple((word, mend(word)) for word in stripped if mend(word) != word),
    )


def _opened(text: str) -> list[str]:
    """Folded words, short hand written out (`koi`: quoi)."""
    return [part for word in words(text) for part in phrases.SHORTHAND.get(word, word).split()]


def _blank(text: str, found: Sequence[Found]) -> str:
    for item in found:
        text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
    return text
