"""What was said of a date and no longer holds. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from scheduler.agenda import Agenda
from scheduler.calendar import local_day
from scheduler.values import Due, Entry


def last_told(sent: Iterable[Entry]) -> dict[tuple[str, str, str], Entry]:
    """The newest of these posts, oldest first, about each field of a fact in each channel."""
    return {
        (entry.due.record_id, entry.due.field, entry.due.channel): entry
        for entry in sent
        if entry.due.notice in ("reminder", "moved", "personal")
    }


def corrections(agenda: Agenda, sent: Sequence[Entry], now: datetime) -> list[Due]:
    """What channels and people were last told about a deadline and no longer holds: one line each under what was posted there.

    `sent` holds posts, oldest first, after what people count on without having heard of it yet. A date that was taken out or
    whose fact was retired is announced without a new one (`deadline` None); one that has passed is left alone. So is what was said
    of a fact that wants no reminders any more; only who still counts on hearing of it is told.
    """
    found: dict[str, Due] = {}
    for (record_id, name, _), entry in last_told(sent).items():
        was = entry.due.deadline
        dates = [one for one in agenda.of(record_id) if one.field == name]
        silent = agenda.is_silent(record_id)
        if was is None or was in [one.day for one in dates] or (silent and entry.state == "sent"):
            continue
        current = [one.day for one in dates if not one.over]
        new = min(current, key=lambda day: abs(day.first - was.first), default=None)
        if max(was.last, (new or was).last) < local_day(now, entry.due.zone):
            continue
        thread = entry.due.thread or (entry.receipt.ts if entry.receipt else "")
        left = (new.first - local_day(now, entry.due.zone)).days if new and new.grain == "day" else None
        # Of all the dates of a fact that somebody counted on, one message tells that it is to be left alone.
        request = ":".join(entry.due.key.split(":")[:2])
        key = f"silenced:{request}" if silent else f"moved:{entry.due.mark}:{new or 'withdrawn'}"
        found[key] = replace(
            entry.due,
            key=key,
            notice="moved",
            at=now,
            deadline=new,
            was=was,
            closes=None,
            days_left=left,
            lead="",
            mention=(),
            thread=thread,
            belated=False,
        )
    return list(found.values())
