"""The pool knows when it is full, and finishes what was begun."""

from __future__ import annotations

import threading

import pytest

from bot.slack.pool import BoundedPool


def test_a_pool_is_full_when_its_workers_and_its_queue_are_taken() -> None:
    pool, gate = BoundedPool(workers=1, waiting=2), threading.Event()
    for _ in range(2):
        pool.submit(gate.wait, 5)
    assert not pool.full
    pool.submit(gate.wait, 5)
    assert pool.full

    gate.set()
    assert pool.drain(5) and not pool.full


def test_draining_gives_up_after_its_time() -> None:
    pool, gate = BoundedPool(workers=1, waiting=2), threading.Event()
    pool.submit(gate.wait, 5)

    assert not pool.drain(0.01)
    gate.set()
    assert pool.drain(5)


def test_work_that_fails_is_finished_work() -> None:
    pool = BoundedPool(workers=1, waiting=2)
    future = pool.submit(lambda: 1 / 0)

    assert pool.drain(5)
    with pytest.raises(ZeroDivisionError):
        future.result()


def test_a_pool_that_is_shut_takes_nothing_and_counts_nothing() -> None:
    pool = BoundedPool(workers=1, waiting=2)
    pool.shutdown()
    with pytest.raises(RuntimeError):
        pool.submit(print)

    assert pool.drain(0)
