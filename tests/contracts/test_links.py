"""What every keeper of the addresses of calendars promises, in memory and in the file of the facts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge.storage import open_store
from scheduler.ports import Links
from scheduler.storage import MemoryLinks, SqliteLinks
from scheduler.values import Scope
from tests.plain_codec import PLAIN

HERE = Scope("C1", theme="maladies-rares")


@pytest.fixture(params=["memory", "sqlite"])
def links(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Links]:
    if request.param == "memory":
        yield MemoryLinks()
        return
    store: Any = open_store(tmp_path / "base.db", PLAIN)
    yield SqliteLinks(store)
    store.close()


def test_a_calendar_has_one_address_in_each_language_and_keeps_it(links: Links) -> None:
    first = links.ensure(HERE, "fr", "one")
    assert links.ensure(HERE, "fr", "two") == first
    assert links.link(first.number) == first
    others = [links.ensure(scope, lang, "x") for scope, lang in ((HERE, "en"), (Scope("C1"), "fr"), (Scope(), "fr"))]
    assert len({first.number, *(one.number for one in others)}) == 4
    assert links.link(99) is None


def test_a_renewal_gives_other_tokens_to_every_language_of_that_calendar_alone(links: Links) -> None:
    mine, english, other = (
        links.ensure(HERE, "fr", "a"),
        links.ensure(HERE, "en", "b"),
        links.ensure(Scope(), "fr", "c"),
    )
    fresh = map("new{}".format, itertools.count(1))
    assert links.renew(HERE, lambda: next(fresh)) == 2
    now = [links.link(one.number) for one in (mine, english)]
    assert {one.token for one in now if one} == {"new1", "new2"}
    assert links.ensure(HERE, "fr", "z") == now[0]
    assert links.link(other.number) == other
    assert links.renew(Scope("C2"), lambda: "never") == 0


def test_addresses_outlive_the_process(tmp_path: Path) -> None:
    store: Any = open_store(tmp_path / "base.db", PLAIN)
    kept = SqliteLinks(store).ensure(HERE, "fr", "one")
    store.close()
    store = open_store(tmp_path / "base.db", PLAIN)
    assert SqliteLinks(store).ensure(HERE, "fr", "two") == kept
    store.close()
