"""The token of the bot is shown to Slack alone."""

from __future__ import annotations

import pytest

from bot.slack.files import is_of_slack

SLACK = "https://slack.com/api/"


@pytest.mark.parametrize(
    ("address", "base", "shown"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.csv", SLACK, True),
        ("http://files.slack.com/a.csv", SLACK, False),
        ("https://files.slack.com.evil.example/a.csv", SLACK, False),
        ("https://evilslack.com/a.csv", SLACK, False),
        ("https://files.slack.com@evil.example/a.csv", SLACK, False),
        ("file:///etc/passwd", SLACK, False),
        ("", SLACK, False),
        ("http://127.0.0.1:9000/files/F1", "http://127.0.0.1:9000/api/", True),
        ("http://127.0.0.1:9001/files/F1", "http://127.0.0.1:9000/api/", False),
    ],
)
def test_only_slack_and_the_host_that_stands_in_for_it_see_the_token(address: str, base: str, shown: bool) -> None:
    assert is_of_slack(address, base) is shown
