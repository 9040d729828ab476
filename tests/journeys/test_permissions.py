"""Who may do what, wherever they try it: each kind of person, each act, each surface, through the real app."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.i18n import Translator
from tests.journeys.conftest import World, connected
from tests.journeys.stand_in import StandIn
from tests.journeys.test_importing import table
from tests.journeys.test_keeping import ANA, SOURCE, Office, words

_number = itertools.count(1)

PEOPLE: dict[str, tuple[dict[str, Any] | None, str]] = {
    # who they are in the directory (None: it does not answer), and what they are told
    "coordinator": ({}, "yes"),
    "member": ({}, "no"),
    "guest who was named": ({"is_restricted": True}, "no"),
    "single-channel guest who was named": ({"is_ultra_restricted": True}, "no"),
    "stranger who was named": ({"is_stranger": True}, "no"),
    "somebody of another workspace who was named": ({"team_id": "T2"}, "no"),
    "bot that was named": ({"is_bot": True}, "no"),
    "deactivated coordinator": ({"deleted": True}, "no"),
    "coordinator while the directory is down": (None, "unknown"),
}
SAID = {"no": "Seuls les coordinateurs peuvent faire cela.", "unknown": "Je ne peux pas vérifier vos droits"}


class Desk:
    """One office for all cells; each cell has a person of its own."""

    def __init__(self, world: World) -> None:
        self.office, self.world = Office(world), world
        self.office.command("add call Appel Zephyr closes 2028-03-05 source https://example.org/z")
        self.namers = [f"UNAMER{number}" for number in range(30)]
        for place, user in enumerate(self.namers):
            # The first ones by Ana, the others by the first one: nobody may send more than twenty commands a minute.
            self.office.command(f"coordinators add <@{user}>", ANA if place < 15 else self.namers[0])
        self.turns = itertools.cycle(self.namers[1:])
        self.allowed = {ANA}
        self.form = self.office.opens("add call")
        self.preview = self.office.submit(self.form, {"title.fr": "Autre appel", **SOURCE})["view"]
        self.world.slack.files["F1"] = "facts.csv", table(2)
        self.world.event(
            {
                "type": "message",
                "channel": "D1",
                "channel_type": "im",
                "user": ANA,
                "text": "",
                "subtype": "file_share",
                "files": [{"id": "F1"}],
            }
        )
        self.world.settle()
        self.offer = self.world.slack.called("chat.update")[-1].buttons("import_all")[0]

    def person(self, kind: str) -> str:
        """A new person of that kind; all but the plain member were named as coordinators once."""
        user = f"UCELL{next(_number)}"
        profile = PEOPLE[kind][0]
        self.world.slack.profiles[user] = {"locale": "fr-FR", "name": user}
        if kind != "member":
            said = self.office.command(f"coordinators add <@{user}>", next(self.turns))
            assert "peut désormais" in said
        self.allowed |= {user} if PEOPLE[kind][1] == "yes" else set()
        if profile is None:
            self.world.slack.down.add(user)
        else:
            self.world.slack.profiles[user] |= profile
        self.world.event({"type": "user_change", "user": {"id": user}})
        self.world.settle()
        return user

    def told(self, act: Callable[[], Any]) -> str:
        """All that the bot says and opens while somebody acts."""
        before = len(self.world.slack.calls)
        answer = act()
        self.world.settle()
        return words([answer, *(dict(call.params) for call in self.world.slack.calls[before:])])


def button(name: str, value: str) -> dict[str, Any]:
    return {"type": "button", "action_id": f"{name}:1", "value": f'{{"v": "{value}", "l": "fr"}}'}


def command(text: str) -> Callable[[Desk, str], Any]:
    return lambda desk, user: desk.world.command(text, user=user)


def click(name: str, value: str) -> Callable[[Desk, str], Any]:
    return lambda desk, user: desk.world.click(button(name, value), user=user, ephemeral=True)


def click_at_home(name: str, value: str) -> Callable[[Desk, str], Any]:
    """A click on the page of the Home tab, as a forged or an old page may hold it."""

    def act(desk: Desk, user: str) -> Any:
        view = {"type": "home", "id": "VHOME", "hash": f"{next(_number)}.h", "blocks": []}
        return desk.world.press(view, button(name, value), user)

    return act


def open_home(desk: Desk, user: str) -> Any:
    return desk.world.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": "D1"})


def message_shortcut(desk: Desk, user: str) -> Any:
    payload = {
        "type": "message_action",
        "callback_id": "save_as_fact",
        "user": {"id": user},
        "team": {"id": "T1"},
        "api_app_id": "A1",
    }
    where = {
        "channel": {"id": "C1", "name": "c"},
        "message": {"ts": "1.1", "text": "t"},
        "response_url": desk.world.slack.response_url,
    }
    return desk.world.line.deliver("interactive", {**payload, **where, "trigger_id": f"shortcut-{next(_number)}"})


def file(desk: Desk, user: str) -> Any:
    return desk.world.direct("", user=user, subtype="file_share", files=[{"id": "F1", "name": "facts.csv"}])


ACTS: dict[str, Callable[[Desk, str], Any]] = {
    "add by command": command("add call"),
    "add by one line": command("add call Appel Autre source pas-une-adresse closes jamais"),
    "choose a kind": click("add_kind", "call"),
    "send a form": lambda desk, user: desk.world.submit(desk.form, {"source.url": "faux"}, user),
    "confirm a preview": lambda desk, user: desk.world.submit(desk.preview, {}, user),
    "save a message": message_shortcut,
    "edit by command": command("edit appel-zephyr"),
    "edit by button": click("edit", "appel-zephyr"),
    "see the buttons of a card": click("keep", "appel-zephyr"),
    "retire by command": command("retire appel-zephyr-absent"),
    "retire by button": click("retire", "appel-zephyr-absent"),
    "restore by command": command("restore appel-zephyr"),
    "restore by button": click("restore", "appel-zephyr"),
    "confirm by command": command("verify appel-zephyr-absent"),
    "confirm by button": click("verify", "appel-zephyr-absent"),
    "history by command": command("history appel-zephyr"),
    "history by button": click("history", "appel-zephyr"),
    "undo by command": command("undo"),
    "undo by button": click("undo", "999999"),
    "look at what is due": command("review"),
    "pass a fact on": click("pass_on", "appel-zephyr-absent"),
    "confirm at home": click_at_home("verify", "appel-zephyr-absent"),
    "edit at home": click_at_home("edit", "appel-zephyr"),
    "pass a fact on at home": click_at_home("pass_on", "appel-zephyr-absent"),
    "answer a gap at home": click_at_home("gap_add", "1"),
    "name the record of a gap at home": click_at_home("gap_known", "1"),
    "dismiss a gap at home": click_at_home("gap_dismiss", "1"),
    "export": command("export"),
    "ask how to import": command("import"),
    "give a file": file,
    "import": lambda desk, user: desk.world.click(desk.offer, user=user, ts=f"7.{next(_number)}"),
    "look at the glossary": command("glossaire"),
    "add a pair of words": command("glossaire pacte = accord"),
    "add a pair by button": click("pair", "pacte = zephyr"),
    "take a pair out": command("glossaire retirer pacte"),
    "take a pair out by button": click("pair_remove", "1"),
    "write another pair": click("pair_form", ""),
    "renew the address of a calendar": command("calendar renew"),
    "list coordinators": command("coordinators"),
    "add a coordinator": command("coordinators add nobody"),
}
OPEN: dict[str, Callable[[Desk, str], Any]] = {
    "ask by command": command("demander Quand ferme l'appel Zephyr ?"),
    "ask in a message": lambda desk, user: desk.world.direct("Quand ferme l'appel Zephyr ?", user=user),
    "ask in a channel": lambda desk, user: desk.world.mention("Quand ferme l'appel Zephyr ?", user=user),
    "ask at home": click_at_home("prompt", "Quand ferme l'appel Zephyr ?"),
    "read the guide": command("aide"),
}


@pytest.fixture(scope="module")
def desk(slack_server: StandIn) -> Iterator[Desk]:
    with connected(slack_server, "http", Translator(), answering=True) as world:
        yield Desk(world)
        world.slack.down.clear()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("kind", PEOPLE)
def test_what_keeps_facts_is_for_coordinators(desk: Desk, kind: str, act: str) -> None:
    user, facts = desk.person(kind), desk.office.facts()
    said = desk.told(lambda: ACTS[act](desk, user))
    verdict = PEOPLE[kind][1]
    told = {name: sentence in said for name, sentence in SAID.items()}
    assert told == {name: name == verdict for name in SAID}, said
    if verdict != "yes":
        assert desk.office.facts() == facts and "views.open" not in said


@pytest.mark.parametrize("act", OPEN)
@pytest.mark.parametrize("kind", PEOPLE)
def test_asking_is_for_everybody(desk: Desk, kind: str, act: str) -> None:
    user = desk.person(kind)
    said = desk.told(lambda: OPEN[act](desk, user))
    assert not any(sentence in said for sentence in SAID.values())
    assert ("5 mars 2028" in said or "March 2028" in said) == (act != "read the guide")


@pytest.mark.parametrize("kind", PEOPLE)
def test_the_home_page_is_for_everybody_and_what_waits_for_coordinators_is_theirs(desk: Desk, kind: str) -> None:
    user = desk.person(kind)
    said = desk.told(lambda: open_home(desk, user))
    assert "La base compte" in said or "The base holds" in said
    assert ("Aucune question n'attend" in said) == (PEOPLE[kind][1] == "yes")


def test_only_those_who_may_are_in_the_history(desk: Desk) -> None:
    for record_id in ("appel-zephyr", *desk.office.facts()):
        authors: set[str] = set()

        def noted(user: str, authors: set[str] = authors) -> str:
            authors.add(user)
            return user

        desk.world.keeping.telling.history(record_id, noted)
        assert authors and authors <= desk.allowed
