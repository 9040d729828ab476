"""Files that the bot sends: asked for, uploaded and announced as Slack does it, and kept in memory to be fetched from the page."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.playground.incoming import Refused, channel
from bot.playground.people import BOT_USER_ID
from bot.playground.workspace import Json, Workspace

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
    file_id = workspace.next_id("F")
    workspace.files[file_id] = name, b""
    while len(workspace.files) > _KEPT:
        workspace.files.pop(next(iter(workspace.files)))
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
        name = workspace.files[one][0]
        link = f"<http://{address}/files/{one}|{name}>"
        block: Json = {
            "type": "section",
            "block_id": one,
            "text": {"type": "mrkdwn", "text": f":page_facing_up: {link}"},
        }
        workspace.post(place.id, BOT_USER_ID, name, (block,))
    return {"files": [{"id": one, "title": workspace.files[one][0]} for one in ids]}
