"""Calendars at the desk: which topic is meant, what an address opens, and that a renewed one opens nothing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.calendars import PATH, CalendarDesk
from bot.i18n import Translator
from knowledge.countries import load_countries
from knowledge.records import Change, Record
from knowledge.vocabulary import load_vocabulary
from scheduler.storage import MemoryLinks
from scheduler.values import Scope
from tests.scheduler.test_compose import CALL, KINDS

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
KEPT = replace(CALL, id="appel-garde", titles={"fr": "Appel gardé"}, audience=("C1",))


@dataclass
class Facts:
    held: list[Record]
    history: list[Change] = field(default_factory=list)
    reads: int = 0

    def records(self) -> Sequence[Record]:
        self.reads += 1
        return self.held

    def changes(self, since: int = 0) -> Sequence[Change]:
        return [change for change in self.history if change.seq > since]

    def last_seq(self) -> int:
        return len(self.history)

    def amend(self, after: Record) -> None:
        before = next(one for one in self.held if one.id == after.id)
        self.held[self.held.index(before)] = after
        self.history.append(Change(len(self.history) + 1, after.id, NOW, "U1", "amend", before, after))


def desk(*records: Record) -> CalendarDesk:
    tokens = map("tokennumber{:020d}".format, itertools.count())
    return CalendarDesk(
        *(Facts(list(records)), KINDS, load_vocabulary()[0], load_countries(), lambda: NOW, Translator().say),
        links=MemoryLinks(),
        token=lambda: next(tokens),
        address="https://entente.example.org",
    )


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        ("", Scope("C1")),
        ("appels", Scope("C1", kind="call")),
        ("des appels à projets", Scope("C1", kind="call")),
        ("Calls", Scope("C1", kind="call")),
        ("ateliers", Scope("C1", kind="workshop")),
        ("rare diseases", Scope("C1", theme="maladies-rares")),
        ("sur les maladies rares", Scope("C1", theme="maladies-rares")),
        ("Suède", Scope("C1", country="SE")),
        ("d'Espagne", Scope("C1", country="ES")),
        ("for Sweden?", Scope("C1", country="SE")),
        ("licornes", None),
        ("<!channel>", None),
    ],
)
def test_a_topic_is_named_in_either_language(words: str, scope: Scope | None) -> None:
    assert desk().topic(words, "C1") == scope


def test_an_address_opens_its_calendar_and_the_same_is_given_again() -> None:
    one = desk(CALL, KEPT)
    address = one.link(Scope("C1"), "fr")
    assert address == one.link(Scope("C1"), "fr")
    assert address.startswith(f"https://entente.example.org{PATH}1-tokennumber")
    feed = one.opened(address.rpartition("/")[2])
    assert feed is not None and feed.events == 2
    other = one.opened(one.link(Scope(), "fr").rpartition("/")[2])
    assert other is not None and other.events == 1 and "gardé".encode() not in other.data


def test_every_other_address_opens_nothing() -> None:
    one = desk(CALL)
    name = one.link(Scope(), "fr").rpartition("/")[2]
    number, _, token = name.removesuffix(".ics").partition("-")
    for wrong in (
        *("", ".ics", number, f"{number}-.ics", f"{number}-{token}", f"{number}-{token}.ICS", f"2-{token}.ics"),
        *(f"{number}-{token[:-1]}.ics", f"{number}-{token}x.ics", f"0{number}-{token}.ics", f"-1-{token}.ics"),
        *(f"{number}-{'-' * 64}.ics", f"7-{'-' * 64}.ics", f"{number}-{token.upper()}.ics", f"{number}-é{token}.ics"),
        *(f"9999999999-{token}.ics", f"{number}-{token}.ics\n", f"{number}-{'a' * 5000}.ics"),
    ):
        assert one.opened(wrong) is None, wrong
    assert one.opened(name) is not None


def test_a_renewed_address_is_dead_in_every_language_and_another_opens() -> None:
    one = desk(CALL)
    old = [one.link(Scope("C1"), lang).rpartition("/")[2] for lang in ("fr", "en")]
    assert one.renew(Scope("C1")) == 2
    assert [one.opened(name) for name in old] == [None, None]
    assert one.opened(one.link(Scope("C1"), "fr").rpartition("/")[2]) is not None
    assert one.renew(Scope("C2")) == 0


def test_without_an_address_from_outside_or_a_base_that_is_written_there_is_none_to_give() -> None:
    assert desk(CALL).served_at("").link(Scope(), "fr") == ""
    assert replace(desk(CALL), links=None).link(Scope(), "fr") == ""
    assert replace(desk(CALL), links=None).opened("1-tokennumber00000000000000000000.ics") is None


def test_a_calendar_is_written_again_only_when_something_changed_or_a_day_has_passed() -> None:
    facts, moment = Facts([CALL]), [NOW]
    one = replace(desk(), facts=facts, now=lambda: moment[0])
    first = one.feed(Scope(), "fr")
    assert one.feed(Scope(), "fr") is first
    assert facts.reads == 1
    facts.amend(replace(CALL, titles={"fr": "Autre nom"}, revision=2))
    changed = one.feed(Scope(), "fr")
    assert (changed.etag != first.etag, changed.modified) == (True, NOW)
    moment[0] += timedelta(days=1)
    assert one.feed(Scope(), "fr") == changed
    assert facts.reads == 3


def test_a_calendar_is_called_after_its_topic_in_its_language() -> None:
    assert b"NAME:Entente \xc2\xb7 Rare diseases" in desk(CALL).feed(Scope(theme="maladies-rares"), "en").data
    assert "X-WR-CALNAME:Entente · appels".encode() in desk(CALL).feed(Scope(kind="call"), "fr").data
