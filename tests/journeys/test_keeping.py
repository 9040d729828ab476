"""Coordinators keep facts from inside Slack: by form, by one line, by buttons; over both ways of being connected."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bot.i18n import Translator
from bot.slack import modals
from bot.slack.modals import Ticket
from knowledge.kinds.reading import load_kinds
from tests.journeys.conftest import World, connected
from tests.journeys.stand_in import StandIn
from tests.journeys.views import live_marks, view_problems

KINDS = sorted(load_kinds()[0])
EVIL = "<!channel> <@U1> <https://evil.example|bank> ＜!here＞ @everyone *gras* & `x`"
ANA, MARC = "UCOORD", "UMARC"
SOURCE = {"source.title": "Lettre du ministère", "source.url": "https://example.org/lettre"}


def words(answer: Any) -> str:
    """All that an answer says, with plain spaces so that the tests can be read."""
    return json.dumps(answer, ensure_ascii=False).replace("\u00a0", " ").replace("\u202f", " ")


class Office:
    """Coordinators at work in one language. Every step is acknowledged within three seconds."""

    def __init__(self, world: World, lang: str = "fr") -> None:
        self.world, self.slack, self.lang = world, world.slack, lang
        world.slack.profiles |= {user: {"locale": f"{lang}-XX", "name": user.lower()} for user in (ANA, MARC, "U1")}
        world.command("coordinators add <@UMARC>", user=ANA)

    def timed(self, act: Any, *given: Any, **more: Any) -> Any:
        started = time.monotonic()
        answer = act(*given, **more)
        assert time.monotonic() - started < 3
        return answer

    def command(self, text: str, user: str = ANA) -> str:
        return words(self.timed(self.world.command, text, user=user))

    def opens(self, text: str, user: str = ANA) -> dict[str, Any]:
        """The form that a command opens."""
        before = len(self.slack.called("views.open"))
        self.command(text, user)
        return self.shown(self.slack.wait_for("views.open", before + 1).params["view"])

    def submit(self, view: dict[str, Any], typed: dict[str, Any], user: str = ANA) -> dict[str, Any]:
        answer = self.timed(self.world.submit, view, typed, user)
        if "view" in answer:
            self.shown(answer["view"])
        assert live_marks(answer) == []
        return dict(answer)

    def shown(self, view: Any) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(view) if isinstance(view, str) else view
        assert view_problems(made) == []
        assert live_marks(made) == []
        return made

    def saved(self, view: dict[str, Any], typed: dict[str, Any], user: str = ANA) -> dict[str, Any]:
        """The window after a form was checked and then confirmed."""
        preview = self.submit(view, typed, user)
        assert preview["response_action"] == "update", preview
        done = self.submit(preview["view"], {}, user)
        return dict(done["view"])

    def facts(self) -> list[str]:
        return [record.id for record in self.world.keeping.records()]


@pytest.fixture(params=["socket", "http"])
def world(request: pytest.FixtureRequest, slack_server: StandIn) -> Iterator[World]:
    with connected(slack_server, request.param, Translator(), answering=True) as made:
        yield made


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_fact_of_each_kind_is_added_by_form_after_mistakes(world: World, lang: str) -> None:
    office = Office(world, lang)
    for number, name in enumerate(KINDS):
        label = world.keeping.kinds[name].labels[lang]
        view = office.opens(f"{'ajouter' if lang == 'fr' else 'add'} {label}")
        wrong = office.submit(view, {"source.url": "pas une adresse", "summary.fr": "x" * 2500})
        assert wrong["response_action"] == "errors"
        assert {f"title.{lang}", "source.url", "source.title", "summary.fr"} <= set(wrong["errors"])
        typed = {f"title.{lang}": f"Essai {number} {name}", "summary.fr": "Bref.", **SOURCE}
        done = office.saved(view, typed)
        assert f"Essai {number}" in words(done)
    assert len(office.facts()) == len(KINDS)


def test_a_form_says_how_it_reads_dates_before_it_saves(office: Office) -> None:
    view = office.opens("ajouter appel")
    typed = {"title.fr": "Appel JTC2028", "opens": "31/02/2027", "closes": "03/04/2027", **SOURCE}
    wrong = office.submit(view, typed)["errors"]
    assert set(wrong) == {"opens", "closes"}
    assert "3 avril 2027" in wrong["closes"] and "4 mars 2027" in wrong["closes"]

    preview = office.submit(view, {**typed, "opens": "1er mars 2027", "closes": "fin juin 2027"})["view"]
    said = words(preview)
    assert "« fin juin 2027 »" in said and "30 juin 2027" in said
    assert office.facts() == []
    office.submit(preview, {})
    assert office.world.keeping.stored(office.facts()[0]).values["closes"].last.isoformat() == "2027-06-30"  # type: ignore[union-attr]


def test_nothing_typed_is_lost_between_the_preview_and_the_form(office: Office) -> None:
    view = office.opens("add call")
    preview = office.submit(view, {"title.en": "Call A", "budget": "20000000 EUR", **SOURCE})["view"]
    back = next(
        e for b in preview["blocks"] for e in b.get("elements", []) if e.get("action_id", "").startswith("back")
    )
    office.world.press(preview, back, ANA)
    form = office.shown(office.slack.wait_for("views.update").params["view"])
    held = {b["block_id"]: b["element"].get("initial_value") for b in form["blocks"] if b["type"] == "input"}
    assert (held["title.en"], held["budget"], held["source.url"]) == ("Call A", "20000000 EUR", SOURCE["source.url"])


def test_a_form_sent_five_times_adds_one_fact(office: Office) -> None:
    view = office.opens("add call")
    preview = office.submit(view, {"title.en": "Call A", **SOURCE})["view"]
    said = [words(office.submit(preview, {})) for _ in range(5)]
    assert office.facts() == ["call-a"]
    assert "Ajouté" in said[0] and all("déjà fait" in again for again in said[1:])


def test_a_fact_written_on_one_line_is_saved_and_taken_back(office: Office) -> None:
    said = office.command("add call JTC2028 closes 5 mars 2028 source https://example.org/jtc")
    assert "Ajouté" in said and "5 mars 2028" in said
    record = office.world.keeping.stored("jtc2028")
    assert record is not None and str(record.values["closes"]) == "2028-03-05" and record.source.title == "example.org"

    assert "Annulé" in office.command("annuler")
    assert office.facts() == []
    assert "aucun changement" in office.command("undo")


def test_a_line_with_a_mistake_opens_the_form_with_what_was_understood(office: Office) -> None:
    view = office.opens("add call JTC2028 closes tomorow")
    held = {b["block_id"]: b["element"].get("initial_value") for b in view["blocks"] if b["type"] == "input"}
    assert (held["title.fr"], held["closes"]) == ("JTC2028", "tomorow")
    assert office.facts() == []


@pytest.mark.parametrize(
    ("lang", "labels"),
    [("fr", ("« Clôture » : Je", "Source : titre » : À")), ("en", ("“Closes”: I", "“Source: title”: Fill"))],
)
def test_each_mistake_of_a_line_is_told_under_the_name_of_its_field(
    world: World, lang: str, labels: tuple[str, ...]
) -> None:
    office = Office(world, lang)
    said = office.command("add call JTC2028 closes tomorow")
    assert [label in said for label in labels] == [True, True], said


def test_a_near_duplicate_is_shown_before_it_is_added(office: Office) -> None:
    office.command("add agreement MoU Danemark 2023 source https://example.org/a")
    view = office.opens("add agreement")
    preview = office.submit(view, {"title.fr": "MoU Danemarck 2023", **SOURCE})["view"]
    assert "MoU Danemark 2023" in words(preview)
    known = next(
        e for b in preview["blocks"] for e in b.get("elements", []) if e.get("action_id", "").startswith("open")
    )
    office.world.press(preview, known, ANA)
    card = office.shown(office.slack.wait_for("views.push").params["view"])
    assert "example.org" in words(card) and "submit" not in card
    office.submit(preview, {})
    assert len(office.facts()) == 2


def test_a_right_that_is_lost_while_a_form_is_open_saves_nothing_and_loses_nothing(office: Office) -> None:
    view = office.opens("add call", MARC)
    preview = office.submit(view, {"title.en": "Call A", **SOURCE}, MARC)["view"]
    office.command("coordinators remove <@UMARC>")
    refused = office.submit(preview, {}, MARC)
    assert refused["view"]["callback_id"] == preview["callback_id"]
    assert "Seuls les coordinateurs" in words(refused)
    again = office.submit(view, {"title.en": "Call A", **SOURCE}, MARC)
    assert again["response_action"] == "errors" and office.facts() == []

    office.command("coordinators add <@UMARC>")
    office.submit(preview, {}, MARC)
    assert office.facts() == ["call-a"]


def test_a_fact_is_retired_and_restored(office: Office) -> None:
    office.command("add call JTC2028 source https://example.org/jtc")
    assert "Retiré" in office.command("retirer jtc2028")
    assert office.facts() == []
    assert "Aucune fiche" in office.command("retire jtc2028")
    assert "Rétabli" in office.command("rétablir jtc2028")
    assert office.facts() == ["jtc2028"]
    assert "Noté" in office.command("verify jtc2028")


@pytest.mark.parametrize("words", ["0", "-1", "1" + "0" * 30, "no-such-fact", "'; DROP TABLE facts;--"])
def test_a_fact_that_is_not_there_is_not_changed(office: Office, words: str) -> None:
    for command in ("edit", "retire", "restore", "history"):
        assert "Aucune fiche" in office.command(f"{command} {words}")


def test_hostile_text_in_every_field_stays_text(office: Office) -> None:
    for name in KINDS:
        view = office.opens(f"add {name.replace('_', ' ')}")
        texts = {
            b["block_id"]: EVIL
            for b in view["blocks"]
            if b["type"] == "input" and b["element"]["type"] == "plain_text_input"
        }
        texts |= {"source.title": EVIL, "title.fr": f"{EVIL} {name}"}
        while (answer := office.submit(view, texts)).get("errors"):
            wrong = {key.partition(".")[0] for key in answer["errors"]}
            assert any(texts[key] for key in texts if key.partition(".")[0] in wrong), answer
            texts |= {key: "" for key in texts if key.partition(".")[0] in wrong and key != "source.title"}
        done = office.submit(answer["view"], {})["view"]
        assert live_marks(done) == []
    for record_id in office.facts():
        assert live_marks(json.loads(office.command(f"history {record_id}"))) == []


def test_a_message_becomes_the_start_of_a_fact(office: Office) -> None:
    office.world.line.deliver(
        "interactive",
        {
            "type": "message_action",
            "callback_id": "save_as_fact",
            "team": {"id": "T1"},
            "user": {"id": ANA},
            "api_app_id": "A1",
            "trigger_id": "trigger-message",
            "channel": {"id": "C1", "name": "general"},
            "message": {"ts": "1.1", "text": "L'appel ferme le 5 mars."},
            "response_url": office.slack.response_url,
        },
    )
    kinds = office.slack.wait_for("respond")
    button = next(one for one in kinds.buttons("add_kind") if one["value"].startswith('{"v": "call '))
    office.world.click(button, user=ANA, ephemeral=True)
    view = office.shown(office.slack.wait_for("views.open").params["view"])
    held = {b["block_id"]: b["element"].get("initial_value") for b in view["blocks"] if b["type"] == "input"}
    assert held["summary.fr"] == "L'appel ferme le 5 mars."
    assert held["source.url"] == "https://slack.example/p1"


def test_a_member_who_does_not_coordinate_changes_nothing(office: Office) -> None:
    office.command("add call JTC2028 source https://example.org/jtc")
    for command in (
        "add call",
        "add call X source https://a.org/",
        "edit jtc2028",
        "retire jtc2028",
        "restore jtc2028",
        "verify jtc2028",
        "history jtc2028",
        "undo",
    ):
        assert "Seuls les coordinateurs" in office.command(command, "U1"), command
    assert office.facts() == ["jtc2028"]


def test_facts_to_look_at_again_are_confirmed_edited_or_passed_on_by_coordinators_alone(office: Office) -> None:
    view = office.opens("add call")
    office.saved(view, {"title.en": "Call A", "owner": ANA, **SOURCE, "source.accessed": "1 January 2026"})
    assert "call-a" in office.facts()
    said = json.loads(json.dumps(office.world.command("review", user=ANA)))
    buttons = {
        button["action_id"].partition(":")[0]: button
        for block in said["blocks"]
        for button in block.get("elements", [])
        if block["type"] == "actions"
    }
    assert {"verify", "edit", "pass_on"} <= set(buttons)
    assert "coordina" in office.command("review", user="U1")

    office.world.click(buttons["pass_on"], "U1", ephemeral=True)
    office.world.settle()
    assert office.world.keeping.stored("call-a").owner == ANA  # type: ignore[union-attr]
    office.world.click(buttons["pass_on"], ANA, ephemeral=True)
    office.world.settle()
    assert office.world.keeping.stored("call-a").owner == MARC  # type: ignore[union-attr]
    office.world.click(buttons["verify"], MARC, ephemeral=True)
    office.world.settle()
    assert office.world.keeping.stored("call-a").source.verified_by == MARC  # type: ignore[union-attr]
    assert "Aucune fiche" in office.command("revoir", MARC)


def test_a_near_duplicate_and_the_questions_that_a_fact_would_answer_are_told_before_it_is_saved(
    office: Office,
) -> None:
    office.world.asked += ["Quand ferme l'appel Zephyr ?", "Combien de lunes a Mars ?"]
    view = office.opens("add call")
    typed = {"title.fr": "Appel Zephyr", "closes": "2027-03-05", **SOURCE}
    shown = words(office.submit(view, typed)["view"])
    assert "répondrait à 1 question" in shown and "Quand ferme l'appel Zephyr" in shown and "lunes" not in shown


def test_a_new_fact_is_found_by_its_words_and_by_a_typo_in_the_very_next_question(office: Office) -> None:
    office.command("add call Appel Zephyr closes 5 mars 2028 source https://example.org/z")
    for question in ("Quand ferme l'appel Zephyr ?", "Quand ferme l'appel Zephir ?", "Qand ferme l'apel Zephyr ?"):
        assert "5 mars 2028" in office.command(f"demander {question}"), question


def test_a_card_has_the_buttons_of_those_who_keep_it_where_only_a_coordinator_reads_it(office: Office) -> None:
    office.command("add call Appel Zephyr closes 5 mars 2028 source https://example.org/z")
    question = "demander Quand ferme l'appel Zephyr ?"
    blocks = office.timed(office.world.command, question, user=ANA)["blocks"]
    buttons = {e["action_id"].partition(":")[0]: e for b in blocks for e in b.get("elements", []) if "action_id" in e}
    assert {"edit", "verify", "history", "retire"} <= set(buttons)
    assert "retire:" not in office.command(question, "U1")

    office.world.click(buttons["edit"], user=ANA, ephemeral=True)
    view = office.shown(office.slack.wait_for("views.open").params["view"])
    assert json.loads(view["private_metadata"])["record"] == "appel-zephyr"

    office.world.click(buttons["retire"], user="U1", ephemeral=True)
    assert "Seuls les coordinateurs" in words(office.slack.wait_for("respond", 1).params)
    office.world.click(buttons["retire"], user=ANA, ephemeral=True)
    done = office.slack.wait_for("respond", 2)
    assert "Retiré" in words(done.params) and office.facts() == []
    office.world.click(done.buttons("undo")[0], user=ANA, ephemeral=True)
    office.slack.wait_for("respond", 3)
    assert office.facts() == ["appel-zephyr"]


def test_a_form_that_fails_on_our_side_stays_open_with_a_reference(office: Office) -> None:
    view = office.opens("add call")
    typed = {"title.en": "Call A", **SOURCE}
    office.world.sights.broken = True
    failed = office.submit(view, typed)
    assert failed["response_action"] == "errors" and "7F3K" in failed["errors"]["title.fr"]
    office.world.sights.broken = False
    preview = office.submit(view, typed)["view"]

    office.world.sights.broken = True
    assert "7F3K" in words(office.submit(preview, {})["view"]) and office.facts() == []
    office.world.sights.broken = False
    office.submit(preview, {})
    assert office.facts() == ["call-a"]


def test_a_text_that_a_form_has_no_room_for_stays_whole_when_something_else_is_changed(office: Office) -> None:
    names = "\n".join(f"Un partenaire au nom assez long, numéro {number:02}" for number in range(90))
    office.saved(office.opens("add call"), {"title.fr": "Appel Zephyr", "organisations": names, **SOURCE})
    before = office.world.keeping.stored("appel-zephyr")
    form = office.opens("edit appel-zephyr")
    office.saved(form, {"title.en": "Zephyr call"})
    after = office.world.keeping.stored("appel-zephyr")
    assert before is not None and after is not None and after.titles["en"] == "Zephyr call"
    assert len(after.values["organisations"]) == 90 and after.values == before.values


def test_an_owner_who_is_no_member_stays_as_written(office: Office) -> None:
    office.saved(office.opens("add call"), {"title.fr": "Appel Zephyr", **SOURCE})
    record = office.world.keeping.stored("appel-zephyr")
    assert record is not None
    form = office.opens("edit appel-zephyr")
    (block,) = [one for one in form["blocks"] if one.get("block_id") == "owner"]
    assert block["element"]["type"] == "users_select"
    inputs = office.world.keeping.inputs("call")
    named = modals.form(inputs, {"owner": "camille"}, Ticket("d", "call"), Translator())
    (block,) = [one for one in named["blocks"] if one.get("block_id") == "owner"]
    assert block["element"]["initial_value"] == "camille"


ZEPHYR = "Quand ferme l'appel Zephyr ?"


def answered(office: Office, question: str = ZEPHYR) -> Any:
    """The answer to a question in a channel."""
    before = len(office.slack.called("chat.postMessage"))
    office.timed(office.world.mention, question)
    return office.slack.wait_for("chat.postMessage", before + 1)


def test_in_a_channel_the_buttons_of_a_card_are_shown_to_coordinators_alone_and_ask_for_their_right(
    office: Office,
) -> None:
    office.command("add call Appel Zephyr closes 5 mars 2028 source https://example.org/z")
    card = answered(office)
    buttons = {name: card.buttons(name)[0] for name in ("edit", "verify", "history", "retire")}
    assert all(button["visible_to_user_ids"] == [ANA, MARC] for button in buttons.values())
    assert not any("visible_to_user_ids" in button for button in card.buttons("feedback"))

    office.timed(office.world.click, buttons["edit"], user=MARC)
    view = office.shown(office.slack.wait_for("views.open").params["view"])
    assert json.loads(view["private_metadata"])["record"] == "appel-zephyr"
    office.timed(office.world.click, buttons["retire"], user="U1")
    told = office.slack.wait_for("chat.postEphemeral")
    assert (told.params["user"], told.params["thread_ts"]) == ("U1", "1.0") and "Seuls les coordinateurs" in told.text
    office.timed(office.world.click, buttons["retire"], user=MARC)
    done = office.slack.wait_for("chat.postEphemeral", 2)
    assert done.params["user"] == MARC and "Retiré" in done.text and office.facts() == []

    office.timed(office.world.click, buttons["history"], user=MARC)
    history = office.slack.wait_for("chat.postEphemeral", 3)
    office.timed(office.world.click, history.buttons("restore")[0], user=MARC)
    office.slack.wait_for("chat.postEphemeral", 4)
    assert office.facts() == ["appel-zephyr"]


def test_where_there_are_too_many_coordinators_one_button_for_all_tells_the_others_why_not(office: Office) -> None:
    office.command("add call Appel Zephyr closes 5 mars 2028 source https://example.org/z")
    for number in range(9):
        office.command(f"coordinators add <@UMORE{number}>")
    card = answered(office)
    assert [button["action_id"].partition(":")[0] for button in card.buttons("keep")] == ["keep"]
    assert not card.buttons("edit") and "visible_to_user_ids" not in card.buttons("keep")[0]

    office.timed(office.world.click, card.buttons("keep")[0], user="U1")
    told = office.slack.wait_for("chat.postEphemeral")
    assert told.params["user"] == "U1" and "Seuls les coordinateurs" in told.text and not told.buttons("edit")
    office.timed(office.world.click, card.buttons("keep")[0], user=MARC)
    offered = office.slack.wait_for("chat.postEphemeral", 2)
    assert offered.params["user"] == MARC and "Appel Zephyr" in offered.text
    office.timed(office.world.click, offered.buttons("verify")[0], user=MARC, ephemeral=True)
    assert "toujours vrai" in words(office.slack.wait_for("respond").params)


def test_a_list_in_a_channel_has_no_buttons_to_change_facts(office: Office) -> None:
    for name in ("Zephyr", "Alize"):
        office.command(f"add call Appel {name} closes 5 mars 2028 source https://example.org/{name}")
    said = answered(office, "Liste des appels")
    assert "Zephyr" in str(said.params) and not [*said.buttons("edit"), *said.buttons("keep")]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_countries_and_facts_are_searched_for_in_a_form_in_either_language(world: World, lang: str) -> None:
    office = Office(world, lang)
    office.command("add call Appel Zephyr source https://example.org/z")
    view = office.opens("add call")
    offered = office.timed(world.suggest, view, "countries", "sue", ANA)
    assert offered[0] == ("SE Suède" if lang == "fr" else "SE Sweden")
    assert len(office.timed(world.suggest, view, "countries", "", ANA)) == 100
    assert office.timed(world.suggest, view, "countries", "<!channel> rien de tel", ANA) == []
    assert office.timed(world.suggest, view, "no-such-input", "x", ANA) == []
    assert office.timed(world.suggest, view, "countries", "sue", "U1") == []
    typed = {f"title.{lang}": "Call A", "countries": ["SE", "DK"], "related": ["appel-zephyr"], **SOURCE}
    preview = office.submit(view, typed)["view"]
    office.submit(preview, {})
    record = world.keeping.stored("call-a")
    assert record is not None
    assert record.values["countries"] == ("SE", "DK") and record.values["related"] == ("appel-zephyr",)
    form = office.opens("edit call-a")
    told = words(office.submit(form, {"countries": ["SE"]})["view"])
    assert ("« Suède et Danemark » → « Suède »" if lang == "fr" else "Sweden and Denmark") in told
    (block,) = [one for one in form["blocks"] if one.get("block_id") == "countries"]
    names = [one["text"]["text"] for one in block["element"]["initial_options"]]
    assert names == (["Suède", "Danemark"] if lang == "fr" else ["Sweden", "Denmark"])


def test_who_sees_a_fact_is_chosen_among_channels_and_coordinators(office: Office) -> None:
    view = office.opens("add call")
    chosen = {"audience": ["C0ZONE"], "audience.coordinators": ["coordinators"], "owner": MARC}
    office.saved(view, {"title.en": "Call A", **chosen, **SOURCE})
    record = office.world.keeping.stored("call-a")
    assert record is not None and record.audience == ("C0ZONE", "coordinators") and record.owner == MARC

    form = office.opens("edit call-a")
    elements = {one["block_id"]: one["element"] for one in form["blocks"] if one["type"] == "input"}
    assert elements["audience"]["initial_conversations"] == ["C0ZONE"]
    assert elements["owner"]["initial_user"] == MARC
    office.saved(form, {"audience.coordinators": []})
    after = office.world.keeping.stored("call-a")
    assert after is not None and after.audience == ("C0ZONE",)
    told = words(office.submit(office.opens("edit call-a"), {"audience": []})["view"])
    assert "elle sera visible de tous" in told and "« <#C0ZONE> » → « (rien) »" in told


def test_people_and_channels_that_slack_does_not_know_are_typed_instead(office: Office) -> None:
    office.saved(office.opens("add call"), {"title.en": "Call A", "audience": ["C0GONE"], "owner": "U0GONE", **SOURCE})
    office.slack.refusals["views.open"] = ["invalid_arguments"]
    office.command("edit call-a")
    form = office.shown(office.slack.wait_for("views.open", 3).params["view"])
    held = {one["block_id"]: one["element"].get("initial_value") for one in form["blocks"] if one["type"] == "input"}
    assert (held["audience"], held["owner"]) == ("C0GONE", "U0GONE")
    office.saved(form, {"title.fr": "Appel A", "audience": "C0GONE, C0NEW"})
    record = office.world.keeping.stored("call-a")
    assert record is not None and record.audience == ("C0GONE", "C0NEW") and record.owner == "U0GONE"
