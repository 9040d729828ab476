"""Slips of the keyboard in the words that organise a question, and the language of bare words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Protocol

from knowledge.questions.lexicon import Lexicon, words
from knowledge.questions.phrases import PROPERTIES
from knowledge.questions.reading import FUNCTION_WORDS
from knowledge.search.common import common_en, common_fr
from knowledge.search.keyboard import cost
from knowledge.search.spelling import Near, Spelling
from knowledge.search.text import QUESTION_WORDS, stems

EVERYDAY: Final = 0.15
"""What an everyday word must be nearer by than a word of the base."""
BASE: Final = 0.05
"""What a word of the base must be nearer by than a word of asking: as near, the latter is what people type."""
SHORTEST: Final = 5
"""Letters of the shortest word that is mended: shorter ones are too near to one another."""


class Base(Protocol):
    """The part of `SearchIndex` that mending uses."""

    def knows(self, word: str) -> bool: ...

    def correct(self, word: str) -> tuple[str, ...]: ...


class Mender:
    """Mends a word to one that the words of asking, the lexicon or the base know. Immutable once built."""

    def __init__(self, lexicon: Lexicon, base: Base) -> None:
        vocabulary = lexicon.vocabulary() | ASKING_WORDS | PROPERTIES
        self._base = base
        self._known = {stem for word in vocabulary for stem in stems(word)} | vocabulary
        self._spelling = Spelling()
        self._spelling.add_words(sorted(word for word in vocabulary if len(word) >= SHORTEST and word.isalpha()))
        self._everyday = _everyday()
        self.mend = lru_cache(maxsize=10_000)(self._mend)

    def _is_a_word(self, word: str) -> bool:
        known = word in FUNCTION_WORDS or word in common_fr() or word in common_en() or self._base.knows(word)
        return known or not self._known.isdisjoint(stems(word))

    def _mend(self, word: str) -> str:
        if not word.isalpha() or word in FUNCTION_WORDS:
            return word
        if _MISSED_A.search(word) and self._is_a_word(meant := _MISSED_A.sub("a", word)):
            return meant
        if (meant := word.translate(_OTHER_LAYOUT)) in ASKING_WORDS and word not in common_fr() | common_en():
            return word if self._base.knows(word) or word in ASKING_WORDS else meant
        if len(word) < SHORTEST:
            slipped = word in _SLIPS and word not in common_fr() | common_en() and not self._base.knows(word)
            return _SLIPS[word] if slipped else word
        if (
            self._base.knows(word)
            or not self._known.isdisjoint(stems(word))
            or word in common_fr()
            or word in common_en()
        ):
            return word
        near = [
            *self._spelling.near(word),
            *(Near(other, cost(word, other) + BASE) for other in self._base.correct(word)),
        ]
        near += [Near(other.word, other.cost + EVERYDAY) for other in self._everyday.near(word)]
        likely = sorted(
            (other for other in near if plausible(word, other.word)), key=lambda other: (other.cost, other.word)
        )
        return likely[0].word if likely else word


@lru_cache(maxsize=1)
def _everyday() -> Spelling:
    """The everyday words: a slip of one of them is no slip of a word of the base."""
    spelling = Spelling()
    spelling.add_words(sorted(word for word in common_fr() | common_en() if len(word) >= SHORTEST))
    return spelling


def plausible(word: str, other: str) -> bool:
    """Whether a slip explains the difference: people rarely miss the first letter, or change the length by more than two."""
    return word[0] == other[0] and abs(len(word) - len(other)) <= 2


ASKING_WORDS = QUESTION_WORDS | frozenset(
    words(
        "date dates prochain prochaine prochains prochaines dernier derniere derniers dernieres suivant combien quelle quelles quels quand liste "
        "signé renouvelé atteint objectif question bonjour merci aujourd'hui maintenant ouvert fermé encore avant après depuis année mois "
        "semaine jour heure avancement récent upcoming latest recent recently deadline closing closes next which where when many signed "
        "renewed reached target open close today currently list show question hello thanks please year month week progress stand soonest earliest nearest ensuite clore clos candidater postuler atteindre échéance échéances successor predecessor successeur prédécesseur"
    )
)


_SWAPPED = {
    word[:at] + word[at + 1] + word[at] + word[at + 2 :]: word
    for word in (
        "list",
        "next",
        "last",
        "when",
        "what",
        "many",
        "open",
        "quel",
        "quoi",
        "date",
        "liste",
        "ouvre",
        "ferme",
    )
    for at in range(len(word) - 1)
    if word[at] != word[at + 1] and len(word) < SHORTEST
}
_DROPPED = {
    word[:at] + word[at + 1 :]: word
    for word in ("which", "where", "quels", "quand", "signe")
    for at in range(1, len(word))
}
_MISSED_A: Final = re.compile(r"q(?!u)")
"""A "q" without its "u" is an "a" missed by one row on an AZERTY keyboard: "lq prochqine"."""
_OTHER_LAYOUT: Final = str.maketrans("aqzw", "qawz")
"""The keys that change places between an AZERTY and a QWERTY keyboard: "auel" is "quel", "zhen" is "when"."""
_SLIPS = {**_DROPPED, **_SWAPPED}
"""Two letters swapped in a short word of asking, or one left out of a longer one; nothing else is near enough to mend in so
few letters."""
