"""What the base could not answer: questions that say the same, put together. Pure.

Two questions are alike when at least half of the words that matter in either are forms of the same word or mean the same
(the glossary's pairs). Likeness is handed on: a question joins every other that one of its group is like (single linkage).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.asked import KeptQuestion
from knowledge.search.text import FUNCTION_WORDS_EN, FUNCTION_WORDS_FR, QUESTION_WORDS, stems, words

ALIKE: Final = 0.5
"""The share of the words of both that two questions of one gap have in common."""
_EMPTY: Final = FUNCTION_WORDS_FR | FUNCTION_WORDS_EN | QUESTION_WORDS
Synonyms = Mapping[str, frozenset[str]]
"""For a stem, the stems that mean the same."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that want the same answer, newest first."""

    questions: tuple[KeptQuestion, ...]

    @property
    def key(self) -> int:
        """What names it: the number of its oldest question, which stays when others join."""
        return min(question.seq for question in self.questions)

    @property
    def text(self) -> str:
        """The wording that was used most, the newest of those."""
        texts = [question.text for question in self.questions]
        return max(texts, key=texts.count)

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording, once each, newest first."""
        return tuple(dict.fromkeys(question.text for question in self.questions))

    @property
    def people(self) -> int:
        return len({question.person for question in self.questions})


def gaps(questions: Iterable[KeptQuestion], synonyms: Synonyms) -> tuple[Gap, ...]:
    """The gaps that are open: those that most people ask about first, then the newest."""
    waiting = sorted((question for question in questions if question.is_gap), key=lambda question: -question.seq)
    keys = [content(question.text, synonyms) for question in waiting]
    found = [Gap(tuple(waiting[place] for place in group)) for group in _groups(keys)]
    return tuple(sorted(found, key=lambda gap: (-gap.people, -len(gap.questions), -gap.questions[0].seq)))


def content(text: str, synonyms: Synonyms) -> tuple[frozenset[str], ...]:
    """The words that matter in a question, each as the stems under which it may be met."""
    found: dict[frozenset[str], None] = {}
    for word in words(text):
        if word not in _EMPTY:
            own = frozenset(stems(word))
            found[own.union(*(synonyms.get(stem, frozenset()) for stem in own))] = None
    return tuple(found)


def likeness(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> float:
    """The share of the words of both that they have in common (Jaccard), 0 where one has none."""
    if not one or not other:
        return 0.0
    shared = sum(any(word & match for match in other) for word in one)
    return shared / (len(one) + len(other) - shared)


def _groups(keys: Sequence[tuple[frozenset[str], ...]]) -> list[list[int]]:
    """The places of those that are alike. Only questions that share a stem are compared."""
    leaders = list(range(len(keys)))

    def leader(place: int) -> int:
        while leaders[place] != place:
            leaders[place] = leaders[leaders[place]]
            place = leaders[place]
        return place

    met: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        near = {other for word in key for stem in word for other in met.get(stem, ())}
        for other in sorted(near):
            if leader(other) != leader(place) and likeness(key, keys[other]) >= ALIKE:
                leaders[leader(place)] = leader(other)
        for stem in {stem for word in key for stem in word}:
            met.setdefault(stem, []).append(place)
    grouped: dict[int, list[int]] = {}
    for place in range(len(keys)):
        grouped.setdefault(leader(place), []).append(place)
    return list(grouped.values())
