"""Slack's Web API and its response_urls over HTTP, in front of the playground's workspace."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.playground.files import ask_upload, complete_upload, info
from bot.playground.incoming import Refused, content, is_true
from bot.playground.methods import METHODS
from bot.playground.people import APP_ID, APP_TOKEN, BOT_TOKEN, BOT_USER_ID
from bot.playground.socket_mode import PATH, SocketMode
from bot.playground.values import Grant, Json, Post
from bot.playground.workspace import Workspace

FILES: Final = {
    "files.getUploadURLExternal": ask_upload,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
}
"""The methods that need to know at which address this server is found."""


def routes(workspace: Workspace, link: SocketMode, address: str) -> list[Route]:
    """/api/<method> and /response/<name>. `address` is the host:port of this server."""

    async def call(request: Request) -> Response:
        return JSONResponse(answer(workspace, request.path_params["method"], await arguments(request), link, address))

    async def respond(request: Request) -> Response:
        grant = workspace.use_response(request.path_params["name"])
        if grant is None:
            return JSONResponse({"ok": False, "error": "used_url"}, status_code=404)
        try:
            answer_response_url(workspace, grant, await arguments(request))
        except Refused as refused:
            return JSONResponse({"ok": False, "error": refused.error, **refused.more}, status_code=400)
        return PlainTextResponse("ok")

    return [Route("/api/{method}", call, methods=["GET", "POST"]), Route("/response/{name}", respond, methods=["POST"])]


def answer(workspace: Workspace, method: str, given: Json, link: SocketMode, address: str) -> Json:
    """What Slack answers to that method with those arguments (`token` among them)."""
    token = given.pop("token", "")
    wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
    try:
        if method not in METHODS and method not in FILES and method != "apps.connections.open":
            raise Refused("unknown_method", {"req_method": method})
        if not token:
            raise Refused("not_authed")
        if token != wanted:
            raise Refused("not_allowed_token_type" if token in (APP_TOKEN, BOT_TOKEN) else "invalid_auth")
        if method == "apps.connections.open":
            return {"ok": True, "url": f"ws://{address}{PATH}?ticket={link.issue_ticket()}&app_id={APP_ID}"}
        if method in FILES:
            return {"ok": True, **FILES[method](workspace, given, address)}
        return {"ok": True, **METHODS[method](workspace, given)}
    except Refused as refused:
        return {"ok": False, "error": refused.error, **refused.more}


async def arguments(request: Request) -> Json:
    """The arguments of a call, from its address, form or JSON body, with the token. What arrives as JSON text is read."""
    given: Json = dict(request.query_params)
    if "json" in request.headers.get("content-type", ""):
        try:
            body = json.loads(await request.body() or b"{}")
        except ValueError:
            body = {}
        given |= body if isinstance(body, dict) else {}
    elif request.method == "POST":
        given |= dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))
    for name in ("blocks", "view", "prompts", "metadata", "attachments"):
        if isinstance(given.get(name), str):
            try:
                given[name] = json.loads(given[name])
            except ValueError:
                given[name] = f"unreadable: {given[name][:50]}"
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        given["token"] = token.strip()
    return given


def answer_response_url(workspace: Workspace, grant: Grant, given: Json) -> Post | None:
    """Does what a call of a response_url asks: a message, ephemeral unless said otherwise, or a change of the original.
    Returns the message written or changed."""
    if is_true(given.get("delete_original")):
        workspace.remove(grant.channel, grant.ts)
        return None
    text, blocks = content(workspace, given)
    if is_true(given.get("replace_original")) and grant.ts:
        return workspace.edit(grant.channel, grant.ts, text or "", blocks or ())
    only_for = "" if given.get("response_type") == "in_channel" else grant.user
    thread_ts = str(given.get("thread_ts") or (grant.thread_ts if only_for else ""))
    return workspace.post(grant.channel, BOT_USER_ID, text or "", blocks or (), thread_ts=thread_ts, only_for=only_for)
