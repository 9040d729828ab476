"""Tuning the search from an answer: a record gets the wording of a question as another name, once it is known that no question
of the golden set changes its answer by that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Protocol

from knowledge.fields import Plain
from knowledge.keeping import Conflict, Preview, Unchanged
from knowledge.messages import Action, Actions, Message, Note, Part, Phrase, Say
from knowledge.ports import QuestionLog
from knowledge.records import Change, Draft, Problem, Record

OFFERED: Final = 3
"""Records that are offered under an explanation."""
NAMED: Final = 3
"""Questions that are named when a name would take them over."""


class Records(Protocol):
    """Where a record is looked up."""

    def record(self, record_id: str) -> Record | None: ...


class Base(Records, Protocol):
    """The part of the knowledge base that this desk uses."""

    def check(
        self, kind: str, inputs: Mapping[str, Plain], today: date, editing: str = ""
    ) -> Draft | tuple[Problem, ...]: ...

    def preview(self, draft: Draft, questions: Iterable[str], today: date) -> Preview: ...

    def amend(
        self, draft: Draft, by: str, expected_revision: int, reason: str = ""
    ) -> Change | Conflict | Unchanged: ...


def tuning_actions(facts: Sequence[str], base: Records) -> tuple[Part, ...]:
    """Buttons that make one of the first facts of an answer the one that answers; none where there is no fact."""
    records = [record for name in facts[:OFFERED] if (record := base.record(name)) is not None]
    if not records:
        return ()
    actions = tuple(Action("alias", Phrase("tuning.alias", {"title": record.titles}), record.id) for record in records)
    return (Say(Phrase("tuning.offer")), Actions(actions))


class TuningDesk:
    """Adds names to records. `golden` gives the questions whose answers must stay, when they are wanted; those that the log
    keeps count with them."""

    def __init__(
        self, base: Base, log: QuestionLog, today: Callable[[], date], golden: Callable[[], Sequence[str]]
    ) -> None:
        self._base, self._log, self._today, self._golden = base, log, today, golden

    def alias(self, record_id: str, wording: str, by: str, *, anyway: bool = False) -> Message:
        """Makes `wording` a name of the record and says so; or says which questions that would take over, with a button to do it
        `anyway`, or why nothing was changed."""
        record = self._base.record(record_id)
        if record is None:
            return _one("tuning.gone")
        about = {"title": record.titles, "wording": wording}
        if wording in record.aliases:
            return _one("tuning.known", **about)
        names: list[Plain] = [*record.aliases, wording]
        draft = self._base.check(record.kind, {"aliases": names}, self._today(), editing=record.id)
        if not isinstance(draft, Draft):
            return Message((Say(draft[0].phrase),))
        checked = () if anyway else questions_that_stay(self._golden(), self._log, wording)
        preview = self._base.preview(draft, checked, self._today())
        if preview.takes_over:
            return self._warning(preview, record_id, about)
        if isinstance(self._base.amend(draft, by, record.revision, wording), Conflict):
            return _one("tuning.conflict", **about)
        return _one("tuning.added_anyway", **about) if anyway else _one("tuning.added", count=len(checked), **about)

    def _warning(self, preview: Preview, record_id: str, about: Mapping[str, object]) -> Message:
        parts: list[Part] = [Say(Phrase("tuning.takes_over", about))]
        parts += self._taken(preview)
        parts.append(Actions((Action("alias_anyway", Phrase("tuning.anyway"), record_id),)))
        return Message(tuple(parts))

    def _taken(self, preview: Preview) -> Iterable[Part]:
        for question, fact in preview.takes_over[:NAMED]:
            other = self._base.record(fact)
            yield Note(Phrase("tuning.taken", {"question": question, "title": other.titles if other else fact}))


def questions_that_stay(golden: Iterable[str], log: QuestionLog, but: str = "") -> tuple[str, ...]:
    """All whose answer must stay: the golden ones, and those that people asked and did not rate bad."""
    kept = [question.text for question in log.questions() if question.text and not question.is_gap]
    return tuple(dict.fromkeys((*golden, *(text for text in kept if text != but))))


def _one(key: str, **arguments: object) -> Message:
    return Message((Say(Phrase(key, arguments)),))
