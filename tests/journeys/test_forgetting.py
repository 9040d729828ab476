"""A coordinator who has done everything that leaves a trace asks to be forgotten: no table and no file holds them any more."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import sending
from bot.doctor import examine
from knowledge.records import FORMER_MEMBER, Write
from tests.journeys.running_bot import plain, running
from tests.journeys.stand_in import eventually, stand_in
from tests.journeys.test_reminders import CALL, NINE_IN_PARIS, Desk, french
from tests.knowledge.storage.test_chain import stored

MARIE, NAME, REAL = "U0MARIE77", "Marie Témoin", "Marie-Zoé Témoin d'Essai"
TRACES = (MARIE, NAME, REAL, f"D{MARIE}")
CONFIG = """
meaning: {encoder: none}
coordinators: [U0BOSS]
reminders:
- {name: calls, channel: C0FR, leads: [14d, 7d], kinds: [call], mention: [U0PAUL]}
"""


@dataclass
class Person:
    """Marie at work."""

    desk: Desk
    user: str = MARIE

    def writes(self, text: str, **more: Any) -> str:
        """What is answered to a direct message in the end."""
        slack = self.desk.slack
        before = len(slack.called("chat.postMessage")), len(slack.called("chat.update"))
        place = {"type": "message", "channel": f"D{self.user}", "channel_type": "im"}
        self.desk.event(**place, user=self.user, text=text, **more)
        said = slack.wait_for("chat.postMessage", before[0] + 1)
        return plain((slack.wait_for("chat.update", before[1] + 1) if more else said).text)

    def clicks(self, button: dict[str, Any]) -> None:
        """Below a message of the direct conversation."""
        self.desk.under("5.5", button, self.user, f"D{self.user}", message={"thread_ts": "5.1"})

    def commands(self, text: str) -> str:
        return self.desk.command(text, self.user)


@contextmanager
def at_work(folder: Path, text: str) -> Iterator[Desk]:
    """A bot with this configuration on the base of this folder."""
    with stand_in() as slack:
        slack.profiles[MARIE] = {"profile": {"display_name": NAME, "real_name": REAL}}
        with running(Desk, slack, folder, text, NINE_IN_PARIS - timedelta(minutes=5)) as bot:
            yield bot


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    with at_work(tmp_path, getattr(request, "param", CONFIG)) as made:
        yield made


def live(desk: Desk, marie: Person) -> None:
    """All that Marie leaves behind: questions, a rating, a fact, an import, what she did about reminders, one of her own, a
    draft; and what others say of her."""
    desk.command(f"coordinators add <@{MARIE}>", "U0BOSS")
    assert "5 mars 2024" in marie.writes("Quand ferme JTC2024 ?")
    assert marie.writes(f"Que sait {NAME} des licornes ?")
    rating = desk.slack.called("chat.postMessage")[0].buttons("feedback")[0]
    marie.clicks(rating | {"value": rating["positive_button"]["value"]})
    eventually(desk.parts.store.feedback)
    assert "Ajouté" in marie.commands("add call JTC2031 closes 2031-03-05 source https://example.org/jtc")
    table = io.StringIO()
    rows = [["kind", "title.fr", "owner", "source.title"], ["call", "Appel importé", MARIE, "Page"]]
    csv.writer(table).writerows(rows)
    desk.slack.files["F1"] = f"liste de {NAME}.csv", table.getvalue().encode()
    marie.writes("", subtype="file_share", files=[{"id": "F1", "name": "liste.csv"}])
    go_on = eventually(lambda: desk.slack.called("chat.update")[-1].buttons("import_all"))
    before = desk.parts.store.last_seq()
    marie.clicks(go_on[0])
    eventually(lambda: desk.parts.store.last_seq() > before)
    assert "2 février 2026" in marie.commands("rappelle-moi ERDERA JTC2026 dix jours avant")
    (said,) = french(desk.at(NINE_IN_PARIS))
    assert "s'en charge" in plain(desk.click(said, "reminder_mine", MARIE).text)
    marie.commands("ajouter appel")
    record = desk.parts.base.record(CALL)
    assert record is not None
    watched = replace(record, owner=MARIE, note={"fr": f"Dit par <@{MARIE}>"})
    desk.parts.store.write([Write("amend", watched, "U0BOSS", f"pour {NAME}", record.revision)], NINE_IN_PARIS)
    other = Person(desk, "U0PAUL")
    other.commands(f"ask Qui est {NAME} ({MARIE}) ?")
    assert desk.parts.store.add_glossary_pair("quokka", f"animal de {MARIE}", MARIE, NINE_IN_PARIS)
    desk.parts.desks.keeping.keep_draft(f"{MARIE}:9f", {"summary.fr": "un brouillon"})


def test_a_person_who_asks_to_be_forgotten_is_in_no_table_and_no_file_and_the_history_is_whole(
    desk: Desk, tmp_path: Path
) -> None:
    marie, base = Person(desk), desk.parts.config.database
    live(desk, marie)
    desk.at(NINE_IN_PARIS + timedelta(minutes=1))
    assert {"occurrences.body", "reminder_requests.person", "people.name", "changes.reason", "topics.topic"} <= {
        *stored(base, *TRACES)
    }
    assert "/entente oublier moi oui" in marie.writes("Oublie-moi !")
    asked = marie.commands("oublier moi")
    assert "2 questions, 1 avis et 1 rappel" in asked and "coordinateurs" in asked
    assert "C'est fait : 2 questions, 1 avis et 1 rappel" in marie.commands("oublier moi oui")
    assert stored(base, *TRACES) == []
    whole, again = [check for check in examine(tmp_path / "config.yaml", base, {}) if check.what == "history"]
    assert whole.sound and "whole" in whole.finding
    assert "(erasure)" in again.finding and again.finding.split()[-1] in whole.finding
    assert {change.by for change in desk.parts.store.changes()} == {"entente", "U0BOSS", FORMER_MEMBER}
    # What is left goes on: the reminder that was hers calls those of the rule again, and what she asked for does not come.
    (later,) = french(desk.at(NINE_IN_PARIS + timedelta(days=7)))
    assert later.params["blocks"][0]["text"]["text"] == "<@U0PAUL>"
    assert [call for call in desk.slack.called("chat.postMessage") if call.params["channel"] == MARIE] == []
    assert "coordinateurs" in marie.commands("exporter")
    # The id of whoever speaks now is met again, and only that.
    assert set(stored(base, *TRACES)) <= {"entente.db", "entente.db-wal", "sightings.event", "topics.thread"}


KNOWN = {
    *("records", "changes", "meta", "people", "reseals"),  # the history: names stand in `people` alone
    *("topics", "sightings", "feedback", "questions", "coordinators", "glossary"),
    *("occurrences", "outbox_state", "reminder_requests", "calendar_links"),
    *("_sqlite_migrations", "sqlite_sequence"),
}


def test_no_table_is_added_without_a_thought_for_those_who_are_forgotten(desk: Desk) -> None:
    with closing(sqlite3.connect(f"{desk.parts.config.database.as_uri()}?mode=ro", uri=True)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables <= KNOWN, "let `live` leave a trace in the new table, then name it here"


@pytest.mark.parametrize("desk", ["meaning: {encoder: none}\n"], indirect=True)
def test_the_last_coordinator_adds_another_one_before_being_forgotten(desk: Desk) -> None:
    marie = Person(desk)
    desk.parts.store.add_coordinator(MARIE, "entente", NINE_IN_PARIS)
    for words in ("oublier moi", "oublier moi oui"):
        assert "plus personne ne coordonnerait" in marie.commands(words)
    assert desk.parts.store.coordinators() == (MARIE,)
    marie.commands("coordinators add <@U0PAUL>")
    assert "Vous ne serez plus parmi les coordinateurs" in marie.commands("oublier moi")
    assert "C'est fait" in marie.commands("oublier moi oui")
    assert desk.parts.store.coordinators() == ("U0PAUL",)


def test_whom_the_configuration_names_hears_that_only_its_keeper_can_change_that(desk: Desk) -> None:
    for user in ("U0BOSS", "U0PAUL"):
        assert "Le fichier de configuration vous nomme" in desk.command("oublier moi", user)
        assert "Le fichier de configuration vous nomme" in desk.command("oublier moi oui", user)
    assert "configuration" not in desk.command("oublier moi", MARIE)


def test_what_is_kept_for_a_time_is_dropped_once_that_is_over_though_nobody_asks_any_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = desk.parts.config.database
    Person(desk).writes("Que sait-on des licornes ?")
    desk.at(NINE_IN_PARIS)
    assert {"questions.text", "topics.topic"} & {*stored(base, "licornes")}
    monkeypatch.setattr(sending, "TIDYING", 0.0)
    desk.at(NINE_IN_PARIS + timedelta(days=31))
    desk.parts.store.wipe()  # type: ignore[attr-defined]
    assert stored(base, "licornes") == []
