"""How facts are kept: what an amendment makes out of date, what confirms a fact, what an undo comes to. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from knowledge.dates import Day
from knowledge.records import LANGUAGES, Change, Record, Verb, Write


class Answered(Protocol):
    """The part of an answer that a preview looks at."""

    @property
    def band(self) -> str: ...

    @property
    def facts(self) -> tuple[str, ...]: ...

    @property
    def set(self) -> tuple[str, ...] | None: ...


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing was saved: the record is not what the writer saw. `current` is what it is now (None: there is none), `by` and
    `at` say who made it so and when."""

    record_id: str
    current: Record | None = None
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing was saved, for nothing differs."""

    record: Record


@dataclass(frozen=True, slots=True)
class NothingToUndo:
    """The person has made no change that can be taken back."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Nothing was taken back: these records were changed since, as `changes` say (the last one of each)."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft would change: the questions that it would answer, and those that it would take over or unsettle, each with
    the id of the fact that answers them now."""

    answers: tuple[str, ...] = ()
    takes_over: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """A question that would be answered otherwise: the facts that are named first now and then, "" for none."""

    question: str
    now: str
    then: str


def shifted(questions: Sequence[tuple[str, Answered, Answered]]) -> tuple[Shift, ...]:
    """From each question with its answer now and then, those that differ in what is said."""
    return tuple(
        Shift(text, _first(now), _first(then))
        for text, now, then in questions
        if (now.band, now.facts, now.set) != (then.band, then.facts, then.set)
    )


def _first(answer: Answered) -> str:
    """The fact that is named first, "" for none: a sure answer's own, or the first of a choice."""
    return answer.facts[0] if answer.facts else ""


def previewed(record_id: str, questions: Sequence[tuple[str, Answered, Answered]]) -> Preview:
    """From each question with its answer now and with the draft. A list that the draft joins takes nothing from anybody."""
    answers: list[str] = []
    taken: list[tuple[str, str]] = []
    for text, now, then in questions:
        leads = then.facts[:1] == (record_id,) or record_id in (then.set or ())
        unsettles = then.band != "sure" and record_id in then.facts
        others = now.band == "sure" and now.set is None and now.facts[:1] not in ((), (record_id,))
        if now.band != "sure" and then.band == "sure" and leads:
            answers.append(text)
        elif others and (leads or unsettles):
            taken.append((text, now.facts[0]))
    return Preview(tuple(answers), tuple(taken))


def amended(before: Record, after: Record) -> Record:
    """`after` with the languages that its edit leaves out of date, unless it says itself which ones are."""
    if after.stale != before.stale:
        return after
    touched = {lang for lang in LANGUAGES if _texts(before, lang) != _texts(after, lang)}
    edited = {lang for lang in touched if any(_texts(before, lang))}
    stale = set(before.stale) - touched
    if len(edited) == 1 and edited.isdisjoint(before.stale):  # bringing the older text up to date ages no other
        stale |= set(LANGUAGES) - touched
    return replace(after, stale=tuple(lang for lang in LANGUAGES if lang in stale and any(_texts(after, lang))))


def verified(record: Record, by: str, today: date) -> Record:
    """The record confirmed today by a person."""
    return replace(record, source=replace(record.source, verified_on=Day.of(today), verified_by=by))


def same(one: Record | None, other: Record) -> bool:
    """Whether two records say the same, whatever their revision."""
    return one is not None and replace(one, revision=other.revision) == other


def taken_back(
    batch: Sequence[Change], current: Mapping[str, Record], by: str, reason: str
) -> tuple[tuple[Write, ...], tuple[str, ...]]:
    """The writes that put back what was before this batch; none, and the ids, where records were changed since.

    A record that the batch added is retired: its id is never used again.
    """
    first = {change.record_id: change for change in reversed(batch)}
    last = {change.record_id: change for change in batch}
    overtaken = tuple(name for name, change in last.items() if not same(current.get(name), change.after))
    if overtaken:
        return (), overtaken
    writes: list[Write] = []
    for name, change in first.items():
        now = current[name]
        before = change.before if change.before is not None else replace(now, retired=True)
        verb: Verb = "amend"
        if before.retired != now.retired:
            verb = "retire" if before.retired else "restore"
        writes.append(Write(verb, before, by, reason, now.revision, change.batch))
    return tuple(writes), ()


def _texts(record: Record, lang: str) -> tuple[str, ...]:
    return tuple(text.get(lang, "") for text in (record.titles, record.summaries, record.note))
