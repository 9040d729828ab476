"""The one place that tells people that something broke: in their language, with a short reference, and nothing
inside."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltContext, BoltResponse, Respond
from slack_sdk import WebClient

from bot.slack.blocks import render
from bot.slack.limits import Payload
from bot.slack.messenger import answer, checked, post
from bot.slack.people import People
from bot.slack.speech import Speech
from knowledge.messages import Message, Phrase, Say

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FailureTeller:
    """Handles what a listener or a middleware raised. `language` gives the language to speak
    in to a person who reads this one."""

    people: People
    speech: Speech
    language: Callable[[str | None], str]
    reference: Callable[[], str]

    def tell(
        self,
        error: Exception,
        body: dict[str, Any],
        client: WebClient,
        context: BoltContext,
        respond: Respond,
        response: BoltResponse | None,
    ) -> BoltResponse | None:
        """Logs the reference and the kind of error, never its words, and tells the person who was waiting."""
        reference = self.reference()
        _log.error("failure %s: %s at %s", reference, type(error).__name__, where(error))
        try:
            return self._tell(reference, body, client, context, respond, response)
        except Exception as second:  # noqa: BLE001 - nothing is left to try: Slack itself does not answer
            _log.error("failure %s could not be told: %s at %s", reference, type(second).__name__, where(second))
            return None

    def _tell(
        self,
        reference: str,
        body: dict[str, Any],
        client: WebClient,
        context: BoltContext,
        respond: Respond,
        response: BoltResponse | None,
    ) -> BoltResponse | None:
        payload = self._payload(reference, self.people.language(client, context.user_id or ""))
        event = body.get("event") or {}
        if "command" in body and response is not None:
            # Not acknowledged yet: the acknowledgement itself can carry the words.
            return BoltResponse(status=200, body={"response_type": "ephemeral", **checked(payload)})
        if body.get("type") == "view_submission" and response is not None:
            return BoltResponse(status=200, body=still_open(body["view"], payload))
        if context.response_url or context.get("responds"):
            answer(respond, payload)
            return BoltResponse(status=200, body="") if response is not None else None
        # A status of 500 means that nothing was taken: Slack will send the event again, so there is no failure to
        # tell yet.
        if _somebody_waits(event) and not (response is not None and response.status == 500):
            post(client, event["channel"], lambda plain: payload, event.get("thread_ts") or event["ts"])
        return None

    def _payload(self, reference: str, lang: str | None) -> Payload:
        message = Message((Say(Phrase("error.listener", {"reference": reference})),))
        return render(message, self.language(lang), self.speech)


def still_open(view: Mapping[str, Any], payload: Payload) -> dict[str, Any]:
    """The answer to a form that leaves it open with all that was typed in it: the words stand under its first input, or in
    a window on top of one that has none."""
    first = next((block["block_id"] for block in view.get("blocks") or () if block.get("type") == "input"), "")
    if first:
        return {"response_action": "errors", "errors": {first: payload["text"]}}
    shown = {"type": "modal", "title": view["title"], "blocks": checked(payload)["blocks"]}
    return {"response_action": "push", "view": shown}


def where(error: BaseException) -> str:
    """The file and line that raised, which say nothing about people."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "?"


def _somebody_waits(event: Mapping[str, Any]) -> bool:
    return event.get("type") in ("app_mention", "message") and "channel" in event and "ts" in event
