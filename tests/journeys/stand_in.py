"""A small Slack for tests: the Web API and `response_url` over HTTP, Socket Mode over a WebSocket, on one local port.

It keeps what it was told and refuses what Slack would refuse. Written apart from the playground, so that one mistake
cannot hide in both.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.slack.limits import check_blocks

BOT_USER, BOT, TEAM = "UBOT", "BBOT", "T1"


def eventually(found: Callable[[], Any], seconds: float = 8.0) -> Any:
    """What `found` returns once it is true; AssertionError when that takes too long."""
    end = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < end, f"waited {seconds} s in vain"
        time.sleep(0.01)
    return result


@contextmanager
def serving(web: ASGIApp) -> Iterator[str]:
    """Runs a web application on a free port; gives its address."""
    server = uvicorn.Server(uvicorn.Config(web, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    eventually(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.should_exit = server.force_exit = True
        thread.join(5)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Web API, or one answer through a `response_url` (method "respond")."""

    method: str
    params: Mapping[str, Any]
    token: str = ""

    @property
    def text(self) -> str:
        return str(self.params.get("text", ""))

    def buttons(self, name: str = "") -> list[dict[str, Any]]:
        elements = [element for block in self.params.get("blocks", []) for element in block.get("elements", [])]
        return [element for element in elements if str(element.get("action_id", "")).startswith(name + ":")]


@dataclass(slots=True)
class StandIn:
    """The workspace as the app sees it. `refusals` holds errors to answer next, by method; `posted` the
    messages of each channel, oldest first."""

    address: str = ""
    calls: list[Call] = field(default_factory=list)
    locales: dict[str, str] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    group: list[str] = field(default_factory=list)
    profiles: dict[str, dict[str, Any]] = field(default_factory=dict)
    refusals: dict[str, list[str]] = field(default_factory=dict)
    lines: list[WebSocket] = field(default_factory=list)
    received: dict[str, Any] = field(default_factory=dict)
    posted: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    _loop: asyncio.AbstractEventLoop | None = None
    _count: int = 0

    @property
    def base_url(self) -> str:
        return f"http://{self.address}/api/"

    @property
    def response_url(self) -> str:
        return f"http://{self.address}/respond"

    def called(self, method: str) -> list[Call]:
        return [call for call in list(self.calls) if call.method == method]

    def wait_for(self, method: str, count: int = 1) -> Call:
        """The call of that number, once it was made."""
        eventually(lambda: len(self.called(method)) >= count)
        return self.called(method)[count - 1]

    def send(self, line: WebSocket, kind: str, payload: Mapping[str, Any], envelope: str) -> Any:
        """Sends an envelope down a line and gives what the app acknowledged it with ({} for a bare one)."""
        assert self._loop is not None
        message = {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": True}
        asyncio.run_coroutine_threadsafe(line.send_text(json.dumps(message)), self._loop).result(5)
        eventually(lambda: envelope in self.received)
        return self.received.pop(envelope)

    def web(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/{method}", self._api, methods=["GET", "POST"]),
                Route("/files/{name}", self._download, methods=["GET"]),
                Route("/upload/{name}", self._upload, methods=["POST"]),
                Route("/respond", self._respond, methods=["POST"]),
                WebSocketRoute("/line", self._line),
            ]
        )

    async def _api(self, request: Request) -> Response:
        method, params = (
            request.path_params["method"],
            {**request.query_params, **_params(await request.body(), request.headers)},
        )
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        self.calls.append(Call(method, params, token))
        if method == "users.info" and params["user"] in self.down:
            return JSONResponse({"ok": False, "error": "fatal_error"})
        if self.refusals.get(method):
            return JSONResponse({"ok": False, "error": self.refusals[method].pop(0)})
        if method.startswith("chat.") and method != "chat.getPermalink" and (problems := check_blocks(params)):
            return JSONResponse({"ok": False, "error": "invalid_blocks", "problems": problems})
        return JSONResponse({"ok": True, **self._result(method, params)})

    def _result(self, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
        if method == "auth.test":
            return {"user_id": BOT_USER, "bot_id": BOT, "team_id": TEAM, "team": "Test", "user": "entente", "url": ""}
        if method == "users.info":
            user = str(params["user"])
            return {
                "user": {
                    "id": user,
                    "locale": self.locales.get(user, "fr-FR"),
                    "name": user,
                    **self.profiles.get(user, {}),
                }
            }
        if method == "conversations.open":
            return {"channel": {"id": f"D{params['users']}"}}
        if method == "usergroups.users.list":
            return {"users": list(self.group)}
        if method == "files.info":
            file_id = str(params["file"])
            name, content = self.files[file_id]
            address = f"http://{self.address}/files/{file_id}"
            return {"file": {"id": file_id, "name": name, "size": len(content), "url_private_download": address}}
        if method == "files.getUploadURLExternal":
            self.files["FUP"] = str(params["filename"]), b""
            return {"file_id": "FUP", "upload_url": f"http://{self.address}/upload/FUP"}
        if method == "files.completeUploadExternal":
            return {"files": [{"id": "FUP"}]}
        if method == "chat.getPermalink":
            return {"permalink": "https://slack.example/p1"}
        if method == "apps.connections.open":
            return {"url": f"ws://{self.address}/line"}
        if method in ("conversations.history", "conversations.replies"):
            return self._history(params)
        self._count += 1
        said = {"channel": params.get("channel", ""), "ts": f"1700000000.{self._count:06d}"}
        if method == "chat.postMessage":
            self.posted[said["channel"]].append({**params, **said})
        return said

    def _history(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Newest first, or those of a thread; a page of `limit` and where the next one begins."""
        thread, oldest = params.get("ts"), float(params.get("oldest") or 0)
        found = [
            message
            for message in reversed(self.posted[str(params["channel"])])
            if float(message["ts"]) >= oldest and (not thread or message.get("thread_ts") == thread)
        ]
        start, limit = int(params.get("cursor") or 0), int(params.get("limit") or 100)
        after = str(start + limit) if start + limit < len(found) else ""
        return {"messages": found[start : start + limit], "response_metadata": {"next_cursor": after}}

    async def _download(self, request: Request) -> Response:
        """A file of the workspace, for whoever shows a token of the bot."""
        if not request.headers.get("authorization", "").startswith("Bearer xoxb-"):
            return PlainTextResponse("no token", 403)
        return Response(self.files[request.path_params["name"]][1])

    async def _upload(self, request: Request) -> Response:
        name = request.path_params["name"]
        self.files[name] = self.files[name][0], await request.body()
        return PlainTextResponse("OK")

    async def _respond(self, request: Request) -> Response:
        params = json.loads(await request.body())
        self.calls.append(Call("respond", params))
        return PlainTextResponse("invalid_blocks", 400) if check_blocks(params) else PlainTextResponse("ok")

    async def _line(self, socket: WebSocket) -> None:
        await socket.accept()
        self._loop = asyncio.get_running_loop()
        await socket.send_text(json.dumps({"type": "hello", "num_connections": 1}))
        self.lines.append(socket)
        try:
            while True:
                answer = json.loads(await socket.receive_text())
                self.received[answer["envelope_id"]] = answer.get("payload", {})
        except WebSocketDisconnect:
            self.lines.remove(socket)


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """A stand-in that listens."""
    slack = StandIn()
    with serving(slack.web()) as address:
        slack.address = address
        yield slack


def _params(body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    """Parameters travel as a form or as JSON, and blocks in a form are JSON again."""
    if "json" in headers.get("content-type", ""):
        return dict(json.loads(body or b"{}"))
    params: dict[str, Any] = dict(parse_qsl(body.decode(), keep_blank_values=True))
    for name in ("blocks", "metadata"):
        if isinstance(params.get(name), str):
            params[name] = json.loads(params[name])
    return params
