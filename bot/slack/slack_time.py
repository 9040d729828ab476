"""What time it is where Slack is: the Date of its answers. The one clock outside that the bot can ask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse


def slack_time(client: WebClient, ahead: timedelta = timedelta()) -> datetime | None:
    """Slack's time, in UTC, for a program whose clock was set to run so far `ahead`; None without an answer that tells it.
    Never raises."""
    try:
        answer: Any = client.api_test()
    except SlackApiError as error:
        answer = error.response
    except Exception:  # noqa: BLE001 - whatever stood in the way, there is no answer
        return None
    told = dated(answer)
    return told + ahead if told else None


def dated(answer: SlackResponse | Any) -> datetime | None:
    """When an answer was given, to the second; None where it does not say."""
    headers = answer.get("headers") if isinstance(answer, dict) else getattr(answer, "headers", None)
    text = next((value for name, value in dict(headers or {}).items() if str(name).lower() == "date"), None)
    try:
        return parsedate_to_datetime(str(text)).astimezone(UTC)
    except (TypeError, ValueError):
        return None
