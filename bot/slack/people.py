"""Who people are: their language, and what the directory of the workspace says of them. Asked for and remembered a while."""

from __future__ import annotations

import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk.roles import Member

RIGHTS_LIFE: Final = 60.0
"""Seconds for which what decides about rights is remembered: nobody keeps a right longer than that after losing it."""
_HOUR: Final = 3600.0
_MINUTE: Final = 60.0
_MOST: Final = 5000
_USER: Final = re.compile(r"[UW][A-Z0-9_]+")
_NOBODY: Final = ("user_not_found", "user_not_visible")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the directory said (`member` None: it failed), and when, in seconds."""

    at: float
    member: Member | None


class People:
    """Remembers members. `monotonic` gives seconds that never go back; a failed look-up is tried again after a minute for
    the language, at once for rights. Safe to call from any thread."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic, self._lock = monotonic, threading.Lock()
        self._known: OrderedDict[str, _Seen] = OrderedDict()
        self._team = ""

    def language(self, client: WebClient, user: str) -> str | None:
        """The language of the person behind a Slack user id, None when Slack does not say. Never raises."""
        if not user:
            return None
        with self._lock:
            seen = self._known.get(user)
        if seen is None or self._monotonic() - seen.at >= (_HOUR if seen.member else _MINUTE):
            seen = self._ask(client, user)
        return (seen.member.locale[:2].lower() or None) if seen.member else None

    def member(self, client: WebClient, user: str) -> Member | None:
        """The person as the directory knew them at most a minute ago; None when it does not answer. Never raises."""
        if not user:
            return None
        with self._lock:
            seen = self._known.get(user)
        if seen is None or seen.member is None or self._monotonic() - seen.at >= RIGHTS_LIFE:
            seen = self._ask(client, user)
        return seen.member

    def name(self, client: WebClient, user: str) -> str:
        """What somebody is called; an id that Slack does not know, and what is no id, stays as it is. Never raises."""
        member = self.member(client, user) if _USER.fullmatch(user) else None
        return member.name if member and member.name else user

    def forget(self, user: str) -> None:
        """What was known of a person no longer holds: they are asked about again."""
        with self._lock:
            self._known.pop(user, None)

    def _ask(self, client: WebClient, user: str) -> _Seen:
        asked_at = self._monotonic()
        seen = _Seen(asked_at, self._look_up(client, user))
        with self._lock:
            self._known[user] = seen
            self._known.move_to_end(user)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return seen

    def _look_up(self, client: WebClient, user: str) -> Member | None:
        try:
            return read_member(client.users_info(user=user, include_locale=True).get("user") or {}, self._home(client))
        except SlackApiError as error:
            if error.response.get("error") in _NOBODY:
                return Member(user, stranger=True)
            _log.warning("a person could not be looked up (%s)", error.response.get("error"))
        except Exception as error:  # noqa: BLE001 - a person gets an answer, whatever went wrong here
            _log.warning("a person could not be looked up (%s)", type(error).__name__)
        return None

    def _home(self, client: WebClient) -> str:
        """The id of the workspace that the bot is in."""
        if not self._team:
            self._team = str(client.auth_test().get("team_id") or "")
        return self._team


def read_member(profile: Mapping[str, Any], home: str) -> Member:
    """A member from what `users.info` says. Somebody of another workspace than `home` is a stranger."""
    names = profile.get("profile") or {}
    name = next((str(text) for key in ("display_name", "real_name") if (text := names.get(key))), "")
    team = str(profile.get("team_id") or "")
    teams = (team, *((profile.get("enterprise_user") or {}).get("teams") or ()))
    return Member(
        id=str(profile.get("id") or ""),
        name=name or str(profile.get("real_name") or profile.get("name") or ""),
        locale=str(profile.get("locale") or ""),
        team=team,
        guest=bool(profile.get("is_restricted") or profile.get("is_ultra_restricted")),
        stranger=bool(profile.get("is_stranger")) or bool(team and home and home not in teams),
        bot=bool(profile.get("is_bot")) or profile.get("id") == "USLACKBOT",
        deleted=bool(profile.get("deleted")),
        real_name=str(names.get("real_name") or profile.get("real_name") or ""),
    )
