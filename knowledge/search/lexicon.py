"""The words of the base: a number for each, which ones are forms of one another, how rare each one is."""

from __future__ import annotations

from math import log1p
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search.growing import Growing
from knowledge.search.text import (
    FUNCTION_WORDS_EN,
    FUNCTION_WORDS_FR,
    QUESTION_WORDS,
    stems,
)

FUNCTION_WEIGHT: Final = 0.12
QUESTION_WEIGHT: Final = 0.2
_FUNCTION: Final = FUNCTION_WORDS_FR | FUNCTION_WORDS_EN


def importance(word: str) -> float:
    """How much of its rarity a word counts for, whatever the base: little for function words, 1 for all others."""
    if word in QUESTION_WORDS:
        return QUESTION_WEIGHT
    return FUNCTION_WEIGHT if word in _FUNCTION or (len(word) == 1 and word.isalpha()) else 1.0


class Lexicon:
    """Every folded word ever put gets a number for good; `frequency` counts the living documents that hold it."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.spellings: list[str] = []
        self.accented: dict[int, str] = {}
        self._marked: dict[int, int] = {}
        self._families: dict[str, int | tuple[int, ...]] = {}
        self.frequency = Growing(np.int32)
        self.importance = Growing(np.float32)

    def __len__(self) -> int:
        return len(self.spellings)

    def number(self, plain: str) -> int | None:
        """The number of a folded word, None when no document ever held it."""
        number = self._numbers.get(plain)
        return number if number is not None and self.spellings[number] == plain else None

    def add(self, plain: str, accented: str = "", times: int = 1) -> int:
        """The number of a word that documents hold so many times. The accented spelling adds its own stems to the folded
        one's."""
        number = self._numbers.get(accented or plain)
        if number is not None and self.spellings[number] == plain:
            if number in self._marked:
                self._marked[number] += -times if accented == plain else times
            return number
        number = self._numbers.get(plain)
        if number is None or self.spellings[number] != plain:
            number = len(self.spellings)
            self._numbers[plain] = number
            self.spellings.append(plain)
            self.frequency.append(0)
            self.importance.append(importance(plain))
            self._join(number, plain)
        if accented and accented != plain and accented not in self._numbers:
            self._numbers[accented] = number
            self.accented.setdefault(number, accented)
            self._marked[number] = self._marked.get(number, 0) + times
            self._join(number, accented)
        return number

    def _join(self, number: int, spelling: str) -> None:
        for key in stems(spelling):
            family = self._families.get(key)
            if family is None:  # most families have one member: the bare number takes less room than a tuple
                self._families[key] = number
            elif isinstance(family, int):
                if family != number:
                    self._families[key] = (family, number)
            elif number not in family:
                self._families[key] = (*family, number)

    def forms(self, plain: str, accented: str = "") -> list[int]:
        """The numbers of the words of the base that share a stem with this one (itself included), smallest first."""
        found: set[int] = set()
        for spelling in (plain, accented) if accented and accented != plain else (plain,):
            for key in stems(spelling):
                family = self._families.get(key, ())
                if isinstance(family, int):
                    found.add(family)
                else:
                    found.update(family)
        return sorted(found)

    def spelling(self, number: int) -> str:
        """A word as the base spells it: with accents when it mostly stands with them."""
        return self.accented[number] if self._marked.get(number, -1) >= 0 else self.spellings[number]

    def rarity(self, frequency: int, documents: int) -> float:
        """The usual BM25 inverse document frequency, natural logarithm; the largest for a word that nobody holds."""
        return log1p((documents - min(frequency, documents) + 0.5) / (frequency + 0.5))

    def masses(self, numbers: NDArray[np.int64], documents: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Rarity times importance of many words at once, and their importance."""
        held = np.minimum(self.frequency.all[numbers], documents).astype(np.float32)
        rarity = np.log1p((documents - held + 0.5) / (held + 0.5))
        importance = self.importance.all[numbers]
        return (rarity * importance).astype(np.float32), importance
