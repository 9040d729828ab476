"""The language of a person is asked for at most once an hour, and never stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from slack_sdk import WebClient

from bot.slack.people import People


@dataclass
class FakeClient:
    locale: str | None = "en-GB"
    asked: list[str] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=dict)

    def users_info(self, *, user: str, include_locale: bool) -> dict[str, Any]:
        self.asked.append(user)
        if self.locale is None:
            raise TimeoutError
        return {"user": {"id": user, "locale": self.locale, **self.profile}}

    def auth_test(self) -> dict[str, Any]:
        return {"team_id": "T1"}


@dataclass
class FakeTime:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def look_up(people: People, client: FakeClient, user: str = "U1") -> str | None:
    return people.language(cast(WebClient, client), user)


def test_the_language_is_the_first_half_of_the_locale() -> None:
    assert look_up(People(FakeTime()), FakeClient("fr-CA")) == "fr"


def test_it_is_asked_for_again_after_an_hour() -> None:
    clock, client = FakeTime(), FakeClient()
    people = People(clock)
    for clock.now in (0.0, 3599.0, 3600.0):
        look_up(people, client)

    assert client.asked == ["U1", "U1"]


def test_a_failure_leaves_it_open_and_is_tried_again_after_a_minute() -> None:
    clock, client = FakeTime(), FakeClient(None)
    people = People(clock)
    assert look_up(people, client) is None

    client.locale = "en-US"
    assert look_up(people, client) is None
    clock.now += 60
    assert look_up(people, client) == "en"


def test_a_locale_that_is_not_given_leaves_it_open() -> None:
    assert look_up(People(FakeTime()), FakeClient("")) is None


def test_nobody_is_asked_about_nobody() -> None:
    client = FakeClient()

    assert look_up(People(FakeTime()), client, "") is None and client.asked == []


@pytest.mark.parametrize(
    ("profile", "mark"),
    [
        ({"is_restricted": True}, "guest"),
        ({"is_ultra_restricted": True}, "guest"),
        ({"is_stranger": True}, "stranger"),
        ({"team_id": "T2"}, "stranger"),
        ({"is_bot": True}, "bot"),
        ({"id": "USLACKBOT"}, "bot"),
        ({"deleted": True}, "deleted"),
    ],
)
def test_the_directory_tells_who_is_not_a_full_member(profile: dict[str, Any], mark: str) -> None:
    member = People(FakeTime()).member(cast(WebClient, FakeClient(profile=profile)), "U1")

    assert member is not None and getattr(member, mark) and not member.full


@pytest.mark.parametrize("profile", [{}, {"team_id": "T1"}, {"team_id": "E1", "enterprise_user": {"teams": ["T1"]}}])
def test_a_member_of_the_workspace_is_a_full_one(profile: dict[str, Any]) -> None:
    member = People(FakeTime()).member(cast(WebClient, FakeClient(profile=profile)), "U1")

    assert member is not None and member.full


def test_the_name_is_the_one_that_the_person_chose() -> None:
    profile = {"name": "a.b", "profile": {"display_name": "Ana", "real_name": "Ana Brun"}}
    member = People(FakeTime()).member(cast(WebClient, FakeClient(profile=profile)), "U1")

    assert member is not None and member.name == "Ana"


def test_what_decides_about_rights_is_asked_again_after_a_minute_and_at_once_after_a_failure() -> None:
    clock, client = FakeTime(), FakeClient()
    people = People(clock)
    for clock.now in (1000.0, 1059.9, 1060.0):
        people.member(cast(WebClient, client), "U1")
    assert client.asked == ["U1", "U1"]

    people.forget("U1")
    client.locale = None
    assert people.member(cast(WebClient, client), "U1") is None
    client.locale = "fr-FR"
    assert people.member(cast(WebClient, client), "U1") is not None
