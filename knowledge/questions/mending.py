"""Slips of the keyboard in the words that organise a question, and the language of bare words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from knowledge.questions.lexicon import Lexicon, words
from knowledge.questions.reading import FUNCTION_WORDS
from knowledge.questions.phrases import PROPERTIES
from knowledge.search.common import is_common
from knowledge.search.spelling import Spelling
from knowledge.search.text import QUESTION_WORDS, fold, stems

SHORTEST = 5
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
        self.mend = lru_cache(maxsize=10_000)(self._mend)

    def _mend(self, word: str) -> str:
        if not word.isalpha() or word in FUNCTION_WORDS or (len(word) < SHORTEST and word not in _SWAPPED):
            return word
        if len(word) < SHORTEST:
            return _SWAPPED[word]
        if self._base.knows(word) or not self._known.isdisjoint(stems(word)) or is_common(word):
            return word
        near = (*(candidate.word for candidate in self._spelling.near(word)), *self._base.correct(word))
        return next((other for other in near if plausible(word, other)), word)


def plausible(word: str, other: str) -> bool:
    """Whether a slip explains the difference: people rarely miss the first letter, or change the length by more than two."""
    return word[0] == other[0] and abs(len(word) - len(other)) <= 2


ASKING_WORDS = QUESTION_WORDS | frozenset(
    words(
        "prochain prochaine prochains prochaines dernier derniere derniers dernieres suivant combien quelle quelles quels quand liste "
        "signé renouvelé atteint objectif question bonjour merci aujourd'hui maintenant ouvert fermé encore avant après depuis année mois "
        "semaine jour heure avancement récent upcoming latest recent recently deadline closing closes next which where when many signed "
        "renewed reached target open close today currently list show question hello thanks please year month week progress stand"
    )
)


_SWAPPED = {
    word[:at] + word[at + 1] + word[at] + word[at + 2 :]: word
    for word in ("list", "next", "last", "when", "what", "many", "open", "quel", "quoi", "date", "liste", "ouvre", "ferme")
    for at in range(len(word) - 1)
    if word[at] != word[at + 1] and len(word) < SHORTEST
}
"""Two letters swapped in a short word of asking; nothing else is near enough to mend in so few letters."""


def language_of_words(tokens: Sequence[str]) -> str | None:
    """The language of bare keywords ("JTC2022 closing"), by words that belong to one language only."""
    french = sum(word in _FRENCH for word in tokens)
    english = sum(word in _ENGLISH for word in tokens)
    if french == english:
        return None
    return "fr" if french > english else "en"


_FRENCH = frozenset(
    fold(word)
    for word in (
        "date limite clôture échéance appel appels accord accords atelier ateliers événement événements cible cibles budget ouverture fermeture "
        "signataires renouvellement prochain prochaine dernier dernière outils numériques maladies rares lieu ville heure début fin lancement "
        "enveloppe groupe travail feuille route projet projets séquençage génomes dépistage préindications prescriptions comptes rendus"
    ).split()
) - {"date", "budget"}
_ENGLISH = frozenset(
    fold(word)
    for word in (
        "closing deadline call calls agreement agreements workshop workshops event events target targets opening signatories renewal next last "
        "latest start end launch where when city time topic tenth working group roadmap project projects sequencing genomes newborn screening "
        "memorandum closes opens signed held first second third fourth fifth rare diseases funding award"
    ).split()
)
