"""The look ahead: only what the channel and the viewer may see, and what a rule asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.desk.reminding import RemindDesk
from bot.desk.stretches import Stretch, days_ahead
from bot.terminal import render
from knowledge.audience import ANYONE, Viewer
from knowledge.dates import Day
from knowledge.kinds import Kind
from knowledge.messages import Note, Phrase
from knowledge.records import Record
from scheduler.rules import DigestRule, Lead, ReminderRule, Team
from scheduler.storage import MemoryOutbox
from scheduler.values import Act, Entry, Receipt, Request
from tests.scheduler.test_compose import CALL, KINDS, TRANSLATOR

NOW = datetime(2026, 1, 26, 7, tzinfo=UTC)
LATER = datetime(2026, 1, 30, 7, tzinfo=UTC)
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


def ahead(now: datetime, days: int) -> Stretch:
    return days_ahead(now, days, "Europe/Paris")


def seen(one: RemindDesk, viewer: Viewer | None = None, asker: str = "", lang: str = "en") -> list[str]:
    message = one.listing(one.now(), ahead(one.now(), 20), viewer, asker=asker)
    text = render(message, lang, TRANSLATOR, width=2000)
    return [line.replace("\u00a0", " ").replace("\u202f", " ") for line in text.split("\n\n")][1:]


def posted(one: RemindDesk, *acts: Act) -> RemindDesk:
    """The same look ahead, after the first reminder was posted and people did this about it."""
    first, _ = one.upcoming(NOW, 20)[0]
    entry = Entry(first, "sent", first_try=first.at, receipt=Receipt("C1", "1.5"), acts=acts)
    return replace(one, posted=lambda since: [entry], now=lambda: LATER)


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


def test_what_came_to_be_known_after_its_lead_time_is_shown_at_the_hour_when_it_is_said() -> None:
    late = replace(CALL, values={**CALL.values, "closes": Day(2026, 2, 2)})
    known = {(CALL.id, "closes", Day(2026, 2, 2)): NOW - timedelta(minutes=20)}
    one = replace(desk(late), dates=lambda agenda, now: known)
    assert [line[:61] for line in seen(one)] == [
        "Monday 26 January 2026 at 09:00, C1 — In 7 days: ERDERA JTC20",
        "Monday 26 January 2026 at 09:00, C2 — In 7 days: ERDERA JTC20",
    ]
    assert [item.belated for item, _ in one.upcoming(NOW, 20)] == [True, True]
    # Looking back from before it was known, nothing of it was to come.
    assert one.upcoming(NOW - timedelta(days=1), 1) == []


def test_a_long_list_is_cut_and_says_how_much_is_left() -> None:
    message = desk(CALL, replace(CALL, id="b")).listing(NOW, ahead(NOW, 4), shown=1)
    assert len(message.parts) == 3
    assert message.parts[-1] == Note(Phrase("due.more", {"count": 3, "days": 4}))


def test_what_people_have_settled_is_left_out_and_what_they_put_off_shows_at_its_new_time() -> None:
    one = RemindDesk(Facts((CALL,)), lambda: NOW, (replace(RULE, leads=(Lead(14), Lead(7))),))
    lead = "closes on 12 February 2026 at 14:00 CET (Brussels time), the same time in Paris"

    def left(*acts: Act) -> list[str]:
        desk = posted(one, *acts)
        return [f"{item.at:%d}" for item, _ in desk.upcoming(LATER, 20)]

    assert left() == ["05"]
    assert left(Act("done", "U2", LATER - timedelta(hours=1))) == []
    assert left(Act("not_ours", "U2", LATER - timedelta(hours=1))) == []
    until = datetime(2026, 2, 10, 8, tzinfo=UTC)
    assert left(Act("snooze", "U2", LATER - timedelta(hours=1), until=until)) == ["10"]
    assert left(Act("done", "U2", LATER + timedelta(hours=1))) == ["05"]
    given = Act("assign", "U2", LATER - timedelta(hours=1), assignee="U3")
    (line,) = seen(posted(one, given))
    assert line == f"Thursday 5 February 2026 at 09:00, C1 — In 7 days: ERDERA JTC2026 {lead} (for U3)"


def test_what_will_become_of_a_reminder_that_nobody_heeds_is_shown_as_such() -> None:
    rule = replace(RULE, escalate_after=timedelta(days=2), backup=("U7",))
    one = posted(RemindDesk(Facts((CALL,)), lambda: NOW, (rule,), team=Team(channel="CBOSS")))
    first, second = seen(one, lang="fr")
    assert first.startswith(
        "samedi 31 janvier 2026 à 9 h 00, C1 — Si personne ne réagit d'ici là : ERDERA JTC2026 ferme"
    )
    assert second.startswith("lundi 2 février 2026 à 9 h 00, CBOSS — Si personne ne réagit d'ici là : ")


def test_what_one_asked_for_is_shown_to_them_alone() -> None:
    box = MemoryOutbox(lambda: 0)
    box.add_request(Request("", "U3", "en", NOW - timedelta(days=1), CALL.id, "closes", Lead(3)))
    one = RemindDesk(Facts((CALL,)), lambda: NOW, outbox=box)
    (line,) = seen(one, ANYONE, "U3")
    assert line.startswith(
        "Monday 9 February 2026 at 09:00, to you, in a direct message — In 3 days: ERDERA JTC2026 closes"
    )
    assert [one.upcoming(NOW, 20, ANYONE, who) for who in ("U4", "")] == [[], []]
    assert one.upcoming(NOW, 20) == []


def test_an_hour_of_another_zone_says_where_it_counts() -> None:
    one = RemindDesk(Facts((CALL,)), lambda: NOW, (replace(RULE, zone="America/Montreal"),))
    assert seen(one)[0].startswith("Thursday 29 January 2026 at 09:00 (Montreal time), C1 — In 14 days: ")
    assert seen(one, lang="fr")[0].startswith("jeudi 29 janvier 2026 à 9 h 00 (heure de Montreal), C1 — Dans 14 jours")


def test_a_restricted_fact_is_told_in_full_to_a_coordinator_who_asks_and_not_to_the_terminal() -> None:
    kept = replace(CALL, audience=("coordinators",))
    one = RemindDesk(Facts((kept,)), lambda: NOW, (RULE,), team=Team(channel="CBOSS"))
    (line,) = seen(one, Viewer("C9", coordinator=True))
    assert line.startswith("Thursday 29 January 2026 at 09:00, CBOSS — In 14 days: ERDERA JTC2026 closes")
    assert seen(one) == ["Thursday 29 January 2026 at 09:00, CBOSS — In 14 days: a deadline whose fact is restricted"]
    assert one.upcoming(NOW, 20, ANYONE) == []


def test_a_short_list_names_each_digest_once_and_leaves_room_for_reminders() -> None:
    daily = DigestRule("daily", "C3", ("daily",))
    one = desk(CALL, digests=(daily, replace(daily, name="other", channel="C4")))
    whole, short = one.listing(NOW, ahead(NOW, 4)), one.listing(NOW, ahead(NOW, 4), shown=20)
    assert len(whole.parts) == 1 + 2 + 8
    assert len(short.parts) == 1 + 2 + 2 + 1
    assert short.parts[-1] == Note(Phrase("due.more", {"count": 6, "days": 4}))
