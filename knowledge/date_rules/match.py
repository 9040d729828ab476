"""What a rule is: a pattern over the classes of tokens, and a function that reads what it matched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, NamedTuple

from knowledge.date_rules.numerals import Token
from knowledge.date_rules.spans import Floating, Span, When
from knowledge.date_rules.tokens import Line
from knowledge.date_rules.words import NEVER_AFTER

MONTH: Final = "(?:[Mmk]|(?<=[NOd])z|z(?=Y))"
"""A month; "sept" only beside a number."""
YEAR: Final = "(?:[,-]?d?Y)?"
COUNT: Final = "[NKnzu]"


class Match(NamedTuple):
    """The tokens of one match, and what a rule may ask about them."""

    line: Line
    tokens: Sequence[Token]
    today: date

    def all(self, kinds: str) -> list[Token]:
        return [token for token in self.tokens if token.kind in kinds]

    def one(self, kinds: str) -> Token | None:
        for token in self.tokens:
            if token.kind in kinds:
                return token
        return None

    def number(self, kinds: str) -> int:
        """The number of the first token of these classes."""
        token = self.one(kinds)
        return token.number if token else 0

    @property
    def units(self) -> int:
        """How many units: "a week" is 1, "sept semaines" 7."""
        token = self.one("NKnzu@")
        return 0 if token is None else 7 if token.kind == "z" else 1 if token.kind in "u@" else token.number

    @property
    def shift(self) -> int:
        """-1, 0 or 1 for last, this and next."""
        return -1 if self.one("P") else 1 if self.one("X") else 0

    def in_year(self, at: Callable[[int], Span | None]) -> When | None:
        """The span of the year that was said, or one for every year."""
        year = self.one("Y")
        return at(year.number) if year else Floating(at)

    def misplaced(self) -> bool:
        """Whether an adjective after its noun belongs to what follows: "quel jour cette année"."""
        last = self.tokens[-1]
        return last.kind in "XPT" and len(self.tokens) > 1 and last.word in NEVER_AFTER

    def leaning(self, when: When | None) -> When | None:
        """ "mars dernier", "next June", "this Friday": the one before or after today rather than any."""
        if not isinstance(when, Floating) or not self.one("TXP"):
            return when
        if self.misplaced():
            return None
        if self.one("T"):
            return when.upcoming(self.today) if when.cycle == "week" else when.at(self.today.year)
        find = when.upcoming if self.one("X") else when.begun
        return find(self.today, strictly=True)


Build = Callable[[Match], When | None]
"""None: the words may be part of something else. ValueError: they name no day."""
Rule = tuple[str, Build]


def nothing(_: Match) -> When | None:
    """Reads as no date what another rule would take for one: "every Monday", "troisième jeudi"."""
    raise ValueError("not a date")
