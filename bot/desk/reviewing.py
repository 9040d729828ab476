"""Looking at facts again: a few at a time, to the one person who looks after them, those asked most and seen least first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from knowledge.audience import ANYONE, Viewer, visible
from knowledge.keeping import Conflict, Unchanged
from knowledge.kinds import Kind
from knowledge.messages import Action, Actions, Card, Message, Note, Part, Phrase, Say
from knowledge.records import Change, Draft, Record
from knowledge.trust import MOST, dealt, wanting


class Base(Protocol):
    """The part of the knowledge base that this desk uses."""

    @property
    def kinds(self) -> Mapping[str, Kind]: ...

    def records(self) -> Sequence[Record]: ...

    def record(self, record_id: str) -> Record | None: ...

    def card(self, record_id: str, today: date) -> Card | None: ...

    def amend(
        self, draft: Draft, by: str, expected_revision: int, reason: str = ""
    ) -> Change | Conflict | Unchanged: ...


class ReviewDesk:
    """`asked` gives how often each fact answered a question lately; `deputies` are the people who look at what nobody looks
    after, everybody who may where they are none."""

    def __init__(
        self,
        base: Base,
        asked: Callable[[], Mapping[str, int]],
        today: Callable[[], date],
        deputies: Sequence[str] = (),
    ) -> None:
        self._base, self._asked, self._today, self._deputies = base, asked, today, tuple(deputies)

    def batch(self, person: str, viewer: Viewer = ANYONE, standing: Mapping[str, bool | None] | None = None) -> Message:
        """At most five facts to look at: those of this person, then those that they may see and nobody looks after, or
        somebody who may not any more (`standing`, as in `weekly`). Each with the buttons *still true*, *edit* and *pass on*."""

        def is_left(owner: str) -> bool:
            return not owner or (standing is not None and standing.get(owner, False) is False)

        everything = self._base.records()
        seen = [one for one in everything if one.owner == person or (is_left(one.owner) and visible(one, viewer))]
        due = sorted(self._wanting(seen), key=lambda one: one.owner != person)
        return self._shown(due[:MOST], "review.lead") if due else _one(Phrase("review.none"))

    def weekly(self, person: str, standing: Mapping[str, bool | None]) -> Message | None:
        """The facts that this person is asked to look at this week; None where there are none. `standing` tells who may look
        at facts now (None: that cannot be told)."""
        mine = self.dealt(self._today(), standing).get(person, ())
        return self._shown(mine, "review.weekly") if mine else None

    def dealt(self, today: date, standing: Mapping[str, bool | None]) -> dict[str, tuple[Record, ...]]:
        """The facts that each person is asked to look at in the week of that day."""
        able = {person for person, may in standing.items() if may}
        unsure = {person for person, may in standing.items() if may is None}
        coordinating = Viewer(coordinator=True)
        seen = [one for one in self._base.records() if one.owner in able or visible(one, coordinating)]
        return dealt(self._wanting(seen, today), able, today, self._deputies, unsure)

    def counted(self, day: date, standing: Mapping[str, bool | None]) -> dict[str, int]:
        """How many facts each person will be asked to look at in the week of that day."""
        return {person: len(facts) for person, facts in self.dealt(day, standing).items()}

    def _wanting(self, records: Sequence[Record], today: date | None = None) -> list[Record]:
        return wanting(records, self._base.kinds, self._asked(), today or self._today())

    def _shown(self, records: Sequence[Record], lead: str) -> Message:
        parts: list[Part] = [Say(Phrase(lead, {"count": len(records)}), strong=True)]
        for record in records:
            card = self._base.card(record.id, self._today())
            parts += [card, Actions(_buttons(record))] if card else []
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
            return _one(Phrase("review.changed_meanwhile" if result.current else "keep.gone"))
        said = Say(Phrase("review.passed_on", {"title": record.titles, "who": name(to)}))
        undo = (Action("undo", Phrase("keep.undo"), str(result.batch)),) if isinstance(result, Change) else ()
        return Message((said, Actions(undo)) if undo else (said,))


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
