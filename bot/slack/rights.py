"""Whether a person may do a thing, found out at the moment when they do it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Final

from slack_sdk import WebClient

from bot.desk.roles import Act, may, refusal
from bot.slack.limits import SEEN_BY
from bot.slack.people import RIGHTS_LIFE, People
from knowledge.messages import Phrase
from knowledge.ports import Clock, CoordinatorStore

_NAMED: Final = 3
_log = logging.getLogger(__name__)


class Rights:
    """Coordinators are those of the configuration, those added since (in the store), and the members of a Slack user
    group, which is read again after a minute. Safe to call from any thread."""

    def __init__(
        self,
        people: People,
        configured: Sequence[str],
        store: CoordinatorStore,
        clock: Clock,
        monotonic: Callable[[], float],
        group: str = "",
    ) -> None:
        self._people, self._configured, self._store, self._clock = people, tuple(configured), store, clock
        self._monotonic, self._group, self._lock = monotonic, group, threading.Lock()
        self._members: tuple[str, ...] = ()
        self._read_at = float("-inf")

    def refusal(self, client: WebClient, user: str, act: Act) -> Phrase | None:
        """What to tell a person who may not do this now; None when they may. Never raises for Slack's sake."""
        member = self._people.member(client, user)
        allowed = may(act, member, self._coordinates(client, user))
        if allowed is False:
            _log.warning("%s was refused to %s", act, user)
        return refusal(allowed, self.names(client, user) if allowed is False else (), act)

    def coordinates(self, client: WebClient, user: str) -> bool:
        """Whether this person is a coordinator now, as far as can be told: for what is shown, and to whom."""
        if not user or not self._coordinates(client, user):
            return False
        return may("amend", self._people.member(client, user), True) is True

    def names(self, client: WebClient, but: str = "") -> list[str]:
        """The names of a few coordinators, to turn to."""
        found = []
        for user in self.known(client):
            member = self._people.member(client, user) if user != but else None
            if member is not None and member.full and member.name:
                found.append(member.name)
            if len(found) == _NAMED:
                break
        return found

    def known(self, client: WebClient) -> tuple[str, ...]:
        """The ids of all coordinators: configured, added, then those of the group as far as it can be read."""
        return tuple(dict.fromkeys((*self._named(), *(self._of_group(client) or ()))))

    def shown_to(self, client: WebClient) -> tuple[str, ...]:
        """The coordinators, where Slack can show a button to them alone: they are all known, and few enough. Else nobody."""
        group, known = self._of_group(client), self.known(client)
        return known if group is not None and len(known) <= SEEN_BY else ()

    def standings(self, client: WebClient) -> dict[str, bool | None]:
        """Whether each coordinator may keep facts now; None where that cannot be found out."""
        people = self.candidates(client)
        return {one: may("verify", self._people.member(client, one), self._coordinates(client, one)) for one in people}

    def candidates(self, client: WebClient) -> tuple[str, ...]:
        """Those who may be coordinators: all that are known, and who was in the group when it could last be read."""
        return tuple(dict.fromkeys((*self.known(client), *self._members)))

    def add(self, user: str, by: str) -> bool:
        """Makes a person a coordinator; False when they were one already."""
        return user not in self._configured and self._store.add_coordinator(user, by, self._clock.now())

    def remove(self, client: WebClient, user: str) -> Phrase | None:
        """Takes a person out. Returns why not, or None when it is done."""
        if user in self._configured:
            return Phrase("coordinators.configured")
        if user not in self._store.coordinators():
            in_group = user in (self._of_group(client) or ())
            return Phrase("coordinators.of_group" if in_group else "coordinators.not_one")
        if self.is_last(client, user):
            return Phrase("coordinators.last")
        self._store.remove_coordinator(user)
        return None

    def is_last(self, client: WebClient, user: str) -> bool:
        """Whether nobody would coordinate any more without this person, who was added here."""
        return user in self._store.coordinators() and not set(self.known(client)) - {user}

    def forget_group(self) -> None:
        """The group has changed: it is read again at the next question."""
        self._read_at = float("-inf")

    def _named(self) -> tuple[str, ...]:
        return (*self._configured, *self._store.coordinators())

    def _coordinates(self, client: WebClient, user: str) -> bool | None:
        if user in self._named():
            return True
        members = self._of_group(client)
        return None if members is None else user in members

    def _of_group(self, client: WebClient) -> tuple[str, ...] | None:
        """The members of the group, () without a group, None when it cannot be read."""
        if not self._group:
            return ()
        with self._lock:
            if self._monotonic() - self._read_at < RIGHTS_LIFE:
                return self._members
        asked_at = self._monotonic()
        try:
            listed = client.usergroups_users_list(usergroup=self._group).get("users") or []
        except Exception as error:  # noqa: BLE001 - whatever went wrong, nobody gets a right from it
            _log.warning("the group of coordinators could not be read (%s)", type(error).__name__)
            return None
        with self._lock:
            self._members, self._read_at = tuple(map(str, listed)), asked_at
            return self._members
