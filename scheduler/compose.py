"""What a reminder says: from an occurrence and the facts of that moment to a message. Pure; the words are in the locales.

A message of None means that there is nothing to say any more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from knowledge.dates import Day
from knowledge.fields import Duration
from knowledge.kinds import FieldSpec, Kind
from knowledge.messages import Action, Actions, Channel, Message, Note, Part, Phrase, Say
from knowledge.records import Record
from knowledge.trust import last_day
from scheduler.acts import CLOSING
from scheduler.agenda import OVER
from scheduler.calendar import local_day
from scheduler.reports import mended, report
from scheduler.values import Act, Due, Entry
from scheduler.wording import happening, headline, hears, lateness, source, spec_of, terms

LATE_AFTER: Final = timedelta(minutes=15)
ACTS: Final = ("done", "tomorrow", "week", "date", "mine", "assign", "not_ours")
"""What the buttons under a reminder do."""
OWN_ACTS: Final = ("done", "tomorrow", "week", "date")
"""Those under a reminder that a person asked for."""
CATCH_UP_ACTS: Final = ("done", "mine")
"""Those under each line of what was not said in time: more would not leave room for the lines."""


@dataclass(frozen=True, slots=True)
class Words:
    """Chooses the words (`scheduler.ports.Composer`). `record` gives a fact by its id, retired ones too; `entry` an
    occurrence by its key; `name` how a person is called; `digest` what a digest tells, None where it has no news;
    `review` which facts a person is asked to look at, None where there are none."""

    record: Callable[[str], Record | None]
    kinds: Mapping[str, Kind]
    entry: Callable[[str], Entry | None] = lambda key: None
    name: Callable[[str], str] = lambda person: person
    digest: Callable[[Due, datetime], Message | None] = lambda due, now: None
    review: Callable[[str], Message | None] = lambda person: None

    def compose(self, due: Due, now: datetime) -> Message | None:
        match due.notice:
            case "digest":
                return self.digest(due, now)
            case "review":
                return self.review(due.channel)
            case "report":
                entries = [entry for key in due.subjects if (entry := self.entry(key))]
                return report(entries, partial(self._unsaid, due))
            case "outage":
                return mended(due)
            case "catch_up":
                return self._catch_up(due, now)
        record = self.record(due.record_id) if due.record_id else None
        if record is None:
            return None
        spec = spec_of(self.kinds, record, due.field)
        if due.notice == "moved" and hears(due, record):
            return moved(due, record, spec, self.name(due.by) if due.by else "")
        if due.notice == "personal" and (record.retired or not hears(due, record)):
            gone = (
                Phrase("reminder.retired", {"title": record.titles})
                if hears(due, record)
                else Phrase("reminder.unseen")
            )
            return Message((Say(gone, strong=True),))
        if record.retired:
            return None
        if not hears(due, record):
            return self._reserved(due, now)
        if due.notice == "assigned":
            return assigned(due, record, spec, self.name(due.by))
        kind, entry = self.kinds.get(record.kind), self.entry(due.key)
        end = last_day(record, kind) if kind else None
        return reminder(due, record, spec, now, end, self._state(due, entry))

    def _reserved(self, due: Due, now: datetime) -> Message | None:
        """To a channel that may not see the fact, only that something is due, and where those who may can see it."""
        if due.notice not in ("reminder", "follow_up", "escalation"):
            return None
        told = self.entry(due.subjects[0]) if due.subjects else None
        where = Phrase("reminder.reserved_in", {"channel": Channel(told.due.channel)}) if told else None
        lead = Say(headline(due, Phrase("reminder.reserved"), now), strong=True)
        return Message((lead, Note(where or Phrase("reminder.reserved_how"))))

    def _state(self, due: Due, entry: Entry | None) -> list[Phrase]:
        return state(due, entry.acts if entry else (), self.name)

    def _catch_up(self, due: Due, now: datetime) -> Message | None:
        """What could not be said in time, in one message: a line and a few buttons for each."""
        lines: list[Part] = []
        entries = [entry for key in due.subjects if (entry := self.entry(key))]
        for entry in entries:
            one, record = entry.due, self.record(entry.due.record_id)
            if record is None or record.retired:
                continue
            heard = hears(one, record)
            what = self._happening(one, record, now) if heard else Phrase("reminder.reserved")
            line = headline(one, what, now)
            late = Phrase("catch_up.line", {"what": line, "late": lateness(now - one.at)})
            lines.append(Say(late if now - one.at > LATE_AFTER else line))
            lines += map(Note, self._state(one, entry))
            lines += [buttons(one, CATCH_UP_ACTS)] if heard else []
        if not lines:
            return None
        count = sum(isinstance(line, Say) for line in lines)
        repeat = [Note(Phrase("reminder.may_repeat"))] if due.may_repeat else []
        lead = "catch_up.belated" if all(entry.due.belated for entry in entries) else "catch_up.lead"
        return Message((Say(Phrase(lead, {"count": count}), strong=True), *repeat, *lines))

    def _happening(self, due: Due, record: Record, now: datetime | None = None) -> Phrase:
        return happening(due, record, spec_of(self.kinds, record, due.field), now)

    def _unsaid(self, report: Due, unsaid: Due) -> Phrase | None:
        """What would have been said, as far as the readers of the report may see it; None where it is about no fact."""
        record = self.record(unsaid.record_id) if unsaid.record_id else None
        if record is None:
            return None
        return self._happening(unsaid, record) if hears(report, record) else Phrase("report.reserved")


def reminder(
    due: Due,
    record: Record,
    spec: FieldSpec | None,
    now: datetime,
    end: Day | None = None,
    stands: Sequence[Phrase] = (),
) -> Message | None:
    """One date to come (or just past, for a follow-up), how long is left, late or not, how it `stands`, and what can be done
    about it. `end` is the last day of the fact."""
    if record.status in OVER and due.notice != "follow_up":
        return None
    what = happening(due, record, spec, now)
    parts: list[Part] = [Say(headline(due, what, now), strong=True)]
    if any(record.summaries.values()):
        parts.append(Say(Phrase("reminder.summary", {"text": record.summaries})))
    if isinstance(record.values.get(due.field), Duration):
        parts.append(Note(terms(record, end)))
    parts.append(Note(source(record)))
    if due.vague:
        parts.append(Note(Phrase(f"reminder.{due.deadline.grain}_only" if due.deadline else "reminder.month_only")))
    if now - due.at > LATE_AFTER:
        parts.append(Note(Phrase("reminder.late", {"late": lateness(now - due.at)})))
    if due.belated:
        parts.append(Note(Phrase("reminder.belated")))
    if due.may_repeat:
        parts.append(Note(Phrase("reminder.may_repeat")))
    parts += map(Note, stands)
    parts.append(buttons(due))
    return Message(tuple(parts))


def state(due: Due, acts: Sequence[Act], name: Callable[[str], str]) -> list[Phrase]:
    """What people did about this message and still holds: whose matter it is, until when it was put off, or that it is over."""
    if acts and acts[-1].verb in CLOSING:
        return [_deed(due, acts[-1], name)]
    snoozed = next((act for act in reversed(acts) if act.verb != "assign"), None)
    given = next((act for act in reversed(acts) if act.verb == "assign" and act.assignee), None)
    found = [_deed(due, act, name) for act in (given, snoozed) if act is not None and act.verb not in CLOSING]
    if given is None and due.assignee:
        found.insert(0, Phrase("reminder.whose", {"name": name(due.assignee)}))
    return found


def _deed(due: Due, done: Act, name: Callable[[str], str]) -> Phrase:
    args = {"name": name(done.by), "day": Day.of(local_day(done.at, due.zone))}
    if done.until is not None:
        args["until"] = Day.of(local_day(done.until, due.zone))
    if done.verb == "assign" and done.assignee != done.by:
        return Phrase("reminder.given", {**args, "whom": name(done.assignee)})
    return Phrase(f"reminder.acted_{done.verb}", args)


def assigned(due: Due, record: Record, spec: FieldSpec | None, by: str) -> Message:
    """What a person is told to whom somebody else gave a matter."""
    what = happening(due, record, spec)
    parts: list[Part] = [Say(Phrase("reminder.for_you", {"name": by, "what": what}), strong=True)]
    if any(record.summaries.values()):
        parts.append(Say(Phrase("reminder.summary", {"text": record.summaries})))
    parts += [Note(source(record)), Note(Phrase("reminder.from_now_on"))]
    return Message(tuple(parts))


def moved(due: Due, record: Record, spec: FieldSpec | None, by: str) -> Message:
    """A date that is no longer what was said: from when to when, and by whom."""
    label = spec.labels if spec else {"en": due.field}
    args = {"title": record.titles, "label": label, "was": due.was, "date": due.deadline, "by": by}
    if due.deadline is None and record.silent and record.values.get(due.field) is not None:
        return Message((Say(Phrase("reminder.silenced_by" if by else "reminder.silenced", args), strong=True),))
    if due.deadline is None or record.retired:
        return Message((Say(Phrase("reminder.withdrawn_by" if by else "reminder.withdrawn", args), strong=True),))
    return Message((Say(Phrase("reminder.moved_by" if by else "reminder.moved", args), strong=True),))


def buttons(due: Due, among: Sequence[str] = ACTS) -> Actions:
    """What people can do about it; each button carries the key of the occurrence."""
    acts = [act for act in among if due.notice != "personal" or act in OWN_ACTS]
    return Actions(tuple(Action(f"reminder_{act}", Phrase(f"remind.{act}"), due.key) for act in acts))
