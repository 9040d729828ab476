"""Pairs that coordinators add to the glossary: words that people say, and the words of the base that they mean.

A pair works both ways, like the groups of `glossary.yaml`. One that is taken out stays in the list, with who took it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

MOST: Final = 1000
"""Pairs in force at the same time."""
LONGEST: Final = 80
"""Characters of either side."""


@dataclass(frozen=True, slots=True)
class GlossaryPair:
    """`said` is what people say and `means` what the base calls it, as typed. `number` is given by the store, from 1."""

    said: str
    means: str
    by: str = ""
    at: datetime | None = None
    number: int = 0
    removed_by: str = ""
    removed_at: datetime | None = None

    @property
    def in_force(self) -> bool:
        return self.removed_at is None

    @property
    def sides(self) -> tuple[str, str]:
        return self.said, self.means


def read_pair(text: str) -> tuple[str, str] | None:
    """The two sides of "pacte = accord"; None where there is not one sign "=" with words on both sides."""
    said, _, means = text.partition("=")
    sides = " ".join(said.split()), " ".join(means.split())
    return sides if all(sides) and "=" not in means else None
