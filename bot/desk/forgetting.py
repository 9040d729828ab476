"""To be forgotten: what a person asked, rated, typed and wanted to be reminded of is dropped, and their name leaves the history.

Asked once what is at stake, then done when they say so. What they did to facts stays, without their name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, Literal, Protocol

from bot.desk.values import Person, Reply
from knowledge.messages import Message, Note, Phrase, Say
from knowledge.ports import QuestionLog
from scheduler.values import Request

_ASKED: Final[Mapping[Literal["fr", "en"], re.Pattern[str]]] = {
    "fr": re.compile(
        r"(?:(?:s'il (?:te|vous) plaît|stp|svp)[, ]+)?(?:(?:oublie|oubliez)[- ]moi|(?:efface|effacez|supprime|supprimez) mes données)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?:please[, ]+)?(?:forget me|(?:forget|delete|erase|remove) my data)(?:[, ]+please)?", re.IGNORECASE
    ),
}


def how_to_be_forgotten(text: str) -> Reply | None:
    """The reply to a message that asks to be forgotten, which is done by command; None for any other."""
    said = text.replace("’", "'").strip(" .!?")
    lang = next((lang for lang, words in _ASKED.items() if words.fullmatch(said)), None)
    return Reply(Message((Say(Phrase("forget.usage")),)), lang) if lang else None


class Base(Protocol):
    """The part of the knowledge base that this desk uses."""

    def forget(self, ids: Sequence[str], names: Sequence[str] = ()) -> None: ...


class Kept(Protocol):
    """Where ratings are kept, and who was made a coordinator."""

    def feedback(self) -> Sequence[tuple[str, str, str]]: ...

    def coordinators(self) -> Sequence[str]: ...


class Reminders(Protocol):
    """Where reminders are kept, and what people did about them."""

    def requests(self, person: str = "") -> Sequence[Request]: ...

    def forget(self, person: str) -> int: ...


class ForgetDesk:
    """Knows people by their id in facts, history and reminders, and by their pseudonym in the log of questions and in ratings.
    `configured` are those whom the configuration names: only who looks after the bot can take them out there."""

    def __init__(
        self,
        base: Base,
        log: QuestionLog,
        kept: Kept,
        pseudonym: Callable[[Person], str],
        reminders: Reminders | None = None,
        configured: Collection[str] = (),
    ) -> None:
        self._base, self._log, self._kept, self._pseudonym = base, log, kept, pseudonym
        self._reminders, self._configured = reminders, frozenset(configured)

    def announce(self, person: Person) -> Message:
        """What would be dropped, and how to say that it shall be."""
        said = [Phrase("forget.also")]
        said += [Phrase("forget.coordinator")] if person.id in self._kept.coordinators() else []
        notes = (*said, *self._elsewhere(person), Phrase("forget.confirm"))
        return Message((Say(Phrase("forget.lead", self._counts(person)), strong=True), *map(Note, notes)))

    def forget(self, person: Person, names: Sequence[str] = (), place: str = "") -> Message:
        """Drops it, and says how much it was. `names` are what the person is called, `place` the channel where they say so."""
        counts, pseudonym = self._counts(person), self._pseudonym(person)
        alone = [one.thread.partition(":")[0] for one in self._log.questions() if one.person == pseudonym]
        ids = (person.id, pseudonym, *{one for one in (*alone, place) if one.startswith("D")})
        self._log.forget(pseudonym, ids, names)
        if self._reminders is not None:
            self._reminders.forget(person.id)
        self._base.forget(ids, names)
        return Message((Say(Phrase("forget.done", counts), strong=True), *map(Note, self._elsewhere(person))))

    def _elsewhere(self, person: Person) -> list[Phrase]:
        return [Phrase("forget.configured")] if person.id in self._configured else []

    def _counts(self, person: Person) -> dict[str, Phrase]:
        pseudonym = self._pseudonym(person)
        questions = sum(question.person == pseudonym for question in self._log.questions())
        ratings = sum(rater == pseudonym for _, rater, _ in self._kept.feedback())
        reminders = len(self._reminders.requests(person.id)) if self._reminders is not None else 0
        return {
            "questions": Phrase("forget.questions", {"count": questions}),
            "ratings": Phrase("forget.ratings", {"count": ratings}),
            "reminders": Phrase("forget.reminders", {"count": reminders}),
        }
