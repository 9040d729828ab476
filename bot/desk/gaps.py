"""What finds no answer: the list for coordinators, and telling those who asked once it is filled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from knowledge.asked import KeptQuestion
from knowledge.gaps import Gap
from knowledge.messages import Message, Note, Part, Phrase, Say
from knowledge.ports import QuestionLog

SHOWN: Final = 10
"""Gaps that one reply lists."""
WORDINGS: Final = 3
"""Other ways of asking that are shown with each."""


class Grouping(Protocol):
    """The part of the knowledge base that puts questions together."""

    def gaps(self, questions: Iterable[KeptQuestion]) -> tuple[Gap, ...]: ...


class GapDesk:
    """Shows the open gaps and closes them."""

    def __init__(self, base: Grouping, log: QuestionLog, keeps_text: bool) -> None:
        self._base, self._log, self._keeps_text = base, log, keeps_text

    def open(self) -> tuple[Gap, ...]:
        """What most people ask for first."""
        return self._base.gaps(self._log.questions())

    def find(self, key: int) -> Gap | None:
        """The open gap of that key; None when it was filled or dismissed since."""
        return next((gap for gap in self.open() if gap.key == key), None)

    def listing(self) -> Message:
        """The gaps in short."""
        found = self.open()
        if not found:
            return Message((Say(Phrase("gaps.none" if self._keeps_text else "gaps.not_kept")),))
        parts: list[Part] = [Say(Phrase("gaps.lead", {"count": len(found)}), strong=True)]
        for gap in found[:SHOWN]:
            parts += _shown(gap)
        if len(found) > SHOWN:
            parts.append(Note(Phrase("gaps.more", {"count": len(found) - SHOWN})))
        return Message(tuple(parts))

    def fill(self, gap: Gap) -> Sequence[KeptQuestion]:
        """Closes a gap that a record now answers. Returns one question for each conversation in which somebody waits."""
        self._log.settle((question.seq for question in gap.questions), "answered")
        waiting = {question.thread: question for question in reversed(gap.questions) if question.thread}
        return tuple(waiting.values())


def _shown(gap: Gap) -> Iterable[Part]:
    times = Phrase("gaps.times", {"count": len(gap.questions)})
    yield Say(
        Phrase(
            "gaps.question",
            {"question": gap.text, "times": times, "people": Phrase("gaps.people", {"count": gap.people})},
        )
    )
    others = [text for text in gap.wordings if text != gap.text][:WORDINGS]
    if others:
        yield Note(Phrase("gaps.wordings", {"wordings": others}))
