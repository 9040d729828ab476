"""Digests in their channels: each with its days, its hour, its language and its topics, out of the same events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge.dates import Day
from knowledge.fields import Progress, Quantity
from knowledge.records import Record, Source, Write
from tests.journeys.running_bot import plain
from tests.journeys.stand_in import Call, StandIn
from tests.journeys.test_reminders import Desk, server, working

__all__ = ["server"]

CONFIG = """
meaning: {encoder: none}
facts: [ours.yaml]
channels: {C0EN: {lang: en}}
digests:
- {name: tout, channel: C0FR, cadence: [lundi, jeudi], hour: "8:30"}
- {name: facts, channel: C0EN, cadence: daily, topics: [new, changed]}
- {name: targets, channel: C0MTL, cadence: monthly, hour: "9:00", zone: America/Montreal, lang: en, topics: [off_track]}
- {name: calls, channel: C0CALLS, cadence: friday, topics: [due, gaps], kinds: [call], lang: fr}
"""
FACTS = """
kind: call
facts:
- id: zephyr
  title: {fr: Appel Zéphyr, en: Zephyr call}
  closes: 2026-02-20
  source: {title: Letter, accessed: 2026-01-20}
"""
THURSDAY = datetime(2026, 1, 29, 7, 30, tzinfo=UTC)
"""Half past eight in Paris."""


@pytest.fixture
def desk(server: StandIn, tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "ours.yaml").write_text(FACTS, "utf-8")
    with working(server, tmp_path, CONFIG) as started:
        started.at(THURSDAY - timedelta(hours=1))
        yield started


def shown(call: Call) -> str:
    """All that stands in the message."""
    return plain(json.dumps(call.params["blocks"], ensure_ascii=False))


def week(desk: Desk, days: int = 8) -> dict[str, list[str]]:
    """What is posted in each channel in the coming days, with the moment of each: "Mon 08:30" in Paris."""
    found: dict[str, list[str]] = {}
    for step in range(days * 48):
        moment = THURSDAY + timedelta(minutes=30 * step)
        for call in desk.at(moment):
            local = moment + timedelta(hours=1)
            found.setdefault(str(call.params["channel"]), []).append(f"{local:%a %H:%M}")
    return found


def add(desk: Desk, record: Record, at: datetime) -> None:
    desk.parts.store.write([Write("add", record, "U0MARIE")], at)


def fact(name: str, title: str, **more: Any) -> Record:
    return Record(name, more.pop("kind", "call"), {"fr": title, "en": title}, {}, Source("Letter"), **more)


def test_each_channel_has_its_days_its_hour_its_language_and_its_topics(desk: Desk) -> None:
    target = Quantity(100, {"fr": "génomes", "en": "genomes"}, Day(2026, 1, 30), (Progress(Day(2026, 1, 15), 40),))
    add(desk, fact("mistral", "Mistral", values={"closes": Day(2026, 9, 1)}), THURSDAY - timedelta(hours=20))
    add(desk, fact("cible", "Cible", kind="target", values={"quantity": target}), THURSDAY - timedelta(hours=20))
    assert week(desk) == {
        # Thursday: what is new, and what is due soon. Monday: the target that was missed on Friday. Then nothing new.
        "C0FR": ["Thu 08:30", "Mon 08:30"],
        "C0EN": ["Thu 09:00"],
        "C0MTL": ["Sun 15:00"],
        "C0CALLS": ["Fri 09:00"],
    }
    everything, facts, targets, calls = (
        next(call for call in desk.slack.called("chat.postMessage") if call.params["channel"] == channel)
        for channel in ("C0FR", "C0EN", "C0MTL", "C0CALLS")
    )
    assert "Échéances des 30 prochains jours" in shown(everything) and "Nouvelles fiches" in shown(everything)
    assert "Clôture : 20 février 2026" in shown(everything)
    assert "New records" in shown(facts) and "Mistral" in shown(facts) and "Zephyr" not in shown(facts)
    assert "its date has passed (30 January 2026), reached to 40%" in shown(targets)
    assert "Appel Zéphyr" in shown(calls) and "Mistral" not in shown(calls)


def test_all_five_topics_read_well_in_both_languages(desk: Desk) -> None:
    zephyr = desk.parts.base.record("zephyr")
    assert zephyr is not None
    before = THURSDAY - timedelta(hours=20)
    points = (Progress(Day(2025, 1, 1), 10), Progress(Day(2026, 1, 1), 20))
    slow = Quantity(100, {"fr": "génomes", "en": "genomes"}, Day(2027, 1, 1), points)
    add(desk, fact("cible", "Cible", kind="target", values={"quantity": slow}), before)
    add(desk, fact("mistral", "Mistral"), before)
    desk.parts.store.write(
        [Write("amend", replace(zephyr, values={"closes": Day(2026, 2, 27)}), "U0MARIE", "", 1)], before
    )
    desk.clock.set(before)
    desk.command("demander Qui préside la commission des licornes ?")
    desk.clock.set(THURSDAY - timedelta(minutes=1))
    desk.slack.profiles["U0ANN"] = {"locale": "en-GB", "name": "ann"}
    previewed = desk.command("digest", "U0ANN")
    (sent,) = [call for call in desk.at(THURSDAY) if call.params["channel"] == "C0FR"]
    french = [
        "Échéances des 30 prochains jours",
        "• *Appel Zéphyr* — Clôture : 27 février 2026",
        "Nouvelles fiches",
        "• *Mistral*",
        "Fiches modifiées",
        "• *Appel Zéphyr* — Clôture : date déplacée du 20 février 2026 au 27 février 2026",
        "Cibles manquées ou en retard",
        "• *Cible* — 20 % au dernier point ; à ce rythme, 30 % d'ici au 1er janvier 2027",
        "Questions restées sans réponse",
        "« Qui préside la commission des licornes ? »",
        "Nouveautés depuis le 26 janvier 2026.",
    ]
    english = [
        "Digest “tout”, as it would be sent now:",
        "Deadlines of the next 30 days",
        "Zephyr call — Closes: 27 February 2026",
        "New records",
        "Mistral",
        "Changed records",
        "Zephyr call — Closes: moved from 20 February 2026 to 27 February 2026",
        "Targets missed or off track",
        "Cible — 20% at the last count; at this pace, 30% by 1 January 2027",
        "Questions without an answer",
        "“Qui préside la commission des licornes ?”",
        "New since 26 January 2026.",
    ]
    for told, lines in ((shown(sent), french), (previewed, english)):
        places = [told.find(line) for line in lines]
        assert -1 not in places and places == sorted(places), [line for line in lines if line not in told]


def test_a_preview_is_of_the_digests_of_the_channel_where_it_is_asked_for(desk: Desk) -> None:
    add(desk, fact("mistral", "Mistral"), THURSDAY - timedelta(hours=20))
    desk.clock.set(THURSDAY - timedelta(minutes=1))
    said = desk.command("résumé")
    assert "Résumé « tout », tel qu'il serait envoyé maintenant" in said and "facts" not in said
    desk.at(THURSDAY)
    assert "Résumé « tout » : rien de nouveau depuis le 29 janvier 2026, donc rien ne serait envoyé." in desk.command(
        "résumé"
    )
