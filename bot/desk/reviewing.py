"""Looking at facts again: a few at a time, to the one person who looks after them, those asked most and seen least first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from knowledge.audience import ANYONE, Viewer, visible
from knowledge.keeping import Conflict, Unchanged
from knowledge.kinds import Kind
from knowledge.messages import Action, Actions, Message, Note, Part, Phrase, Say
from knowledge.records import Change, Draft, Record
from knowledge.trust import MOST, remarks, reviews_due


class Base(Protocol):
    """The part of the knowledge base that this desk uses."""

    @property
    def kinds(self) -> Mapping[str, Kind]: ...

    def records(self) -> Sequence[Record]: ...

    def record(self, record_id: str) -> Record | None: ...

    def amend(
        self, draft: Draft, by: str, expected_revision: int, reason: str = ""
    ) -> Change | Conflict | Unchanged: ...


class ReviewDesk:
    """`asked` gives how often each fact answered a question lately."""

    def __init__(self, base: Base, asked: Callable[[], Mapping[str, int]], today: Callable[[], date]) -> None:
        self._base, self._asked, self._today = base, asked, today

    def batch(self, person: str, viewer: Viewer = ANYONE) -> Message:
        """At most five facts to look at: those of this person, then those that they may see and nobody looks after. Each with
        the buttons *still true*, *edit* and *pass on*."""
        seen = [record for record in self._base.records() if record.owner == person or visible(record, viewer)]
        due = reviews_due(seen, self._base.kinds, self._asked(), self._today())
        chosen = (*due.get(person, ()), *due.get("", ()))[:MOST]
        if not chosen:
            return Message((Say(Phrase("review.none")),))
        parts: list[Part] = [Say(Phrase("review.lead", {"count": len(chosen)}), strong=True)]
        for record in chosen:
            said = remarks(record, self._base.kinds[record.kind], self._today())
            parts.append(Say(Phrase("review.fact", {"title": record.titles, "why": list(said)})))
            parts.append(Actions(_buttons(record)))
        return Message((*parts, Note(Phrase("review.help"))))

    def pass_on(self, record_id: str, by: str, people: Sequence[str], name: Callable[[str], str]) -> Message:
        """Gives the fact to the next of these people, who looks after it from now on."""
        record = self._base.record(record_id)
        if record is None:
            return _one(Phrase("keep.gone"))
        to = following(people, by)
        if not to:
            return _one(Phrase("review.nobody_else"))
        result = self._base.amend(Draft(replace(record, owner=to)), by, record.revision)
        if isinstance(result, Conflict):
            return _one(Phrase("keep.gone"))
        return _one(Phrase("review.passed_on", {"title": record.titles, "who": name(to)}))


def following(people: Sequence[str], person: str) -> str:
    """The one after this person, round and round; nobody where there is nobody else."""
    others = [other for other in people if other != person]
    after = people[people.index(person) + 1 :] if person in people else people
    return next((other for other in (*after, *others) if other != person), "")


def _buttons(record: Record) -> tuple[Action, ...]:
    names = ("verify", "edit", "pass_on")
    return tuple(Action(name, Phrase(f"review.{name}"), record.id) for name in names)


def _one(phrase: Phrase) -> Message:
    return Message((Say(phrase),))
