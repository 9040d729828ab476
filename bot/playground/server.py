"""The playground's server: this machine only, one page, one bot behind it."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.playground import files, help_pages, web_api
from bot.playground.drawing import PAGE_FOLDER, texts
from bot.playground.gestures import COMMANDS, Gestures, Shortcuts
from bot.playground.page_api import PageApi
from bot.playground.people import APP_TOKEN, BOT_TOKEN
from bot.playground.socket_mode import PATH, SocketMode
from bot.playground.values import Change
from bot.playground.workspace import Workspace

HOST = "127.0.0.1"
StartBot = Callable[[str, str, str], Callable[[], None]]
"""Starts the bot, given the base address of the Web API, a bot token and an app token; returns what stops it.
It may take its time, and must connect its Socket Mode client to the same base address."""

_HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


class PortTaken(Exception):
    """Something else listens there."""


def build_playground(
    address: str,
    *,
    clock: Callable[[], float] = time.time,
    commands: tuple[str, ...] = COMMANDS,
    home_tab: bool = False,
    shortcuts: Shortcuts = (),
    help_folder: Path = help_pages.HELP_FOLDER,
) -> Starlette:
    """The application. `address` is the host:port at which it will be found, by the page and by the bot; `commands`,
    `home_tab` and `shortcuts` say what the app's manifest declares.

    `app.state.workspace` is the workspace behind it, `app.state.link` the line to the bot, `app.state.end_streams` lets
    the open pages go before a shutdown.
    """
    workspace = Workspace(clock)
    link = SocketMode(lambda connected: workspace.tell(Change("link")))
    page = PageApi(workspace, link, Gestures(workspace, link, address, clock, commands, shortcuts), home_tab)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.loop = asyncio.get_running_loop()
        yield

    async def index(request: object) -> Response:
        return FileResponse(PAGE_FOLDER / "index.html")

    app = Starlette(
        routes=[
            Route("/", index),
            *web_api.routes(workspace, link, address),
            *files.routes(workspace),
            *page.routes(),
            *help_pages.routes(help_folder),
            WebSocketRoute(PATH, link.endpoint),
            Mount("/static", StaticFiles(directory=PAGE_FOLDER)),
        ],
        # a page of another site, or a name that points here, must not speak for the people of the playground
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"]), Middleware(_SafeHeaders)],
        lifespan=lifespan,
    )
    app.state.workspace, app.state.link, app.state.end_streams = workspace, link, page.end_streams
    return app


@contextmanager
def serving(
    port: int,
    start_bot: StartBot,
    *,
    clock: Callable[[], float] = time.time,
    commands: tuple[str, ...] = COMMANDS,
    home_tab: bool = False,
    shortcuts: Shortcuts = (),
) -> Iterator[str]:
    """Serves the playground with its bot; gives the address of the page. Port 0 takes a free one. Raises `PortTaken`."""
    listener = _listen(port)
    address = f"{HOST}:{listener.getsockname()[1]}"
    app = build_playground(address, clock=clock, commands=commands, home_tab=home_tab, shortcuts=shortcuts)
    settings = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=2, lifespan="on")
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="playground", daemon=True)
    thread.start()
    stop_bot: Callable[[], None] | None = None
    try:
        _wait_until_started(server, thread)
        stop_bot = start_bot(f"http://{address}/api/", BOT_TOKEN, APP_TOKEN)
        yield f"http://{address}/"
    finally:
        if stop_bot is not None:
            stop_bot()
        if server.started:
            app.state.loop.call_soon_threadsafe(app.state.end_streams)
        server.should_exit = True
        thread.join(timeout=5)
        listener.close()


def run(
    port: int,
    start_bot: StartBot,
    *,
    lang: str = "en",
    say: Callable[[str], None] = print,
    clock: Callable[[], float] = time.time,
    commands: tuple[str, ...] = COMMANDS,
    home_tab: bool = False,
    shortcuts: Shortcuts = (),
) -> int:
    """Serves until Ctrl-C. Returns the exit code: 0, or 1 when the port is taken, said in one line of `lang`."""
    words = texts().get(lang) or texts()["en"]
    try:
        with (
            _stop_signal() as stop,
            serving(port, start_bot, clock=clock, commands=commands, home_tab=home_tab, shortcuts=shortcuts) as address,
        ):
            say(words["running"].format(address=address))
            stop.wait()
    except PortTaken:
        say(words["port_taken"].format(port=port))
        return 1
    say(words["stopped"])
    return 0


@contextmanager
def _stop_signal() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set, so that both end in good order."""
    stop = threading.Event()
    numbers = (signal.SIGINT, signal.SIGTERM)
    if threading.current_thread() is not threading.main_thread():
        yield stop  # only the main thread may listen to signals
        return
    before = [signal.signal(number, lambda *_: stop.set()) for number in numbers]
    try:
        yield stop
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise PortTaken(port) from error
    return listener


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread, seconds: float = 10) -> None:
    waited = 0.0
    while not server.started:
        if not thread.is_alive() or waited > seconds:
            raise RuntimeError("the playground's server did not start")
        time.sleep(0.02)
        waited += 0.02


class _SafeHeaders:
    """Adds to every answer what keeps a page to itself: no address outside, no frame, no cache."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *extra]
            await send(message)

        wrapped: Callable[[Message], Awaitable[None]] = send_with_headers if scope["type"] == "http" else send
        await self._app(scope, receive, wrapped)
