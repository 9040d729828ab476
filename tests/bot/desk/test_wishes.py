"""How people ask to be reminded, in both languages: of what, and when."""

from __future__ import annotations

from datetime import date, time
from time import process_time

import pytest

from bot.desk.wishes import Wish, asking, listing, read
from knowledge.dates import Day
from knowledge.messages import Phrase
from scheduler.rules import Lead

TODAY = date(2026, 11, 25)


def wish(about: str, lead: str = "", day: str = "", hour: str = "") -> Wish:
    return Wish(
        about,
        Lead.parse(lead) if lead else None,
        date.fromisoformat(day) if day else None,
        time.fromisoformat(hour) if hour else None,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("me two weeks before CARMEN2026", wish("CARMEN2026", "14d")),
        ("moi CARMEN2026 deux semaines avant", wish("CARMEN2026", "14d")),
        ("rappelle-moi la veille de la clôture de CARMEN2026", wish("clôture de CARMEN2026", "1d")),
        (
            "Rappelle-moi la veille de la clôture de CARMEN2026 à 18 h 30.",
            wish("clôture de CARMEN2026", "1d", hour="18:30"),
        ),
        ("remind me a week before the JTC2026 full proposal", wish("JTC2026 full proposal", "7d")),
        ("remind me the day before CARMEN2026 closes", wish("CARMEN2026 closes", "1d")),
        ("me on the day of the CARMEN2026 closing", wish("CARMEN2026 closing", "0d")),
        ("le jour même de la clôture de CARMEN2026", wish("clôture de CARMEN2026", "0d")),
        ("l'avant-veille de CARMEN2026", wish("CARMEN2026", "2d")),
        ("CARMEN2026 10 jours ouvrés avant", wish("CARMEN2026", "10wd")),
        ("five working days before CARMEN2026, please", wish("CARMEN2026", "5wd")),
        ("30j avant CARMEN2026", wish("CARMEN2026", "30d")),
        ("quinze jours avant l'atelier de Lyon", wish("atelier de Lyon", "15d")),
        ("a fortnight before CARMEN2026", wish("CARMEN2026", "14d")),
        ("un mois avant la fin de l'accord avec le Danemark", wish("fin de l'accord avec le Danemark", "30d")),
        ("CARMEN2026 le 3 mars", wish("CARMEN2026", day="2027-03-03")),
        ("CARMEN2026 le 3 mars à 9 h", wish("CARMEN2026", day="2027-03-03", hour="09:00")),
        ("about CARMEN2026 on 3 March at 14:30", wish("CARMEN2026", day="2027-03-03", hour="14:30")),
        ("me about CARMEN2026 tomorrow at 9", wish("CARMEN2026", day="2026-11-26", hour="09:00")),
        ("me tomorrow at 9 am about CARMEN2026", wish("CARMEN2026", day="2026-11-26", hour="09:00")),
        ("CARMEN2026 demain à 9 heures", wish("CARMEN2026", day="2026-11-26", hour="09:00")),
        ("dans deux semaines CARMEN2026", wish("CARMEN2026", day="2026-12-09")),
        ("CARMEN2026 in two weeks", wish("CARMEN2026", day="2026-12-09")),
        ("de CARMEN2026 lundi à midi", wish("CARMEN2026", day="2026-11-30", hour="12:00")),
        ("CARMEN2026 demain matin", wish("CARMEN2026", day="2026-11-26", hour="09:00")),
        ("CARMEN2026 tomorrow afternoon", wish("CARMEN2026", day="2026-11-26", hour="14:00")),
        ("CARMEN2026 ce soir", wish("CARMEN2026", day="2026-11-25", hour="18:00")),
        ("JTC 2026 next Friday at 4pm", wish("JTC 2026", day="2026-11-27", hour="16:00")),
        ("l'atelier du 3 mars 2027 demain", wish("atelier du 3 mars 2027", day="2026-11-26")),
        ("CARMEN2026 2027-03-03 09:00", wish("CARMEN2026", day="2027-03-03", hour="09:00")),
        (
            "Peux-tu me rappeler demain que CARMEN2026 ferme, s'il te plaît ?",
            wish("CARMEN2026 ferme", day="2026-11-26"),
        ),
        ("Could you please remind me of CARMEN2026 on Monday?", wish("CARMEN2026", day="2026-11-30")),
        ("CARMEN2026 hier", wish("CARMEN2026", day="2026-11-24")),
    ],
)
def test_what_and_when_are_read(text: str, expected: Wish) -> None:
    assert read(text, TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "me",
        "CARMEN2026",
        "two weeks before",
        "la veille",
        "demain à 9 h",
        "zero days before CARMEN2026",
        "500 weeks before CARMEN2026",
        "la date de clôture de CARMEN2026",
        "CARMEN2026 en mars",
        "quels appels ferment la semaine prochaine",
        "JTC 2026",
        "!!!",
    ],
)
def test_without_a_moment_or_a_fact_nothing_is_wished_for(text: str) -> None:
    assert read(text, TODAY) is None


def test_an_hour_that_does_not_exist_is_said() -> None:
    for text, hour in (("CARMEN2026 tomorrow at 25:00", "at 25:00"), ("la veille de CARMEN2026 à 9h75", "à 9h75")):
        assert read(text, TODAY) == Phrase("asked.no_hour", {"hour": hour})


@pytest.mark.parametrize(
    ("text", "said", "month", "days"),
    [
        ("me about CARMEN2026 on 31/02/2027 at 9", "31/02/2027", Day(2027, 2), 28),
        ("CARMEN2026 le 29 février 2027", "29 février 2027", Day(2027, 2), 28),
        ("CARMEN2026 le 31 avril", "31 avril", Day(2026, 4), 30),
    ],
)
def test_a_day_that_does_not_exist_is_said_with_one_that_does(text: str, said: str, month: Day, days: int) -> None:
    args = {"value": said, "month": month, "days": days, "last": Day.of(month.last)}
    assert read(text, TODAY) == Phrase("asked.no_such_day", args)
    assert read("l'appel du 31/02/2027 demain", TODAY) == wish("appel du 31/02/2027", day="2026-11-26")


def test_a_date_that_may_be_two_days_is_asked_about() -> None:
    either = {"first": Day(2027, 4, 3), "second": Day(2027, 3, 4)}
    assert read("CARMEN2026 le 03/04/2027", TODAY) == Phrase("fact.ambiguous_day", either)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Rappelle-moi CARMEN2026 demain", "fr"),
        ("bonjour, peux-tu me rappeler CARMEN2026 demain ?", "fr"),
        ("préviens-moi la veille de CARMEN2026", "fr"),
        ("Remind me two weeks before CARMEN2026", "en"),
        ("please can you remind me about CARMEN2026 tomorrow", "en"),
        ("Quand ferme CARMEN2026 ?", None),
        ("Who will remind me?", None),
    ],
)
def test_a_message_that_asks_for_a_reminder_is_told_from_a_question(text: str, lang: str | None) -> None:
    begun = asking(text)
    assert (begun[1] if begun else None) == lang


@pytest.mark.parametrize("piece", ["a", "day", "1 ", "veille ", "at 9 ", "rappelle-moi ", "3 mars ", "''", "before "])
def test_long_texts_are_read_in_good_time(piece: str) -> None:
    begun = process_time()
    read(piece * (50_000 // len(piece)), TODAY)
    asking("bonjour " * 5_000 + piece * 1_000)
    assert process_time() - begun < 0.5


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("mes rappels", "fr"),
        ("Quels sont mes rappels ?", "fr"),
        ("My reminders?", "en"),
        ("show me my reminders", "en"),
        ("What do my reminders say of CARMEN2026?", None),
        ("rappels", None),
    ],
)
def test_a_message_that_asks_for_one_s_own_reminders_is_told_from_a_question(text: str, lang: str | None) -> None:
    assert listing(text) == lang
