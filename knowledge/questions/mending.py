"""Slips of the keyboard in the words that organise a question, and the language of bare words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from knowledge.questions.lexicon import Lexicon
from knowledge.questions.reading import FUNCTION_WORDS
from knowledge.search.spelling import Spelling
from knowledge.search.text import QUESTION_WORDS, fold, stems, words

SHORTEST = 4
"""Letters of the shortest word that is mended: shorter ones are too near to one another."""


class Base(Protocol):
    """The part of `SearchIndex` that mending uses."""

    def knows(self, word: str) -> bool: ...

    def correct(self, word: str) -> tuple[str, ...]: ...


class Mender:
    """Mends a word to one that the words of asking, the lexicon or the base know. Immutable once built."""

    def __init__(self, lexicon: Lexicon, base: Base) -> None:
        vocabulary = lexicon.vocabulary() | ASKING_WORDS
        self._base = base
        self._known = {stem for word in vocabulary for stem in stems(word)} | vocabulary
        self._spelling = Spelling()
        self._spelling.add_words(sorted(word for word in vocabulary if len(word) >= SHORTEST and word.isalpha()))
        self.mend = lru_cache(maxsize=10_000)(self._mend)

    def _mend(self, word: str) -> str:
        if len(word) < SHORTEST or not word.isalpha() or word in FUNCTION_WORDS:
            return word
        if self._base.knows(word) or not self._known.isdisjoint(stems(word)):
            return word
        near = [candidate.word for candidate in self._spelling.near(word)]
        return next(iter((*near, *self._base.correct(word))), word)


ASKING_WORDS = QUESTION_WORDS | frozenset(
    words(
        "prochain prochaine prochains prochaines dernier derniere derniers dernieres suivant combien quelle quelles quels quand liste "
        "signé renouvelé atteint objectif question bonjour merci aujourd'hui maintenant ouvert fermé encore avant après depuis année mois "
        "semaine jour heure avancement récent upcoming latest recent recently deadline closing closes next which where when many signed "
        "renewed reached target open close today currently list show question hello thanks please year month week progress stand"
    )
)


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
