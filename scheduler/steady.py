"""A clock that no step of the machine's clock moves by itself: time goes on as fast as the processor counts it, and a step is
followed only once somebody outside has confirmed it.

A step is held whichever way it goes: a wrong hour must neither say what is not due yet, nor give up what is, nor hold back what
becomes due meanwhile. A machine that was asleep is behind by the processor's count; it catches up at the first confirmation.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from knowledge.ports import Clock

STEP: Final = timedelta(seconds=60)
"""By how much the two may differ between two readings; slower corrections are followed as they come."""
_log = logging.getLogger(__name__)


class SteadyClock:
    """Implements `knowledge.ports.Clock`, safe to read from any thread. `wall` is the clock that may step, `count` the seconds
    that have passed by a clock that cannot, `witness` the time as somebody outside has it, None where they do not answer."""

    def __init__(self, wall: Clock, count: Callable[[], float], witness: Callable[[], datetime | None]) -> None:
        self._wall, self._count, self._witness = wall, count, witness
        self._lock = Lock()
        self._seen, self._counted = wall.now(), count()
        self._held = ""

    def now(self) -> datetime:
        with self._lock:
            wall, carried = self._read()
            if abs(wall - carried) > STEP:
                return carried
            self._seen, self._counted = wall, self._count()
            return wall

    def confirm(self) -> None:
        """Where the clock has stepped, asks the witness who is right, and follows the one that is nearer. Without an answer
        time goes on as before: whoever cannot be reached cannot be told anything either."""
        with self._lock:
            wall, carried = self._read()
        if abs(wall - carried) <= STEP:
            self._held = ""
            return
        told = self._witness()
        with self._lock:
            wall, carried = self._read()
            step = f"the clock stepped by {(wall - carried).total_seconds():.0f} s"
            if told is not None and abs(told - wall) < abs(told - carried):
                self._seen, self._counted, self._held = wall, self._count(), ""
                _log.warning("%s, and Slack confirms it", step)
                return
            known = bool(self._held)
            self._held = f"{step}, and Slack {'does not answer' if told is None else 'has another time: set it right'}"
            if not known:
                _log.warning(self._held)

    def ailments(self) -> tuple[str, ...]:
        """A step that is held, in a line for whoever runs the bot; empty where there is none."""
        return (self._held,) if self._held else ()

    def _read(self) -> tuple[datetime, datetime]:
        """What the clock shows, and what it showed last carried on by the count."""
        return self._wall.now(), self._seen + timedelta(seconds=self._count() - self._counted)
