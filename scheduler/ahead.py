"""Everything that is to be said: what facts and rules bring about, after what people asked for and what they did. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

from knowledge.records import Change
from scheduler.acts import Matter, Standing, again, assignments, escalations, heeded, standings
from scheduler.agenda import Agenda, agenda_of
from scheduler.belated import Known, belated, unheard, was_known
from scheduler.plan import digests, due, personal, spoken_for
from scheduler.rules import DigestRule, ReminderRule, Team
from scheduler.values import Due, Entry, Request

REMEMBERED: Final = timedelta(days=400)
"""How long what was posted is looked at: a date may move, and people act, a year later."""
_NONE: Final[Known] = MappingProxyType({})
_EVER: Final = datetime.max.replace(tzinfo=UTC)


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
    dates: Known = _NONE,
) -> list[Due]:
    """What comes due after the start of the window and not after its end. `sent` holds posts, oldest first. What people put
    off comes at whatever moment they chose; what becomes of reminders that nobody heeds, as far as `unless_done` (now, where
    it is None). `dates` are those that came to be known of late, and since when."""
    entries = list(sent)
    known = still_true(standings(entries), agenda, requests)
    return coming(known, agenda, rules, digest_rules, team, requests, window, now, unless_done, dates, entries)


def coming(
    known: Mapping[Matter, Standing],
    agenda: Agenda,
    rules: Sequence[ReminderRule],
    digest_rules: Sequence[DigestRule],
    team: Team,
    requests: Sequence[Request],
    window: tuple[datetime, datetime],
    now: datetime,
    unless_done: datetime | None = None,
    dates: Known = _NONE,
    told: Iterable[Entry] = (),
) -> list[Due]:
    """The same where it is `known` already how far each matter has come; no channel is told out of turn what it was `told`."""
    in_turn = [item for item in due(agenda, rules, *window, team) if was_known(item, dates)]
    missed = belated(agenda, dates, rules, window, team)
    return [
        *heeded(within_earshot(in_turn, agenda, rules, team), known),
        *heeded(unheard(within_earshot(missed, agenda, rules, team), told), known),
        *heeded(personal(agenda, requests, *window, team), known),
        *digests(digest_rules, *window),
        *again(known),
        *assignments(known, now),
        *escalations(known, rules, team, now, unless_done),
    ]


def within_earshot(planned: Iterable[Due], agenda: Agenda, rules: Sequence[ReminderRule], team: Team) -> list[Due]:
    """What is planned, where its channel may hear it. What no channel says to those who may see the fact goes to the
    coordinators' channel, once, and is not escalated; it says no more there than that channel may hear."""
    found: dict[str, Due] = {}
    for item in planned:
        audience = agenda.audience(item.record_id)
        if not audience or item.channel in audience:
            found[item.key] = item
        elif team.channel and not spoken_for(agenda, item, rules, audience):
            key = f"reserved:{item.record_id}:{item.field}:{item.deadline}:{item.lead}"
            told = replace(item, key=key, rule="", mention=())
            found.setdefault(key, replace(told, channel=team.channel, lang=team.lang, zone=team.zone))
    return list(found.values())


def still_true(known: Mapping[Matter, Standing], agenda: Agenda, requests: Sequence[Request]) -> dict[Matter, Standing]:
    """The matters of which the facts still say what was posted; those of people alone as long as they want them."""
    wanted = {request.id for request in requests}

    def holds(said: Due) -> bool:
        if said.notice == "personal":
            return said.key.split(":")[1] in wanted
        return any((one.field, one.day) == (said.field, said.deadline) for one in agenda.of(said.record_id))

    return {one: standing for one, standing in known.items() if holds(standing.newest.due)}


def broken(
    agenda: Agenda,
    requests: Iterable[Request],
    sent: Iterable[Entry],
    history: Callable[[str], Sequence[Change]],
    last: datetime,
    team: Team,
) -> list[Entry]:
    """What people counted on when they asked to hear so long before a date, and what has not been and will not be said after the
    `last` plan: the date has come too close since, was taken out, or its fact was retired."""
    told = {(said.key.split(":")[1], said.field) for entry in sent if (said := entry.due).notice == "personal"}
    found = []
    for request in requests:
        later = (one for one in history(request.record_id) if one.at > request.created) if request.lead else ()
        changed = next(iter(later), None)
        if changed is None or changed.before is None:
            continue
        asked = agenda_of([changed.before], agenda.kinds)
        coming = {item.field for item in personal(agenda, [request], last, _EVER, team)}
        promised = personal(asked, [request], request.created, _EVER, team)
        found += [Entry(item) for item in promised if item.field not in coming and (request.id, item.field) not in told]
    return found
