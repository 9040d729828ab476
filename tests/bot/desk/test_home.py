"""The home page of a person, from plain values: what they may see, what is theirs, and whether all is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.desk.gaps import GapDesk
from bot.desk.home import DUE, HomeDesk
from bot.desk.own_reminders import OwnDesk
from bot.desk.reminding import RemindDesk
from bot.desk.reviewing import ReviewDesk
from bot.desk.values import Person
from knowledge.audience import Viewer
from knowledge.messages import Card, Channel, Listing, Message, Note, Phrase, Say
from knowledge.records import Record
from knowledge.storage.questions import MemoryQuestions
from scheduler.outbox import posted
from scheduler.ports import Closed
from scheduler.rules import DigestRule, Lead, Team
from scheduler.storage import MemoryOutbox
from scheduler.values import Due, Request
from tests.bot.desk.test_reminding import Facts
from tests.scheduler.test_compose import CALL

NOW = datetime(2026, 1, 26, 7, tzinfo=UTC)
MEMBER = Person("U1", "fr", Viewer())
KEEPER = Person("U2", "fr", Viewer(coordinator=True))


class Base(Facts):
    """Facts about which nobody has asked anything."""

    def gaps(self, questions: Any) -> tuple[()]:
        return ()

    def record(self, record_id: str) -> Record | None:
        return next((one for one in self.held if one.id == record_id), None)

    def card(self, record_id: str, today: date) -> Card:
        return Card(record_id, {}, {}, {})


def desk(*records: Record, now: datetime = NOW, digests: tuple[DigestRule, ...] = ()) -> HomeDesk:
    base: Any = Base(records)
    outbox = MemoryOutbox(lambda: 0)
    reminding = RemindDesk(base, lambda: now, (), digests, Team(), outbox)
    gaps = GapDesk(base, MemoryQuestions(), now.date, keeps_text=True)
    return HomeDesk(reminding, gaps, ReviewDesk(base, dict, now.date), OwnDesk(base, lambda: now, Team(), outbox))


def page(home: HomeDesk, person: Person = MEMBER, questions: tuple[str, ...] = ()) -> Message:
    return home.page(person, {}, questions)


def keys(message: Message) -> list[str]:
    return [part.phrase.key for part in message.parts if isinstance(part, Say | Note)]


def due(message: Message) -> Listing | None:
    return next((part for part in message.parts if isinstance(part, Listing)), None)


def test_what_is_due_comes_soonest_first_and_the_rest_is_counted() -> None:
    many = [replace(CALL, id=f"call-{number:02d}") for number in range(DUE + 5)]
    shown = due(page(desk(*many)))
    assert shown is not None
    assert ([item.record_id for item in shown.items][:2], len(shown.items), shown.total) == (
        ["call-00", "call-01"],
        DUE,
        DUE + 5,
    )
    assert "home.nothing_due" in keys(page(desk()))


def test_what_is_kept_to_a_channel_is_neither_shown_nor_counted() -> None:
    kept = replace(CALL, audience=("C1",))
    for person in (MEMBER, KEEPER):
        message = page(desk(kept), person)
        assert due(message) is None
        assert message.parts[-1] == Note(Phrase("home.not_looked_yet", {"count": 0}))
    ours = replace(CALL, audience=("coordinators",))
    assert (due(page(desk(ours), MEMBER)), due(page(desk(ours), KEEPER)) is not None) == (None, True)


def test_only_those_who_keep_facts_see_what_waits_for_them() -> None:
    old = replace(CALL, values={}, source=replace(CALL.source, accessed=None))
    assert {"gaps.none", "review.lead"} <= set(keys(page(desk(old), KEEPER)))
    assert not {"gaps.none", "review.lead", "review.fact"} & set(keys(page(desk(old), MEMBER)))


def test_reminders_are_ones_own() -> None:
    home = desk(CALL)
    assert home.reminding.outbox is not None
    home.reminding.outbox.add_request(Request("", "U1", "fr", NOW, CALL.id, lead=Lead(7)))
    assert "asked.line" in keys(page(home, MEMBER))
    assert "asked.line" not in keys(page(home, KEEPER))


@pytest.mark.parametrize(("late", "key"), [(timedelta(minutes=5), "home.well"), (timedelta(hours=1), "home.stuck")])
def test_its_last_line_says_whether_what_is_due_is_being_looked_at(late: timedelta, key: str) -> None:
    home = desk(CALL)
    assert home.reminding.outbox is not None
    home.reminding.outbox.plan((), (), NOW - late)
    assert keys(page(home))[-1] == key


def test_digests_have_their_heartbeat_and_none_no_heading() -> None:
    assert "home.digests" not in keys(page(desk(CALL)))
    assert "heartbeat.line_next" in keys(page(desk(CALL, digests=(DigestRule("letter", "C1", ("daily",)),))))
    many = tuple(DigestRule(f"letter-{number}", "C1", ("daily",)) for number in range(20))
    assert "home.more_digests" in keys(page(desk(CALL, digests=many)))


def test_what_waits_for_a_channel_is_told_to_coordinators_and_the_last_line_to_all() -> None:
    home = desk(CALL)
    outbox = home.reminding.outbox
    assert outbox is not None
    dues = [Due(f"k{number}", "reminder", "calls", NOW, "C9", "fr", "Europe/Paris") for number in (1, 2)]
    outbox.plan(dues, (), NOW)
    for entry in outbox.waiting():
        (taken,) = outbox.claim([entry.due.key], NOW, NOW, 0)
        outbox.settle([posted(taken, Closed("is_archived"), NOW)])
    told = page(home, KEEPER)
    (line,) = [part.phrase for part in told.parts if isinstance(part, Say) and part.phrase.key == "home.closed"]
    assert (line.args["count"], line.args["channel"]) == (2, Channel("C9"))
    assert "home.closed" not in keys(page(home, MEMBER))
    assert keys(told)[-1] == keys(page(home, MEMBER))[-1] == "home.held"
