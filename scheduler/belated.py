"""What a rule would have said by now, had the date been known: a fact that was entered, or whose date was moved, after lead times
had passed. The last of them is said once, soon, with the days that are left. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from knowledge.dates import Day
from knowledge.kinds import Kind
from knowledge.records import Change, Record
from scheduler.agenda import Agenda, Deadline, deadlines
from scheduler.calendar import local_day, working_hour
from scheduler.moved import last_told
from scheduler.outbox import is_ahead
from scheduler.plan import fits, moment_of, occurrence
from scheduler.rules import Lead, ReminderRule, Team
from scheduler.values import Due, Entry

FRESH: Final = timedelta(days=10)
"""So long a date is looked at after it came to be known: no holidays make a channel wait longer for its next working hour."""
_A_DAY: Final = timedelta(days=1)
Dated = tuple[str, str, Day]
"""A date of a fact: the id of the fact, the field, the day."""
Known = Mapping[Dated, datetime]
"""Since when dates are known, of those that a lead time may have passed by then."""


def known_since(
    agenda: Agenda, rules: Sequence[ReminderRule], changes: Iterable[Change], began: datetime | None = None
) -> dict[Dated, datetime]:
    """Since when dates are known, by these changes, oldest first; those that stood when planning `began` since then."""
    reach = _reach([lead for rule in rules for lead in rule.leads])
    known: dict[Dated, datetime] = {}
    if began is not None:
        known = {_dated(one): began for one in _standing(agenda, began.date(), reach)}
        changes = (change for change in changes if change.at > began)
    return followed(known, changes, agenda.kinds, rules)


def followed(
    known: Known, changes: Iterable[Change], kinds: Mapping[str, Kind], rules: Sequence[ReminderRule]
) -> dict[Dated, datetime]:
    """The same after these changes, oldest first."""
    found, reach = dict(known), _reach([lead for rule in rules for lead in rule.leads])
    for change in changes:
        before, after = _dates(change.before, kinds), _dates(change.after, kinds)
        for gone in before.keys() - after.keys():
            found.pop(gone, None)
        for new in after.keys() - before.keys():
            if _is_close(after[new], change.at.date(), reach):
                found[new] = change.at
    return found


def belated(
    agenda: Agenda, known: Known, rules: Sequence[ReminderRule], window: tuple[datetime, datetime], team: Team
) -> list[Due]:
    """What is said out of turn after the start of the window and not after its end, oldest first."""
    since, until = window
    channels: dict[str, list[ReminderRule]] = {}
    for rule in rules:
        channels.setdefault(rule.channel, []).append(rule)
    # Many dates came to be known at the same moment, that of an import or of the first start: mostly all were said long ago.
    moments = {at for at in set(known.values()) if any(since < one <= until for one in _moments(at, rules, team))}
    found = []
    for (record_id, name, day), at in known.items():
        if at in moments:
            dates = (one for one in agenda.of(record_id) if (one.field, one.day) == (name, day) and not one.over)
            for one in dates:
                missed = (_missed(one, at, heard, team) for heard in channels.values())
                found += [item for item in missed if item is not None and since < item.at <= until]
    return sorted(found, key=lambda item: (item.at, item.key))


def _moments(known: datetime, rules: Iterable[ReminderRule], team: Team) -> Iterator[datetime]:
    """When these rules may speak out of turn of what came to be known then."""
    yield known
    yield from (working_hour(known, rule.hour, rule.zone, team.country) for rule in rules)


def was_known(item: Due, known: Known) -> bool:
    """Whether its date was known at its moment."""
    if item.notice != "reminder" or item.deadline is None:
        return True
    at = known.get((item.record_id, item.field, item.deadline))
    return at is None or item.at >= at


def unheard(items: Sequence[Due], sent: Iterable[Entry]) -> list[Due]:
    """Without what its channel was told last already, by a reminder or as the date moved. `sent` holds posts, oldest first."""
    told = last_told(sent) if items else {}

    def heard(item: Due) -> bool:
        last = told.get((item.record_id, item.field, item.channel))
        return last is not None and last.due.deadline == item.deadline

    return [item for item in items if not heard(item)]


def _missed(one: Deadline, known: datetime, rules: Sequence[ReminderRule], team: Team) -> Due | None:
    """The last lead time of these rules, those of one channel, that had passed when the date came to be known, at the next
    working hour; at once where the date would have passed by then. Nothing where the channel hears of the date again before half
    of the time that is left has gone by."""
    moments = [
        (moment_of(one, lead, rule, team), lead, rule)
        for rule in rules
        if fits(one, rule)
        for lead in (_ahead_of(one, rule) if one.day.grain == "day" else (None,))
    ]
    missed = [found for found in moments if found[0] < known]
    if not missed:
        return None
    _, lead, rule = max(missed, key=lambda found: found[0])
    item = replace(occurrence(one, lead, rule, team), belated=True)
    at = working_hour(known, rule.hour, rule.zone, team.country)
    at = at if is_ahead(item, at) else known
    today, following = local_day(at, rule.zone), min((found[0] for found in moments if found[0] >= known), default=None)
    if not is_ahead(item, at) or (following is not None and following <= at):
        return None
    if following is not None and 2 * (local_day(following, rule.zone) - today) < one.day.last - today:
        return None
    return replace(item, at=at, days_left=(one.day.first - today).days if one.day.grain == "day" else None)


def _ahead_of(one: Deadline, rule: ReminderRule) -> list[Lead]:
    return [lead for lead in (rule.leads if one.leads is None else one.leads) if not lead.after]


def _dates(record: Record | None, kinds: Mapping[str, Kind]) -> dict[Dated, Deadline]:
    kind = kinds.get(record.kind) if record else None
    if record is None or kind is None:
        return {}
    return {_dated(one): one for one in deadlines(record, kind) if not one.over}


def _dated(one: Deadline) -> Dated:
    return one.record_id, one.field, one.day


def _standing(agenda: Agenda, day: date, reach: timedelta) -> Iterator[Deadline]:
    """The dates of that day and after, as far as lead times reach, and those of its month or year."""
    reach = max([reach, *(_reach(leads) for leads in agenda.overrides() if leads)])
    for start in {day.replace(day=1), day.replace(month=1, day=1)}:
        yield from agenda.starting(start)
    for count in range(-1, reach.days + 2):
        for override in agenda.overrides():
            yield from agenda.on(day + count * _A_DAY, override)


def _is_close(one: Deadline, day: date, reach: timedelta) -> bool:
    """Whether it is ahead of that day, and no further than lead times reach."""
    reach = reach if one.leads is None else _reach(one.leads)
    return one.day.last >= day - _A_DAY and one.day.first <= day + reach + _A_DAY


def _reach(leads: Iterable[Lead]) -> timedelta:
    """How long before a date the first of these speaks of it, at most: so many working days never take more than twice as many
    days, and two weeks of closing."""
    return timedelta(days=max((2 * lead.days + 14 if lead.working else lead.days for lead in leads), default=0))
