"""The reminders of one minute, and the cost of quiet ticks: the short form of the bench."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from .reminders import burst, ticks


def test_reminders_of_one_minute_are_all_posted_in_order_one_a_second_and_a_busy_channel_delays_no_other(
    tmp_path: Path,
) -> None:
    said = burst(tmp_path, 100, 20)
    assert (said.posted, said.ordered, said.paced) == (100, True, True)
    assert said.sound(100)
    assert 34 <= said.ends[-1] <= 36
    assert said.ends[-2] <= 5
    assert not replace(said, ends=[20.0] * 20).sound(100)


def test_a_quiet_tick_costs_little_however_much_is_planned(tmp_path: Path) -> None:
    night = ticks(tmp_path, 3000, 20)
    # The machine may be busy with other tests: half of the ticks say enough.
    assert night.quiet[len(night.quiet) // 2] < 0.005
    assert night.quiet[int(len(night.quiet) * 0.95)] < 0.02
