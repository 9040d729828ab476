"""Which language a person reads: their own setting in Slack, asked for at most once an hour."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from slack_sdk import WebClient

_HOUR: Final = 3600.0
_MINUTE: Final = 60.0
_MOST: Final = 5000
_log = logging.getLogger(__name__)


class People:
    """Remembers languages. `monotonic` gives seconds that never go back; a failed look-up is tried again after a
    minute. Safe to call from any thread."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic, self._lock = monotonic, threading.Lock()
        self._known: OrderedDict[str, tuple[float, str | None]] = OrderedDict()

    def language(self, client: WebClient, user: str) -> str | None:
        """The language of the person behind a Slack user id, None when Slack does not say. Never raises."""
        if not user:
            return None
        with self._lock:
            expires, lang = self._known.get(user, (float("-inf"), None))
        if expires <= self._monotonic():
            lang, life = self._ask(client, user)
            with self._lock:
                self._known[user] = (self._monotonic() + life, lang)
                self._known.move_to_end(user)
                while len(self._known) > _MOST:
                    self._known.popitem(last=False)
        return lang

    def _ask(self, client: WebClient, user: str) -> tuple[str | None, float]:
        try:
            profile = client.users_info(user=user, include_locale=True).get("user") or {}
            locale = str(profile.get("locale") or "")
            return (locale[:2].lower() or None), _HOUR
        except Exception as error:  # noqa: BLE001 - a person gets an answer, whatever went wrong here
            _log.warning("the language of a person could not be read (%s)", type(error).__name__)
            return None, _MINUTE
