"""Whether all is well, for whatever watches over the machine: GET /healthz, beside Slack's address over HTTP, on a port of its own
in Socket Mode."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Thread
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

HERE: Final = "127.0.0.1"
_CLOSING: Final = 5.0


def health_route(ailments: Callable[[], Sequence[str]]) -> Route:
    """200 where there are no `ailments`, else 503 and a line for each."""

    async def health(_: Request) -> Response:
        found = list(ailments())
        return JSONResponse({"healthy": not found, **({"ailments": found} if found else {})}, 503 if found else 200)

    return Route("/healthz", health)


@contextmanager
def telling_health(port: int, ailments: Callable[[], Sequence[str]]) -> Iterator[None]:
    """Answers on this machine alone for as long as the body runs. Raises OSError when the port is taken."""
    web = Starlette(routes=[health_route(ailments)])
    server = uvicorn.Server(uvicorn.Config(web, access_log=False, log_level="warning", lifespan="off"))
    with socket.create_server((HERE, port)) as listener:
        serving = Thread(target=partial(server.run, sockets=[listener]), name="health", daemon=True)
        serving.start()
        try:
            yield
        finally:
            server.should_exit = True
            serving.join(_CLOSING)
