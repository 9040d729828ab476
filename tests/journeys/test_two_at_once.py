"""Two people at the same fact at the same time: the second learns of the first, and sees, overwrites or cancels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.i18n import Translator
from knowledge.records import Change, Draft, Record, Source
from tests.journeys.conftest import World, connected
from tests.journeys.stand_in import StandIn
from tests.journeys.test_keeping import ANA, MARC, Office, words

every_language = pytest.mark.parametrize("lang", ["fr", "en"])


@pytest.fixture(params=["socket", "http"])
def world(request: pytest.FixtureRequest, slack_server: StandIn) -> Iterator[World]:
    with connected(slack_server, request.param, Translator(), answering=True) as made:
        yield made


def overtaken(world: World, lang: str) -> tuple[Office, dict[str, Any]]:
    """Ana sends a form that Marc has overtaken; the window that tells her."""
    office = Office(world, lang)
    world.slack.profiles[MARC] |= {"profile": {"display_name": "Marc Roy"}}
    world.event({"type": "user_change", "user": {"id": MARC}})
    office.command("add call JTC2028 closes 2028-03-05 source https://example.org/jtc")
    first, second = office.opens("edit jtc2028"), office.opens("edit jtc2028", MARC)
    office.saved(second, {"closes": "2028-03-10", "countries": ["SE"]}, MARC)
    return office, office.saved(first, {"closes": "2028-03-07"})


def stored(office: Office) -> Record:
    record = office.world.keeping.stored("jtc2028")
    assert record is not None
    return record


@every_language
def test_who_came_first_and_what_differs_is_told_by_name(world: World, lang: str) -> None:
    office, conflict = overtaken(world, lang)
    said = words(conflict)
    if lang == "fr":
        assert "Marc Roy l'a modifiée à l'instant" in said and "Clôture : « 10 mars 2028 » → « 7 mars 2028 »" in said
        assert "Pays : « Suède » → « (rien) »" in said
    else:
        assert "Marc Roy changed it just now" in said and "Closes: “10 March 2028” → “7 March 2028”" in said
        assert "Countries: “Sweden” → “(nothing)”" in said
    assert MARC not in said
    assert str(stored(office).values["closes"]) == "2028-03-10"


@every_language
def test_their_version_is_seen_over_the_choice_which_stays(world: World, lang: str) -> None:
    office, conflict = overtaken(world, lang)
    see = next(
        e for b in conflict["blocks"] for e in b.get("elements", []) if e.get("action_id", "").startswith("open")
    )
    office.timed(world.press, conflict, see, ANA)
    theirs = office.shown(office.slack.wait_for("views.push").params["view"])
    assert ("10 mars 2028" if lang == "fr" else "10 March 2028") in words(theirs) and "submit" not in theirs
    office.submit(conflict, {})
    assert str(stored(office).values["closes"]) == "2028-03-07"


@every_language
def test_overwriting_saves_ones_own_and_the_history_has_both(world: World, lang: str) -> None:
    office, conflict = overtaken(world, lang)
    done = office.submit(conflict, {})
    assert ("Modifié" if lang == "fr" else "Changed") in words(done)
    assert str(stored(office).values["closes"]) == "2028-03-07" and "countries" not in stored(office).values
    history = office.command("history jtc2028")
    assert "Marc Roy" in history
    assert all(day in history for day in (("10 mars", "7 mars") if lang == "fr" else ("10 March", "7 March")))
    assert stored(office).revision == 3


@every_language
def test_cancelling_leaves_theirs(world: World, lang: str) -> None:
    office, conflict = overtaken(world, lang)
    assert conflict["close"]["text"] == ("Annuler" if lang == "fr" else "Cancel")
    world.line.deliver(
        "interactive",
        {"type": "view_closed", "user": {"id": ANA}, "team": {"id": "T1"}, "api_app_id": "A1", "view": conflict},
    )
    world.settle()
    assert str(stored(office).values["closes"]) == "2028-03-10" and stored(office).revision == 2


def changed_by_marc(office: Office, **values: Any) -> None:
    """What a form does not show is changed by a file."""
    record = stored(office)
    assert isinstance(office.world.keeping.save(Draft(replace(record, **values)), MARC, record.revision), Change)


@every_language
def test_what_forms_do_not_show_is_told_in_the_history_and_survives_an_overwrite(world: World, lang: str) -> None:
    office, conflict = overtaken(world, lang)
    changed_by_marc(office, reminders=("30d",), other_sources=(Source("Letter", "https://example.org/l"),))
    again = office.submit(conflict, {})["view"]
    assert "Marc Roy" in words(again)
    office.submit(again, {})
    after = stored(office)
    assert str(after.values["closes"]) == "2028-03-07"
    assert after.reminders == ("30d",) and after.other_sources[0].title == "Letter"
    history = office.command("history jtc2028")
    if lang == "fr":
        assert (
            "Rappels de cette fiche : « (rien) » → « 30d »" in history
            and "Autres sources : « (rien) » → « Letter" in history
        )
    else:
        assert (
            "Reminders of this fact: “(nothing)” → “30d”" in history
            and "Other sources: “(nothing)” → “Letter" in history
        )


@every_language
def test_a_fact_that_was_retired_meanwhile_is_not_brought_back_unawares(world: World, lang: str) -> None:
    office = Office(world, lang)
    office.command("add call JTC2028 closes 2028-03-05 source https://example.org/jtc")
    form = office.opens("edit jtc2028")
    office.command("retire jtc2028", MARC)
    conflict = office.saved(form, {"closes": "2028-03-07"})
    assert ("la fiche reste retirée" if lang == "fr" else "the fact stays retired") in words(conflict)
    office.submit(conflict, {})
    assert stored(office).retired and office.facts() == []
