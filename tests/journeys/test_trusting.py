"""How far an answer can be trusted, as its reader sees it, in both languages: verified, to be verified, past, a text too old."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.i18n import Translator
from tests.journeys.conftest import World, connected
from tests.journeys.stand_in import StandIn
from tests.journeys.test_keeping import ANA, SOURCE, Office, words

BOTH = {"title.fr": "Appel Zephyr", "title.en": "Zephyr call", "summary.fr": "Un appel.", "summary.en": "A call."}
ASKED = {"fr": "demander Appel Zephyr", "en": "ask Zephyr call"}
OLDER = {
    "en": {
        "fr": "Le texte anglais est plus ancien que le texte français",
        "en": "The English text is older than the French one",
    },
    "fr": {
        "fr": "Le texte français est plus ancien que le texte anglais",
        "en": "The French text is older than the English one",
    },
}
every_language = pytest.mark.parametrize("lang", ["fr", "en"])


@pytest.fixture(params=["socket", "http"])
def world(request: pytest.FixtureRequest, slack_server: StandIn) -> Iterator[World]:
    with connected(slack_server, request.param, Translator(), answering=True) as made:
        yield made


def added(world: World, lang: str, **more: Any) -> Office:
    """An office with one call for proposals in it."""
    office = Office(world, lang)
    world.slack.profiles[ANA] |= {"profile": {"display_name": "Ana Lima"}}
    world.event({"type": "user_change", "user": {"id": ANA}})
    office.saved(office.opens("add call"), {**BOTH, **SOURCE, **more})
    return office


@every_language
def test_a_fact_says_who_verified_it_and_when(world: World, lang: str) -> None:
    office = added(world, lang)
    office.command("verify appel-zephyr")
    shown = office.command(ASKED[lang])
    assert (
        "Vérifié le 25 novembre 2026 par Ana Lima" if lang == "fr" else "Verified on 25 November 2026 by Ana Lima"
    ) in shown
    assert ANA not in shown.replace(f'"{ANA}"', "")


@every_language
def test_a_fact_that_nobody_has_confirmed_for_long_is_to_be_verified(world: World, lang: str) -> None:
    office = added(world, lang, **{"source.accessed": "3 March 2024"})
    shown = office.command(ASKED[lang])
    assert (
        "À vérifier : plus personne ne l'a confirmé depuis le 3 mars 2024" if lang == "fr" else "To be verified"
    ) in shown
    assert ("Vérifié" if lang == "fr" else "Verified") not in shown


@every_language
def test_a_fact_past_its_last_day_says_so_instead_of_pretending(world: World, lang: str) -> None:
    office = added(world, lang, status="open", opens="2026-01-05", closes="2026-03-05")
    shown = office.command(ASKED[lang])
    if lang == "fr":
        assert "Donné comme « ouvert », mais sa date de fin (5 mars 2026) est passée" in shown
        assert "appel à projets · ouvert" not in shown
    else:
        assert "Recorded as “open”, but its last day (5 March 2026) is over" in shown
        assert "call for proposals · open" not in shown


@every_language
@pytest.mark.parametrize("edited", ["fr", "en"])
def test_a_text_that_is_older_than_its_other_language_is_marked_until_it_is_reviewed(
    world: World, lang: str, edited: str
) -> None:
    other = "en" if edited == "fr" else "fr"
    office = added(world, lang)
    office.saved(office.opens("edit appel-zephyr"), {f"summary.{edited}": "Autre chose."})
    assert OLDER[other][lang] in office.command(ASKED[lang])

    office.saved(office.opens("edit appel-zephyr"), {f"summary.{other}": "Something else."})
    assert OLDER[other][lang] not in office.command(ASKED[lang])


@every_language
def test_a_text_that_needs_no_change_after_all_is_unmarked_in_the_form(world: World, lang: str) -> None:
    office = added(world, lang)
    office.saved(office.opens("edit appel-zephyr"), {"summary.fr": "Un appel !"})
    form = office.opens("edit appel-zephyr")
    (ticks,) = [one["element"] for one in form["blocks"] if one.get("block_id") == "stale"]
    assert [one["value"] for one in ticks["initial_options"]] == ["en"]
    office.saved(form, {"stale": []})
    assert OLDER["en"][lang] not in office.command(ASKED[lang])
    assert OLDER["fr"][lang] not in words(office.command(ASKED[lang]))
