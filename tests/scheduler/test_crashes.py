"""The short form of the storm of `tests.bench.crashes`: nothing is missed, nothing is said twice, order is kept."""

from __future__ import annotations

from pathlib import Path

from tests.scheduler.crashes import FAULTS, storm


def test_killed_at_random_moments_it_says_everything_once_and_in_order(tmp_path: Path) -> None:
    toll = storm(tmp_path, posts=120, kills=20, channels=10)
    assert (toll.missed, toll.doubled, toll.ordered) == (0, 0, True)
    assert toll.kills == 20
    assert set(toll.faults) == set(FAULTS)
