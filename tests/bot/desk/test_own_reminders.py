"""What one asks to be reminded of: how much is kept, and what happens to it as facts change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from bot.desk.own_reminders import MOST_OPEN, OwnDesk
from bot.desk.wishes import Wish
from knowledge.dates import Day
from knowledge.messages import Message, Note, Phrase, Say
from knowledge.records import Record
from scheduler.rules import Lead
from scheduler.storage import MemoryOutbox
from tests.scheduler.test_compose import CALL, KINDS

NOW = datetime(2026, 1, 26, 7, tzinfo=UTC)


@dataclass
class Base:
    """Facts that are named by their ids alone."""

    held: dict[str, Record]
    kinds: Any = None

    def record(self, record_id: str) -> Record | None:
        return self.held.get(record_id)


def desk(record: Record = CALL) -> OwnDesk:
    return OwnDesk(cast("Any", Base({record.id: record}, KINDS)), lambda: NOW, outbox=MemoryOutbox(lambda: 0))


def keys(message: Message | None) -> list[str]:
    assert message is not None
    return [part.phrase.key for part in message.parts if isinstance(part, Say | Note)]


def said(message: Message | None) -> Phrase:
    assert message is not None
    part = message.parts[0]
    assert isinstance(part, Say)
    return part.phrase


def test_every_date_of_a_fact_is_said_back_where_none_is_named() -> None:
    two = replace(CALL, values={**CALL.values, "full_proposal_deadline": Day(2026, 6, 9)})
    assert keys(desk(two).keep(Wish(CALL.id, Lead(7)), "U1", "fr")) == [
        "asked.kept",
        "asked.line",
        "asked.line",
        "asked.how",
    ]


def test_a_date_known_to_the_month_is_said_to_be_so_when_it_is_asked_for() -> None:
    vague = replace(CALL, values={"closes": Day(2026, 3)})
    assert "asked.vague" in keys(desk(vague).keep(Wish(CALL.id, Lead(7)), "U1", "fr"))


def test_nobody_waits_for_more_than_so_many_reminders_and_those_of_others_do_not_count() -> None:
    one = desk()
    for days in range(MOST_OPEN):
        assert keys(one.keep(Wish(CALL.id, day=date(2026, 3, 1) + timedelta(days=days)), "U1", "fr"))[0] == "asked.kept"
    more = Wish(CALL.id, day=date(2026, 9, 1))
    assert said(one.keep(more, "U1", "fr")).key == "asked.too_many"
    assert keys(one.keep(more, "U2", "fr"))[0] == "asked.kept"


def test_the_same_wish_is_kept_once() -> None:
    one = desk()
    for expected in ("asked.kept", "asked.already"):
        assert said(one.keep(Wish(CALL.id, Lead(7), hour=time(18)), "U1", "fr")).key == expected
    assert said(one.keep(Wish(CALL.id, Lead(7)), "U1", "fr")).key == "asked.kept"


def test_a_base_that_is_only_read_says_so() -> None:
    assert said(replace(desk(), outbox=None).keep(Wish(CALL.id, Lead(7)), "U1", "fr")).key == "asked.off"


def test_what_is_over_is_listed_no_more() -> None:
    one = desk()
    one.keep(Wish(CALL.id, Lead(7)), "U1", "fr")
    assert keys(one.listing("U1")) == ["asked.line"]
    assert keys(replace(one, now=lambda: NOW + timedelta(days=60)).listing("U1")) == ["asked.none"]
