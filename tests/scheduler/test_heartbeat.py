"""The heartbeat of a digest: it tells silence from a breakdown, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.i18n import Translator
from scheduler.digest import Told
from scheduler.heartbeat import heartbeat, line, told_until
from scheduler.outbox import NO_NEWS
from scheduler.plan import digests
from scheduler.rules import DigestRule
from scheduler.values import Entry, Receipt

RULE = DigestRule("letter", "C1", ("monday",))
MONDAY = datetime(2026, 2, 2, 8, tzinfo=UTC)
NOW = MONDAY + timedelta(hours=3)
(DUE,) = digests([RULE], MONDAY - timedelta(hours=1), MONDAY)
BEFORE = Entry(replace(DUE, at=MONDAY - timedelta(days=7)), "sent", receipt=Receipt("C1", "1.1"))
SENT = Entry(DUE, "sent", receipt=Receipt("C1", "1.2"), told={"due": 3, "new": 1})
QUIET = Entry(DUE, "expired", error=NO_NEWS)
FAILED = Entry(DUE, "failed", error="is_archived")
LATE = Entry(DUE, "expired", error="too late")


def read(*runs: Entry, lang: str = "en", counted: bool = True) -> str:
    said = Translator().say(line(heartbeat(RULE, runs, NOW), counted), lang)
    return said.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("runs", "english", "french"),
    [
        ((), "it has not run yet", "il n'est pas encore passé"),
        (
            (SENT, BEFORE),
            "sent on 2 February 2026 at 09:00 (3 deadlines and 1 new record)",
            "envoyé le 2 février 2026 à 9 h 00 (3 échéances et 1 nouvelle fiche)",
        ),
        (
            (QUIET, BEFORE),
            "quiet on 2 February 2026 at 09:00, for there was nothing new since 26 January 2026",
            "rien d'envoyé le 2 février 2026 à 9 h 00, car il n'y avait rien de nouveau depuis le 26 janvier 2026",
        ),
        (
            (QUIET,),
            "quiet on 2 February 2026 at 09:00, for there was nothing to tell",
            "rien d'envoyé le 2 février 2026 à 9 h 00, car il n'y avait rien à dire",
        ),
        (
            (FAILED, BEFORE),
            "not sent on 2 February 2026 at 09:00 to the channel C1: it is archived. Choose another in config.yaml. "
            "What it had to tell goes into the next one",
            "pas envoyé le 2 février 2026 à 9 h 00 dans le canal C1 : il est archivé. Choisissez-en un autre dans "
            "config.yaml. Ce qu'il avait à dire passe dans le suivant",
        ),
    ],
)
def test_it_says_when_it_last_ran_what_came_of_it_and_when_it_runs_again(
    runs: tuple[Entry, ...], english: str, french: str
) -> None:
    assert read(*runs) == f"Digest “letter”: {english}. Next run on 9 February 2026 at 09:00."
    assert read(*runs, lang="fr") == f"Résumé « letter » : {french}. Prochain passage le 9 février 2026 à 9 h 00."


def test_how_much_it_told_is_left_out_where_not_everybody_may_know() -> None:
    assert "(" not in read(SENT, counted=False)


def test_only_a_failure_is_unsound() -> None:
    assert [heartbeat(RULE, runs, NOW).sound for runs in ((), (SENT,), (QUIET,), (LATE,), (FAILED,))] == [
        *(True,) * 4,
        False,
    ]


def test_news_are_told_up_to_the_last_run_that_was_sent_or_had_none() -> None:
    at = MONDAY + timedelta(days=7)
    assert told_until(RULE, (SENT, BEFORE), at) == Told(MONDAY)
    assert told_until(RULE, (QUIET, BEFORE), at) == Told(MONDAY)
    assert told_until(RULE, (FAILED, BEFORE), at) == told_until(RULE, (LATE, BEFORE), at) == Told(BEFORE.due.at)
    assert told_until(RULE, (SENT, BEFORE), MONDAY) == Told(BEFORE.due.at)


def test_before_the_first_run_that_came_through_nothing_counts_as_told() -> None:
    assert told_until(RULE, (), MONDAY) == Told(BEFORE.due.at, ever=False)
    assert told_until(RULE, (FAILED,), MONDAY + timedelta(days=7)) == Told(BEFORE.due.at, ever=False)


def test_a_run_that_waits_for_its_channel_is_told_as_such_and_is_unsound() -> None:
    held = Entry(DUE, error="not_in_channel", closed_at=MONDAY)
    beat = heartbeat(RULE, (BEFORE,), NOW, (Entry(replace(DUE, key="other"), closed_at=MONDAY), held))
    assert (beat.held, beat.sound) == (held, False)
    for lang, sentence in (
        ("en", "held back since 2 February 2026 at 09:00 for the channel C1: I am no member of it."),
        ("fr", "retenu depuis le 2 février 2026 à 9 h 00 pour le canal C1 : je n'en suis pas membre."),
    ):
        said = Translator().say(line(beat, True), lang).replace("\u00a0", " ").replace("\u202f", " ")
        assert sentence in said
