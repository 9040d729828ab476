"""The form of every kind, those of a team included, opens in Slack and gives a fact back as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.desk.fact_form import Input, Offer, inputs_of, offered
from bot.desk.typed import from_typed, to_typed
from bot.i18n import Translator
from bot.playground.limits import check_view
from bot.slack import modals
from bot.slack.modals import PAGE, Ticket
from knowledge.countries import load_countries
from knowledge.drafting import check
from knowledge.exchange.facts_files import SHIPPED, load_facts
from knowledge.exchange.plain import record_to_plain
from knowledge.fields import Plain
from knowledge.kinds import FieldSpec, Kind
from knowledge.kinds.reading import load_kinds
from knowledge.messages import Phrase
from knowledge.records import Draft, Problem, Record
from knowledge.vocabulary import load_vocabulary
from tests.journeys.conftest import filled
from tests.journeys.views import view_problems

THEMES = load_vocabulary()[0]
OWN = Path(__file__).parents[1] / "knowledge" / "museum" / "exhibition.yaml"
KINDS = load_kinds((OWN,))[0]
FACTS = load_facts(tuple(sorted(SHIPPED.glob("*.yaml"))), KINDS, THEMES)[0]
OFFER = Offer(
    THEMES,
    {code: country.names for code, country in load_countries().items()},
    {record.id: record.titles for record in FACTS},
)
LONGEST = Kind(
    "longest",
    {"fr": "la plus longue", "en": "the longest"},
    {"fr": "les plus longues", "en": "the longest"},
    {},
    tuple(
        FieldSpec(f"figure_{number}", "quantity", {"fr": f"Chiffre {number}", "en": f"Figure {number}"})
        for number in range(40)
    ),
    (),
)
TRANSLATOR = Translator()
TODAY = date(2026, 11, 25)


def form(kind: Kind, lang: str, page: int = 0, typed: dict[str, str | list[str]] | None = None) -> dict[str, object]:
    return modals.form(inputs_of(kind, OFFER), typed or {}, Ticket("d", kind.name, page=page, lang=lang), TRANSLATOR)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("kind", [*KINDS.values(), LONGEST], ids=lambda kind: kind.name)
def test_the_form_of_a_kind_keeps_the_limits_of_slack(kind: Kind, lang: str) -> None:
    for page in range(len(modals.pages(inputs_of(kind, OFFER)))):
        assert view_problems(form(kind, lang, page)) == []
        assert check_view(form(kind, lang, page)) == [], "the playground shows it too"


def test_a_form_that_slack_has_no_room_for_goes_over_pages_and_loses_no_input() -> None:
    inputs = inputs_of(LONGEST, OFFER)
    pages = modals.pages(inputs)
    assert len(inputs) > 100 and all(len(page) <= PAGE for page in pages)
    assert [one for page in pages for one in page] == list(inputs)
    first, last = form(LONGEST, "en"), form(LONGEST, "en", len(pages) - 1)
    assert (first["submit"], last["submit"]) != (last["submit"], first["submit"])


@pytest.mark.parametrize("record", FACTS, ids=lambda record: record.id)
def test_a_fact_goes_through_its_form_and_comes_back_the_same(record: Record) -> None:
    kind = KINDS[record.kind]
    plain = record_to_plain(record, KINDS)
    view = form(kind, "fr", typed=to_typed(plain, kind))
    assert view_problems(view) == []
    given = from_typed(modals.read({"values": filled(view, {})}), kind)
    # What a form does not show stays as it was in the fact that it amends.
    unseen: dict[str, Plain] = {key: plain[key] for key in ("id", "other_sources", "programme") if key in plain}
    draft = check(record.kind, {**unseen, **given}, KINDS, THEMES, TODAY)
    assert isinstance(draft, Draft), draft
    assert draft.record == record


def test_all_shipped_facts_are_put_through_their_forms() -> None:
    assert len(FACTS) == 180


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("title", "title.en"),
        ("title.en", "title.en"),
        ("source", "source.title"),
        ("source.url", "source.url"),
        ("closes", "closes"),
        ("recurrence", "recurrence.first"),
        ("recurrence.until", "recurrence.until"),
        ("themes.3", "themes"),
        ("related.0", "related"),
        ("nothing", "title.fr"),
    ],
)
def test_a_problem_stands_under_its_own_input(field: str, key: str) -> None:
    errors = modals.errors([Problem(field, Phrase("fact.missing"))], inputs_of(KINDS["call"], OFFER), "en", TRANSLATOR)
    assert errors == {key: "Fill this in."}


def test_several_problems_of_one_input_are_said_together() -> None:
    problems = [Problem("closes", Phrase("fact.missing")), Problem("closes", Phrase("fact.bad_day"))]
    (said,) = modals.errors(problems, inputs_of(KINDS["call"], OFFER), "en", TRANSLATOR).values()
    assert said.startswith("Fill this in. I could not read the date.")


def element(typed: dict[str, str | list[str]], key: str, *, plain: bool = False) -> Any:
    view = modals.form(inputs_of(KINDS["call"], OFFER), typed, Ticket("d", "call"), TRANSLATOR, plain=plain)
    return next(block["element"] for block in view["blocks"] if block.get("block_id") == key)


def test_a_list_too_long_for_slack_is_searched_and_shows_what_is_chosen_even_where_it_is_offered_no_more() -> None:
    found = element({"countries": ["SE", "XX"], "related": "jtc-gone"}, "countries")
    assert found["type"] == "multi_external_select" and "options" not in found
    assert [(one["value"], one["text"]["text"]) for one in found["initial_options"]] == [("SE", "Suède"), ("XX", "XX")]
    assert element({"related": "jtc-gone"}, "related")["initial_options"][0]["value"] == "jtc-gone"
    gone = element({"themes": ["gone"]}, "themes")
    assert gone["type"] == "multi_static_select" and gone["initial_options"][0] in gone["options"]


def test_what_is_searched_is_found_by_its_start_first_in_both_languages_and_without_accents() -> None:
    countries = next(one for one in inputs_of(KINDS["call"], OFFER) if one.key == "countries")
    assert offered(countries, "sue")[0] == "SE" and offered(countries, "Swed") == ["SE"]
    assert offered(countries, "emirats")[0] == "AE"
    assert offered(countries, "nothing like it") == []
    related = next(one for one in inputs_of(KINDS["call"], OFFER) if one.key == "related")
    assert offered(related, "appel jtc2024")[0] == offered(related, "jtc2024 permed call")[0]
    assert len(offered(countries, "")) == len(load_countries())
    assert len(modals.suggestions(countries, "", "fr", TRANSLATOR)) == 100
    many = Input("x", {"fr": "x"}, "choice", {f"v{n}": {"fr": f"Choix {n}"} for n in range(250)})
    assert modals.suggestions(many, "choix 24", "fr", TRANSLATOR)[0]["value"] == "v24"


def test_channels_and_coordinators_are_chosen_and_what_is_no_channel_is_typed() -> None:
    plain: dict[str, Plain] = {"audience": ["C0A1", "coordinators"], "owner": "UANA"}
    typed = to_typed(plain, KINDS["call"])
    assert element(typed, "audience")["initial_conversations"] == ["C0A1"]
    assert element(typed, "audience.coordinators")["initial_options"][0]["value"] == "coordinators"
    assert from_typed(typed, KINDS["call"])["audience"] == ["C0A1", "coordinators"]
    assert element({"audience": ["somewhere"]}, "audience")["initial_value"] == "somewhere"
    assert element(typed, "audience", plain=True)["initial_value"] == "C0A1"
    assert (element(typed, "owner")["type"], element(typed, "owner", plain=True)["initial_value"]) == (
        "users_select",
        "UANA",
    )
