"""A team's kind with sixty fields, more than one window of Slack holds: it is filled in over pages, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.i18n import Translator
from tests.journeys.conftest import World, connected
from tests.journeys.stand_in import StandIn
from tests.journeys.test_keeping import SOURCE, Office, words

FIELDS = 60
LONG = {
    "fr": "Renseignement complémentaire demandé par le comité de pilotage international, numéro",
    "en": "Additional piece of information that the international steering committee asks for, number",
}
every_language = pytest.mark.parametrize("lang", ["fr", "en"])


def dossier() -> str:
    """The file of a kind: texts in both languages, days, amounts, and a choice among 150."""
    types = ("text", "day", "money", "text")
    lines = [
        "labels: {fr: dossier, en: dossier}",
        "plurals: {fr: dossiers, en: dossiers}",
        "status: [open, closed]",
        "fields:",
        "  region:",
        "    type: choice",
        "    labels: {fr: Bassin, en: Basin}",
        "    words: {fr: [bassin], en: [basin]}",
        "    choices:",
        *(f"      basin_{n}: {{labels: {{fr: Bassin numéro {n}, en: Basin number {n}}}}}" for n in range(150)),
    ]
    for n in range(FIELDS):
        lines += [
            f"  detail_{n}:",
            f"    type: {types[n % 4]}",
            f"    labels: {{fr: '{LONG['fr']} {n}', en: '{LONG['en']} {n}'}}",
            f"    words: {{fr: [detail {n}], en: [detail {n}]}}",
        ]
    return "\n".join([*lines, "  organisations:", "  countries:", "  related:"]) + "\n"


@pytest.fixture(params=["socket", "http"])
def world(request: pytest.FixtureRequest, slack_server: StandIn, tmp_path_factory: Any) -> Iterator[World]:
    file: Path = tmp_path_factory.getbasetemp() / "dossier.yaml"
    file.write_text(dossier(), "utf-8")
    with connected(slack_server, request.param, Translator(), answering=True, kinds=(file,)) as made:
        yield made


def keys(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def held(view: dict[str, Any]) -> dict[str, Any]:
    return {one["block_id"]: one["element"].get("initial_value") for one in view["blocks"] if one["type"] == "input"}


@every_language
def test_a_form_of_sixty_fields_goes_over_pages_that_slack_takes(world: World, lang: str) -> None:
    office = Office(world, lang)
    first = office.opens("add dossier")
    second = office.shown(office.submit(first, {f"title.{lang}": "Dossier A"})["view"])
    assert len(keys(first)) + len(keys(second)) > 100 and not set(keys(first)) & set(keys(second))
    assert [view["title"]["text"] for view in (first, second)] == (
        ["Nouvelle fiche (1/2)", "Nouvelle fiche (2/2)"] if lang == "fr" else ["New fact (1/2)", "New fact (2/2)"]
    )
    assert (first["submit"]["text"], second["submit"]["text"]) == (
        ("Suite", "Vérifier") if lang == "fr" else ("Next", "Check")
    )


@every_language
def test_mistakes_are_told_under_their_fields_on_the_page_where_they_are_and_nothing_typed_is_lost(
    world: World, lang: str
) -> None:
    office = Office(world, lang)
    first = office.opens("add dossier")
    wrong = office.submit(first, {"detail_1": "pas une date", "detail_2": "cher", "detail_0.fr": "Un."})
    assert wrong["response_action"] == "errors"
    assert set(wrong["errors"]) == {f"title.{lang}", "detail_1", "detail_2"}

    typed = {f"title.{lang}": "Dossier A", "detail_1": "5 mars 2028", "detail_2": "2000 EUR", "detail_0.fr": "Un."}
    second = office.submit(first, typed)["view"]
    wrong = office.submit(second, {"detail_57": "jamais", "detail_59.fr": "Fin."})
    assert set(wrong["errors"]) == {"detail_57", "source.title"}

    preview = office.submit(second, {"detail_57": "fin juin 2028", "detail_59.fr": "Fin.", **SOURCE})["view"]
    assert "detail" not in words(preview) and ("30 juin 2028" in words(preview)) == (lang == "fr")
    back = next(e for b in preview["blocks"] for e in b.get("elements", []) if e["action_id"].startswith("back"))
    office.timed(world.press, preview, back, "UCOORD")
    again = office.shown(office.slack.wait_for("views.update").params["view"])
    assert held(again)[f"title.{lang}"] == "Dossier A" and held(again)["detail_1"] == "5 mars 2028"
    assert held(office.submit(again, {})["view"])["detail_59.fr"] == "Fin."

    assert office.facts() == []
    office.submit(preview, {})
    record = world.keeping.stored("dossier-a")
    assert record is not None and record.values["detail_59"] == {"fr": "Fin."}
    assert str(record.values["detail_57"]) == "2028-06-30" and record.values["detail_0"]["fr"] == "Un."


@every_language
def test_a_choice_among_more_than_slack_shows_is_searched_for_and_none_of_it_is_out_of_reach(
    world: World, lang: str
) -> None:
    office = Office(world, lang)
    first = office.opens("add dossier")
    assert office.timed(world.suggest, first, "region", "149", "UCOORD") == [
        "basin_149 Bassin numéro 149" if lang == "fr" else "basin_149 Basin number 149"
    ]
    second = office.submit(first, {f"title.{lang}": "Dossier A", "region": "basin_149"})["view"]
    office.submit(office.submit(second, SOURCE)["view"], {})
    record = world.keeping.stored("dossier-a")
    assert record is not None and record.values["region"] == "basin_149"
    form = office.opens("edit dossier-a")
    assert form["title"]["text"] == ("Modifier la fiche (1/2)" if lang == "fr" else "Change the fact (1/2)")
    (element,) = [one["element"] for one in form["blocks"] if one.get("block_id") == "region"]
    assert element["initial_option"]["value"] == "basin_149"
