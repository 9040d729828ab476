"""Texts into words that can be compared: folding, elision, numbers, ordinals, codes and stems, in French and English.

Nothing here knows a base of facts: every function gives the same result for the same text, for ever.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import local
from typing import Final, NamedTuple

import Stemmer  # type: ignore[import-not-found,unused-ignore]

from knowledge.search.wordlists import (
    CARDINALS,
    FUNCTION_WORDS_EN,
    FUNCTION_WORDS_FR,
    ORDINALS,
    QUESTION_WORDS,
)

__all__ = [
    "FUNCTION_WORDS_EN",
    "FUNCTION_WORDS_FR",
    "LONGEST_TEXT",
    "QUESTION_WORDS",
    "Token",
    "fold",
    "stems",
    "tokens",
    "with_plain_marks",
    "words",
]

LONGEST_TEXT: Final = 300
"""Characters of a question that are read; the rest is left out."""

_LETTERS: Final = str.maketrans(
    {
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ß": "ss",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
    }
)
_MARKS: Final = str.maketrans(
    dict.fromkeys("’‘ʼ`´′＇", "'") | dict.fromkeys("‐‑‒–—―−", "-") | {"\u00ad": None, "\u200b": None}
)


class Token(NamedTuple):
    """One word of a text. `typed` as it stands there, `plain` folded and normalised, `accented` lower case with accents.

    `place` counts the words of the text from 0; the parts of a code share the place of the whole and have `part` set.
    """

    typed: str
    plain: str
    accented: str
    place: int
    part: bool = False


def fold(text: str) -> str:
    """Lower case without accents; ligatures written out, typographic apostrophes and dashes made plain."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_MARKS).translate(_LETTERS).casefold().lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_LETTERS)


_KEPT: Final = 16_384
"""Words whose folding and stems are remembered."""

# One pass over the text; the first alternative that fits wins. Spaces inside numbers are narrow ones after NFKC.
_TOKEN: Final = re.compile(
    r"""
      (?P<ordinal>(?<![^\W_])(?:\d{1,3}(?:\ (?=[eè]me|ième|ieme))?(?:er|[eèi]*re|i?[eè]me|e|nde?|st|nd|rd|th)s?)(?![^\W_]))
    | (?P<number>(?<![^\W_])(?:\d{1,3}(?:(?P<gap>[ ,.'])\d{3}(?!\d)(?:(?P=gap)\d{3}(?!\d))*)
        |(?<!\d[.,])\d+[.,]\d+(?![.,]?\d)|\d+)(?!\+[^\W_]))
      (?P<size>\ ?(?:k€|m€|md€|mds?\ ?€|meur|m\ eur(?:os?)?|milliers?|millions?|milliards?|billions?|thousand|mille)|k)?
      (?![^\W_])
    | (?P<dotted>(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?)
    | (?P<elided>(?<![^\W_])(?:jusqu|lorsqu|puisqu|quoiqu|qu|[ldjnstmc])'(?=[^\W_]))
    | (?P<suffix>'(?:s|d|ll|ve|re|m)(?![^\W_]))
    | (?P<joined>aujourd'hui|prud'[^\W_]+|[^\W\d_]+n't|(?<![^\W_])[^\W\d_]&[^\W\d_](?![^\W_]))
    | (?P<word>[^\W_]+(?:\+[^\W_]+)*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_RUNS: Final = re.compile(r"\d+|[^\W\d_]+")
_SIZES: Final = {
    "k": 3,
    "thousand": 3,
    "mille": 3,
    "millier": 3,
    "million": 6,
    "milliard": 9,
    "billion": 9,
}


def with_plain_marks(text: str) -> str:
    """A text in which one character of a sort stands for all: apostrophes, dashes, spaces, letters of any width."""
    return unicodedata.normalize("NFKC", text).translate(_MARKS)


def tokens(text: str) -> list[Token]:
    """The words of a text in order. A code gives itself and then its parts (JTC2026: jtc2026, jtc, 2026)."""
    text = with_plain_marks(text)
    if any(map(str.isdigit, text)):  # numbers reach over spaces
        return _read(text, 0)[0]
    found: list[Token] = []
    place = 0
    for chunk in text.split():
        if chunk.isalpha():
            found.extend(_word_tokens(chunk, place))
            place += 1
        else:
            more, place = _read(chunk, place)
            found.extend(more)
    return found


def _read(text: str, place: int) -> tuple[list[Token], int]:
    """The words of a text, the first of them at that place, and the place after them."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind in ("elided", "suffix"):
            continue
        typed = match.group()
        if kind in ("number", "gap", "size"):
            found.extend(_number_tokens(match, place))
        elif kind == "ordinal":
            number = re.match(r"\d+", typed)
            found.append(Token(typed, f"{number.group() if number else ''}eme", "", place))
        else:
            found.extend(_word_tokens(typed, place))
        place += 1
    return found, place


def _word_tokens(typed: str, place: int) -> list[Token]:
    plain, accented, parts = _word(typed)
    if not plain:
        return []
    whole = Token(typed, plain, accented, place)
    return [whole, *(Token(typed, part, part, place, part=True) for part in parts)] if parts else [whole]


@lru_cache(maxsize=_KEPT)
def _word(typed: str) -> tuple[str, str, tuple[str, ...]]:
    """A word folded, in lower case with its accents, and its parts when it is a code."""
    plain = fold(typed)
    if not plain.isalnum():
        plain = "".join(letter for letter in plain if letter.isalnum())
    named = ORDINALS.get(plain) or CARDINALS.get(plain)
    if named:
        return named, "", ()
    runs = () if plain.isalpha() or plain.isdigit() else tuple(run for run in _RUNS.findall(plain) if len(run) > 1)
    return plain, typed.lower(), runs


def _number_tokens(match: re.Match[str], place: int) -> list[Token]:
    digits, size = match["number"], (match["size"] or "").strip().lower()
    if re.fullmatch(r"\d{1,3}(?:[ ,.']\d{3})+", digits):
        digits = re.sub(r"\D", "", digits)
    whole, _, rest = digits.replace(",", ".").partition(".")
    rest = rest.rstrip("0")
    word = re.sub(r"[ €]|eur(?:os?)?$", "", size).removesuffix("s")
    power = _SIZES.get(word) or (6 if word == "m" else 9 if word in ("md", "mld") else 0)
    if power and len(rest) <= power:
        value = (whole + rest.ljust(power, "0")).lstrip("0") or "0"
    else:
        value = (whole.lstrip("0") or "0") + (f".{rest}" if rest else "") if len(whole) < 12 else whole
    result = [Token(match.group().strip(), value, value, place)]
    if len(word) > 2:
        result.append(Token(size, word, word, place, part=True))
    return result


_OPENS_NUMBER: Final = re.compile(r"(?<![^\W_])\d")


def spans(text: str) -> list[str]:
    """A text cut where no word goes on: its tokens are those of its spans in a row (but for their places). Numbers take what
    may belong to them along ("1 200 000", "3 M eur"); all other spans are repeated so often that it pays to remember them."""
    chunks = text.split()
    if not _OPENS_NUMBER.search(text):
        return chunks
    found: list[str] = []
    following = 0
    for chunk in chunks:
        if following:
            found[-1] = f"{found[-1]} {chunk}"
            following -= 1
        else:
            found.append(chunk)
        if _OPENS_NUMBER.search(chunk):
            following = 2
    return found


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, without elided articles and possessives, numbers and ordinals in one spelling."""
    return tuple(token.plain for token in tokens(text))


class _Stemmers(local):
    """Snowball's stemmers keep state, so each thread has its own."""

    def __init__(self) -> None:
        self.french = Stemmer.Stemmer("french", 0)
        self.english = Stemmer.Stemmer("english", 0)


_stemmers = _Stemmers()


@lru_cache(maxsize=_KEPT)
def stems(word: str) -> tuple[str, ...]:
    """The keys under which a word is compared: its French and English stems, from its spelling with and without accents.

    Two words are forms of one another when they share a key.
    """
    plain = fold(word)
    if len(plain) < 3 or not plain.isalpha():
        return (plain,)
    french, english, lower = _stemmers.french.stemWord, _stemmers.english.stemWord, word.lower()
    keys = {french(plain), english(plain)}
    if lower != plain:
        keys.add(fold(french(lower)))
    return tuple(sorted(key for key in keys if key))
