"""To be forgotten: what a person's questions and ratings left behind is dropped, and their name leaves the history of facts.

Asked once what is at stake, then done when they say so. What they did to facts stays, without their name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.desk.values import Person
from knowledge.messages import Message, Note, Phrase, Say
from knowledge.ports import QuestionLog


class Base(Protocol):
    """The part of the knowledge base that this desk uses."""

    def forget(self, names: Sequence[str]) -> None: ...


class Ratings(Protocol):
    """Where ratings are kept."""

    def feedback(self) -> Sequence[tuple[str, str, str]]: ...


class ForgetDesk:
    """Knows people by their id in facts and history, and by their pseudonym in the log of questions and in ratings."""

    def __init__(self, base: Base, log: QuestionLog, ratings: Ratings, pseudonym: Callable[[Person], str]) -> None:
        self._base, self._log, self._ratings, self._pseudonym = base, log, ratings, pseudonym

    def announce(self, person: Person) -> Message:
        """What would be dropped, and how to say that it shall be."""
        return Message((Say(Phrase("forget.lead", self._counts(person)), strong=True), Note(Phrase("forget.confirm"))))

    def forget(self, person: Person) -> Message:
        """Drops it, and says how much it was."""
        counts, pseudonym = self._counts(person), self._pseudonym(person)
        self._log.forget(pseudonym)
        self._base.forget((person.id, pseudonym))
        return Message((Say(Phrase("forget.done", counts), strong=True),))

    def _counts(self, person: Person) -> dict[str, Phrase]:
        pseudonym = self._pseudonym(person)
        questions = sum(question.person == pseudonym for question in self._log.questions())
        ratings = sum(rater == pseudonym for _, rater, _ in self._ratings.feedback())
        return {
            "questions": Phrase("forget.questions", {"count": questions}),
            "ratings": Phrase("forget.ratings", {"count": ratings}),
        }
