"""Calls the delivery every 15 seconds. The only module that knows APScheduler, which keeps nothing: a lost tick costs 15 s.

APScheduler goes by the clock: when that steps back by an hour, the next tick is an hour away. So a second thread, which counts
seconds, sees to it that ticks go on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event, Thread

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from knowledge.ports import Clock

EVERY_SECONDS = 15
_log = logging.getLogger(__name__)


class Ticker:
    """`last_tick` is when the last tick ended well, None before the first; `last_error` why the last one did not. `ailing` tells
    what else is wrong."""

    def __init__(
        self,
        tick: Callable[[], None],
        clock: Clock,
        every: float = EVERY_SECONDS,
        ailing: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self._tick, self._clock, self._ailing = tick, clock, ailing
        self.last_tick: datetime | None = None
        self.last_error = ""
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._every, self._ticks, self._stopped = every, 0, Event()
        self._job = self._scheduler.add_job(
            self.run_once, IntervalTrigger(seconds=every), coalesce=True, max_instances=1, misfire_grace_time=None
        )
        self._watch = Thread(target=self._keep_going, name="ticks", daemon=True)

    def start(self) -> None:
        self._scheduler.start()
        self._watch.start()

    def stop(self) -> None:
        """Waits for the tick under way."""
        self._stopped.set()
        self._scheduler.shutdown(wait=True)
        self._watch.join()

    def _keep_going(self) -> None:
        """Where no tick has begun for twice as long as it should take, counts the next one from the clock of now."""
        seen = self._ticks
        while not self._stopped.wait(2 * self._every):
            if self._ticks == seen:
                self._job.reschedule(IntervalTrigger(seconds=self._every))
            seen = self._ticks

    def ailments(self) -> tuple[str, ...]:
        """What keeps reminders from being sent, a line each; empty where all is well."""
        failed = (
            (f"what is due could not be looked at ({self.last_error.partition(':')[0]})",) if self.last_error else ()
        )
        return (*failed, *self._ailing())

    def run_once(self) -> None:
        self._ticks += 1
        try:
            self._tick()
        except Exception as error:  # noqa: BLE001 - the next tick tries again; the reason is kept for the doctor
            self.last_error = f"{type(error).__name__}: {error}"
            _log.error("a tick failed: %s", type(error).__name__)
        else:
            self.last_tick, self.last_error = self._clock.now(), ""
