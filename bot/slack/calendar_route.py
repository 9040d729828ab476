"""Calendars over HTTP, for programs that look at them again and again. The address is the only key, so nothing here logs it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.calendars import PATH, Feed
from knowledge.ports import StoreUnavailable

KIND: Final = "text/calendar; charset=utf-8"
_HEADERS: Final = {
    # Only the program that asked may keep it, and no page that it leads to learns the address.
    "cache-control": "private, max-age=900",
    "content-disposition": 'inline; filename="entente.ics"',
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}
_log = logging.getLogger(__name__)


def calendar_route(opened: Callable[[str], Feed | None]) -> Route:
    """GET and HEAD of a calendar: 200, 304 for one that was not changed, 404 for every other address."""

    async def serve(request: Request) -> Response:
        try:
            feed = await run_in_threadpool(opened, request.path_params["name"])
        except StoreUnavailable as error:
            _log.error("a calendar could not be read: %s", error.reason)
            return Response(status_code=503, headers={"retry-after": "300"})
        if feed is None:
            return Response(status_code=404)
        etag = f'"{feed.etag}"'
        headers = _HEADERS | {"etag": etag}
        if feed.modified is not None:
            headers["last-modified"] = format_datetime(feed.modified.astimezone(UTC), usegmt=True)
        if _unchanged(request, etag, feed.modified):
            return Response(status_code=304, headers=headers)
        return Response(feed.data, headers=headers, media_type=KIND)

    return Route(PATH + "{name}", serve, methods=["GET"])


def _unchanged(request: Request, etag: str, modified: datetime | None) -> bool:
    """Whether the program has these very bytes. What it knows them by counts before when it got them."""
    if known := request.headers.get("if-none-match"):
        return known.strip() == "*" or etag in [one.strip().removeprefix("W/") for one in known.split(",")]
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since") or "")
    except ValueError:
        return False
    return modified is not None and since.tzinfo is not None and modified.replace(microsecond=0) <= since
