"""Keeping the facts: finding the one that is meant, checking what was typed, previewing, saving, taking back.

Knows no Slack. What is said of it is in `bot.desk.telling`. Whether a person may do it is for the caller to ask first, at
the moment when it is done (`bot.desk.roles`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from bot.desk.exchanging import Exchanging
from bot.desk.fact_form import Input, Offer, day_keys, inputs_of
from bot.desk.finding import find, kind_named
from bot.desk.readings import Reading, read_days
from bot.desk.telling import Telling
from bot.desk.typed import AMONG_COORDINATORS, Typed, chosen, from_typed, to_typed
from knowledge.audience import ANYONE, Viewer, visible
from knowledge.base import KnowledgeBase
from knowledge.countries import load_countries
from knowledge.dates import Day
from knowledge.exchange.plain import record_to_plain
from knowledge.fields import Plain
from knowledge.keeping import Conflict, NothingToUndo, Overtaken, Unchanged
from knowledge.kinds import Kind
from knowledge.messages import Action, Actions, Message, Note, Part, Phrase, Say
from knowledge.ports import Clock, Store
from knowledge.questions.form import Asked
from knowledge.records import Change, Draft, Problem, Record
from knowledge.vocabulary import Vocabulary

DRAFT_LIFE: Final = timedelta(days=1)
_LIKE: Final = 3
_REPLAYED: Final = 300
"""Logged questions, the latest ones, that a draft is tried on while somebody waits."""
_QUESTIONS: Final = 3
_KEEPER: Final = Viewer(coordinator=True)
"""Who fills in forms."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was typed, held against the kind: a draft, or every problem; and how dates were read."""

    draft: Draft | None
    problems: tuple[Problem, ...] = ()
    readings: tuple[Reading, ...] = ()


class Keeping:
    """What coordinators do with facts. `asked` gives the texts of the logged questions, oldest first. Safe to use from any
    thread."""

    def __init__(
        self,
        base: KnowledgeBase,
        themes: Vocabulary,
        store: Store,
        clock: Clock,
        zone: str,
        asked: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._base, self._themes, self._drafts, self._clock = base, themes, store, clock
        self._zone, self._asked = ZoneInfo(zone), asked
        self.telling = Telling(base, self.inputs, self.typed, clock.now, self._zone)
        self.exchange = Exchanging(base, self.today, self.telling.differences)

    @property
    def kinds(self) -> Mapping[str, Kind]:
        return self._base.kinds

    def today(self) -> date:
        return self._clock.now().astimezone(self._zone).date()

    def inputs(self, kind: str) -> tuple[Input, ...]:
        facts = {one.id: one.titles for one in self._base.records() if visible(one, _KEEPER)}
        places = {code: country.names for code, country in load_countries().items()}
        return inputs_of(self.kinds[kind], Offer(self._themes, places, facts))

    def typed(self, record: Record) -> Typed:
        """The inputs of a form filled with this fact."""
        return to_typed(record_to_plain(record, self.kinds), self.kinds[record.kind])

    def whole(self, typed: Typed, record_id: str, room: int) -> dict[str, str | list[str]]:
        """What was typed for a fact that is amended; a text that its input had no `room` for, and that was left alone, in
        full."""
        record = self._base.stored(record_id) if record_id else None
        before = self.typed(record) if record is not None else {}
        long = {key: text for key, text in before.items() if isinstance(text, str) and len(text) > room}
        kept = {key: text for key, text in long.items() if typed.get(key) in (text[:room], text[:room].strip())}
        return {**typed, **kept}

    # What is meant

    def kind_named(self, words: str) -> tuple[str, str]:
        """See `bot.desk.finding`."""
        return kind_named(words, self.kinds)

    def find(self, words: str, viewer: Viewer = ANYONE, *, retired: bool = False) -> tuple[Record, ...]:
        """See `bot.desk.finding`."""
        return find(words, self._base, self.today(), viewer, retired=retired)

    def records(self) -> Sequence[Record]:
        return self._base.records()

    def card(self, record_id: str, lang: str, viewer: Viewer = ANYONE) -> Message:
        """A fact as an answer shows it."""
        return self._base.show(record_id, Asked("", self.today(), lang, lang, viewer=viewer)).message

    def stored(self, record_id: str) -> Record | None:
        return self._base.stored(record_id)

    def added_by(self, record_id: str, user: str) -> bool:
        """Whether this person added the fact of that id."""
        changes = self._base.history(record_id) if record_id else ()
        return bool(changes) and changes[0].by == user

    # Drafts: nothing that was typed is lost

    def keep_draft(self, key: str, typed: Typed) -> None:
        self._drafts.keep_topic(f"draft:{key}", dict(typed), self._clock.now() + DRAFT_LIFE)

    def draft(self, key: str) -> Typed | None:
        return cast("Typed | None", self._drafts.topic(f"draft:{key}", self._clock.now()))

    # From what was typed to a saved fact

    def check(self, kind: str, typed: Typed, record_id: str = "") -> Checked:
        """What was typed for a fact of this kind; `record_id` names the one that it amends."""
        read, readings, problems = read_days(typed, day_keys(self.kinds[kind]), self.today())
        plain = from_typed(read, self.kinds[kind])
        old = self._base.stored(record_id) if record_id else None
        if old is not None:
            kept = record_to_plain(old, self.kinds)
            source, given = kept.get("source"), plain.get("source")
            if isinstance(source, dict) and isinstance(given, dict):
                unseen = {key: value for key, value in source.items() if key in ("verified_on", "verified_by")}
                merged: dict[str, Plain] = {**unseen, **given}
                plain["source"] = merged
            if set(chosen(typed.get("audience"))) | set(chosen(typed.get(AMONG_COORDINATORS))) == set(old.audience):
                plain["audience"] = list(old.audience)
            emptied: dict[str, Plain] = {one.key.partition(".")[0]: None for one in self.inputs(kind)}
            plain = {**emptied, **plain}
        elif not plain.get("source"):
            plain["source"] = {}
        found = self._base.check(kind, plain, self.today(), record_id)
        if isinstance(found, Draft):
            return Checked(None if problems else found, problems, readings)
        seen = {problem.field for problem in problems}
        others = tuple(_in_a_form(problem) for problem in found if problem.field not in seen)
        return Checked(None, problems + others, readings)

    def mistakes(self, kind: str, checked: Checked) -> tuple[Phrase, ...]:
        """Every mistake for a place where no input shows which one is meant: under the label of its input."""
        inputs = self.inputs(kind)

        def said(problem: Problem) -> Phrase:
            meant = (one.label for one in inputs if f"{one.key}.".startswith(f"{problem.field}."))
            label = next(meant, None) if problem.field else None
            return Phrase("keep.mistake", {"label": label, "problem": problem.phrase}) if label else problem.phrase

        return tuple(said(problem) for problem in checked.problems)

    def preview(self, checked: Checked, record_id: str = "") -> Message:
        """What is about to be saved: how dates were read, what it resembles, what would change."""
        assert checked.draft is not None, "only a draft is previewed"
        record = checked.draft.record
        parts: list[Part] = [Say(Phrase("keep.about_to_save", {"title": record.titles}), strong=True)]
        parts += [Say(Phrase("keep.read_as", {"typed": one.typed, "day": one.day})) for one in checked.readings]
        if record_id and (old := self._base.stored(record_id)):
            parts += self.telling.differences(old, record)
            if old.audience and not record.audience:
                parts.append(Say(Phrase("keep.widened")))
        like = self.similar(checked.draft)
        if like:
            parts.append(Say(Phrase("keep.looks_like")))
            parts.append(Actions(tuple(Action("open", one.titles, one.id) for one in like)))
        parts += self._effects(checked.draft)
        past = [spec for spec in self.kinds[record.kind].deadlines if self._is_past(record.values.get(spec.name))]
        parts += [Note(Phrase("keep.past", {"label": spec.labels, "day": record.values[spec.name]})) for spec in past]
        return Message((*parts, Actions((Action("back", Phrase("keep.back"), "back"),))))

    def _effects(self, draft: Draft) -> list[Part]:
        """The logged questions that this fact would answer, and those that it would take from another."""
        asked = tuple(dict.fromkeys(self._asked()))[-_REPLAYED:]
        if not asked:
            return []
        found = self._base.preview(draft, asked, self.today())
        parts: list[Part] = []
        if found.answers:
            parts.append(Say(Phrase("keep.would_answer", {"count": len(found.answers)})))
            parts += [Note(Phrase("keep.question", {"question": text})) for text in found.answers[:_QUESTIONS]]
        if found.takes_over:
            parts.append(Say(Phrase("keep.would_take", {"count": len(found.takes_over)})))
            taken = found.takes_over[:_QUESTIONS]
            parts += [Note(Phrase("keep.taken", {"question": text, "id": name})) for text, name in taken]
        return parts

    def similar(self, draft: Draft) -> tuple[Record, ...]:
        """Facts that may be the same one, the likest first."""
        return self._base.similar(draft)[:_LIKE]

    def save(self, draft: Draft, by: str, revision: int = 0) -> Change | Conflict | Unchanged:
        """Adds the fact, or amends it over the revision that the person saw. Raises StoreUnavailable."""
        return self._base.amend(draft, by, revision) if revision else self._base.add(draft, by)

    def retire(self, record: Record, by: str) -> Change | Conflict | Unchanged:
        return self._base.retire(record.id, by, record.revision)

    def restore(self, record: Record, by: str) -> Change | Conflict | Unchanged:
        return self._base.restore(record.id, by, record.revision)

    def verify(self, record_id: str, by: str) -> Change | Conflict:
        return self._base.verify(record_id, by, self.today())

    def undo(self, by: str, batch: int = 0) -> Sequence[Change] | Overtaken | NothingToUndo:
        return self._base.undo(by, batch)

    def _is_past(self, value: Any) -> bool:
        return isinstance(value, Day) and value.last < self.today()


def _in_a_form(problem: Problem) -> Problem:
    """The sentence for somebody who fills in a form: no keys of a file, and dates as people write them."""
    keys = {"problem.missing": "fact.missing", "problem.empty": "fact.missing", "problem.bad_day": "fact.bad_day"}
    key = keys.get(problem.phrase.key)
    return Problem(problem.field, Phrase(key, problem.phrase.args)) if key else problem
