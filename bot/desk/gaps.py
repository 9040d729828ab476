"""What finds no answer: the list for coordinators, closing a gap with a record, and who is to be told then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from knowledge.asked import KeptQuestion
from knowledge.fields import Plain
from knowledge.gaps import Gap
from knowledge.keeping import Conflict, Unchanged
from knowledge.messages import Action, Actions, Message, Note, Part, Phrase, Say
from knowledge.ports import QuestionLog
from knowledge.questions.form import Answer, Asked
from knowledge.records import Change, Draft, Problem, Record

SHOWN: Final = 10
"""Gaps that one reply lists."""
WORDINGS: Final = 3
"""Other ways of asking that are shown with each."""
ALIASES: Final = 5
"""Wordings that become other names of the record that answers them."""


class Base(Protocol):
    """The part of the knowledge base that this desk uses."""

    def ask(self, asked: Asked) -> Answer: ...

    def show(self, record_id: str, asked: Asked) -> Answer: ...

    def gaps(self, questions: Iterable[KeptQuestion]) -> tuple[Gap, ...]: ...

    def record(self, record_id: str) -> Record | None: ...

    def check(
        self, kind: str, inputs: Mapping[str, Plain], today: date, editing: str = ""
    ) -> Draft | tuple[Problem, ...]: ...

    def amend(
        self, draft: Draft, by: str, expected_revision: int, reason: str = ""
    ) -> Change | Conflict | Unchanged: ...


@dataclass(frozen=True, slots=True)
class Told:
    """What to say in a conversation where somebody waited for an answer."""

    thread: str
    message: Message
    lang: str


class GapDesk:
    """Shows the open gaps and closes them. `today` gives the day it is where the programme is."""

    def __init__(self, base: Base, log: QuestionLog, today: Callable[[], date], keeps_text: bool) -> None:
        self._base, self._log, self._today, self._keeps_text = base, log, today, keeps_text

    def open(self) -> tuple[Gap, ...]:
        """What most people ask for first."""
        return self._base.gaps(self._log.questions())

    def find(self, key: int) -> Gap | None:
        """The open gap of that key; None when it was filled or dismissed since."""
        return next((gap for gap in self.open() if gap.key == key), None)

    def listing(self, buttons: bool = False, shown: int = SHOWN) -> Message:
        """The gaps in short, at most `shown`; with `buttons`, what can be done about each."""
        found = self.open()
        if not found:
            return Message((Say(Phrase("gaps.none" if self._keeps_text else "gaps.not_kept")),))
        parts: list[Part] = [Say(Phrase("gaps.lead", {"count": len(found)}), strong=True)]
        for gap in found[:shown]:
            parts += _shown(gap, buttons)
        if len(found) > shown:
            parts.append(Note(Phrase("gaps.more", {"count": len(found) - shown})))
        return Message(tuple(parts))

    def dismiss(self, key: int) -> Phrase:
        """Takes a gap off the list without an answer."""
        gap = self.find(key)
        if gap is None:
            return Phrase("gaps.gone")
        self._log.settle((question.seq for question in gap.questions), "dismissed")
        return Phrase("gaps.dismissed", {"question": gap.text})

    def named(self, words: str) -> Record | Phrase:
        """The record that a coordinator names, by its id or in words; or what to tell them."""
        words = words.strip()
        if (record := self._base.record(words)) is not None:
            return record
        answer = self._base.ask(Asked(words, self._today()))
        found = [record for name in answer.facts if (record := self._base.record(name)) is not None]
        if answer.band == "sure" and answer.set is None and found:
            return found[0]
        if found:
            return Phrase("gaps.which", {"ids": [record.id for record in found[:3]]})
        return Phrase("gaps.no_record", {"words": words})

    def close_with(self, key: int, record: Record, by: str) -> Sequence[Told] | Phrase:
        """The gap is answered by this record: its wordings become names of it. Returns whom to tell what, or why nothing was
        done."""
        gap = self.find(key)
        if gap is None:
            return Phrase("gaps.gone")
        names: list[Plain] = list(dict.fromkeys((*record.aliases, *gap.wordings[:ALIASES])))
        draft = self._base.check(record.kind, {"aliases": names}, self._today(), editing=record.id)
        if not isinstance(draft, Draft):
            return draft[0].phrase
        if isinstance(self._base.amend(draft, by, record.revision, gap.text), Conflict):
            return Phrase("gaps.changed_meanwhile", {"title": record.titles})
        return self.fill(gap, record.id)

    def filled_by(self, record: Record) -> Sequence[Told]:
        """Closes the gaps whose wordings this record now has among its names, once it is saved. Returns whom to tell what."""
        names = set(record.aliases)
        return tuple(told for gap in self.open() if names & set(gap.wordings) for told in self.fill(gap, record.id))

    def fill(self, gap: Gap, record_id: str) -> Sequence[Told]:
        """Closes a gap that this record answers; one reply for each conversation in which somebody waits."""
        self._log.settle((question.seq for question in gap.questions), "answered")
        waiting = {question.thread: question for question in reversed(gap.questions) if question.thread}
        return tuple(self._told(question, record_id) for question in waiting.values())

    def _told(self, question: KeptQuestion, record_id: str) -> Told:
        answer = self._base.show(record_id, Asked(question.text, self._today(), question.lang, question.lang))
        lead = Say(Phrase("gaps.found", {"question": question.text}))
        return Told(question.thread, Message((lead, *answer.message.parts)), question.lang)


def _shown(gap: Gap, buttons: bool) -> Iterable[Part]:
    times, people = Phrase("gaps.times", {"count": len(gap.questions)}), Phrase("gaps.people", {"count": gap.people})
    yield Say(Phrase("gaps.question", {"question": gap.text, "times": times, "people": people}))
    others = [text for text in gap.wordings if text != gap.text][:WORDINGS]
    if others:
        yield Note(Phrase("gaps.wordings", {"wordings": others}))
    if buttons:
        key = str(gap.key)
        yield Actions(
            (
                Action("gap_add", Phrase("gaps.add"), key),
                Action("gap_known", Phrase("gaps.known"), key),
                Action("gap_dismiss", Phrase("gaps.dismiss"), key),
            )
        )
