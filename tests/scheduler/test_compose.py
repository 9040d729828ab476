"""What a reminder says, in both languages, when the moment comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.i18n import Translator
from bot.slack.blocks import render as render_blocks
from bot.slack.messenger import checked
from bot.slack.outbox_messenger import calling
from bot.terminal import render
from knowledge.dates import Day
from knowledge.fields import Duration, Hour
from knowledge.kinds.reading import load_kinds
from knowledge.messages import Actions, Message
from knowledge.records import Record, Source
from scheduler.agenda import agenda_of
from scheduler.bundles import MOST, said_as
from scheduler.compose import ACTS, Words
from scheduler.outbox import outage_report
from scheduler.plan import due
from scheduler.rules import Lead, ReminderRule, Team
from scheduler.values import Act, Due, Entry, Outage

KINDS, _ = load_kinds()
TRANSLATOR = Translator()
CALL = Record(
    "appel-erdera-jtc2026",
    "call",
    {"fr": "ERDERA JTC2026", "en": "ERDERA JTC2026"},
    {"fr": "Maladies rares.", "en": "Rare diseases."},
    Source("ERDERA", "https://erdera.org/jtc2026", Day(2026, 1, 5)),
    values={"closes": Day(2026, 2, 12), "deadline_time": Hour(time(14), "14:00 CET", "Europe/Brussels")},
)
LEADS = tuple(map(Lead.parse, ("30d", "14d", "1d", "0d", "+7d")))


def planned(record: Record, zone: str = "Europe/Paris", lang: str = "fr") -> list[Due]:
    """Every reminder of a record by one rule at nine."""
    rule = ReminderRule("calls", "C1", LEADS, zone=zone, lang=lang)
    since, until = datetime(2025, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC)
    return due(agenda_of([record], KINDS), [rule], since, until, Team())


def words(*records: Record, **parts: Any) -> Words:
    return Words({record.id: record for record in records}.get, KINDS, **parts)


def said(message: Message | None, lang: str) -> list[str]:
    """The paragraphs in plain words, without the special spaces."""
    assert message is not None
    text = render(message, lang, TRANSLATOR, width=2000)
    return [line.replace("\u00a0", " ").replace("\u202f", " ") for line in text.split("\n\n")]


def test_a_reminder_says_how_long_is_left_what_comes_when_with_its_hour_and_where_it_was_read() -> None:
    moment = planned(CALL)[1]
    french = said(words(CALL).compose(moment, moment.at), "fr")
    assert french == [
        "Dans 14 jours : ERDERA JTC2026 ferme le 12 février 2026 à 14 h 00 (CET, heure de Bruxelles), soit la même heure à Paris",
        "Maladies rares.",
        "(Source : ERDERA (erdera.org), consultée le 5 janvier 2026)",
    ]
    english = said(words(CALL).compose(moment, moment.at), "en")
    assert english[0] == (
        "In 14 days: ERDERA JTC2026 closes on 12 February 2026 at 14:00 CET (Brussels time), the same time in Paris"
    )


def test_the_last_days_are_called_by_their_names_and_a_follow_up_asks_what_came_of_it() -> None:
    heads = [said(words(CALL).compose(one, one.at), "en")[0].partition(":")[0] for one in planned(CALL)]
    assert heads == ["In 30 days", "In 14 days", "Tomorrow", "Today", "7 days ago"]
    follow_up = planned(CALL)[-1]
    assert said(words(CALL).compose(follow_up, follow_up.at), "fr")[0].endswith("Une suite est-elle à noter ?")


def test_anywhere_on_earth_is_shown_with_the_day_and_the_hour_of_the_channel() -> None:
    earth = replace(CALL, values={**CALL.values, "deadline_time": Hour(time(23, 59), "23:59 AoE", "Etc/GMT+12")})
    moment = planned(earth)[0]
    assert said(words(earth).compose(moment, moment.at), "en")[0] == (
        "In 30 days: ERDERA JTC2026 closes on 12 February 2026 at 23:59 AoE, that is on 13 February 2026 at 12:59 in Paris"
    )


def test_an_hour_of_the_channel_s_own_zone_is_said_once() -> None:
    moment = planned(CALL, "Europe/Brussels")[0]
    assert said(words(CALL).compose(moment, moment.at), "en")[0].endswith("at 14:00 CET (Brussels time)")


@pytest.mark.parametrize(
    ("day", "french", "remark"),
    [
        (Day(2026, 3), "À prévoir : ERDERA JTC2026 ferme en mars 2026", "Seul le mois est connu"),
        (Day(2027), "À prévoir : ERDERA JTC2026 ferme en 2027", "Seule l'année est connue"),
    ],
)
def test_a_date_known_to_the_month_or_the_year_is_said_as_such_at_its_start(day: Day, french: str, remark: str) -> None:
    vague = replace(CALL, values={"closes": day})
    (moment,) = planned(vague)
    assert moment.at.date() == day.first
    lines = said(words(vague).compose(moment, moment.at), "fr")
    assert lines[0] == french
    assert lines[-1].startswith(f"({remark}")


@pytest.mark.parametrize(
    ("renewal", "french"),
    [
        ("tacit", "(Sans dénonciation, la reconduction est tacite. Terme : 30 juin 2026.)"),
        ("explicit", "(Pas de reconduction sans accord exprès. Terme : 30 juin 2026.)"),
        (None, "(Terme : 30 juin 2026 ; la fiche ne dit pas si la reconduction est tacite.)"),
    ],
)
def test_the_last_day_to_give_notice_is_said_with_what_comes_without_it(renewal: str | None, french: str) -> None:
    values = {"ends": Day(2026, 6, 30), "notice": Duration(3, "month")} | ({"renewal": renewal} if renewal else {})
    accord = replace(CALL, kind="agreement", status="in_force", values=values)
    moment = planned(accord)[1]
    lines = said(words(accord).compose(moment, moment.at), "fr")
    assert lines[0] == "Dans 14 jours : ERDERA JTC2026 peut être dénoncé au plus tard le 30 mars 2026"
    assert lines[2] == french


def test_a_fact_to_verify_again_is_said_as_such() -> None:
    moment = replace(planned(CALL)[1], field="review", closes=None)
    assert said(words(CALL).compose(moment, moment.at), "en")[0] == (
        "In 14 days: ERDERA JTC2026 wants to be verified again on 12 February 2026"
    )


def test_a_date_whose_field_has_no_verb_is_said_by_its_label() -> None:
    labelled = replace(CALL, values={"opens": Day(2026, 2, 12)})
    moment = replace(planned(CALL)[1], field="opens", closes=None)
    assert said(words(labelled).compose(moment, moment.at), "fr")[0] == (
        "Dans 14 jours : ERDERA JTC2026 (Ouverture), le 12 février 2026"
    )


def test_what_is_late_says_how_late_and_counts_from_today() -> None:
    moment = planned(CALL)[1]
    late = said(words(CALL).compose(moment, moment.at + timedelta(hours=20)), "en")
    assert late[0].startswith("In 13 days:")
    assert late[-1] == "(This reminder is 20 hours late.)"
    assert not any(
        "late" in line for line in said(words(CALL).compose(moment, moment.at + timedelta(minutes=15)), "en")
    )
    repeated = said(words(CALL).compose(replace(moment, may_repeat=True), moment.at), "en")
    assert repeated[-1] == "(This may have been said already: Slack did not confirm the first message.)"


def test_every_button_carries_the_key_of_its_occurrence() -> None:
    moment = planned(CALL)[0]
    message = words(CALL).compose(moment, moment.at)
    assert message is not None
    (row,) = [part for part in message.parts if isinstance(part, Actions)]
    assert [(action.name, action.value) for action in row.actions] == [(f"reminder_{act}", moment.key) for act in ACTS]


@pytest.mark.parametrize(
    ("was", "now", "french", "english"),
    [
        (
            *(Day(2026, 6, 30), Day(2026, 9, 30)),
            "la date est déplacée du 30 juin 2026 au 30 septembre 2026, par Marie.",
            "the date has moved from 30 June 2026 to 30 September 2026, by Marie.",
        ),
        (
            *(Day(2026, 4), Day(2026, 10, 1)),
            "la date est déplacée d'avril 2026 au 1er octobre 2026, par Marie.",
            "the date has moved from April 2026 to 1 October 2026, by Marie.",
        ),
        (
            *(Day(2026, 6, 30), None),
            "la date annoncée (30 juin 2026) ne vaut plus ; Marie l'a retirée.",
            "the date announced (30 June 2026) no longer holds; Marie took it out.",
        ),
    ],
)
def test_a_date_that_moved_says_from_when_to_when_and_by_whom(
    was: Day, now: Day | None, french: str, english: str
) -> None:
    moment = replace(planned(CALL)[0], notice="moved", was=was, deadline=now, by="U7")
    message = words(CALL, name={"U7": "Marie"}.__getitem__).compose(moment, moment.at)
    assert said(message, "fr") == [f"ERDERA JTC2026 (Clôture) : {french}"]
    assert said(message, "en") == [f"ERDERA JTC2026 (Closes): {english}"]


def test_nothing_is_said_of_a_fact_that_is_gone_or_over() -> None:
    moment = planned(CALL)[0]
    assert words().compose(moment, moment.at) is None
    assert words(replace(CALL, retired=True)).compose(moment, moment.at) is None
    assert words(replace(CALL, status="completed")).compose(moment, moment.at) is None
    follow_up = planned(CALL)[-1]
    assert words(replace(CALL, status="completed")).compose(follow_up, follow_up.at) is not None


def test_the_coordinators_are_told_what_was_not_said_where_why_and_what_to_do() -> None:
    moment = planned(CALL)[0]
    failed = {
        "a": Entry(moment, "failed", error="is_archived"),
        "b": Entry(moment, "expired", error="too late"),
        "c": Entry(replace(moment, notice="digest", rule="letter", record_id=""), "failed", error="cant_do_that"),
    }
    report = Due("report:a:3", "report", "", moment.at, "C9", "en", "Europe/Paris", subjects=("a", "b", "c", "gone"))
    lines = said(words(CALL, entry=failed.get).compose(report, moment.at), "en")
    assert lines[0] == "3 messages could not be sent:"
    assert lines[1].startswith("ERDERA JTC2026 closes on 12 February 2026")
    assert lines[1].endswith("Channel C1: it is archived. Choose another in config.yaml.")
    assert lines[2].endswith("Channel C1: it was too late to say it.")
    assert lines[3] == "Digest “letter”. Channel C1: Slack refused (cant_do_that)."
    assert words(CALL).compose(report, moment.at) is None


def test_a_channel_that_is_closed_is_told_with_what_mends_it_and_that_nothing_is_lost() -> None:
    moment = planned(CALL)[0]
    waiting = {"a": Entry(moment, error="not_in_channel", closed_at=moment.at)}
    report = Due("report:closed:a:1", "report", "", moment.at, "C9", "en", "Europe/Paris", subjects=("a",))
    lines = said(words(CALL, entry=waiting.get).compose(report, moment.at), "en")
    assert lines[1] == (
        "Channel C1: I am no member of it. Invite me with /invite. What is due there is kept, and comes in one message once "
        "that is mended."
    )


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("fr", "Depuis le 3 février 2026 je ne pouvais rien envoyer : Slack n'acceptait plus le jeton"),
        ("en", "Since 3 February 2026 I could not send anything: Slack no longer accepted the app's token"),
    ],
)
def test_once_something_can_be_sent_again_the_time_before_is_told(lang: str, sentence: str) -> None:
    at = datetime(2026, 2, 4, 8, tzinfo=UTC)
    (due_now,) = outage_report(Outage(at - timedelta(days=1), "token_revoked"), Team(channel="C9"), at)
    (line,) = said(words().compose(due_now, at), lang)
    assert line.startswith(sentence)


def test_what_comes_together_after_an_outage_has_a_line_and_its_buttons_each() -> None:
    first, second = planned(CALL)[1], replace(planned(CALL)[1], key="other", record_id="gone")
    follow_up = replace(planned(CALL)[-1], at=first.at)
    kept = {entry.due.key: entry for entry in map(Entry, (first, second, follow_up))}
    keys = tuple(kept)
    catch_up = said_as([replace(entry, within=keys) for entry in kept.values()])
    message = words(CALL, entry=kept.get).compose(catch_up, first.at + timedelta(hours=50))
    lines = said(message, "en")
    assert lines[0] == "2 reminders could not come in time. Here they are together:"
    assert lines[1].startswith("In 12 days: ERDERA JTC2026 closes on 12 February 2026")
    assert lines[1].endswith("(due 2 days ago)")
    assert message is not None
    rows = [part for part in message.parts if isinstance(part, Actions)]
    assert [{action.value for action in row.actions} for row in rows] == [{first.key}, {follow_up.key}]
    assert words(entry=kept.get).compose(catch_up, first.at) is None


@pytest.mark.parametrize(
    ("lang", "note", "lead"),
    [
        ("en", "The day of its reminder had passed already", "2 deadlines are close already; the days of their"),
        ("fr", "Le jour de son rappel était déjà passé", "2 échéances sont déjà proches ; le jour de leur"),
    ],
)
def test_a_reminder_out_of_turn_says_why_and_several_come_in_one_message_without_being_late(
    lang: str, note: str, lead: str
) -> None:
    one = replace(planned(CALL)[1], belated=True)
    assert any(note in line for line in said(words(CALL).compose(one, one.at), lang))
    kept = {key: Entry(replace(one, key=key)) for key in ("a", "b")}
    together = said_as([replace(entry, within=tuple(kept)) for entry in kept.values()])
    lines = said(words(CALL, entry=kept.get).compose(together, one.at), lang)
    assert lines[0].startswith(lead)
    assert lines[1].endswith(("CET (Brussels time), that is 14:00 in Paris", "Paris")) and "ERDERA JTC2026" in lines[1]


def test_the_longest_catch_up_fits_into_one_message() -> None:
    moments = [
        replace(planned(CALL)[1], key=f"reminder:C0123456789:{'long-' * 12}name:closes:2026-02-12:{n}d")
        for n in range(MOST)
    ]
    done = Act("done", "U1", moments[0].at)
    entries = {one.key: Entry(one, acts=(done,), within=tuple(one.key for one in moments)) for one in moments}
    catch_up = replace(said_as(list(entries.values())), may_repeat=True, mention=("U1",))
    message = words(CALL, entry=entries.get).compose(catch_up, moments[0].at + timedelta(hours=3))
    assert message is not None
    blocks = calling(catch_up.mention, checked(render_blocks(message, "fr", TRANSLATOR)))["blocks"]
    assert len([block for block in blocks if block["type"] == "actions"]) == MOST
    assert len([block for block in blocks if block["type"] == "section"]) == MOST + 2
