"""The language of a person is asked for at most once an hour, and never stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from slack_sdk import WebClient

from bot.slack.people import People


@dataclass
class FakeClient:
    locale: str | None = "en-GB"
    asked: list[str] = field(default_factory=list)

    def users_info(self, *, user: str, include_locale: bool) -> dict[str, Any]:
        self.asked.append(user)
        if self.locale is None:
            raise TimeoutError
        return {"user": {"id": user, "locale": self.locale}}


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
