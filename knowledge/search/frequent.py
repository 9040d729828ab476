"""The words that people use, most frequent first: what a word that the base does not hold was probably meant to be.

Only the encoder's text and translations are put right with these; what is found by words is decided by the words of the base.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import log10
from pathlib import Path
from typing import Final, NamedTuple

from knowledge.search.spelling import Spelling
from knowledge.search.text import fold

_RARE: Final = 0.25
"""What it costs to take a ten times rarer word to be meant, where 1 is a mistake more."""


class Frequent(NamedTuple):
    """A frequent word: with its accents, and its place among the words of its language, from 1."""

    spelling: str
    place: int


@lru_cache(maxsize=3)
def frequent(language: str | None) -> Mapping[str, Frequent]:
    """The frequent words of a language ("fr", "en"), of both for None: folded word to its spelling and place."""
    if language is None:
        french, english = frequent("fr"), frequent("en")
        return {**french, **{plain: min(word, french.get(plain, word), key=_place) for plain, word in english.items()}}
    lines = (Path(__file__).parent / f"frequent_{language}.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    return {fold(word): Frequent(word, place) for place, word in enumerate(words, 1)}


def _place(word: Frequent) -> int:
    return word.place


@lru_cache(maxsize=4096)
def likeliest(plain: str, language: str | None) -> tuple[float, str] | None:
    """The frequent word that a mistyped one was meant to be, and what the mistakes cost; None when none is near."""
    known = frequent(language)
    near = {one for name in _named(language) for one in _spelling(name).near(plain, 12)}
    if not near:
        return None
    best = min(near, key=lambda one: (one.cost + _RARE * log10(known[one.word].place), one.word))
    return best.cost, best.word


def _named(language: str | None) -> tuple[str, ...]:
    return (language,) if language else ("fr", "en")


@lru_cache(maxsize=2)
def _spelling(language: str) -> Spelling:
    spelling = Spelling()
    spelling.add_words(frequent(language))
    return spelling
