"""Who may do what is found out when it is done: from the configuration, the store, a user group and the directory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from slack_sdk import WebClient

from bot.desk.roles import ACTS, MEMBERS, OPEN
from bot.slack.people import People
from bot.slack.rights import Rights
from knowledge.storage.memory import MemoryStore
from tests.journeys.conftest import NoClock


@dataclass
class FakeClient:
    """A directory of people by id; `down` makes every call fail."""

    profiles: dict[str, dict[str, Any]] = field(default_factory=dict)
    group: list[str] = field(default_factory=list)
    down: bool = False
    group_down: bool = False

    def users_info(self, *, user: str, include_locale: bool) -> dict[str, Any]:
        if self.down:
            raise TimeoutError
        return {"user": {"id": user, "name": user.lower(), **self.profiles.get(user, {})}}

    def auth_test(self) -> dict[str, Any]:
        return {"team_id": "T1"}

    def usergroups_users_list(self, *, usergroup: str) -> dict[str, Any]:
        if self.down or self.group_down:
            raise TimeoutError
        return {"users": self.group}


class FakeTime:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Office:
    def __init__(self, configured: tuple[str, ...] = (), group: str = "") -> None:
        self.client, self.time, self.store = FakeClient(), FakeTime(), MemoryStore()
        self.people = People(self.time)
        self.rights = Rights(self.people, configured, self.store, NoClock(), self.time, group)

    @property
    def slack(self) -> WebClient:
        return cast(WebClient, self.client)

    def said(self, user: str, act: Any = "add") -> str:
        """The key of the refusal, "" for none."""
        refused = self.rights.refusal(self.slack, user, act)
        return refused.key if refused else ""


NOT_FULL = {
    "guest": {"is_restricted": True},
    "single-channel guest": {"is_ultra_restricted": True},
    "stranger": {"team_id": "T2"},
    "marked stranger": {"is_stranger": True},
    "bot": {"is_bot": True},
    "deactivated": {"deleted": True},
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("profile", NOT_FULL.values(), ids=NOT_FULL)
def test_who_is_not_a_full_member_changes_nothing_even_when_named(profile: dict[str, Any], act: str) -> None:
    office = Office(("U1", "U2"))
    office.client.profiles["U1"] = profile

    refused = "rights.members_only" if act in MEMBERS else "rights.coordinators_only"
    assert office.said("U1", act) == ("" if act in OPEN else refused)


@pytest.mark.parametrize("act", ACTS)
def test_a_member_may_only_what_is_open_or_for_members_and_a_coordinator_everything(act: str) -> None:
    office = Office(("U2",))

    assert office.said("U1", act) == ("" if act in OPEN | MEMBERS else "rights.coordinators_only")
    assert office.said("U2", act) == ""


def test_the_refusal_names_whom_to_ask() -> None:
    office = Office(("U2", "U3"))
    refused = office.rights.refusal(office.slack, "U1", "add")

    assert refused is not None and refused.args == {"people": ["u2", "u3"]}


@pytest.mark.parametrize("act", ACTS)
def test_when_the_directory_is_down_nothing_is_changed(act: str) -> None:
    office = Office(("U2",))
    office.client.down = True

    assert office.said("U2", act) == ("" if act in OPEN else "rights.unchecked")


def test_a_user_group_adds_coordinators_and_is_read_again_after_a_minute() -> None:
    office = Office(group="S1")
    office.client.group = ["U5"]
    assert office.said("U5") == ""

    office.client.group = []
    office.time.now += 59
    assert office.said("U5") == ""
    office.time.now += 1
    assert office.said("U5") == "rights.nobody"


def test_a_group_that_cannot_be_read_gives_no_right_and_takes_none_from_those_named() -> None:
    office = Office(("U2",), group="S1")
    office.client.group_down = True

    assert (office.said("U2"), office.said("U5")) == ("", "rights.unchecked")


def test_a_change_in_the_directory_counts_at_once_when_slack_tells() -> None:
    office = Office(("U2",))
    assert office.said("U2") == ""
    office.client.profiles["U2"] = {"deleted": True}
    office.people.forget("U2")

    assert office.said("U2") == "rights.nobody"


def test_somebody_who_was_added_may_until_they_are_taken_out() -> None:
    office = Office(("U2",))
    assert office.rights.add("U3", "U2") and not office.rights.add("U3", "U2") and not office.rights.add("U2", "U2")
    assert office.said("U3") == ""

    assert office.rights.remove(office.slack, "U3") is None
    assert office.said("U3") == "rights.coordinators_only"


def test_the_last_coordinator_stays() -> None:
    office = Office()
    office.rights.add("U3", "U3")
    refused = office.rights.remove(office.slack, "U3")

    assert refused is not None and refused.key == "coordinators.last"
    assert office.said("U3") == ""


def test_who_coordinates_from_elsewhere_is_taken_out_there() -> None:
    office = Office(("U2",), group="S1")
    office.client.group = ["U5"]
    office.rights.add("U3", "U2")
    keys = {user: office.rights.remove(office.slack, user) for user in ("U2", "U5", "U9")}

    assert [phrase.key if phrase else "" for phrase in keys.values()] == [
        "coordinators.configured",
        "coordinators.of_group",
        "coordinators.not_one",
    ]


def test_where_each_coordinator_stands_is_told_and_what_cannot_be_known_is_said_so() -> None:
    office = Office(("UANA", "UGONE"), group="S1")
    office.client.group = ["UMARC"]
    office.client.profiles["UGONE"] = {"deleted": True}
    assert office.rights.standings(office.slack) == {"UANA": True, "UGONE": False, "UMARC": True}
    office.time.now += 61
    office.client.group_down = True
    assert office.rights.standings(office.slack) == {"UANA": True, "UGONE": False, "UMARC": None}
    assert office.rights.candidates(office.slack) == ("UANA", "UGONE", "UMARC")
    office.time.now += 61
    office.client.down = True
    assert set(office.rights.standings(office.slack).values()) == {None}


def test_a_button_is_for_the_coordinators_alone_where_all_are_known_and_few_enough() -> None:
    office = Office(("UANA",), group="S1")
    office.client.group = ["UMARC"]
    assert office.rights.shown_to(office.slack) == ("UANA", "UMARC")
    office.time.now += 61
    office.client.group_down = True
    assert office.rights.shown_to(office.slack) == ()
    assert Office(tuple(f"U{number}" for number in range(11))).rights.shown_to(office.slack) == ()
    assert Office().rights.shown_to(office.slack) == ()
