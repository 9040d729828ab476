"""Reminders as a channel sees them: the right words, in its language, at the right minute, once; and when a date moves."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import sending, wiring
from bot.config import Config, load_config
from bot.doctor import Check, examine
from bot.slack.client import SlackSettings
from knowledge.dates import Day
from knowledge.records import Write
from scheduler.heartbeat import line, outcome
from tests.journeys.conftest import SECRET
from tests.journeys.running_bot import RunningBot, plain, running
from tests.journeys.stand_in import Call, StandIn, eventually, stand_in
from tests.journeys.test_real_bot import entente, environment, free_port

CALL = "appel-erdera-jtc2026"
RULES = """
meaning: {encoder: none}
coordinators_channel: C0COORD
reminders:
- {name: calls, channel: C0FR, leads: [14d, 7d], kinds: [call], mention: [U0MARIE], backup: [U0PAUL], escalate_after: 2d}
- {name: abroad, channel: C0EN, leads: 14d, kinds: [call], zone: America/Montreal, lang: en}
"""
DIGEST = """
digests:
- {name: letter, channel: C0FR, cadence: monday, topics: [due, changed]}
- {name: news, channel: C0NEWS, cadence: monday, topics: [new, changed, gaps], lang: en}
"""
NINE_IN_PARIS = datetime(2026, 1, 29, 8, tzinfo=UTC)
NINE_IN_MONTREAL = datetime(2026, 1, 29, 14, tzinfo=UTC)


@dataclass
class Desk(RunningBot):
    """With somebody before the reminders that it posts."""

    def click(self, call: Call, name: str, user: str = "U0MARIE") -> Call:
        """What is said after a click on the first button of that name."""
        before = len(self.slack.called("chat.postMessage"))
        channel = call.params["channel"]
        ts = next(one["ts"] for one in self.slack.posted[channel] if one["text"] == call.text)
        self.under(ts, call.buttons(name)[0], user, channel)
        said = self.slack.wait_for("chat.postMessage", before + 1)
        self.seen = len(self.slack.called("chat.postMessage"))
        assert said.params["thread_ts"] == ts
        return said

    def move(self, day: Day) -> None:
        record = self.parts.base.record(CALL)
        assert record is not None
        moved = replace(record, values={**record.values, "closes": day})
        self.parts.store.write([Write("amend", moved, "U0MARIE", "", record.revision)], self.clock.now())


@pytest.fixture(scope="module")
def server() -> Iterator[StandIn]:
    with stand_in() as slack:
        yield slack


@pytest.fixture
def desk(server: StandIn, tmp_path: Path) -> Iterator[Desk]:
    with working(server, tmp_path, RULES + DIGEST) as started:
        yield started


@contextmanager
def working(server: StandIn, folder: Path, config_text: str) -> Iterator[Desk]:
    """A bot with this configuration, five minutes before nine in Paris."""
    server.calls.clear()
    server.refusals.clear()
    server.posted.clear()
    server.locales.clear()
    server.down.clear()
    server.profiles["U0MARIE"] = {"profile": {"display_name": "Marie"}}
    with running(Desk, server, folder, config_text, NINE_IN_PARIS - timedelta(minutes=5)) as bot:
        yield bot


def about(calls: list[Call], word: str) -> list[Call]:
    return [call for call in calls if word in call.text]


def test_a_reminder_is_said_in_the_language_of_its_channel_at_its_hour_and_once(desk: Desk) -> None:
    assert desk.at(NINE_IN_PARIS - timedelta(seconds=20)) == []
    (french,) = about(desk.at(NINE_IN_PARIS), "ERDERA JTC2026")
    assert french.params["channel"] == "C0FR"
    assert plain(french.text).startswith("Dans 14 jours : ")
    assert "ferme le 12 février 2026 à 14 h 00 (CET, heure de Bruxelles), soit la même heure à Paris" in plain(
        french.text
    )
    assert french.params["blocks"][0]["text"]["text"] == "<@U0MARIE>"
    assert [button["text"]["text"] for button in french.buttons("reminder_done")] == ["C'est fait"]
    assert desk.at(NINE_IN_PARIS + timedelta(minutes=1)) == []
    (english,) = about(desk.at(NINE_IN_MONTREAL), "ERDERA JTC2026")
    assert english.params["channel"] == "C0EN"
    assert english.text.startswith("In 14 days: ")
    assert "closes on 12 February 2026 at 14:00 CET (Brussels time), that is 08:00 in" in plain(english.text)
    assert desk.at(NINE_IN_MONTREAL + timedelta(hours=1)) == []


def test_a_date_that_moves_is_told_once_under_what_was_said_and_the_old_one_is_not_spoken_of_again(desk: Desk) -> None:
    (said,) = about(desk.at(NINE_IN_PARIS), "ERDERA JTC2026")
    ts = next(message["ts"] for message in desk.slack.posted["C0FR"] if message["text"] == said.text)
    desk.move(Day(2026, 3, 12))
    (moved,) = desk.at(NINE_IN_PARIS + timedelta(minutes=1))
    assert (moved.params["channel"], moved.params["thread_ts"]) == ("C0FR", ts)
    assert plain(moved.text).endswith("la date est déplacée du 12 février 2026 au 12 mars 2026, par Marie.")
    assert about(desk.at(NINE_IN_MONTREAL), "ERDERA JTC2026") == []
    assert about(desk.at(NINE_IN_PARIS + timedelta(days=7)), "ERDERA JTC2026") == []
    (again,) = about(desk.at(NINE_IN_PARIS + timedelta(days=28)), "ERDERA JTC2026")
    assert "Dans 14 jours" in plain(again.text) and "12 mars 2026" in again.text


def test_a_call_that_is_entered_after_its_lead_times_is_said_in_its_channel_at_the_next_working_hour(
    server: StandIn, tmp_path: Path
) -> None:
    with working(server, tmp_path, "coordinators: [U0MARIE]" + RULES) as desk:
        desk.at(NINE_IN_MONTREAL)
        desk.clock.set(NINE_IN_PARIS + timedelta(days=1, minutes=20))
        desk.command("add call JTC2031 closes 3 February 2026 source https://example.org/jtc")
        eventually(lambda: any("JTC2031" in one.titles.values() for one in desk.parts.base.records()))
        assert "vendredi 30 janvier 2026 à 10 h 00, <#C0FR> — Dans 4 jours : JTC2031 ferme" in desk.command("échéances")
        assert desk.at(NINE_IN_PARIS + timedelta(days=1, minutes=30)) == []
        (said,) = desk.at(NINE_IN_PARIS + timedelta(days=1, hours=1))
        assert said.params["channel"] == "C0FR"
        assert plain(said.text).startswith("Dans 4 jours : JTC2031 ferme le 3 février 2026")
        assert said.params["blocks"][0]["text"]["text"] == "<@U0MARIE>"
        assert "Le jour de son rappel était déjà passé" in str(said.params["blocks"])
        assert len(said.buttons("reminder_done")) == 1
        (abroad,) = desk.at(NINE_IN_MONTREAL + timedelta(days=1))
        assert (abroad.params["channel"], abroad.text[:18]) == ("C0EN", "In 4 days: JTC2031")
        assert about(desk.at(NINE_IN_PARIS + timedelta(days=3)), "JTC2031") == []


def test_a_table_of_calls_that_close_soon_is_said_in_one_message_with_their_buttons(desk: Desk) -> None:
    desk.at(NINE_IN_MONTREAL)
    kept = desk.parts.base.record(CALL)
    assert kept is not None
    calls = [
        replace(
            kept, id=f"call-{n}", titles={"en": f"Call {n}"}, aliases=(), values={"closes": Day(2026, 2, 3)}, revision=0
        )
        for n in range(5)
    ]
    past = replace(calls[0], id="past", titles={"en": "Past call"}, values={"closes": Day(2020, 2, 3)})
    desk.clock.set(NINE_IN_PARIS + timedelta(days=1, minutes=20))
    desk.parts.store.write([Write("add", one, "U0MARIE") for one in (*calls, past)], desk.clock.now())
    (said,) = desk.at(NINE_IN_PARIS + timedelta(days=1, hours=1))
    assert plain(said.text).startswith(
        "5 échéances sont déjà proches ; le jour de leur rappel était passé quand je les ai apprises :"
    )
    assert plain(said.text).count("Dans 4 jours : ") == 5 and "Past call" not in said.text
    assert len(said.buttons("reminder_done")) == 5


def test_a_channel_that_is_archived_is_told_to_the_coordinators_in_one_line(desk: Desk) -> None:
    desk.slack.refusals["chat.postMessage"] = ["is_archived"]
    desk.at(NINE_IN_PARIS)
    told = [call for call in desk.slack.called("chat.postMessage") if call.params["channel"] == "C0COORD"]
    assert len(told) == 1
    assert "Canal <#C0FR> : il est archivé." in plain(told[0].text)


def test_what_waited_for_a_channel_comes_in_one_message_once_the_bot_is_invited_and_can_be_acted_upon(
    desk: Desk,
) -> None:
    call = desk.parts.base.record(CALL)
    assert call is not None
    other = replace(call, id="appel-essai-2026", titles={"fr": "Appel d'essai", "en": "Test call"}, aliases=())
    desk.parts.store.write([Write("add", other, "U0MARIE")], desk.clock.now())
    desk.slack.refusals["chat.postMessage"] = ["not_in_channel"]
    told = [one for one in desk.at(NINE_IN_PARIS) if one.params["channel"] == "C0COORD"]
    assert len(told) == 1 and "Invitez-moi avec /invite." in plain(told[0].text)
    said = desk.at(NINE_IN_PARIS + timedelta(hours=30))
    (caught_up,) = [one for one in said if one.params["channel"] == "C0FR"]
    assert "2 rappels n'ont pas pu venir à temps" in plain(caught_up.text)
    assert "<@U0MARIE>" in str(caught_up.params["blocks"])
    desk.click(caught_up, "reminder_done")
    shown = desk.slack.wait_for("chat.update")
    assert len(shown.buttons("reminder_done")) == 2
    assert str(shown.params["blocks"]).count("Marie") == 1
    later = [one for one in desk.at(NINE_IN_PARIS + timedelta(days=7)) if one.params["channel"] == "C0FR"]
    assert len(later) == 1


def diagnosis(desk: Desk) -> dict[str, Check]:
    """What the doctor says beside the running bot."""
    return {check.what: check for check in examine(desk.parts.config.file, desk.parts.config.database, {})}


def test_the_doctor_names_the_channel_that_is_closed_and_what_mends_it(desk: Desk) -> None:
    desk.slack.refusals["chat.postMessage"] = ["not_in_channel"]
    desk.at(NINE_IN_PARIS)
    found = diagnosis(desk)["channel"]
    assert not found.sound
    assert found.finding.startswith("C0FR since 2026-01-29T08:00:0")
    assert "I am no member of it. Invite me with /invite. What is due there is kept until then: 1" in plain(
        found.finding
    )
    assert desk.ticker.ailments() == ()
    desk.at(NINE_IN_PARIS + timedelta(minutes=6))
    assert "channel" not in diagnosis(desk)


def test_while_the_token_is_withdrawn_operators_are_told_and_a_new_one_says_what_waited(desk: Desk) -> None:
    desk.slack.refusals["chat.postMessage"] = ["token_revoked"]
    assert len(desk.at(NINE_IN_PARIS)) == 1
    assert desk.at(NINE_IN_PARIS + timedelta(minutes=6)) == []
    found = diagnosis(desk)["sending"]
    assert not found.sound
    assert "(token_revoked): put a token that Slack accepts into SLACK_BOT_TOKEN and start" in found.finding
    (ailment,) = desk.ticker.ailments()
    assert "token_revoked" in ailment
    settings = SlackSettings("xoxb-new", SECRET, base_url=desk.slack.base_url, verify_token=False)
    with sending.delivering(desk.parts, settings) as ticker:
        after = replace(desk, ticker=ticker)
        said = {call.params["channel"]: plain(call.text) for call in after.at(NINE_IN_PARIS + timedelta(hours=2))}
        assert "ERDERA JTC2026" in said["C0FR"]
        assert said["C0COORD"].startswith(
            "Depuis le 29 janvier 2026 je ne pouvais rien envoyer : Slack n'acceptait plus"
        )
        assert ticker.ailments() == ()
    assert "sending" not in diagnosis(desk)


def test_a_clock_of_the_machine_that_jumps_a_year_says_nothing_of_that_year(server: StandIn, tmp_path: Path) -> None:
    server.calls.clear()
    file = tmp_path / "config.yaml"
    file.write_text(RULES, "utf-8")
    config = load_config(file, {})
    assert isinstance(config, Config), config
    clock = wiring.SystemClock(NINE_IN_PARIS - timedelta(minutes=5))
    parts = wiring.build(config, clock, meaning=False)
    try:
        settings = SlackSettings("xoxb-test", SECRET, base_url=server.base_url, verify_token=False)
        with sending.delivering(parts, settings, sending.ahead_of_slack(parts)) as ticker:
            ticker.run_once()
            clock._shift += timedelta(days=365)
            ticker.run_once()
            assert ticker.last_error == ""
            assert server.called("chat.postMessage") == []
            assert "the clock stepped by 31536000 s, and Slack has another time" in ticker.ailments()[0]
            clock._shift -= timedelta(days=365)
            ticker.run_once()
            assert ticker.ailments() == ()
    finally:
        parts.close()


def french(calls: list[Call]) -> list[Call]:
    return [call for call in about(calls, "ERDERA JTC2026") if call.params["channel"] == "C0FR"]


def test_what_is_done_is_not_spoken_of_again_in_that_channel(desk: Desk) -> None:
    (said,) = about(desk.at(NINE_IN_PARIS), "ERDERA JTC2026")
    assert plain(desk.click(said, "reminder_done").text).startswith("Marie : c'est fait.")
    assert french(desk.at(NINE_IN_PARIS + timedelta(days=7))) == []


def test_what_is_not_ours_is_not_spoken_of_again_until_its_date_moves(desk: Desk) -> None:
    (said,) = about(desk.at(NINE_IN_PARIS), "ERDERA JTC2026")
    desk.click(said, "reminder_not_ours")
    desk.move(Day(2026, 3, 12))
    assert len(about(desk.at(NINE_IN_PARIS + timedelta(days=28)), "Dans 14 jours")) >= 1


def test_what_is_put_off_is_said_again_at_the_same_hour(desk: Desk) -> None:
    (said,) = about(desk.at(NINE_IN_PARIS), "ERDERA JTC2026")
    assert "30 janvier 2026" in plain(desk.click(said, "reminder_tomorrow").text)
    assert about(desk.at(NINE_IN_PARIS + timedelta(hours=23)), "C0FR") == []
    again = [call for call in desk.at(NINE_IN_PARIS + timedelta(days=1)) if call.params["channel"] == "C0FR"]
    assert [plain(call.text).partition(" : ")[0] for call in again] == ["Dans 13 jours"]


def test_who_takes_it_is_called_the_next_time(desk: Desk) -> None:
    (said,) = about(desk.at(NINE_IN_PARIS), "ERDERA JTC2026")
    assert "Marie s'en charge" in plain(desk.click(said, "reminder_mine").text)
    (next_one,) = french(desk.at(NINE_IN_PARIS + timedelta(days=7)))
    assert next_one.params["blocks"][0]["text"]["text"] == "<@U0MARIE>"


@pytest.mark.parametrize(
    "words", ["rappelle-moi ERDERA JTC2026 dix jours avant", "remind me ten days before ERDERA JTC2026"]
)
def test_a_person_is_reminded_alone_and_can_take_it_back(desk: Desk, words: str) -> None:
    assert "2 février 2026 à 9 h 00" in desk.command(words, "U0PAUL")
    assert desk.command("rappels", "U0PAUL").startswith("lundi 2 février 2026 à 9 h 00 — Appel ERDERA JTC2026 ferme")
    assert "aucun rappel" in desk.command("rappels", "U0OTHER")
    mine = [call for call in desk.at(datetime(2026, 2, 2, 8, tzinfo=UTC)) if call.params["channel"] == "U0PAUL"]
    assert [plain(call.text).partition(" : ")[0] for call in mine] == ["Dans 10 jours"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("rappelle-moi", "Dites de quoi et quand, par exemple"),
        ("rappelle-moi ERDERA JTC2026", "Dites de quoi et quand, par exemple"),
        ("remind me zero days before ERDERA JTC2026", "Dites de quoi et quand, par exemple"),
        ("remind me two weeks before the moon landing of 1969", ""),
        ("rappelle-moi ERDERA JTC2026 12 mois avant", "rien n'est noté"),
        (
            "rappelle-moi ERDERA JTC2026 le 31/02/2027",
            "31/02/2027 n'existe pas : février 2027 a 28 jours. Écrivez un jour",
        ),
        ("remind me about ERDERA JTC2026 on 29 February 2026", "29 February 2026 n'existe pas"),
    ],
)
def test_what_cannot_be_noted_is_said_and_nothing_is_kept(desk: Desk, words: str, sentence: str) -> None:
    said = desk.command(words, "U0PAUL")
    assert said and sentence in said
    assert "aucun rappel" in desk.command("rappels", "U0PAUL")


@pytest.mark.parametrize("days", ["0", "-5", "99999"])
def test_a_number_of_days_that_cannot_be_shown_is_told_with_what_can_be_written(desk: Desk, days: str) -> None:
    sentence = "Écrivez /entente échéances, /entente échéances 60 pour voir les 60 prochains jours (3 660 au plus), ou une période"
    assert desk.command(f"échéances {days}", "U0PAUL").startswith(sentence)


@pytest.mark.parametrize(
    ("words", "lead", "lines"),
    [
        ("échéances aujourd'hui", "3 messages seront envoyés le 29 janvier 2026 :", 3),
        ("échéances demain", "Rien n'est prévu le 30 janvier 2026.", 0),
        ("échéances cette semaine", "3 messages seront envoyés d'ici au 1er février 2026 :", 3),
        ("due next week", "4 messages seront envoyés du 2 février 2026 au 8 février 2026 :", 4),
        ("due may", "10 messages seront envoyés du 1er mai 2026 au 31 mai 2026 :", 4),
        ("échéances juin", "13 messages seront envoyés du 1er juin 2026 au 30 juin 2026 :", 5),
        ("échéances janvier 2026 ?", "3 messages seront envoyés d'ici au 31 janvier 2026 :", 3),
        ("échéances hier", "C'est passé (28 janvier 2026) : je montre ici ce qui est encore à venir.", 0),
        ("échéances 30/02/2026", "30/02/2026 n'existe pas : février 2026 a 28 jours.", 0),
        ("échéances 03/04/2026", "Est-ce le 3 avril 2026 ou le 4 mars 2026", 0),
        ("due in 2060", "C'est trop loin", 0),
        ("due dates of the moon landing of 1969", "", 0),
    ],
)
def test_what_is_due_in_a_period_is_shown_and_a_question_is_still_answered(
    desk: Desk, words: str, lead: str, lines: int
) -> None:
    said = desk.command(words, "U0PAUL")
    assert said.startswith(lead)
    assert said.count(" — ") == lines


@pytest.mark.parametrize("lang", ["fr-FR", "en-GB"])
def test_who_asked_for_a_reminder_of_a_fact_that_is_then_left_without_is_told_once(desk: Desk, lang: str) -> None:
    desk.slack.locales["U0PAUL"] = lang
    french = lang == "fr-FR"
    words = "rappelle-moi ERDERA JTC2026 dix jours avant" if french else "remind me ten days before ERDERA JTC2026"
    desk.command(words, "U0PAUL")
    desk.at(NINE_IN_PARIS)
    record = desk.parts.base.record(CALL)
    assert record is not None
    quiet = replace(record, reminders=("none",))
    desk.parts.store.write([Write("amend", quiet, "U0MARIE", "", record.revision)], desk.clock.now())
    (told,) = desk.at(NINE_IN_PARIS + timedelta(minutes=1))
    assert told.params["channel"] == "U0PAUL"
    who = (
        "Marie ne veut plus de rappels pour cette fiche"
        if french
        else "Marie wants no reminders of this record any more"
    )
    assert who in plain(told.text)
    assert [one for one in desk.at(NINE_IN_PARIS + timedelta(days=4)) if one.params["channel"] == "U0PAUL"] == []
    asked = desk.command(words, "U0MARIE")
    assert "sans rappels" in asked or "without reminders" in asked
    assert "3 février 2026" in desk.command("rappelle-moi ERDERA JTC2026 le 3 février 2026", "U0MARIE")


def test_a_digest_comes_on_its_day_and_can_be_seen_before(desk: Desk) -> None:
    assert "Résumé « letter »" in desk.command("résumé", "U0PAUL")
    desk.at(NINE_IN_PARIS)
    monday = desk.at(datetime(2026, 2, 2, 8, tzinfo=UTC))
    (letter,) = [call for call in monday if "Échéances des 30 prochains jours" in call.text]
    assert letter.params["channel"] == "C0FR"
    assert "12 février 2026" in plain(str(letter.params["blocks"]))


def test_a_digest_without_news_is_not_sent_and_its_heartbeat_says_why(desk: Desk) -> None:
    def beat() -> str:
        one = desk.parts.desks.reminding.heartbeats(desk.clock.now())[1]
        return plain(desk.parts.translator.say(line(one, counted=True), "en"))

    def news(day: int) -> list[Call]:
        said = desk.at(datetime(2026, 2, day, 8, tzinfo=UTC))
        return [call for call in said if call.params["channel"] == "C0NEWS"]

    assert beat() == "Digest “news”: it has not run yet. Next run on 2 February 2026 at 09:00."
    assert news(2) == []
    assert "quiet on 2 February 2026 at 09:00, for there was nothing to tell." in beat()
    desk.move(Day(2026, 9, 1))
    (told,) = news(9)
    assert "Closes: moved from 12 February 2026 to 1 September 2026" in plain(str(told.params["blocks"]))
    assert "sent on 9 February 2026 at 09:00 (1 change). Next run on 16 February 2026" in beat()
    # The doctor, a process of its own beside the bot, tells the same.
    assert "Digest “news”: sent on 9 February 2026 at 09:00 (1 change)." in plain(diagnosis(desk)["digest"].finding)
    assert news(16) == []
    assert "quiet on 16 February 2026 at 09:00, for there was nothing new since 9 February 2026." in beat()


def test_what_a_digest_could_not_say_goes_into_the_next_one(desk: Desk) -> None:
    desk.at(NINE_IN_PARIS)
    desk.move(Day(2026, 9, 1))
    desk.at(NINE_IN_PARIS + timedelta(minutes=1))
    desk.slack.refusals["chat.postMessage"] = ["not_in_channel"] * 20
    desk.at(datetime(2026, 2, 2, 8, tzinfo=UTC))
    desk.slack.refusals.clear()
    assert about(desk.at(datetime(2026, 2, 8, 8, tzinfo=UTC)), "Changed records") == []
    beats = desk.parts.desks.reminding.heartbeats(desk.clock.now())
    assert [outcome(beat.last) for beat in beats if beat.last] == ["unsaid", "unsaid"]
    told = about(desk.at(datetime(2026, 2, 9, 8, tzinfo=UTC)), "Changed records")
    assert "to 1 September 2026" in plain(str(told[0].params["blocks"]))


def test_where_nobody_acts_the_backup_is_called_and_then_the_coordinators(desk: Desk) -> None:
    desk.at(NINE_IN_PARIS)
    told = []
    for days in (1, 2, 3, 4):
        told += [
            (days, call) for call in desk.at(NINE_IN_PARIS + timedelta(days=days, minutes=5)) if "Personne" in call.text
        ]
    assert [(days, call.params["channel"]) for days, call in told] == [(2, "C0FR"), (4, "C0COORD")]
    assert "<@U0PAUL>" in str(told[0][1].params["blocks"])
    assert plain(told[0][1].text).startswith("Personne n'a réagi à ce rappel : ")


def test_entente_run_says_what_is_due_and_stops_in_good_order(tmp_path: Path) -> None:
    with stand_in() as slack:
        environ = environment(tmp_path, slack, free_port())
        Path(environ["ENTENTE_CONFIG"]).write_text(RULES, "utf-8")
        with entente({**os.environ, **environ}, "run", "--at", "2026-01-29T08:59:50+01:00") as process:
            deadline = time.monotonic() + 40
            while not slack.called("chat.postMessage") and time.monotonic() < deadline:
                time.sleep(0.2)
            assert plain(slack.called("chat.postMessage")[0].text).startswith("Dans 14 jours : ")
            process.send_signal(signal.SIGTERM)
            assert process.wait(15) == 0
