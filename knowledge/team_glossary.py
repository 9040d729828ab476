"""The glossary as a team keeps it: the groups that come with the bot, and the pairs that coordinators add and take out.

A pair counts in the next answer. Nothing is read again for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from knowledge.glossary_pairs import LONGEST, MOST, GlossaryPair
from knowledge.keeping import Shift
from knowledge.messages import Phrase
from knowledge.ports import Clock, KnowledgeStore
from knowledge.rooms import Glossary, Room
from knowledge.search.lexicon import importance
from knowledge.search.text import tokens, words
from knowledge.trials import Trials

Sides = tuple[str, str]
MOST_WORDS: Final = 8
MISSING: Final = 2
HEADS: Final = 3
"""Words of a question, and of a title, from which pairs are proposed: the first of each."""


class TeamGlossary:
    """`main` is the room with every fact: only those who may see all of them add pairs."""

    def __init__(self, store: KnowledgeStore, clock: Clock, main: Room, trials: Trials) -> None:
        self._store, self._clock, self._main, self._trials = store, clock, main, trials

    def pairs(self) -> Sequence[GlossaryPair]:
        """The pairs that were added, those that were taken out too, oldest first."""
        return self._store.glossary_pairs()

    def check(self, said: str, means: str) -> Sides | Phrase:
        """The two sides of a pair, that of the base last; or why it cannot be added."""
        self._main.catch_up(self._store)
        in_force = sum(pair.in_force for pair in self.pairs())
        if in_force >= MOST:
            return Phrase("glossary.full", {"limit": MOST})
        return checked((said, means), self._main.glossary, self._main.index.knows)

    def preview(self, sides: Sides, questions: Iterable[str], today: date) -> tuple[Shift, ...]:
        """Which of these questions would get another answer with this pair."""
        return self._trials.of_pair(sides, questions, today)

    def add(self, sides: Sides, by: str) -> GlossaryPair | None:
        """Puts a pair in force; None where it is already."""
        return self._store.add_glossary_pair(*sides, by, self._clock.now())

    def remove(self, number: int, by: str) -> GlossaryPair | None:
        """Takes a pair out; None where it is not in force."""
        return self._store.remove_glossary_pair(number, by, self._clock.now())

    def proposals(self, text: str, record_id: str, titles: Iterable[str]) -> tuple[Sides, ...]:
        """Pairs that would bring a question nearer to this record: a word of it that the record lacks, and a word of one of the
        titles that the question lacks."""
        self._main.catch_up(self._store)
        found = self._main.index.search(text, 1, among={record_id})
        missing = [word for word in found[0].missing if len(word) > 2] if found else []
        asked = set(words(text))
        heads = [
            token.typed
            for title in titles
            for token in tokens(title)
            if len(token.plain) > 2 and _tells(token.plain) and token.plain not in asked
        ]
        sides = dict.fromkeys((said, means) for means in heads[:HEADS] for said in missing[:MISSING])
        return tuple(pair for pair in sides if not isinstance(self.check(*pair), Phrase))


def checked(sides: Sides, glossary: Glossary, knows: Callable[[str], bool]) -> Sides | Phrase:
    """The sides, that of the base last; or what is wrong with them."""
    said, means = plain = words(sides[0]), words(sides[1])
    if any(not any(map(_tells, side)) for side in plain):
        return Phrase("glossary.empty")
    if any(len(text) > LONGEST for text in sides) or any(len(side) > MOST_WORDS for side in plain):
        return Phrase("glossary.too_long", {"limit": LONGEST, "words": MOST_WORDS})
    if said == means:
        return Phrase("glossary.same")
    if any(group.issuperset(plain) for group in _folded(glossary)):
        return Phrase("glossary.known", {"said": sides[0], "means": sides[1]})
    if all(map(knows, means)):
        return sides
    if all(map(knows, said)):
        return sides[1], sides[0]
    return Phrase("glossary.not_in_base", {"said": sides[0], "means": sides[1]})


@lru_cache(maxsize=2)
def _folded(glossary: Glossary) -> tuple[frozenset[tuple[str, ...]], ...]:
    return tuple(frozenset(map(words, group)) for group in glossary)


def _tells(word: str) -> bool:
    """Whether a word is more than a small word or a word of asking."""
    return importance(word) >= 1.0
