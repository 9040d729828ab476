"""Reminders that people ask for themselves, by the command, in a direct message and in a channel, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from knowledge.dates import Day
from knowledge.records import Write
from tests.journeys.running_bot import plain
from tests.journeys.stand_in import Call
from tests.journeys.test_reminders import Desk, desk, server  # noqa: F401 - the fixtures of a running bot


class Asker:
    """Somebody who asks for reminders."""

    def __init__(self, bot: Desk, user: str, locale: str) -> None:
        self.bot, self.user = bot, user
        bot.slack.locales[user] = locale

    def writes(self, text: str, **where: Any) -> Call:
        """What the bot says to a message of theirs, in a direct message or where they say."""
        method = "chat.postEphemeral" if where else "chat.postMessage"
        before = len(self.bot.slack.called(method))
        place = (
            {"type": "app_mention", **where} if where else {"type": "message", "channel": "D1", "channel_type": "im"}
        )
        self.bot.event(user=self.user, text=text, **place)
        said = self.bot.slack.wait_for(method, before + 1)
        self.bot.seen = len(self.bot.slack.called("chat.postMessage"))
        return said

    def presses(self, call: Call, name: str, place: int = 0) -> Call:
        """What they are told after a click on a button under a message."""
        before = len(self.bot.slack.called("respond"))
        self.bot.under("1.1", call.buttons(name)[place], self.user, "D1", ephemeral=True)
        return self.bot.slack.wait_for("respond", before + 1)

    def hears(self, moment: datetime) -> list[str]:
        """What reaches them alone when the clock shows this."""
        return [plain(call.text) for call in self.bot.at(moment) if call.params["channel"] == self.user]


@pytest.fixture
def paul(desk: Desk) -> Asker:  # noqa: F811
    return Asker(desk, "U0PAUL", "fr-FR")


@pytest.fixture
def ada(desk: Desk) -> Asker:  # noqa: F811
    return Asker(desk, "U0ADA", "en-GB")


def test_the_eve_of_a_closing_is_asked_for_in_a_direct_message_and_said_back_with_what_was_understood(
    paul: Asker,
) -> None:
    said = plain(paul.writes("Rappelle-moi la veille de la clôture de CARMEN2026 à 18 h").text)
    assert said == (
        "C'est noté. Je vous le dirai en message direct :\n"
        "lundi 9 février 2026 à 18 h 00 — Appel EP PerMed JTC2026 (CARMEN2026) ferme le 10 février 2026 à 14 h 00"
        " (CET, heure de Bruxelles), soit la même heure à Paris\n"
        "« /entente rappels » montre tous vos rappels."
    )
    assert paul.hears(datetime(2026, 2, 9, 16, 59, tzinfo=UTC)) == []
    (heard,) = paul.hears(datetime(2026, 2, 9, 17, 0, tzinfo=UTC))
    assert heard.startswith("Demain : Appel EP PerMed JTC2026 (CARMEN2026) ferme le 10 février 2026")


def test_in_a_channel_only_who_asked_sees_the_reply_and_chooses_among_facts_of_one_name(ada: Asker) -> None:
    asked = "<@UBOT> remind me a week before the JTC2026 full proposal"
    which = ada.writes(asked, channel="C1")
    assert which.params["user"] == "U0ADA"
    assert which.text == "Several records bear that name. Which one shall I tell you about?"
    titles = [button["text"]["text"] for button in which.buttons("remind_pick")]
    assert len(titles) == 2
    said = plain(ada.presses(which, "remind_pick", titles.index(next(one for one in titles if "CARMEN" in one))).text)
    assert said.startswith(
        "Noted. I shall tell you in a direct message:\nTuesday 2 June 2026 at 09:00 — EP PerMed JTC2026"
    )
    assert "9 June 2026" in said
    (heard,) = ada.hears(datetime(2026, 6, 2, 7, 0, tzinfo=UTC))
    assert heard.startswith("In 7 days: EP PerMed JTC2026 call (CARMEN2026)")


def test_a_free_date_is_said_back_with_its_weekday_and_what_comes_next_then(paul: Asker, ada: Asker) -> None:
    said = paul.bot.command("rappelle-moi CARMEN2026 le 3 mars à 9 h", "U0PAUL")
    assert "\nmardi 3 mars 2026 à 9 h 00 — Appel EP PerMed JTC2026 (CARMEN2026)" in said
    ada.bot.command("remind me about CARMEN2026 tomorrow at 9", "U0ADA")
    (heard,) = ada.hears(datetime(2026, 1, 30, 8, 0, tzinfo=UTC))
    assert heard.startswith("In 11 days: EP PerMed JTC2026 call (CARMEN2026) closes on 10 February 2026")
    (again,) = paul.hears(datetime(2026, 3, 3, 8, 0, tzinfo=UTC))
    assert again.startswith("Dans 98 jours : Appel EP PerMed JTC2026 (CARMEN2026)")


def test_a_fact_without_a_date_to_come_is_spoken_of_on_the_day_that_one_chose(paul: Asker) -> None:
    said = paul.bot.command("rappelle-moi CARMEN2026 dans trois ans", "U0PAUL")
    assert "29 janvier 2029 à 9 h 00 — Appel EP PerMed JTC2026 (CARMEN2026)\n" in said
    (heard,) = paul.hears(datetime(2029, 1, 29, 8, 0, tzinfo=UTC))
    assert heard.startswith(
        "Vous m'avez demandé de vous en parler aujourd'hui : Appel EP PerMed JTC2026 (CARMEN2026)\n"
    )


@pytest.mark.parametrize(
    ("user", "asked", "sentence"),
    [
        ("U0PAUL", "rappelle-moi CARMEN2026 hier", "mercredi 28 janvier 2026 à 9 h 00, c'est passé : à Paris, il est 8 h 55"),
        ("U0ADA", "remind me about CARMEN2026 today at 8", "Thursday 29 January 2026 at 08:00 has passed: in Paris it is 08:55"),
        ("U0PAUL", "rappelle-moi CARMEN2026 demain à 25:00", "Je ne lis pas l'heure « à 25:00 »"),
        ("U0ADA", "remind me about CARMEN2026 on 03/04/2027", "Is it 3 April 2027 or 4 March 2027? Write the month in letters."),
        ("U0PAUL", "rappelle-moi CARMEN2026 le 3 mars 2040", "samedi 3 mars 2040, c'est trop loin"),
        ("U0ADA", "remind me two weeks before the moon landing of 1969", "No record fits “moon landing of 1969”"),
        ("U0PAUL", "rappelle-moi ERDERA JTC2026 12 mois avant", "rien n'est noté"),
    ],
)  # fmt: skip
def test_what_cannot_be_noted_is_said_in_their_language_and_nothing_is_kept(
    paul: Asker, ada: Asker, user: str, asked: str, sentence: str
) -> None:
    assert sentence in paul.bot.command(asked, user)
    assert "aucun rappel" in paul.bot.command("rappels", "U0PAUL")
    assert "no reminder" in ada.bot.command("reminders", "U0ADA")


def test_reminders_are_listed_soonest_first_to_their_owner_and_taken_back_by_a_button(paul: Asker) -> None:
    paul.writes("rappelle-moi CARMEN2026 le 3 mars à 9 h")
    paul.writes("rappelle-moi la veille de la clôture d'ERDERA JTC2026")
    assert "déjà noté" in paul.writes("rappelle-moi la veille de la clôture d'ERDERA JTC2026").text
    listed = paul.bot.command("rappels", "U0PAUL").split("\n")
    assert [line.partition(" à ")[0] for line in listed] == ["mercredi 11 février 2026", "mardi 3 mars 2026"]
    assert plain(paul.writes("Quels sont mes rappels ?").text).split("\n") == listed
    kept = paul.writes("rappelle-moi CARMEN2026 demain")
    assert plain(paul.presses(kept, "reminder_cancel").text) == "Retiré : je ne vous le rappellerai pas."
    assert paul.presses(kept, "reminder_cancel").text == "Ce rappel n'existe plus."
    assert paul.hears(datetime(2026, 1, 30, 8, 0, tzinfo=UTC)) == []
    assert len(paul.bot.command("rappels", "U0PAUL").split("\n")) == 2


def test_who_asks_to_be_reminded_of_what_a_fact_says_gets_the_answer_and_how_to_ask_for_a_reminder(ada: Asker) -> None:
    said = plain(ada.writes("Remind me of the closing date of CARMEN2026").text)
    assert "10 February 2026" in said
    assert "If you wanted a reminder, say when: “remind me two weeks before CARMEN2026”" in said


def test_a_guest_may_do_as_they_please_with_a_reminder_of_their_own(paul: Asker) -> None:
    paul.bot.slack.profiles["U0PAUL"] = {"is_restricted": True}
    paul.writes("rappelle-moi CARMEN2026 demain")
    (said,) = [call for call in paul.bot.at(datetime(2026, 1, 30, 8, tzinfo=UTC)) if call.params["channel"] == "U0PAUL"]
    assert (
        plain(paul.bot.click(said, "reminder_week", "U0PAUL").text)
        == "Je vous le redirai le vendredi 6 février 2026 à 9 h 00."
    )
    assert len(paul.hears(datetime(2026, 2, 6, 8, tzinfo=UTC))) == 1


def test_a_fact_that_was_retired_or_restricted_since_is_said_to_be_so_on_the_day_that_one_chose(paul: Asker) -> None:
    for call in ("CARMEN2026", "ERDERA JTC2026"):
        paul.writes(f"rappelle-moi {call} demain")
    store, names = paul.bot.parts.store, ("appel-ep-permed-jtc2026", "appel-erdera-jtc2026")
    first, second = (paul.bot.parts.base.record(name) for name in names)
    assert first is not None and second is not None
    store.write([Write("retire", replace(first, retired=True), "U0MARIE", "", first.revision)], paul.bot.clock.now())
    hidden = replace(second, audience=("C1",))
    store.write([Write("amend", hidden, "U0MARIE", "", second.revision)], paul.bot.clock.now())
    told = paul.hears(datetime(2026, 1, 30, 8, tzinfo=UTC)) + paul.hears(datetime(2026, 1, 30, 8, 1, tzinfo=UTC))
    assert sorted(told) == [
        "Vous m'avez demandé de vous parler aujourd'hui d'une fiche qui n'est plus visible de tous : voyez avec les coordinateurs.",
        "Vous m'avez demandé de vous parler aujourd'hui de cette fiche, retirée depuis : Appel EP PerMed JTC2026 (CARMEN2026)",
    ]


def test_a_date_that_moves_after_one_was_reminded_of_it_is_told_to_them_and_reminded_of_again(paul: Asker) -> None:
    paul.writes("rappelle-moi ERDERA JTC2026 dix jours avant")
    assert len(paul.hears(datetime(2026, 2, 2, 8, tzinfo=UTC))) == 1
    paul.bot.move(Day(2026, 3, 12))
    (moved,) = paul.hears(datetime(2026, 2, 2, 9, tzinfo=UTC))
    assert moved.endswith("la date est déplacée du 12 février 2026 au 12 mars 2026, par Marie.")
    assert paul.hears(datetime(2026, 2, 2, 10, tzinfo=UTC)) == []
    (again,) = paul.hears(datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert again.startswith("Dans 10 jours : Appel ERDERA JTC2026 ferme le 12 mars 2026")


def test_a_date_that_comes_too_close_for_what_one_asked_for_is_told_to_them_at_once(paul: Asker) -> None:
    paul.writes("rappelle-moi une semaine avant la clôture d'ERDERA JTC2026")
    paul.bot.move(Day(2026, 2, 2))
    (moved,) = paul.hears(datetime(2026, 1, 29, 9, tzinfo=UTC))
    assert moved == (
        "Appel ERDERA JTC2026 (Clôture) : la date est déplacée du 12 février 2026 au 2 février 2026, par Marie."
    )
    assert "aucun rappel" in paul.bot.command("rappels", "U0PAUL")


def test_a_fact_that_is_retired_before_one_was_reminded_of_it_is_told_to_them_at_once(ada: Asker) -> None:
    ada.writes("remind me a week before ERDERA JTC2026 closes")
    record = ada.bot.parts.base.record("appel-erdera-jtc2026")
    assert record is not None
    gone = Write("retire", replace(record, retired=True), "U0MARIE", "", record.revision)
    ada.bot.parts.store.write([gone], ada.bot.clock.now())
    (told,) = ada.hears(datetime(2026, 1, 29, 9, tzinfo=UTC))
    assert told == (
        "ERDERA JTC2026 call (Closes): the date announced (12 February 2026) no longer holds; Marie took it out."
    )
