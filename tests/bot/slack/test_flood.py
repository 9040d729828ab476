"""A person may send so many commands a minute, and does not slow the others down."""

from __future__ import annotations

from bot.slack.flood import Flood


def test_the_twenty_first_command_of_a_minute_is_not_taken_and_others_are() -> None:
    now = [0.0]
    flood = Flood(lambda: now[0])
    assert [flood.takes("U1") for _ in range(21)] == [True] * 20 + [False]
    assert flood.takes("U2")


def test_a_minute_later_it_goes_on() -> None:
    now = [0.0]
    flood = Flood(lambda: now[0])
    for now[0] in range(100):
        flood.takes("U1")
    now[0] = 159.0
    assert flood.takes("U1")


def test_commands_that_were_not_taken_do_not_count() -> None:
    now = [0.0]
    flood = Flood(lambda: now[0], most=2)
    for _ in range(10):
        flood.takes("U1")
    now[0] = 60.0
    assert flood.takes("U1") and flood.takes("U1") and not flood.takes("U1")
