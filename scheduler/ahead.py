"""Everything that is to be said: what facts and rules bring about, after what people asked for and what they did. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from scheduler.acts import Matter, Standing, again, assignments, escalations, heeded, standings
from scheduler.plan import Agenda, digests, due, personal
from scheduler.rules import DigestRule, ReminderRule, Team
from scheduler.values import Due, Entry, Request


def ahead(
    agenda: Agenda,
    rules: Sequence[ReminderRule],
    digest_rules: Sequence[DigestRule],
    team: Team,
    requests: Sequence[Request],
    sent: Iterable[Entry],
    window: tuple[datetime, datetime],
    now: datetime,
    unless_done: datetime | None = None,
) -> list[Due]:
    """What comes due after the start of the window and not after its end. `sent` holds posts, oldest first. What people put
    off comes at whatever moment they chose; what becomes of reminders that nobody heeds, as far as `unless_done` (now, where
    it is None)."""
    known = still_true(standings(sent), agenda, requests)
    return [
        *heeded(due(agenda, rules, *window, team), known),
        *heeded(personal(agenda, requests, *window, team), known),
        *digests(digest_rules, *window),
        *again(known),
        *assignments(known, now),
        *escalations(known, rules, team, now, unless_done),
    ]


def still_true(known: Mapping[Matter, Standing], agenda: Agenda, requests: Sequence[Request]) -> dict[Matter, Standing]:
    """The matters of which the facts still say what was posted; those of people alone as long as they want them."""
    wanted = {request.id for request in requests}

    def holds(said: Due) -> bool:
        if said.notice == "personal":
            return said.key.split(":")[1] in wanted
        return any((one.field, one.day) == (said.field, said.deadline) for one in agenda.of(said.record_id))

    return {one: standing for one, standing in known.items() if holds(standing.newest.due)}
