"""The threads that run listeners: a fixed number, a queue with an end, and a way to finish what was begun."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class BoundedPool(ThreadPoolExecutor):
    """Like its parent, and knows when it has too much to do. It still takes work when `full`: whoever receives requests
    asks first and turns newcomers away."""

    def __init__(self, workers: int, waiting: int) -> None:
        super().__init__(max_workers=workers, thread_name_prefix="listener")
        self._most, self._open, self._done = workers + waiting, 0, threading.Condition()

    @property
    def full(self) -> bool:
        return self._open >= self._most

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        with self._done:
            self._open += 1
        try:
            future = super().submit(fn, *args, **kwargs)
        except RuntimeError:
            self._finished(None)
            raise
        future.add_done_callback(self._finished)
        return future

    def drain(self, seconds: float) -> bool:
        """Waits until everything is done, at most so many seconds; whether it is."""
        with self._done:
            return self._done.wait_for(lambda: self._open == 0, seconds)

    def _finished(self, _: object) -> None:
        with self._done:
            self._open -= 1
            self._done.notify_all()
