"""HTTP mode: the address that Slack calls, behind a front that lets only Slack's own, fresh, first-time requests
through.

Bolt reads a body before it checks who signed it, and accepts a signed request any number of times for five minutes.
So the front decides first, on the raw bytes, and answers 400 or 401 with an empty body; no refused body is logged
or parsed.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import uvicorn
from slack_bolt import App, BoltRequest, BoltResponse
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.calendars import Feed
from bot.slack.calendar_route import calendar_route
from bot.slack.health import health_route

BODY_LIMIT: Final = 1024 * 1024
WINDOW: Final = 300
"""Seconds by which Slack's clock and ours may differ."""
_REMEMBERED: Final = 600
_TIMESTAMP = re.compile(r"[0-9]{10}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_KINDS: Final = ("application/json", "application/x-www-form-urlencoded")
_log = logging.getLogger(__name__)


def verdict(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> int:
    """200 for a request that Slack signed in the last five minutes, else the status to refuse it with. Never raises."""
    if headers.get("content-type", "").split(";")[0].strip().lower() not in _KINDS:
        return 400
    if len(body) > BODY_LIMIT:
        return 400
    timestamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
        return 401
    if not secret or abs(now - int(timestamp)) > WINDOW:
        return 401
    expected = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return 200 if hmac.compare_digest(f"v0={expected}", signature) else 401


@dataclass(slots=True)
class Replays:
    """Signatures seen in the last ten minutes. Safe to call from any thread."""

    _seen: OrderedDict[str, float] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def first(self, signature: str, now: float) -> bool:
        """True the first time, and the signature is remembered."""
        with self._lock:
            while self._seen and next(iter(self._seen.values())) < now - _REMEMBERED:
                self._seen.popitem(last=False)
            if signature in self._seen:
                return False
            self._seen[signature] = now
            return True

    def forget(self, signature: str) -> None:
        """For a request that was not taken after all, so that it may come again."""
        with self._lock:
            self._seen.pop(signature, None)


def front(
    app: App,
    signing_secret: str,
    now: Callable[[], float],
    ailments: Callable[[], Sequence[str]] = tuple,
    calendar: Callable[[str], Feed | None] = lambda name: None,
) -> Starlette:
    """The web application: POST /slack/events, GET /healthz, and the calendars that `calendar` opens by the last part of their
    address. `now` gives seconds since 1970, `ailments` what is wrong, a line each."""
    replays = Replays()

    async def events(request: Request) -> Response:
        body = await _read(request)
        if body is None:
            return Response(status_code=400)
        moment = now()
        if (status := verdict(request.headers, body, signing_secret, moment)) != 200:
            _log.warning("a request was refused with status %s", status)
            return Response(status_code=status)
        signature = request.headers["x-slack-signature"]
        if not replays.first(signature, moment):
            _log.warning("a request came a second time and was refused")
            return Response(status_code=401)
        answer = await run_in_threadpool(_dispatch, app, body, request.headers)
        if answer.status_code >= 500:
            replays.forget(signature)
        return answer

    return Starlette(
        routes=[
            Route("/slack/events", events, methods=["POST"]),
            health_route(ailments),
            calendar_route(calendar),
        ]
    )


def serve(web: Starlette, host: str, port: int) -> uvicorn.Server:
    """A server for the front: `run()` blocks and stops on SIGTERM; set `should_exit` to stop it from elsewhere."""
    return uvicorn.Server(
        uvicorn.Config(web, host=host, port=port, access_log=False, log_level="warning", lifespan="off")
    )


async def _read(request: Request) -> bytes | None:
    """The body, or None as soon as it is known to be too long."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def _dispatch(app: App, body: bytes, headers: Mapping[str, str]) -> Response:
    try:
        request = BoltRequest(body=body.decode("utf-8"), headers={name: [value] for name, value in headers.items()})
        if not isinstance(request.body.get("event", {}), dict):
            return Response(status_code=400)
        answer: BoltResponse = app.dispatch(request)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        # Signed and yet malformed. Bolt's own handlers cover what happens later, so this is about reading the body.
        _log.warning("a signed request could not be read (%s)", type(error).__name__)
        return Response(status_code=400)
    if answer.status != 200:
        return Response(status_code=answer.status)
    return Response(answer.body, 200, answer.first_headers_without_set_cookie())
