"""What the coordinators are told: what could not be said, why, and what to do about it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from knowledge.messages import Channel, Member, Message, Note, Part, Phrase, Say
from scheduler.outbox import OVER
from scheduler.values import Due, Entry
from scheduler.wording import reason

_LISTED: Final = 10


def report(entries: Sequence[Entry], about: Callable[[Due], Phrase | None]) -> Message | None:
    """One message about these. `about` tells what would have been said, None where it was about no fact."""
    lines = [_line(entry, about(entry.due)) for entry in entries]
    if not lines:
        return None
    parts: list[Part] = [Say(Phrase("report.lead", {"count": len(lines)}), strong=True)]
    parts += [Say(line) for line in lines[:_LISTED]]
    if len(lines) > _LISTED:
        parts.append(Note(Phrase("report.more", {"count": len(lines) - _LISTED})))
    return Message(tuple(parts))


def mended(due: Due) -> Message:
    """That nothing could be sent for a while, and why."""
    return Message((Say(Phrase("report.outage", {"date": due.deadline, "reason": reason(due.lead)})),))


def closed(entry: Entry) -> bool:
    """Whether it waits until somebody mends its channel."""
    return entry.closed_at is not None and entry.state not in OVER


def _line(entry: Entry, about: Phrase | None) -> Phrase:
    """A channel that is closed is told once for all that waits for it."""
    why = reason(entry.error)
    if entry.due.notice in ("personal", "review"):
        what = about or Phrase("report.review")
        return Phrase("report.to_a_person", {"what": what, "person": Member(entry.due.channel), "reason": why})
    args: dict[str, Any] = {"channel": Channel(entry.due.channel), "reason": why}
    if closed(entry):
        return Phrase("report.closed", args)
    return Phrase("report.line", args | {"what": about or Phrase("report.digest", {"rule": entry.due.rule})})
