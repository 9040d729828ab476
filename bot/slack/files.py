"""Files that people give to the bot: fetched with its token, from Slack alone, and never more than so many bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from slack_sdk import WebClient

_TIMEOUT: Final = 10


def described(client: WebClient, file_id: str) -> Mapping[str, Any]:
    """What Slack says of a file. Raises SlackApiError."""
    found: Mapping[str, Any] = client.files_info(file=file_id).get("file") or {}
    return found


def direct_channel(client: WebClient, user: str) -> str:
    """The id of the direct conversation with a person. Raises SlackApiError."""
    return str((client.conversations_open(users=user).get("channel") or {}).get("id") or "")


def download(client: WebClient, file: Mapping[str, Any], most: int) -> bytes:
    """The content of a file, one byte more than `most` at the utmost. Raises OSError where it cannot be fetched."""
    address = str(file.get("url_private_download") or file.get("url_private") or "")
    if not is_of_slack(address, client.base_url):
        raise OSError("the file is not at Slack's")
    # The address was checked just above: nothing but Slack's own host is given the token.
    request = Request(address, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310
    with urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
        content: bytes = answer.read(most + 1)
    return content


def is_of_slack(address: str, base_url: str) -> bool:
    """Whether the token may be shown there: Slack's own hosts over https, or the very host that the bot calls."""
    parts, base = urlsplit(address), urlsplit(base_url)
    if base.hostname and (parts.scheme, parts.netloc) == (base.scheme, base.netloc):
        return True
    host = parts.hostname or ""
    return parts.scheme == "https" and "@" not in parts.netloc and (host == "slack.com" or host.endswith(".slack.com"))
