"""What is said of facts and of what was done to them: history, differences, conflicts, what is saved, and the buttons under it.

People are ids here; `Names` turns them into names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import Any, Final

from bot.desk.fact_form import Input, day_keys
from bot.desk.typed import Typed, chosen
from knowledge.base import KnowledgeBase
from knowledge.dates import Day
from knowledge.keeping import Conflict, NothingToUndo, Overtaken
from knowledge.messages import Action, Actions, Channel, Link, Member, Message, Note, Part, Phrase, Say, Text
from knowledge.records import Change, Record

Names = Callable[[str], str]
_SHOWN: Final = 10
_HOUR: Final = 60


class Telling:
    """`inputs` gives the inputs of a kind's form, `typed` what is in them for a fact, `now` the time in UTC."""

    def __init__(
        self,
        base: KnowledgeBase,
        inputs: Callable[[str], Sequence[Input]],
        typed: Callable[[Record], Typed],
        now: Callable[[], datetime],
        zone: tzinfo,
    ) -> None:
        self._base, self._inputs, self._typed, self._now, self._zone = base, inputs, typed, now, zone

    def acts(self, record_id: str) -> Actions:
        """The buttons under the card of a fact, for those who keep it."""
        names = ("edit", "verify", "history", "retire")
        return Actions(tuple(Action(name, Phrase(f"keep.act_{name}"), record_id) for name in names))

    def offer(self, record_id: str) -> Actions:
        """The one button that stands for them where everybody sees it."""
        return Actions((Action("keep", Phrase("keep.act_more"), record_id),))

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

    def conflict(self, conflict: Conflict, name: Names, *, editing: bool = False) -> Phrase:
        """Who came first, and when; and for somebody who is `editing`, what they can do about it."""
        if conflict.current is None or conflict.at is None:
            return Phrase("keep.gone")
        who = {"who": name(conflict.by), "when": self._since(conflict.at)}
        if not editing:
            return Phrase("keep.changed_meanwhile", who)
        return Phrase("keep.conflict_retired" if conflict.current.retired else "keep.conflict", who)

    def _since(self, moment: datetime) -> Phrase:
        """How long ago, for what is fresh; else when."""
        minutes = int((self._now() - moment).total_seconds() // 60)
        if 0 <= minutes < _HOUR:
            return Phrase("keep.minutes_ago", {"count": minutes}) if minutes else Phrase("keep.just_now")
        return Phrase("keep.at", {"at": self._local(moment)})

    def differences(self, before: Record, after: Record) -> list[Part]:
        """One line for each thing that is not what it was: the inputs of the form, then what forms do not show."""
        old, new, days = self._typed(before), self._typed(after), day_keys(self._base.kinds[after.kind])
        lines: list[tuple[Phrase | Text, Any, Any]] = [
            (one.label, *(_shown(one, side.get(one.key), one.key in days) for side in (old, new)))
            for one in self._inputs(after.kind)
            if old.get(one.key) != new.get(one.key)
        ]
        unseen = zip(_unseen(before), _unseen(after), strict=True)
        lines += [(label, was, now) for (label, was), (_, now) in unseen if was != now]
        return [
            Note(Phrase("history.change", {"label": label, "before": was, "after": now})) for label, was, now in lines
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
        actions = [
            Action("add_kind", kind.labels, f"{name} {draft}".strip()) for name, kind in self._base.kinds.items()
        ]
        return Message((Say(Phrase("keep.which_kind")), Actions(tuple(actions))))

    def saved(self, change: Change, undo: str = "undo") -> Message:
        """What was done, with the button that takes it back."""
        said = Say(Phrase(f"keep.done_{change.verb}", {"title": change.after.titles, "id": change.record_id}))
        return Message((said, Actions((Action(undo, Phrase("keep.undo"), str(change.batch)),))))

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._zone)


def _unseen(record: Record) -> list[tuple[Phrase, Any]]:
    """What a fact holds and its form does not show: a label and what people read of it."""
    seen, nothing = record.source, Phrase("history.nothing")
    verified = Phrase("card.verified", {"date": seen.verified_on, "by": Member(seen.verified_by)})
    others = [Link(source.title, source.url) for source in record.other_sources]
    return [
        (Phrase("fact.reminders"), ", ".join(record.reminders) or nothing),
        (Phrase("fact.other_sources"), others or nothing),
        (Phrase("fact.programme"), record.programme),
        (Phrase("fact.verified"), verified if seen.verified_on else nothing),
    ]


def _who(change: Change, name: Names) -> str | Phrase:
    who = name(change.by)
    return Phrase("history.command_line", {"name": who}) if change.by_command_line else who


def _shown(one: Input, value: str | list[str] | None, is_day: bool) -> Any:
    """What is in an input, as people read it."""
    if not value:
        return Phrase("history.nothing")
    if is_day and isinstance(value, str):
        return Day.parse(value)
    if one.widget in ("choice", "choices", "ticks", "channels"):
        unknown = Channel if one.widget == "channels" else str
        names = [one.options.get(name) or unknown(name) for name in chosen(value)]
        return [*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])]
    text = ", ".join(value) if isinstance(value, list) else value.replace("\n", ", ")
    return Member(text) if one.widget == "user" else text if len(text) <= 200 else f"{text[:199]}…"
