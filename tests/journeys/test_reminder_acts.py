"""The buttons and the small forms under a reminder, through the real app: what is said to all, what to one person alone, what
stands on the reminder, and what comes next."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import wiring
from bot.slack.client import SlackSettings
from bot.slack.socket import SocketRunner
from knowledge.dates import Day
from tests.journeys.conftest import SECRET, SocketLine
from tests.journeys.running_bot import plain
from tests.journeys.stand_in import Call, eventually
from tests.journeys.test_reminders import (  # noqa: F401 - the fixtures of a running bot
    NINE_IN_MONTREAL,
    NINE_IN_PARIS,
    Desk,
    about,
    desk,
    french,
    server,
)


class Hand:
    """Somebody at the screen, before a reminder that was posted."""

    def __init__(self, bot: Desk, call: Call, user: str = "U0MARIE") -> None:
        self.desk, self.call, self.user = bot, call, user
        self.channel = call.params["channel"]
        self.ts = next(one["ts"] for one in bot.slack.posted[self.channel] if one["text"] == call.text)

    def _sees(self, method: str, act: Any) -> Call:
        before = len(self.desk.slack.called(method))
        act()
        said = self.desk.slack.wait_for(method, before + 1)
        self.desk.seen = len(self.desk.slack.called("chat.postMessage"))
        return said

    def press(self, name: str, button: dict[str, Any] | None = None) -> None:
        self.desk.under(self.ts, button or self.call.buttons(name)[0], self.user, self.channel)

    def said_to_all(self, name: str) -> Call:
        return self._sees("chat.postMessage", lambda: self.press(name))

    def said_to_me(self, name: str) -> str:
        """What only this person is told after a click; nothing is posted."""
        before = len(self.desk.slack.called("chat.postMessage"))
        told = self._sees("chat.postEphemeral", lambda: self.press(name))
        assert told.params["user"] == self.user
        assert len(self.desk.slack.called("chat.postMessage")) == before
        return plain(told.text)

    def form(self, name: str) -> dict[str, Any]:
        view: dict[str, Any] = self._sees("views.open", lambda: self.press(name)).params["view"]
        return view

    def sends(self, view: dict[str, Any], chosen: str | None) -> dict[str, Any]:
        return self.desk.submit(view, {"line": chosen}, self.user)

    def refused(self, view: dict[str, Any], chosen: str | None) -> str:
        """The sentence under the input of a form that stays open."""
        answer = self.sends(view, chosen)
        assert answer["response_action"] == "errors", answer
        return plain(answer["errors"]["line"])

    def agreed(self, view: dict[str, Any], chosen: str) -> Call:
        """What is posted after a form was sent."""

        def send() -> None:
            assert self.sends(view, chosen) in ({}, {"response_action": ""})

        return self._sees("chat.postMessage", send)

    def shown(self, times: int = 1) -> str:
        """The reminder as it reads once it was brought up to date so many times."""
        now = self.desk.slack.wait_for("chat.update", times)
        assert (now.params["channel"], now.params["ts"]) == (self.channel, self.ts)
        return plain(str(now.params["blocks"]) + now.text)


@pytest.fixture
def marie(desk: Desk) -> Hand:  # noqa: F811
    (said,) = french(desk.at(NINE_IN_PARIS))
    return Hand(desk, said)


def days_later(desk: Desk, count: int) -> list[Call]:  # noqa: F811
    return french(desk.at(NINE_IN_PARIS + timedelta(days=count)))


def test_a_reminder_is_put_off_to_a_date_and_said_again_that_day(marie: Hand) -> None:
    view = marie.form("reminder_date")
    assert view["title"]["text"] == "Redire plus tard"
    assert plain(view["blocks"][0]["hint"]["text"]) == (
        "Du 30 janvier 2026 au 12 février 2026, à 9 h 00 ; ensuite, l'échéance est passée."
    )
    said = marie.agreed(view, "2026-02-10")
    assert said.params["thread_ts"] == marie.ts
    assert plain(said.text) == (
        "Marie demande que je le redise le mardi 10 février 2026 à 9 h 00. D'ici là, je n'en parle plus ici."
    )
    assert "À redire le mardi 10 février 2026 (Marie, le 29 janvier 2026)." in marie.shown()
    assert days_later(marie.desk, 7) == []
    assert days_later(marie.desk, 10) == []
    (again,) = days_later(marie.desk, 12)
    assert plain(again.text).startswith("Dans 2 jours : ")


def test_a_day_that_is_past_or_beyond_the_deadline_is_refused_in_the_form_and_nothing_is_kept(marie: Hand) -> None:
    view = marie.form("reminder_date")
    for day, sentence in (
        ("2026-01-28", "Le 28 janvier 2026 n'est pas à venir (nous sommes le 29 janvier 2026)"),
        ("2026-01-29", "Le 29 janvier 2026 n'est pas à venir"),
        ("2026-02-13", "L'échéance tombe le 12 février 2026 à 14 h 00"),
        (None, "Choisissez un jour."),
        ("soon", "Choisissez un jour."),
    ):
        assert sentence in marie.refused(view, day)
    assert len(days_later(marie.desk, 7)) == 1


def test_a_reminder_that_cannot_be_put_off_past_its_deadline_says_so_to_who_asked_in_their_language(
    desk: Desk,  # noqa: F811
) -> None:
    desk.at(NINE_IN_PARIS)
    (said,) = days_later(desk, 7)
    hand = Hand(desk, said)
    desk.clock.set(datetime(2026, 2, 6, 9, tzinfo=UTC))
    assert hand.said_to_me("reminder_week").startswith("L'échéance tombe le 12 février 2026 à 14 h 00")
    desk.slack.locales["U0JOHN"] = "en-GB"
    assert Hand(desk, said, "U0JOHN").said_to_me("reminder_week").startswith("The deadline falls on 12 February 2026")


def test_on_the_eve_no_day_is_left_to_choose_and_no_form_opens(desk: Desk) -> None:  # noqa: F811
    english = next(
        call for call in about(desk.at(NINE_IN_MONTREAL), "ERDERA JTC2026") if call.params["channel"] == "C0EN"
    )
    desk.clock.set(datetime(2026, 2, 12, 9, tzinfo=UTC))
    desk.slack.locales["U0MARIE"] = "en-GB"
    assert "it would be too late to say it again" in Hand(desk, english).said_to_me("reminder_date")


def test_a_matter_is_given_to_somebody_who_is_told_and_called_from_then_on(marie: Hand) -> None:
    marie.desk.slack.profiles["U0ALI"] = {"profile": {"display_name": "Ali"}}
    marie.desk.slack.locales["U0ALI"] = "en-GB"
    said = marie.agreed(marie.form("reminder_assign"), "U0ALI")
    assert plain(said.text).startswith("Marie confie cette échéance à Ali : je le lui dis")
    assert "Confié à Ali (Marie, le 29 janvier 2026)." in marie.shown()
    (told,) = marie.desk.at(NINE_IN_PARIS + timedelta(minutes=1))
    assert told.params["channel"] == "U0ALI"
    assert told.text.startswith("Marie gives you this deadline: ERDERA JTC2026 call closes on 12 February 2026")
    assert marie.desk.at(NINE_IN_PARIS + timedelta(minutes=2)) == []
    (next_one,) = days_later(marie.desk, 7)
    assert next_one.params["blocks"][0]["text"]["text"] == "<@U0ALI>"
    assert "Ali s'en charge." in str(next_one.params["blocks"])


def test_nothing_is_given_to_guests_bots_strangers_and_people_who_left(marie: Hand) -> None:
    slack, view = marie.desk.slack, marie.form("reminder_assign")
    not_full: tuple[dict[str, Any], ...] = (
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_bot": True},
        {"deleted": True},
    )
    for number, profile in enumerate((*not_full, {"team_id": "T2"})):
        slack.profiles[f"U0ALI{number}"] = {"profile": {"display_name": "Ali"}, **profile}
        assert "Ali n'est pas membre à part entière" in marie.refused(view, f"U0ALI{number}")
    slack.down.add("U0HIDDEN")
    assert "Slack ne me dit pas qui est cette personne" in marie.refused(view, "U0HIDDEN")
    assert marie.refused(view, None) == "Choisissez une personne."
    (next_one,) = days_later(marie.desk, 7)
    assert next_one.params["blocks"][0]["text"]["text"] == "<@U0MARIE>"


def test_a_guest_may_not_act_on_a_reminder(marie: Hand) -> None:
    marie.desk.slack.profiles["U0GUEST"] = {"is_restricted": True}
    guest = Hand(marie.desk, marie.call, "U0GUEST")
    for name in ("done", "tomorrow", "date", "mine", "assign", "not_ours"):
        assert guest.said_to_me(f"reminder_{name}").startswith("Seuls les membres à part entière")
    assert len(days_later(marie.desk, 7)) == 1


def test_who_loses_their_rights_while_a_form_is_open_changes_nothing(marie: Hand) -> None:
    when, whom = marie.form("reminder_date"), marie.form("reminder_assign")
    leaver = Hand(marie.desk, marie.call, "U0LEFT")
    marie.desk.slack.profiles["U0LEFT"] = {"deleted": True}
    assert leaver.refused(when, "2026-02-09").startswith("Seuls les membres")
    assert leaver.refused(whom, "U0MARIE").startswith("Seuls les membres")
    assert len(days_later(marie.desk, 7)) == 1


def test_pressing_a_button_again_changes_nothing_and_is_said_to_that_person_alone(marie: Hand) -> None:
    marie.said_to_all("reminder_done")
    assert marie.said_to_me("reminder_done") == "C'est déjà noté ; rien n'a changé."
    assert Hand(marie.desk, marie.call, "U0PAUL").said_to_me("reminder_done") == "C'est déjà noté ; rien n'a changé."


def test_a_reminder_whose_date_has_moved_since_cannot_be_acted_upon(marie: Hand) -> None:
    marie.desk.move(Day(2026, 3, 12))
    for name in ("reminder_done", "reminder_date", "reminder_assign"):
        assert marie.said_to_me(name).startswith("La date a changé depuis ce rappel")
    assert len(about(marie.desk.at(NINE_IN_PARIS + timedelta(days=28)), "Dans 14 jours")) >= 1


def test_a_reminder_of_one_s_own_has_its_own_buttons_and_can_be_put_off_past_the_deadline(desk: Desk) -> None:  # noqa: F811
    desk.command("rappelle-moi ERDERA JTC2026 dix jours avant", "U0PAUL")
    (mine,) = [call for call in desk.at(datetime(2026, 2, 2, 8, tzinfo=UTC)) if call.params["channel"] == "U0PAUL"]
    assert not mine.buttons("reminder_assign") and not mine.buttons("reminder_not_ours")
    paul = Hand(desk, mine, "U0PAUL")
    said = paul.agreed(paul.form("reminder_date"), "2026-02-14")
    assert plain(said.text) == "Je vous le redirai le samedi 14 février 2026 à 9 h 00."
    again = [call for call in desk.at(datetime(2026, 2, 14, 8, 1, tzinfo=UTC)) if call.params["channel"] == "U0PAUL"]
    assert [plain(call.text).partition(" : ")[0] for call in again] == ["C'était il y a 2 jours"]


def test_the_look_ahead_follows_what_people_did_and_shows_to_each_what_they_asked_for(marie: Hand) -> None:
    desk = marie.desk  # noqa: F811 - the same bot
    seventh = "jeudi 5 février 2026 à 9 h 00, <#C0FR> — Dans 7 jours : Appel ERDERA JTC2026"
    assert seventh in desk.command("échéances 20")
    marie.agreed(marie.form("reminder_assign"), "U0PAUL")
    assert "soit la même heure à Paris (pour U0PAUL)" in desk.command("échéances 20")
    marie.agreed(marie.form("reminder_date"), "2026-02-10")
    ahead = desk.command("échéances 20")
    assert seventh not in ahead
    assert "mardi 10 février 2026 à 9 h 00, <#C0FR> — Dans 2 jours : Appel ERDERA JTC2026" in ahead
    marie.said_to_all("reminder_done")
    assert "<#C0FR> — Dans 2 jours : Appel ERDERA JTC2026" not in desk.command("échéances 20")
    desk.command("rappelle-moi ERDERA JTC2026 dix jours avant", "U0PAUL")
    mine = "lundi 2 février 2026 à 9 h 00, à vous, en message direct — Dans 10 jours : Appel ERDERA JTC2026"
    assert mine in desk.command("échéances 20", "U0PAUL")
    assert "à vous, en message direct" not in desk.command("échéances 20", "U0OTHER")


def test_the_right_text_in_the_channel_s_language_at_the_right_minute_buttons_act_a_moved_date_is_announced_once(
    desk: Desk,  # noqa: F811
) -> None:
    for early, minute, channel, opening in (
        (NINE_IN_PARIS - timedelta(minutes=1), NINE_IN_PARIS, "C0FR", "Dans 14 jours : Appel ERDERA JTC2026 ferme"),
        (NINE_IN_MONTREAL - timedelta(minutes=1), NINE_IN_MONTREAL, "C0EN", "In 14 days: ERDERA JTC2026 call closes"),
    ):
        assert about(desk.at(early), "ERDERA JTC2026") == []
        (said,) = about(desk.at(minute), "ERDERA JTC2026")
        assert said.params["channel"] == channel
        assert plain(said.text).startswith(opening)
        assert about(desk.at(minute + timedelta(minutes=5)), "ERDERA JTC2026") == []
        name = "mine" if channel == "C0EN" else "tomorrow"
        done = Hand(desk, said).said_to_all(f"reminder_{name}")
        assert plain(done.text).startswith("Marie takes it" if channel == "C0EN" else "Marie demande que je le redise")
    desk.move(Day(2026, 3, 12))
    moved = about(desk.at(NINE_IN_MONTREAL + timedelta(minutes=10)), "ERDERA JTC2026")
    assert sorted((call.params["channel"], plain(call.text)) for call in moved) == [
        ("C0EN", "ERDERA JTC2026 call (Closes): the date has moved from 12 February 2026 to 12 March 2026, by Marie."),
        (
            "C0FR",
            "Appel ERDERA JTC2026 (Clôture) : la date est déplacée du 12 février 2026 au 12 mars 2026, par Marie.",
        ),
    ]
    later = desk.at(NINE_IN_MONTREAL + timedelta(days=1)) + desk.at(NINE_IN_MONTREAL + timedelta(days=7))
    assert [call for call in about(later, "ERDERA JTC2026") if "Échéances des 30" not in plain(call.text)] == []


def test_who_takes_on_what_was_put_off_is_called_when_it_is_said_again(marie: Hand) -> None:
    marie.agreed(marie.form("reminder_date"), "2026-02-10")
    marie.agreed(marie.form("reminder_assign"), "U0PAUL")
    shown = marie.shown(2)
    assert "Confié à U0PAUL (Marie, le 29 janvier 2026)." in shown
    assert "À redire le mardi 10 février 2026 (Marie, le 29 janvier 2026)." in shown
    assert days_later(marie.desk, 7) == []
    (again,) = days_later(marie.desk, 12)
    assert again.params["blocks"][0]["text"]["text"] == "<@U0PAUL>"
    marie.said_to_all("reminder_done")
    assert "C'est fait (Marie, le 10 février 2026)." in marie.shown(3)


def test_the_buttons_and_forms_work_over_a_socket_too(desk: Desk) -> None:  # noqa: F811
    settings = SlackSettings("xoxb-test", SECRET, "xapp-test", desk.slack.base_url, verify_token=False)
    before = list(desk.slack.lines)
    runner = SocketRunner(wiring.bolt_app(desk.parts, settings), settings)
    runner.start()
    try:
        line = eventually(lambda: next((one for one in desk.slack.lines if one not in before), None))
        (said,) = french(desk.at(NINE_IN_PARIS))
        marie = Hand(replace(desk, line=SocketLine(desk.slack, line)), said)
        view = marie.form("reminder_date")
        assert "choisissez un jour d'ici là" in marie.refused(view, "2026-02-13")
        assert "mardi 10 février 2026" in plain(marie.agreed(view, "2026-02-10").text)
        assert marie.refused(marie.form("reminder_assign"), None) == "Choisissez une personne."
        assert "c'est fait" in marie.said_to_all("reminder_done").text
    finally:
        # Hanging up takes the library three seconds; nothing in the next test needs to wait for it.
        threading.Thread(target=runner.close, daemon=True).start()
