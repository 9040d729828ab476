"""What reminders say of dates that are not simply a day, as two channels in two zones and two languages read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from knowledge.dates import Day
from knowledge.fields import Hour
from knowledge.records import Write
from tests.journeys.running_bot import plain
from tests.journeys.test_reminders import CALL, Desk, about, desk, server  # noqa: F401 - fixtures


def add(bot: Desk, name: str, **values: Any) -> None:
    """A call of that name with these dates."""
    like = bot.parts.base.record(CALL)
    assert like is not None
    record = replace(
        like,
        id=name.lower(),
        titles={"fr": f"Appel {name}", "en": f"{name} call"},
        values=values,
        aliases=(),
        status="",
    )
    bot.parts.store.write([Write("add", record, "U0MARIE", "")], bot.clock.now())


def heard(bot: Desk, moment: datetime, word: str) -> dict[str, str]:
    """What each channel reads at that moment: the whole message, source left out."""
    found = {}
    for call in about(bot.at(moment), word):
        lines = plain(call.text).split("\n")
        if call.params["channel"] != "C0COORD":
            kept = [line for line in lines[:1] + lines[2:] if not line.startswith("Source")]
            found[call.params["channel"]] = "\n".join(kept)
    return found


def test_anywhere_on_earth_is_shown_with_the_day_and_the_hour_of_each_channel(desk: Desk) -> None:  # noqa: F811
    earth = Hour(time(23, 59), "23:59 AoE", "Etc/GMT+12")
    add(desk, "TERRE", closes=Day(2026, 3, 21), deadline_time=earth)
    assert heard(desk, datetime(2026, 3, 7, 8, tzinfo=UTC), "TERRE")["C0FR"] == (
        "Dans 14 jours : Appel TERRE ferme le 21 mars 2026 à 23 h 59 (AoE), soit le 22 mars 2026 à 12 h 59 à Paris"
    )
    assert heard(desk, datetime(2026, 3, 7, 14, tzinfo=UTC), "TERRE")["C0EN"] == (
        "In 14 days: TERRE call closes on 21 March 2026 at 23:59 AoE, that is on 22 March 2026 at 07:59 in Montreal"
    )


def test_a_month_is_reminded_of_at_its_start_alone_and_the_message_says_that_the_day_is_not_known(
    desk: Desk,  # noqa: F811
) -> None:
    add(desk, "MARS", closes=Day(2026, 3))
    for before in (datetime(2026, 2, 15, 15, tzinfo=UTC), datetime(2026, 2, 22, 15, tzinfo=UTC)):
        assert heard(desk, before, "Appel MARS") == {}
    assert heard(desk, datetime(2026, 3, 1, 8, tzinfo=UTC), "Appel MARS")["C0FR"] == (
        "À prévoir : Appel MARS ferme en mars 2026\nSeul le mois est connu : le jour exact reste à vérifier."
    )
    assert heard(desk, datetime(2026, 3, 1, 14, tzinfo=UTC), "MARS call")["C0EN"] == (
        "Coming up: MARS call closes in March 2026\nOnly the month is known: the exact day has yet to be checked."
    )
    assert heard(desk, datetime(2026, 3, 24, 15, tzinfo=UTC), "MARS") == {}


def test_an_hour_whose_zone_the_source_does_not_state_is_converted_under_that_condition(desk: Desk) -> None:  # noqa: F811
    add(desk, "FLOU", closes=Day(2026, 3, 21), deadline_time=Hour(time(17), "17:00", "Europe/Brussels"))
    assert heard(desk, datetime(2026, 3, 7, 8, tzinfo=UTC), "FLOU")["C0FR"] == (
        "Dans 14 jours : Appel FLOU ferme le 21 mars 2026 à 17 h 00 (fuseau horaire non précisé par la source), "
        "soit la même heure à Paris si c'est l'heure de Bruxelles"
    )
    assert heard(desk, datetime(2026, 3, 7, 14, tzinfo=UTC), "FLOU")["C0EN"] == (
        "In 14 days: FLOU call closes on 21 March 2026 at 17:00 (the source does not state the time zone), "
        "that is 12:00 in Montreal if it is Brussels time"
    )
