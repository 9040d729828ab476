"""What is due: a pure function of the facts, the rules and a window of time. Reads no clock and remembers nothing sent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from knowledge.dates import Day
from scheduler.agenda import Agenda, Deadline
from scheduler.calendar import instant, local_day
from scheduler.rules import DigestRule, Lead, ReminderRule, ReviewRule, Team
from scheduler.values import Due, Notice, Request, unnamed

VAGUE: Final = "start"
"""Stands for a lead time where a date is known to the month or the year only."""
_ONE_DAY: Final = timedelta(days=1)


def due(agenda: Agenda, rules: Sequence[ReminderRule], since: datetime, until: datetime, team: Team) -> list[Due]:
    """Every reminder whose moment lies after `since` and not after `until`, oldest first, each key once."""
    found: dict[str, Due] = {}
    said: set[tuple[str, str, Day, str, date]] = set()
    for rule in rules:
        for one, lead in _candidates(agenda, rule, since, until, team):
            if not fits(one, rule) or (one.over and not (lead and lead.after)):
                continue
            planned = occurrence(one, lead, rule, team)
            day = local_day(planned.at, rule.zone)
            same = (one.record_id, one.field, one.day, rule.channel, day)
            if since < planned.at <= until and same not in said:
                said.add(same)
                found.setdefault(planned.key, planned)
    return sorted(found.values(), key=lambda item: (item.at, item.key))


def spoken_for(agenda: Agenda, item: Due, rules: Sequence[ReminderRule], audience: Collection[str]) -> bool:
    """Whether some rule speaks of the same date in a channel of this audience."""
    dates = [one for one in agenda.of(item.record_id) if (one.field, one.day) == (item.field, item.deadline)]
    return any(rule.channel in audience and fits(one, rule) for rule in rules for one in dates)


def digests(rules: Sequence[DigestRule], since: datetime, until: datetime) -> list[Due]:
    """Every digest whose moment lies after `since` and not after `until`, oldest first."""
    found = []
    for rule in rules:
        for day, at in _moments(rule, since, until):
            key = f"digest:{rule.name}:{rule.channel}:{day}"
            found.append(Due(key, "digest", rule.name, at, rule.channel, rule.lang, rule.zone))
    return sorted(found, key=lambda item: (item.at, item.key))


def reviews(
    rule: ReviewRule | None, people: Callable[[], Iterable[str]], since: datetime, until: datetime
) -> list[Due]:
    """The weekly look at some facts of each of these people. Who they are is asked only where one falls into the window."""
    moments = list(_moments(rule, since, until)) if rule else []
    asked = sorted(set(people())) if moments else []
    return [
        Due(f"review:{unnamed(person)}:{day}", "review", "", at, person, "", rule.zone if rule else "")
        for day, at in moments
        for person in asked
    ]


def _moments(rule: DigestRule | ReviewRule, since: datetime, until: datetime) -> Iterator[tuple[date, datetime]]:
    """The days on which the rule falls and its moment on each, after `since` and not after `until`."""
    for day in _dates(since, until, rule.zone):
        at = instant(day, rule.hour, rule.zone)
        if rule.falls_on(day) and since < at <= until:
            yield day, at


def personal(agenda: Agenda, requests: Sequence[Request], since: datetime, until: datetime, team: Team) -> list[Due]:
    """What people asked to be told themselves. A lead whose day had passed when it was asked for gives nothing."""
    found = []
    for request in requests:
        fitting = [
            one
            for one in agenda.of(request.record_id)
            if (one.field == request.field or (not request.field and one.marked)) and not one.over
        ]
        if request.moment is not None:
            planned = [_at_moment(request, request.moment, fitting, team)]
        else:
            hour = time.fromisoformat(request.hour) if request.hour else team.hour
            rule = ReminderRule("", request.person, (), hour, team.zone, request.lang)
            planned = [occurrence(one, request.lead, rule, team, f"personal:{request.id}") for one in fitting]
        found += [item for item in planned if max(since, request.created) < item.at <= until]
    return sorted(found, key=lambda item: (item.at, item.key))


def _at_moment(request: Request, moment: datetime, fitting: Iterable[Deadline], team: Team) -> Due:
    """The occurrence of a moment that somebody chose, with the date of the fact that comes next then."""
    due = Due(
        f"personal:{request.id}", "personal", "", moment, request.person, request.lang, team.zone, request.record_id
    )
    today = local_day(moment, team.zone)
    one = min((one for one in fitting if one.day.last >= today), key=lambda one: one.day.first, default=None)
    if one is None:
        return due
    left = (one.day.first - today).days if one.day.grain == "day" else None
    return replace(due, field=one.field, deadline=one.day, closes=_closes(one), days_left=left)


def _candidates(
    agenda: Agenda, rule: ReminderRule, since: datetime, until: datetime, team: Team
) -> Iterator[tuple[Deadline, Lead | None]]:
    """Deadlines that some lead of the rule may bring into the window; a lead of None is the start of a month or year."""
    dates = [
        day
        for day in _dates(since, until, rule.zone)
        if any(since < instant(one, rule.hour, rule.zone) <= until for one in (day, day - _ONE_DAY))
    ]
    if not dates:
        return
    for day in dates:
        for one in agenda.starting(day):
            yield one, None
    for override in agenda.overrides():
        for lead in override if override is not None else rule.leads:
            for day in _targets(lead, dates, team.country):
                for one in agenda.on(day, override):
                    yield one, lead
            if lead.after:
                for day in dates:
                    yield from ((one, lead) for one in _lasting(agenda, override, day - timedelta(days=lead.days)))


def _lasting(agenda: Agenda, override: tuple[Lead, ...] | None, end: date) -> Iterator[Deadline]:
    """Those of several days (a month at most) whose last day this is."""
    for count in range(1, 31):
        yield from (one for one in agenda.on(end - timedelta(days=count), override) if one.end == end)


def _targets(lead: Lead, dates: Sequence[date], country: str) -> Iterator[date]:
    """The days of the deadlines that this lead speaks of on these dates."""
    if not lead.working:
        shift = timedelta(days=-lead.days if lead.after else lead.days)
        yield from (day + shift for day in dates)
        return
    wanted, day = set(dates), dates[0]
    # So many working days never take more than twice as many days, and two weeks of closing.
    while day <= dates[-1] + timedelta(days=2 * lead.days + 14):
        if lead.day(day, country) in wanted:
            yield day
        day += _ONE_DAY


def _dates(since: datetime, until: datetime, zone: str) -> Iterator[date]:
    """The local dates that the window touches, and the next one: a reminder may be given a day early."""
    day, last = local_day(since, zone), local_day(until, zone) + _ONE_DAY
    while day <= last:
        yield day
        day += _ONE_DAY


def fits(one: Deadline, rule: ReminderRule) -> bool:
    if rule.kinds and one.kind not in rule.kinds:
        return False
    if (one.field not in rule.fields) if rule.fields else not one.marked:
        return False
    return not (
        (rule.themes and one.themes.isdisjoint(rule.themes))
        or (rule.countries and one.countries.isdisjoint(rule.countries))
    )


def moment_of(one: Deadline, lead: Lead | None, rule: ReminderRule, team: Team) -> datetime:
    """When this lead speaks of the date. A reminder never comes at or after the hour of its deadline: it is given a day
    earlier."""
    follow_up = lead is not None and lead.after
    exact = lead if one.day.grain == "day" else None
    day = exact.day(one.end if follow_up else one.day.first, team.country) if exact else one.day.first
    closes, at = _closes(one), instant(day, rule.hour, rule.zone)
    if closes is not None and at >= closes and not follow_up:
        return instant(day - _ONE_DAY, rule.hour, rule.zone)
    return at


def occurrence(one: Deadline, lead: Lead | None, rule: ReminderRule, team: Team, prefix: str = "") -> Due:
    """What this lead brings about, at its moment."""
    follow_up = lead is not None and lead.after
    said = VAGUE if lead is None or one.day.grain != "day" else str(lead)
    closes, at = _closes(one), moment_of(one, lead, rule, team)
    left = (one.day.first - local_day(at, rule.zone)).days if one.day.grain == "day" else None
    notice: Notice = "personal" if prefix else "follow_up" if follow_up else "reminder"
    start = prefix or f"{notice}:{rule.channel}"
    key = f"{start}:{one.record_id}:{one.field}:{one.day}:{said}"
    return Due(
        key=key,
        notice=notice,
        rule=rule.name,
        at=at,
        channel=rule.channel,
        lang=rule.lang,
        zone=rule.zone,
        record_id=one.record_id,
        field=one.field,
        deadline=one.day,
        closes=closes,
        days_left=left,
        lead=said,
        mention=rule.mention,
    )


def _closes(one: Deadline) -> datetime | None:
    """The instant of a deadline whose hour is known."""
    return instant(one.day.last, one.hour.time, one.hour.zone) if one.hour and one.day.grain == "day" else None
