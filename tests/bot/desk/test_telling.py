"""What is said of facts: who came first and how long ago, and what is not what it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.i18n import Translator
from knowledge.dates import Day
from knowledge.keeping import Conflict
from knowledge.messages import Note, Phrase, Say
from knowledge.records import Change, Draft, Source
from tests.journeys.conftest import NoClock, keeping
from tests.knowledge.asking import shipped_records

TRANSLATOR = Translator()
FACT = next(record for record in shipped_records() if record.kind == "call")
NOW = NoClock().now()


def plain(phrase: Phrase, lang: str = "en") -> str:
    return TRANSLATOR.say(phrase, lang).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("ago", "english", "french"),
    [
        (timedelta(seconds=20), "just now", "à l'instant"),
        (timedelta(minutes=1), "1 minute ago", "il y a 1 minute"),
        (timedelta(minutes=2, seconds=40), "2 minutes ago", "il y a 2 minutes"),
        (timedelta(minutes=59), "59 minutes ago", "il y a 59 minutes"),
        (timedelta(hours=3), "on 25 November 2026, 07:00", "le 25 novembre 2026, 7 h 00"),
        (timedelta(seconds=-20), "on 25 November 2026, 10:00", "le 25 novembre 2026, 10 h 00"),
    ],
)
def test_who_came_first_is_told_by_how_long_ago_it_was(ago: timedelta, english: str, french: str) -> None:
    conflict = Conflict(FACT.id, FACT, "UMARC", NOW - ago)
    said = keeping().telling.conflict(conflict, lambda user: "Marc", editing=True)
    assert plain(said).startswith(f"Marc changed it {english}, since you opened it.")
    assert plain(said, "fr").startswith(f"Marc l'a modifiée {french}, depuis que vous l'avez ouverte.")


def test_somebody_who_does_not_edit_is_not_offered_to_overwrite() -> None:
    conflict = Conflict(FACT.id, FACT, "UMARC", NOW)
    said = plain(keeping().telling.conflict(conflict, lambda user: "Marc"))
    assert "overwrite" not in said and "do it again" in said
    assert keeping().telling.conflict(Conflict("gone"), str) == Phrase("keep.gone")


def test_each_thing_that_changed_is_one_line_in_the_words_of_people() -> None:
    after = replace(
        FACT,
        values={**FACT.values, "closes": Day(2031, 3, 5), "countries": ("SE",)},
        reminders=("30d",),
        programme=not FACT.programme,
        other_sources=(Source("Letter", "https://example.org/l"),),
        owner="UANA",
    )
    lines = [plain(part.phrase) for part in keeping().telling.differences(FACT, after) if isinstance(part, Note)]
    said = "\n".join(lines)
    assert "→ “5 March 2031”" in said and "→ “Sweden”" in said and "→ “UANA”" in said
    assert "Reminders of this fact: “(nothing)” → “30d”" in said and "Other sources:" in said
    assert "Stated by the programme's page:" in said
    assert len(lines) == 6
    assert keeping().telling.differences(FACT, FACT) == []


def test_a_retired_fact_is_restored_from_its_history() -> None:
    desk = keeping()
    added = desk.save(Draft(replace(FACT, revision=1)), "UANA")
    assert isinstance(added, Change)
    assert all(isinstance(part, Say | Note) for part in desk.telling.history(FACT.id, str).parts)
    desk.retire(added.after, "UANA")
    *_, last = desk.telling.history(FACT.id, str).parts
    assert "restore" in str(last)
