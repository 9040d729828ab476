"""Puts what is due into channels, and finds it again: `scheduler.ports.Messenger` over Slack.

Each message carries an opaque id in its metadata. A call is made once: the client it is given must not try again by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.blocks import render
from bot.slack.limits import BLOCKS, CALLED, Payload
from bot.slack.messenger import QUIET, REFUSED_BLOCKS, checked, plainest
from bot.slack.outcomes import outcome_of
from bot.slack.slack_time import dated
from bot.slack.speech import Speech
from knowledge.messages import Message
from scheduler.outbox import LOOK_BACK
from scheduler.ports import Absent, Closed, Found, Gone, Outcome, Refused, Retry, Sent, Unclear
from scheduler.values import Due, Receipt

EVENT: Final = "entente_post"
PAGE: Final = 200
PAGES: Final = 50
"""Pages of history that one search reads: 10,000 messages in two minutes are more than any channel holds."""
SCOPES: Final = ("channels:history", "groups:history")
"""What finding a message again in a channel needs."""
T = TypeVar("T")
_USER: Final = re.compile(r"[UW][A-Z0-9_]+")


class OutboxMessenger:
    """Safe to use from any thread. `ahead` is how far the clock of the program runs before that of Slack; `language` is that
    of a person, for what names none."""

    def __init__(
        self,
        client: WebClient,
        speech: Speech,
        ahead: timedelta = timedelta(),
        language: Callable[[str], str] = lambda person: "fr",
    ) -> None:
        self._client, self._speech, self._ahead, self._language = client, speech, ahead, language

    def post(self, due: Due, message: Message) -> Outcome:
        """Posts once. Blocks that Slack refuses are left out, once: nothing was taken then."""
        lang = due.lang or self._language(due.channel)
        payload = calling(due.mention, checked(render(message, lang, self._speech)))
        try:
            return self._send(due, payload)
        except SlackApiError as error:
            if error.response.get("error") not in REFUSED_BLOCKS:
                return outcome_of(error)
            return _attempt(lambda: self._send(due, calling(due.mention, plainest(payload["text"]))))
        except Exception as error:  # noqa: BLE001 - as in `_attempt`
            return outcome_of(error)

    def find(self, due: Due, since: datetime) -> Found:
        """Looks through the channel, or the thread, from that moment on. Where Slack's own clock has not come so far, ours runs
        ahead: then through the last day."""

        def search() -> Sent | Absent:
            channel, oldest = self._place(due.channel), since - self._ahead
            found, at = self._look(channel, due, oldest)
            if isinstance(found, Absent) and at is not None and at < oldest + LOOK_BACK:
                found, _ = self._look(channel, due, at - timedelta(days=1))
            return found

        return _attempt(search)

    def _look(self, channel: str, due: Due, oldest: datetime) -> tuple[Sent | Absent, datetime | None]:
        """What the history shows of it, and when it was read, by Slack's clock."""
        read_at = None
        for page in self._pages(channel, due.thread, f"{oldest.timestamp():.6f}"):
            read_at = dated(page)
            for message in page.get("messages") or ():
                metadata = message.get("metadata") or {}
                if (metadata.get("event_payload") or {}).get("k") == due.mark:
                    return Sent(Receipt(channel, str(message.get("ts") or ""))), read_at
        return Absent(), read_at

    def _send(self, due: Due, payload: Payload) -> Outcome:
        said = self._client.chat_postMessage(
            channel=due.channel,
            thread_ts=due.thread or None,
            metadata={"event_type": EVENT, "event_payload": {"k": due.mark}},
            parse="none",
            link_names=False,
            **QUIET,
            **payload,
        )
        ts = str(said.get("ts") or "")
        return Sent(Receipt(str(said.get("channel") or due.channel), ts)) if ts else Unclear("no timestamp")

    def _pages(self, channel: str, thread: str, oldest: str) -> Iterator[SlackResponse]:
        cursor = ""
        for _ in range(PAGES):
            asked: dict[str, Any] = {
                "channel": channel,
                "oldest": oldest,
                "inclusive": True,
                "limit": PAGE,
                "include_all_metadata": True,
            }
            if cursor:
                asked["cursor"] = cursor
            read = (
                partial(self._client.conversations_replies, ts=thread) if thread else self._client.conversations_history
            )
            page = read(**asked)
            yield page
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return
        raise TimeoutError

    def _place(self, channel: str) -> str:
        """The conversation with a person, where the channel is one."""
        if not _USER.fullmatch(channel):
            return channel
        return str((self._client.conversations_open(users=channel).get("channel") or {}).get("id") or channel)


def _attempt(call: Callable[[], T]) -> T | Retry | Refused | Closed | Unclear | Gone:
    try:
        return call()
    except Exception as error:  # noqa: BLE001 - whatever it is, the outbox must know what became of the message
        return outcome_of(error)


def calling(people: tuple[str, ...], payload: Mapping[str, Any]) -> Payload:
    """The payload under a line that calls members and user groups by their ids; the configuration or Slack has checked
    them."""
    if not people:
        return Payload(text=payload["text"], blocks=payload["blocks"])
    called = " ".join(f"<!subteam^{one}>" if one.startswith("S") else f"<@{one}>" for one in people)
    line = {"type": "mrkdwn", "text": called, "verbatim": True}
    blocks = [{"type": "section", "block_id": CALLED, "text": line}, *payload["blocks"]]
    return Payload(text=payload["text"], blocks=blocks[:BLOCKS])
