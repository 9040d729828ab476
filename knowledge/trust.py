"""How far a fact can be trusted today: verified, to be verified again, or past its validity. Pure.

A fact is verified from the day on which a person confirmed it, or on which its source was read, for as long as its kind
says (`review`, in days).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from hashlib import blake2b
from typing import Final, Literal

from knowledge.dates import Day
from knowledge.kinds import Kind
from knowledge.messages import Member, Phrase, Text
from knowledge.records import FORMER_MEMBER, Record

ReviewState = Literal["verified", "due", "past"]
MOST: Final = 5
"""Facts that one person is asked to look at in a week."""
_MISLEADING: Final = 2.0
_OVER: Final = 0.25
_LIVE: Final = frozenset(("planned", "upcoming", "open", "ongoing", "in_progress", "active", "in_force"))
"""Statuses that a last day behind us contradicts."""


def confirmed(record: Record) -> Day | None:
    """The last day on which somebody confirmed the fact or read its source."""
    days = [day for day in (record.source.verified_on, record.source.accessed) if day is not None]
    return max(days, key=lambda day: day.last, default=None)


def last_day(record: Record, kind: Kind) -> Day | None:
    """The day after which the fact no longer holds."""
    names = (kind.until, kind.open[1] if kind.open else "", "ends")
    return next((day for name in names if isinstance(day := record.values.get(name), Day)), None)


def review_state(record: Record, kind: Kind, today: date) -> ReviewState:
    """Past: its last day is over, its status says otherwise, and nobody has confirmed that since. Due: nobody has looked at it
    for the interval of its kind."""
    end, seen = last_day(record, kind), record.source.verified_on
    if end is not None and end.last < today and record.status in _LIVE and not (seen and end.last < seen.last):
        return "past"
    return "due" if staleness(record, kind, today) > 1 else "verified"


def staleness(record: Record, kind: Kind, today: date) -> float:
    """The days since it was confirmed in intervals of its kind: above 1 it wants a look; 0 where the kind wants none."""
    if not kind.review:
        return 0.0
    seen = confirmed(record)
    return (today - seen.first).days / kind.review if seen is not None else float(kind.review)


def remarks(record: Record, kind: Kind, today: date) -> tuple[Phrase, ...]:
    """What the card of a fact says of its age, and who looks after it."""
    source, state = record.source, review_state(record, kind, today)
    said: list[Phrase] = []
    if state == "past":
        said.append(Phrase("card.past", {"date": last_day(record, kind), "status": status_words(record, kind)}))
    elif state == "due":
        said.append(Phrase("card.due", {"date": confirmed(record)}) if confirmed(record) else Phrase("card.never"))
    elif source.verified_on is not None and source.verified_by:
        by = Phrase("card.former_member") if source.verified_by == FORMER_MEMBER else Member(source.verified_by)
        said.append(Phrase("card.verified", {"date": source.verified_on, "by": by}))
    owner = (Phrase("card.owner", {"who": Member(record.owner)}),) if record.owner else ()
    return (*said, *(Phrase(f"card.stale.{lang}") for lang in record.stale), *owner)


def status_words(record: Record, kind: Kind) -> Text:
    """The status as people say it."""
    field = kind.field("status")
    return (field.choices.get(record.status) if field else None) or {}


def wanting(
    records: Iterable[Record], kinds: Mapping[str, Kind], asked: Mapping[str, int], today: date
) -> list[Record]:
    """The facts that want a look, first those asked most (`asked`, by id), stalest, and of most consequence: what says that it
    goes on and is over misleads people, what says itself that it is over hardly changes any more."""
    found: list[tuple[float, Record]] = []
    for record in records:
        kind = kinds.get(record.kind)
        state = review_state(record, kind, today) if kind is not None else "verified"
        if kind is None or record.retired or state == "verified":
            continue
        end = last_day(record, kind)
        weight = _MISLEADING if state == "past" else _OVER if end is not None and end.last < today else 1.0
        found.append((weight * (1 + asked.get(record.id, 0)) * max(1.0, staleness(record, kind, today)), record))
    return [record for _, record in sorted(found, key=lambda pair: (-pair[0], pair[1].id))]


def dealt(
    ranked: Iterable[Record],
    people: Collection[str],
    today: date,
    deputies: Collection[str] = (),
    unsure: Collection[str] = (),
    most: int = MOST,
) -> dict[str, tuple[Record, ...]]:
    """By person, the facts (given first things first) that they are asked to look at this week, at most `most`; each fact goes
    to one person.

    Its owner is asked where they are one of `people`. In place of somebody who is not, or of nobody, one of the `deputies`
    is (of the people, where no deputy is among them): another one each week, the same one all week. While it is not known
    whether the owner is still one of them (`unsure`), nobody else is asked.
    """
    given: dict[str, list[Record]] = {}
    standing_in = [person for person in deputies if person in people] or sorted(people)
    for record in ranked:
        if record.owner in unsure:
            continue
        chosen = [record.owner] if record.owner in people else _in_turn(record.id, standing_in, today)
        if free := next((person for person in chosen if len(given.get(person, ())) < most), None):
            given.setdefault(free, []).append(record)
    return {person: tuple(records) for person, records in given.items()}


def _in_turn(record_id: str, people: Iterable[str], today: date) -> list[str]:
    """The people in an order of this fact's own, which another fact that is looked at meanwhile does not change."""
    year, week, _ = today.isocalendar()
    return sorted(people, key=lambda person: blake2b(f"{year}-{week}:{record_id}:{person}".encode()).digest())
