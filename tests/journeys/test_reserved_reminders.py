"""Facts that only some may see: their deadlines do not pass unseen, and nobody else learns what they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from knowledge.records import Write
from tests.journeys.running_bot import plain
from tests.journeys.stand_in import Call
from tests.journeys.test_reminder_acts import Hand
from tests.journeys.test_reminders import (  # noqa: F401 - the fixtures of a running bot
    CALL,
    NINE_IN_MONTREAL,
    NINE_IN_PARIS,
    Desk,
    desk,
    server,
)


def keep_to(bot: Desk, *audience: str) -> None:
    record = bot.parts.base.record(CALL)
    assert record is not None
    bot.parts.store.write(
        [Write("amend", replace(record, audience=audience), "U0MARIE", "", record.revision)], bot.clock.now()
    )


def to_coordinators(calls: list[Call]) -> list[str]:
    return [plain(call.text) for call in calls if call.params["channel"] == "C0COORD"]


def test_where_nobody_acts_on_a_fact_of_one_channel_the_coordinators_hear_that_and_not_what_it_is(desk: Desk) -> None:  # noqa: F811
    keep_to(desk, "C0FR")
    (said,) = [call for call in desk.at(NINE_IN_PARIS) if "ERDERA JTC2026" in call.text]
    assert said.params["channel"] == "C0FR"
    desk.at(NINE_IN_MONTREAL)
    told = []
    for days in (2, 4):
        calls = desk.at(NINE_IN_PARIS + timedelta(days=days, minutes=5))
        told += to_coordinators(calls)
        elsewhere = [call for call in calls if call.params["channel"] != "C0FR"]
        assert "ERDERA" not in str([call.params for call in elsewhere])
    (line,) = told
    assert line == (
        "Personne n'a réagi à ce rappel : une échéance dont la fiche est réservée\n"
        "La fiche n'est visible que dans certains canaux : le rappel est dans <#C0FR>."
    )


def test_a_deadline_that_only_coordinators_may_see_is_announced_to_them_without_its_content(desk: Desk) -> None:  # noqa: F811
    keep_to(desk, "coordinators")
    calls = desk.at(NINE_IN_PARIS)
    assert to_coordinators(calls) == [
        "Dans 14 jours : une échéance dont la fiche est réservée\n"
        "« /entente échéances » la montre, en privé, à qui peut la voir."
    ]
    assert "ERDERA JTC2026" not in str([call.params for call in calls])


def test_who_is_given_a_matter_of_one_channel_is_called_there_and_learns_nothing_elsewhere(desk: Desk) -> None:  # noqa: F811
    keep_to(desk, "C0FR")
    (said,) = [call for call in desk.at(NINE_IN_PARIS) if "ERDERA JTC2026" in call.text]
    hand = Hand(desk, said)
    given = hand.agreed(hand.form("reminder_assign"), "U0ALI")
    assert (given.params["channel"], given.params["thread_ts"]) == ("C0FR", hand.ts)
    assert given.params["blocks"][0]["text"]["text"] == "<@U0ALI>"
    assert [call for call in desk.at(NINE_IN_PARIS + timedelta(minutes=1)) if call.params["channel"] == "U0ALI"] == []
