"""The home page of one person: what is due, their own reminders, and for those who keep facts what waits for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.desk.gaps import GapDesk
from bot.desk.own_reminders import OwnDesk
from bot.desk.reminding import RemindDesk
from bot.desk.reviewing import ReviewDesk
from bot.desk.values import Person
from knowledge.audience import visible
from knowledge.dates import Day
from knowledge.messages import Action, Actions, Channel, Listing, Message, Note, Part, Phrase, Say
from knowledge.records import Record
from scheduler.calendar import local_day, zone
from scheduler.digest import due_soon
from scheduler.heartbeat import line
from scheduler.reports import closed
from scheduler.wording import reason

DUE: Final = 15
REMINDERS: Final = 10
GAPS: Final = 3
DIGESTS: Final = 8
LATE: Final = timedelta(minutes=15)
"""After so long without a look at what is due, something is wrong with the sender."""


@dataclass(frozen=True, slots=True)
class HomeDesk:
    """Puts the page together from what the other desks tell."""

    reminding: RemindDesk
    gaps: GapDesk
    reviewing: ReviewDesk
    own: OwnDesk

    def page(self, person: Person, standing: Mapping[str, bool | None], questions: Sequence[str]) -> Message:
        """`standing` tells who keeps facts now, as in `ReviewDesk.batch`; `questions` are some to ask, in their language."""
        now = self.reminding.now()
        seen = [record for record in self.reminding.facts.records() if visible(record, person.viewer)]
        held = self._held(now)
        parts = [*self._due(seen, now), *self._reminders(person), *self._digests(now)]
        if person.viewer.coordinator:
            parts += [Say(one) for one in held]
            parts += self.gaps.listing(buttons=True, shown=GAPS).parts
            parts += self.reviewing.batch(person.id, person.viewer, standing).parts
        return Message((*parts, *self._ask(questions), Note(self._health(len(seen), now, bool(held)))))

    def _due(self, seen: Sequence[Record], now: datetime) -> list[Part]:
        today = local_day(now, self.reminding.team.zone)
        items = list(due_soon(seen, self.reminding.facts.kinds, today).values())
        if not items:
            return [Say(Phrase("home.nothing_due"), strong=True)]
        return [Say(Phrase("digest.due"), strong=True), Listing(tuple(items[:DUE]), len(items))]

    def _reminders(self, person: Person) -> list[Part]:
        parts = self.own.listing(person.id).parts
        shown: list[Part] = [Say(Phrase("home.reminders"), strong=True), *parts[: 2 * REMINDERS]]
        return [*shown, Note(Phrase("home.more_reminders"))] if len(parts) > 2 * REMINDERS else shown

    def _digests(self, now: datetime) -> list[Part]:
        """Without how much each has told: that may be of facts that this person may not see."""
        beats = self.reminding.heartbeats(now)
        if not beats:
            return []
        parts: list[Part] = [Say(Phrase("home.digests"), strong=True)]
        parts += [Say(line(beat, counted=False)) for beat in beats[:DIGESTS]]
        return [*parts, Note(Phrase("home.more_digests"))] if len(beats) > DIGESTS else parts

    def _ask(self, questions: Sequence[str]) -> list[Part]:
        if not questions:
            return []
        buttons = tuple(Action("prompt", {"fr": question}, question) for question in questions)
        return [Say(Phrase("home.ask"), strong=True), Actions(buttons)]

    def _held(self, now: datetime) -> list[Phrase]:
        """What waits for each channel that cannot be written to, and why."""
        waiting = self.reminding.outbox.waiting(now) if self.reminding.outbox else ()
        shut = {entry.due.channel: entry for entry in reversed(waiting) if closed(entry)}
        counts = Counter(entry.due.channel for entry in waiting)
        return [
            Phrase("home.closed", {"count": counts[place], "channel": Channel(place), "reason": reason(entry.error)})
            for place, entry in list(shut.items())[:DIGESTS]
        ]

    def _health(self, count: int, now: datetime, held: bool) -> Phrase:
        """Whether all is well, in a line: how many facts they may see, and when what is due was last looked at."""
        looked = self.reminding.outbox.planned_until() if self.reminding.outbox else None
        if looked is None:
            return Phrase("home.not_looked_yet", {"count": count})
        local = looked.astimezone(zone(self.reminding.team.zone))
        key = "home.stuck" if now - looked > LATE else "home.held" if held else "home.well"
        return Phrase(key, {"count": count, "day": Day.of(local.date()), "hour": local.time()})
