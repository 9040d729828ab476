"""How much one person may send: so many commands a minute, so that nobody keeps the others waiting."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

COMMANDS_A_MINUTE: Final = 20
_MINUTE: Final = 60.0
_MOST: Final = 5000


class Flood:
    """Counts commands by person over the last minute. `monotonic` gives seconds that never go back. Safe to call from any
    thread."""

    def __init__(self, monotonic: Callable[[], float], most: int = COMMANDS_A_MINUTE) -> None:
        self._monotonic, self._most, self._lock = monotonic, most, threading.Lock()
        self._sent: OrderedDict[str, deque[float]] = OrderedDict()

    def takes(self, user: str) -> bool:
        """Whether this person's command is taken. One that is not taken does not count."""
        now = self._monotonic()
        with self._lock:
            sent = self._sent.setdefault(user, deque())
            self._sent.move_to_end(user)
            while sent and now - sent[0] >= _MINUTE:
                sent.popleft()
            while len(self._sent) > _MOST:
                self._sent.popitem(last=False)
            if len(sent) >= self._most:
                return False
            sent.append(now)
            return True
