"""Files that people and the bot give each other: asked for, uploaded and announced as Slack does it, and kept in memory to be
fetched."""

from __future__ import annotations

import html
import json
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.playground.incoming import Refused, channel
from bot.playground.people import BOT_USER_ID, Channel, User
from bot.playground.values import Json, Post
from bot.playground.workspace import Workspace

MOST_BYTES: Final = 20 * 1024 * 1024
_KEPT: Final = 20
"""Files that are kept, the latest ones."""


def routes(workspace: Workspace) -> list[Route]:
    """/upload/<id>, where the bot puts a file, and /files/<id>, where people fetch it."""

    async def take(request: Request) -> Response:
        file = workspace.files.get(request.path_params["id"])
        body = await request.body()
        if file is None or len(body) > MOST_BYTES:
            return PlainTextResponse("no such upload" if file is None else "too large", 404 if file is None else 413)
        workspace.files[request.path_params["id"]] = file[0], body
        return PlainTextResponse(f"OK - {len(body)}")

    async def give(request: Request) -> Response:
        file = workspace.files.get(request.path_params["id"])
        if file is None:
            return PlainTextResponse("no such file", 404)
        # Always to be saved, never shown: it may hold what people wrote.
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(file[0])}"}
        return Response(file[1], headers=headers, media_type="application/octet-stream")

    return [Route("/upload/{id}", take, methods=["POST"]), Route("/files/{id}", give, methods=["GET"])]


def ask_upload(workspace: Workspace, given: Json, address: str) -> Json:
    """`files.getUploadURLExternal`: where to put a file of that name."""
    name = str(given.get("filename") or "")
    if not name or not str(given.get("length") or "").isdigit():
        raise Refused("invalid_arguments")
    file_id = _kept(workspace, name, b"")
    return {"file_id": file_id, "upload_url": f"http://{address}/upload/{file_id}"}


def complete_upload(workspace: Workspace, given: Json, address: str) -> Json:
    """`files.completeUploadExternal`: a message with the files, in the channel that is named."""
    listed = given.get("files")
    try:
        asked = json.loads(listed) if isinstance(listed, str) else listed
        ids = [str(one["id"]) for one in asked or ()]
    except (ValueError, TypeError, KeyError):
        raise Refused("invalid_arguments") from None
    if not ids or any(one not in workspace.files for one in ids):
        raise Refused("file_not_found")
    place = channel(workspace, {"channel": given.get("channel_id")})
    for one in ids:
        _announce(workspace, place.id, BOT_USER_ID, one, address)
    return {"files": [{"id": one, "title": workspace.files[one][0]} for one in ids]}


def info(workspace: Workspace, given: Json, address: str) -> Json:
    """`files.info`: what a file is, and where the bot fetches it."""
    file_id = str(given.get("file") or "")
    if file_id not in workspace.files:
        raise Refused("file_not_found")
    return {"file": described(workspace, file_id) | {"url_private_download": f"http://{address}/files/{file_id}"}}


def share(workspace: Workspace, place: Channel, user: User, name: str, data: bytes, address: str) -> tuple[Post, str]:
    """A message of a person with a file: the message, and the id of the file."""
    file_id = _kept(workspace, name, data)
    return _announce(workspace, place.id, user.id, file_id, address), file_id


def described(workspace: Workspace, file_id: str) -> Json:
    name, data = workspace.files[file_id]
    return {"id": file_id, "name": name, "title": name, "size": len(data)}


def _kept(workspace: Workspace, name: str, data: bytes) -> str:
    file_id = workspace.next_id("F")
    workspace.files[file_id] = name, data
    while len(workspace.files) > _KEPT:
        workspace.files.pop(next(iter(workspace.files)))
    return file_id


def _announce(workspace: Workspace, place: str, user: str, file_id: str, address: str) -> Post:
    name = workspace.files[file_id][0]
    shown = html.escape(name, quote=False).replace("|", "/")
    text = f":page_facing_up: <http://{address}/files/{file_id}|{shown}>"
    block: Json = {"type": "section", "block_id": file_id, "text": {"type": "mrkdwn", "text": text}}
    return workspace.post(place, user, html.escape(name, quote=False), (block,))
