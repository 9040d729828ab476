"""Cuts a sentence into the words, numbers and numeric dates that the rules of dates work on.

What looks like a code is one opaque token, so that no rule can see a year in it: JTC2026, HORIZON-HLTH-2027-01,
1+MG, 10.1038/s41431-2021, 2025/327, 100 000. Words that no rule knows are one opaque token together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from knowledge.date_rules.numerals import Token, number, numeric
from knowledge.date_rules.words import PHRASE_WORDS, PHRASES, WORDS, fold

_PIECE: Final = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?:jusqu|lorsqu|puisqu|aujourd|qu|[cdjlmnst])'(?=\w)"
    r"|[^\W_]+(?:(?:[-/+&@#_]|(?<=\d)[.,:](?=\d))[^\W_]+)*"
    r"|\S"
)
_PART: Final = re.compile(r"[-/]|[^-/]+")
_IN_DATES: Final = frozenset("YMmkWwURQTXPESNOBAzcnat")
_SIGNS: Final = {"-": "-", "/": "-", ",": ","} | dict.fromkeys(".?!;:)(»«", ".")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence cut in tokens; `places` holds the place in it of each folded character, `kinds` the classes."""

    original: str
    places: range | list[int]
    tokens: list[Token]

    @property
    def kinds(self) -> str:
        return "".join([token.kind for token in self.tokens])

    def extent(self, first: Token, last: Token) -> tuple[int, int]:
        """Where two tokens and all between them stand in the original."""
        end = self.places[last.end] if last.end < len(self.places) else len(self.original)
        return self.places[first.start], end

    def said(self, token: Token) -> str:
        """The token as it was typed."""
        start, end = self.extent(token, token)
        return self.original[start:end]


def cut(text: str, whole: bool = False) -> Line:
    """The tokens of a text. `whole`: the text is all date, so that `5/3` may be one."""
    folded, places = fold(text)
    tokens: list[Token] = []
    for match in _PIECE.finditer(folded):
        piece = match[0]
        word = WORDS.get(piece)
        if word:
            tokens.append(Token(word[0], match.start(), match.end(), piece, word[1], word[2]))
        elif piece in PHRASE_WORDS or not piece.isalpha():
            _add(tokens, piece, match.start(), match.end(), whole)
        elif not tokens or tokens[-1].kind != "o" or tokens[-1].word:
            tokens.append(Token("o", match.start(), match.end()))
    if "è" in text:
        tokens = [_from(text, places, token) if token.word == "des" else token for token in tokens]
    return Line(text, places, _merge_phrases(tokens))


def _from(text: str, places: range | list[int], token: Token) -> Token:
    """ "dès lundi": only the accent tells it from "des"."""
    return token._replace(kind="F") if text[places[token.start] + 1] == "è" else token


def _add(tokens: list[Token], piece: str, start: int, end: int, whole: bool) -> None:
    if piece in PHRASE_WORDS:
        tokens.append(Token("o", start, end, piece))
    elif piece.isdigit() and piece.isascii():
        _add_number(tokens, piece, start, end)
    elif len(piece) == 1:
        _add_sign(tokens, piece, start)
    elif piece[-1] == "'" or piece.startswith(("http", "www.")):
        tokens.append(Token("o", start, end, piece))
    else:
        tokens.extend(numeric(piece, start, end, whole) or _parts(piece, start, end))


def _add_sign(tokens: list[Token], sign: str, start: int) -> None:
    last = tokens[-1] if tokens else None
    if sign == "." and last and last.kind in "kwz" and last.end == start:
        tokens[-1] = last._replace(end=start + 1)  # "déc."
    else:
        tokens.append(Token(_SIGNS.get(sign, "o"), start, start + 1, sign))


def _add_number(tokens: list[Token], piece: str, start: int, end: int) -> None:
    """Three digits that follow a number are its thousands: neither is a day, a count of days or a year."""
    before = tokens[-1] if tokens else None
    if before and len(piece) == 3 and before.word.isdigit() and len(before.word) <= 3 and start - before.end == 1:
        tokens[-1] = Token("o", before.start, end, piece)
    else:
        tokens.append(number(piece, start, end))


def _parts(piece: str, start: int, end: int) -> list[Token]:
    """ "mi-septembre", "2021-2027": the parts one by one when all are words of dates; otherwise a code, left whole."""
    tokens: list[Token] = []
    for match in _PART.finditer(piece):
        part, at = match[0], start + match.start()
        to = at + len(part)
        if part in "-/":
            tokens.append(Token("-", at, to, part))
        elif word := WORDS.get(part):
            tokens.append(Token(word[0], at, to, part, word[1], word[2]))
        elif part.isdigit() and part.isascii():
            tokens.append(number(part, at, to))
        else:
            tokens.extend(numeric(part, at, to, whole=False) or [Token("o", at, to)])
    return tokens if _is_date(tokens, piece) else [Token("o", start, end, piece)]


def _is_date(tokens: list[Token], piece: str) -> bool:
    """Whether joined parts can be a date: years, two days with a hyphen, or figures together with words."""
    kinds = [token.kind for token in tokens if token.kind != "-"]
    if sum(kind in "YNK" for kind in kinds) > 2 or not _IN_DATES.issuperset(kinds):
        return False
    if set(kinds) <= set("YNK"):
        return kinds in (["Y", "Y"], ["Y", "N"], ["N", "N"]) and (kinds == ["Y", "Y"] or "/" not in piece)
    return True


def _merge_phrases(tokens: list[Token]) -> list[Token]:
    """Joins the words of set phrases ("d'ici", "right now"); a hyphen between them counts as a space."""
    merged: list[Token] = []
    copied = 0
    for at, token in enumerate(tokens):
        if at < copied or token.word not in PHRASES:
            continue
        for rest, (kind, value, detail) in PHRASES[token.word]:
            to = _follows(tokens, at + 1, rest)
            if to:
                phrase = Token(kind, token.start, tokens[to - 1].end, rest[-1], value, detail)
                merged += [*tokens[copied:at], phrase]
                copied = to
                break
    return [*merged, *tokens[copied:]] if merged else tokens


def _follows(tokens: list[Token], at: int, words: tuple[str, ...]) -> int:
    """The index after `words`, or 0 when they do not stand at `at`."""
    for word in words:
        if at < len(tokens) and tokens[at].kind == "-":
            at += 1
        if at >= len(tokens) or tokens[at].word != word:
            return 0
        at += 1
    return at
