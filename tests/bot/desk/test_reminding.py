"""The look ahead: only what the channel and the viewer may see, and what a rule asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.desk.reminding import RemindDesk
from knowledge.audience import ANYONE, Viewer
from knowledge.kinds import Kind
from knowledge.messages import Note, Phrase
from knowledge.records import Record
from scheduler.rules import DigestRule, Lead, ReminderRule
from tests.scheduler.test_compose import CALL, KINDS

NOW = datetime(2026, 1, 26, 7, tzinfo=UTC)
RULE = ReminderRule("calls", "C1", (Lead(14),))


@dataclass
class Facts:
    held: tuple[Record, ...]

    @property
    def kinds(self) -> dict[str, Kind]:
        return KINDS

    def records(self) -> Sequence[Record]:
        return self.held


def desk(*records: Record, digests: tuple[DigestRule, ...] = ()) -> RemindDesk:
    return RemindDesk(Facts(records), lambda: NOW, (RULE, replace(RULE, name="else", channel="C2")), digests)


def keys(found: Sequence[tuple[object, Record | None]]) -> list[str]:
    return [getattr(item, "channel", "") for item, _ in found]


def test_what_is_said_soon_comes_oldest_first_digests_too() -> None:
    found = desk(CALL, digests=(DigestRule("daily", "C3", ("daily",)),)).upcoming(NOW, 4)
    assert keys(found) == ["C3", "C3", "C3", "C3", "C1", "C2"]


def test_a_fact_kept_to_a_channel_is_said_and_shown_there_alone() -> None:
    kept = replace(CALL, audience=("C1",))
    assert keys(desk(kept).upcoming(NOW, 4)) == ["C1"]
    assert keys(desk(kept).upcoming(NOW, 4, ANYONE)) == []
    assert keys(desk(kept).upcoming(NOW, 4, Viewer("C1"))) == ["C1"]


def test_a_long_list_is_cut_and_says_how_much_is_left() -> None:
    message = desk(CALL, replace(CALL, id="b")).listing(NOW, 4, shown=1)
    assert len(message.parts) == 3
    assert message.parts[-1] == Note(Phrase("due.more", {"count": 3, "days": 4}))
