"""What the page calls: its state, what somebody does in it, and the stream of what changes."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.drawing import Drawing
from bot.playground.files import MOST_BYTES
from bot.playground.gestures import Gestures
from bot.playground.people import BOT_USER_ID, PEOPLE, Channel, User
from bot.playground.socket_mode import SocketMode
from bot.playground.values import Change, Json
from bot.playground.workspace import Workspace

_END = Change("end")


class PageApi:
    """The routes under /page. Every request says as whom it speaks, with `as`."""

    def __init__(self, workspace: Workspace, link: SocketMode, gestures: Gestures, home_tab: bool = False) -> None:
        self._workspace, self._link, self._gestures, self._home_tab = workspace, link, gestures, home_tab
        self._streams: set[asyncio.Queue[Change]] = set()
        workspace.subscribe(self._spread)

    def routes(self) -> list[Route]:
        reads = {"state": self._state, "history": self._history, "events": self._events, "home": self._home}
        writes = {
            "say": self._say,
            "click": self._click,
            "submit": self._submit,
            "close": self._close,
            "open": self._open,
            "suggest": self._suggest,
            "share": self._share,
            "shortcut": self._shortcut,
        }
        return [Route(f"/page/{name}", serve, methods=["GET"]) for name, serve in reads.items()] + [
            Route(f"/page/{name}", serve, methods=["POST"]) for name, serve in writes.items()
        ]

    def end_streams(self) -> None:
        """Lets every page go; they would otherwise hold the server open."""
        for stream in self._streams:
            stream.put_nowait(_END)

    async def _state(self, request: Request) -> Response:
        drawing = self._drawing(_viewer(request.query_params.get("as", "")))
        about_bot = {
            "connected": self._link.connected,
            "commands": self._gestures.commands,
            "shortcuts": self._gestures.shortcuts,
            "home_tab": self._home_tab,
        }
        return JSONResponse(drawing.state() | about_bot)

    async def _history(self, request: Request) -> Response:
        viewer = _viewer(request.query_params.get("as", ""))
        place = self._place(viewer, request.query_params.get("channel", ""))
        drawing = self._drawing(viewer)
        posts = drawing.history(place.id, request.query_params.get("thread", ""))
        return JSONResponse({"posts": posts, "suggested": drawing.prompts(place.id)})

    async def _home(self, request: Request) -> Response:
        return JSONResponse(self._drawing(_viewer(request.query_params.get("as", ""))).home())

    async def _events(self, request: Request) -> Response:
        viewer = _viewer(request.query_params.get("as", ""))
        stream: asyncio.Queue[Change] = asyncio.Queue()
        self._streams.add(stream)
        return EventSourceResponse(self._tell(viewer, stream), ping=15)

    async def _say(self, request: Request) -> Response:
        given, viewer = await _body(request)
        place = self._place(viewer, _word(given, "channel"))
        await self._gestures.say(viewer, place, _word(given, "text"), _word(given, "thread_ts"))
        return JSONResponse({"ok": True})

    async def _click(self, request: Request) -> Response:
        given, viewer = await _body(request)
        taken = await self._gestures.click(
            viewer,
            _word(given, "block_id"),
            _word(given, "action_id"),
            given.get("given"),
            _inputs(given),
            channel=_word(given, "channel"),
            ts=_word(given, "ts"),
            view_id=_word(given, "view_id"),
        )
        return JSONResponse({"ok": taken})

    async def _submit(self, request: Request) -> Response:
        given, viewer = await _body(request)
        errors = await self._gestures.submit(viewer, _word(given, "view_id"), _inputs(given))
        texts = self._drawing(viewer).texts
        return JSONResponse({"errors": {block: words if block else texts[words] for block, words in errors.items()}})

    async def _close(self, request: Request) -> Response:
        given, viewer = await _body(request)
        await self._gestures.close(viewer, _word(given, "view_id"), everything=given.get("everything") is True)
        return JSONResponse({"ok": True})

    async def _open(self, request: Request) -> Response:
        given, viewer = await _body(request)
        await self._gestures.open_app(viewer, "home" if given.get("tab") == "home" else "messages")
        return JSONResponse({"ok": True})

    async def _suggest(self, request: Request) -> Response:
        given, viewer = await _body(request)
        names = ("block_id", "action_id", "typed", "channel", "ts", "view_id")
        return JSONResponse({"options": await self._gestures.suggest(viewer, *(_word(given, name) for name in names))})

    async def _share(self, request: Request) -> Response:
        given, viewer = await _body(request)
        place = self._place(viewer, _word(given, "channel"))
        try:
            data = base64.b64decode(_word(given, "data"), validate=True)
        except ValueError:
            raise HTTPException(400, "not a file") from None
        if not _word(given, "name"):
            raise HTTPException(400, "a file has a name")
        if len(data) > MOST_BYTES:
            raise HTTPException(413, "too large")
        await self._gestures.share(viewer, place, _word(given, "name"), data)
        return JSONResponse({"ok": True})

    async def _shortcut(self, request: Request) -> Response:
        given, viewer = await _body(request)
        taken = await self._gestures.use_shortcut(
            viewer, *(_word(given, name) for name in ("callback_id", "channel", "ts"))
        )
        return JSONResponse({"ok": taken})

    def _spread(self, change: Change) -> None:
        for stream in self._streams:
            stream.put_nowait(change)

    async def _tell(self, viewer: User, stream: asyncio.Queue[Change]) -> AsyncIterator[ServerSentEvent]:
        try:
            yield ServerSentEvent(json.dumps({"kind": "hello", "connected": self._link.connected}))
            while (change := await stream.get()) is not _END:
                if (told := self._draw(change, viewer)) is not None:
                    yield ServerSentEvent(json.dumps(told, ensure_ascii=False))
        finally:
            self._streams.discard(stream)

    def _draw(self, change: Change, viewer: User) -> Json | None:
        """A change as the page hears it; None when it is no business of that person."""
        if change.viewer not in ("", viewer.id):
            return None
        if change.channel and viewer.id not in self._workspace.channels[change.channel].members:
            return None
        drawing = self._drawing(viewer)
        told: Json = {"kind": change.kind, "channel": change.channel, "ts": change.ts, "thread_ts": change.thread_ts}
        draw: dict[str, Callable[[], Json]] = {
            "post": lambda: self._draw_post(change, drawing),
            "edit": lambda: self._draw_post(change, drawing),
            "remove": lambda: self._draw_post(change, drawing),
            "view": lambda: {"view": drawing.view()},
            "home": lambda: {"home": drawing.home()},
            "prompts": lambda: {"suggested": drawing.prompts(change.channel)},
            "status": lambda: {"status": change.note},
            "link": lambda: {"connected": self._link.connected},
            "notice": lambda: {"notice": drawing.texts.get(change.note, change.note)},
        }
        return told | draw[change.kind]()

    def _draw_post(self, change: Change, drawing: Drawing) -> Json:
        """The message, and its parent whose count of replies moves with it."""
        post = self._workspace.find(change.channel, change.ts)
        parent = self._workspace.find(change.channel, change.thread_ts) if change.thread_ts else None
        return {"post": drawing.post(post) if post else None, "parent": drawing.post(parent) if parent else None}

    def _drawing(self, viewer: User) -> Drawing:
        return Drawing(self._workspace, viewer)

    def _place(self, viewer: User, channel: str) -> Channel:
        place = self._workspace.channels.get(channel)
        if place is None or viewer.id not in place.members:
            raise HTTPException(404, "no such conversation")
        return place


def _viewer(user_id: str) -> User:
    """The person spoken as: the first one when nobody is named."""
    found = next((person for person in PEOPLE if user_id in ("", person.id)), None)
    if found is None or user_id == BOT_USER_ID:
        raise HTTPException(404, "no such person")
    return found


async def _body(request: Request) -> tuple[Json, User]:
    """The JSON of a request and who sends it. Only JSON is read: a form of another site cannot send it."""
    if "application/json" not in request.headers.get("content-type", ""):
        raise HTTPException(415, "JSON only")
    try:
        given = json.loads(await request.body())
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise HTTPException(400, "not a JSON object")
    return given, _viewer(_word(given, "as"))


def _word(given: Json, name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""


def _inputs(given: Json) -> Json:
    inputs = given.get("inputs")
    return inputs if isinstance(inputs, dict) else {}
