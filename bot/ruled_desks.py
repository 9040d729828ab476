"""The desks that go by rules of the settings: of reminders, digests, reviews and calendars."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from bot.config import Config
from bot.desk.calendars import CalendarDesk
from bot.desk.reminding import RemindDesk
from bot.rules import digest_rules, reminder_rules, review_rule, team
from knowledge.base import KnowledgeBase, Organisers
from knowledge.messages import Phrase
from knowledge.ports import Clock, Store
from knowledge.records import Change
from scheduler.agenda import Agenda
from scheduler.belated import Known
from scheduler.ports import Links, Outbox
from scheduler.values import Entry


def calendar_desk(
    config: Config,
    store: Store,
    organised: Organisers,
    clock: Clock,
    say: Callable[[Phrase, str], str],
    token: Callable[[], str],
    kept: Links | None = None,
) -> CalendarDesk:
    """The calendars of dates and the addresses that `kept` holds, each with a `token` of its own. Not reached from outside:
    `CalendarDesk.served_at` says where it is."""
    settings, read = config.settings, (organised.kinds, organised.themes, organised.places)
    rules = (reminder_rules(settings), digest_rules(settings))
    return CalendarDesk(store, *read, clock.now, say, settings.name, *rules, kept, token)


def remind_desk(
    config: Config,
    base: KnowledgeBase,
    clock: Clock,
    kept: Outbox | None = None,
    changes: Callable[[], Sequence[Change]] = tuple,
    gaps: Callable[[], Sequence[tuple[datetime, str]]] = tuple,
    batches: Callable[[date], Mapping[str, int]] = lambda day: {},
    over: Callable[[str, int], Sequence[Entry]] = lambda prefix, most: (),
    posted: Callable[[datetime], Sequence[Entry]] = lambda since: (),
    dates: Callable[[Agenda, datetime], Known] = lambda agenda, now: {},
) -> RemindDesk:
    """What is due and what was said of it. `kept` is None where nothing is written; the rest tells what the digests speak of and
    what became of past dates, nothing where it is left out."""
    settings = config.settings
    rules = (reminder_rules(settings), digest_rules(settings), team(settings))
    return RemindDesk(base, clock.now, *rules, kept, changes, gaps, review_rule(settings), batches, over, posted, dates)
