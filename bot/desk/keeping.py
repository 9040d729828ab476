"""Keeping the facts: finding the one that is meant, checking what was typed, previewing, saving, history, taking back.

Knows no Slack. People are ids here; `Names` turns them into names where something is said. Whether a person may do it is
for the caller to ask first, at the moment when it is done (`bot.desk.roles`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from bot.desk.exchanging import Exchanging
from bot.desk.fact_form import Input, Offer, day_keys, inputs_of
from bot.desk.readings import Reading, read_days
from bot.desk.typed import AMONG_COORDINATORS, Typed, chosen, from_typed, to_typed
from knowledge.audience import ANYONE, Viewer, visible
from knowledge.base import KnowledgeBase
from knowledge.countries import load_countries
from knowledge.dates import Day
from knowledge.exchange.plain import record_to_plain
from knowledge.fields import Plain
from knowledge.keeping import Conflict, NothingToUndo, Overtaken, Unchanged
from knowledge.kinds import Kind
from knowledge.messages import Action, Actions, Channel, Member, Message, Note, Part, Phrase, Say
from knowledge.ports import Clock, Store
from knowledge.questions.form import Asked
from knowledge.records import Change, Draft, Problem, Record
from knowledge.search.text import fold
from knowledge.vocabulary import Vocabulary

Names = Callable[[str], str]
DRAFT_LIFE: Final = timedelta(days=1)
_LIKE: Final = 3
_REPLAYED: Final = 300
"""Logged questions, the latest ones, that a draft is tried on while somebody waits."""
_SHOWN: Final = 10
_QUESTIONS: Final = 3
_KEEPER: Final = Viewer(coordinator=True)
"""Who fills in forms."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


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
        self.exchange = Exchanging(base, self.today, self.differences)
        self._zone, self._asked = ZoneInfo(zone), asked

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
        """The kind that the first words name in either language ("accord", "call for proposals"), and what follows; ("", words)
        when they name none."""
        named = {
            fold(word): name
            for name, kind in self.kinds.items()
            for texts in (kind.labels.values(), kind.plurals.values(), *kind.words.values(), (name,))
            for word in texts
        }
        given = words.split()
        for length in range(min(5, len(given)), 0, -1):
            if name := named.get(fold(" ".join(given[:length]))):
                return name, " ".join(given[length:])
        return "", words

    def find(self, words: str, viewer: Viewer = ANYONE, *, retired: bool = False) -> tuple[Record, ...]:
        """The facts that an id or some words mean to this viewer, best first, at most five; among the retired ones if asked."""
        words = words.strip()
        if _ID.match(words) and (record := self._base.stored(words)) and record.retired is retired:
            return (record,)
        if retired:
            wanted = fold(words).split()
            return tuple(record for record in self._retired() if all(word in _text(record) for word in wanted))[:5]
        exact = [one for one in self._base.records() if _is_called(one, words) and visible(one, viewer)]
        if exact:
            return tuple(exact[:5])
        answer = self._base.ask(Asked(words, self.today(), viewer=viewer))
        found = [self._base.record(name) for name in answer.facts[:5]]
        return tuple(record for record in found if record is not None)

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

    def acts(self, record_id: str) -> Actions:
        """The buttons under the card of a fact, for those who keep it."""
        names = ("edit", "verify", "history", "retire")
        return Actions(tuple(Action(name, Phrase(f"keep.act_{name}"), record_id) for name in names))

    def offer(self, record_id: str) -> Actions:
        """The one button that stands for them where everybody sees it."""
        return Actions((Action("keep", Phrase("keep.act_more"), record_id),))

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

    def preview(self, checked: Checked, record_id: str = "") -> Message:
        """What is about to be saved: how dates were read, what it resembles, what would change."""
        assert checked.draft is not None, "only a draft is previewed"
        record = checked.draft.record
        parts: list[Part] = [Say(Phrase("keep.about_to_save", {"title": record.titles}), strong=True)]
        parts += [Say(Phrase("keep.read_as", {"typed": one.typed, "day": one.day})) for one in checked.readings]
        if record_id and (old := self._base.stored(record_id)):
            parts += self.differences(old, record)
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

    # What is said of it

    def history(self, record_id: str, name: Names) -> Message:
        """Who changed a fact, when, from what to what; the latest first."""
        changes = self._base.history(record_id)
        if not changes:
            return Message((Say(Phrase("keep.no_such_fact", {"words": record_id})),))
        parts: list[Part] = [Say(Phrase("history.title", {"title": changes[-1].after.titles}), strong=True)]
        for change in list(reversed(changes))[:_SHOWN]:
            arguments = {"who": _who(change, name), "at": self._local(change.at)}
            key = "undone" if change.undoes else change.verb
            parts.append(Say(Phrase(f"history.{key}", arguments)))
            if change.before is not None and change.verb == "amend":
                parts += self.differences(change.before, change.after)
        if len(changes) > _SHOWN:
            parts.append(Note(Phrase("slack.more", {"shown": _SHOWN, "total": len(changes)})))
        if changes[-1].after.retired:
            parts.append(Actions((Action("restore", Phrase("keep.act_restore"), record_id),)))
        return Message(tuple(parts))

    def conflict(self, conflict: Conflict, name: Names) -> Phrase:
        """Who came first, and when."""
        if conflict.current is None or conflict.at is None:
            return Phrase("keep.gone")
        return Phrase("keep.conflict", {"who": name(conflict.by), "at": self._local(conflict.at)})

    def differences(self, before: Record, after: Record) -> list[Part]:
        """One line for each input that is not what it was."""
        old, new = self.typed(before), self.typed(after)
        return [
            Note(
                Phrase(
                    "history.change",
                    {
                        "label": one.label,
                        "before": _shown(one, old.get(one.key)),
                        "after": _shown(one, new.get(one.key)),
                    },
                )
            )
            for one in self.inputs(after.kind)
            if old.get(one.key) != new.get(one.key)
        ]

    def undone(self, result: Sequence[Change] | Overtaken | NothingToUndo, name: Names) -> Message:
        if isinstance(result, NothingToUndo):
            return Message((Say(Phrase("keep.nothing_to_undo")),))
        if isinstance(result, Overtaken):
            last = result.changes[-1] if result.changes else None
            if last is None:
                return Message((Say(Phrase("keep.gone")),))
            who = {"who": _who(last, name), "at": self._local(last.at), "title": last.after.titles}
            return Message((Say(Phrase("keep.overtaken", who)),))
        first = result[0].after.titles
        return Message((Say(Phrase("keep.undone", {"count": len(result), "title": first})),))

    def choose_kind(self, draft: str = "") -> Message:
        """The kinds to choose from; `draft` names what the form shall be filled with."""
        actions = [Action("add_kind", kind.labels, f"{name} {draft}".strip()) for name, kind in self.kinds.items()]
        return Message((Say(Phrase("keep.which_kind")), Actions(tuple(actions))))

    def saved(self, change: Change, undo: str = "undo") -> Message:
        """What was done, with the button that takes it back."""
        said = Say(Phrase(f"keep.done_{change.verb}", {"title": change.after.titles, "id": change.record_id}))
        return Message((said, Actions((Action(undo, Phrase("keep.undo"), str(change.batch)),))))

    def _local(self, moment: Any) -> Any:
        return moment.astimezone(self._zone)

    def _is_past(self, value: Any) -> bool:
        return isinstance(value, Day) and value.last < self.today()

    def _retired(self) -> Sequence[Record]:
        return self._base.retired()


def _who(change: Change, name: Names) -> str | Phrase:
    who = name(change.by)
    return Phrase("history.command_line", {"name": who}) if change.by_command_line else who


def _in_a_form(problem: Problem) -> Problem:
    """The sentence for somebody who fills in a form: no keys of a file, and dates as people write them."""
    keys = {"problem.missing": "fact.missing", "problem.empty": "fact.missing", "problem.bad_day": "fact.bad_day"}
    key = keys.get(problem.phrase.key)
    return Problem(problem.field, Phrase(key, problem.phrase.args)) if key else problem


def _is_called(record: Record, words: str) -> bool:
    return fold(words) in {fold(name) for name in (*record.titles.values(), *record.aliases)}


def _text(record: Record) -> str:
    return fold(" ".join((record.id, *record.titles.values(), *record.aliases)))


def _shown(one: Input, value: str | list[str] | None) -> Any:
    """What is in an input, as people read it."""
    if not value:
        return Phrase("history.nothing")
    if one.widget in ("choice", "choices", "ticks", "channels"):
        unknown = Channel if one.widget == "channels" else str
        names = [one.options.get(name) or unknown(name) for name in chosen(value)]
        return [*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])]
    text = ", ".join(value) if isinstance(value, list) else value.replace("\n", ", ")
    return Member(text) if one.widget == "user" else text if len(text) <= 200 else f"{text[:199]}…"
