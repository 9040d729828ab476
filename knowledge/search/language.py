"""The language of a text, told by its small words: articles, prepositions, words of asking, elisions and suffixes.

Names and terms are in both languages; a text of these alone is in neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from knowledge.search.text import LONGEST_TEXT, with_plain_marks, words
from knowledge.search.wordlists import (
    FUNCTION_WORDS_EN,
    FUNCTION_WORDS_FR,
    QUESTION_WORDS_EN,
    QUESTION_WORDS_FR,
)

_FRENCH: Final = (FUNCTION_WORDS_FR | QUESTION_WORDS_FR) - (FUNCTION_WORDS_EN | QUESTION_WORDS_EN)
_ENGLISH: Final = (FUNCTION_WORDS_EN | QUESTION_WORDS_EN) - (FUNCTION_WORDS_FR | QUESTION_WORDS_FR)
_FRENCH_ELISION: Final = re.compile(r"(?<![^\W_])(?:jusqu|lorsqu|puisqu|qu|[ldjnmc])'(?=[^\W\d_]{2})", re.IGNORECASE)
_ENGLISH_SUFFIX: Final = re.compile(r"[^\W\d_](?:'(?:s|ll|ve|re)|n't)(?![^\W_])", re.IGNORECASE)


def language_of(text: str) -> str | None:
    """ "fr" or "en" when the function words of the text say so, None when they say nothing or both."""
    return language_of_words(text[: 4 * LONGEST_TEXT], words(text[: 4 * LONGEST_TEXT]))


def language_of_words(text: str, plain: Iterable[str]) -> str | None:
    """The same for a text whose words are at hand."""
    text = with_plain_marks(text)
    french, english = len(_FRENCH_ELISION.findall(text)), len(_ENGLISH_SUFFIX.findall(text))
    for word in plain:
        french += word in _FRENCH
        english += word in _ENGLISH
    if french == english:
        return None
    return "fr" if french > english else "en"
