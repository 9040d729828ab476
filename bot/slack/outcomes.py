"""What an answer of Slack, or the lack of one, says of a message: taken, surely not taken, or nobody knows. Pure.

The classes decide what happens next: what is unclear is looked for in the history before it is sent again.
"""

from __future__ import annotations

import errno
import re
import socket
import ssl
from collections.abc import Mapping
from typing import Any, Final
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from scheduler.ports import Closed, Gone, Refused, Retry, Unclear

RETRY_AFTER: Final = 30.0
"""Seconds to wait where Slack limits without saying for how long."""
NO_CONNECTION: Final = 15.0
"""Seconds to wait after a connection that did not come about."""
LIMITED: Final = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org"})
GONE: Final = frozenset(
    {
        *("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "app_uninstalled"),
        *("org_login_required", "ekm_access_denied", "team_access_not_granted", "not_allowed_token_type"),
    }
)
CLOSED: Final = frozenset(
    {
        *(
            "is_archived",
            "not_in_channel",
            "channel_not_found",
            "missing_scope",
            "no_permission",
            "messages_tab_disabled",
        ),
        *("restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel"),
    }
)
"""What stands in the way in one channel, until somebody mends it."""
UNCLEAR: Final = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable", "accesslimited"})
_CODE: Final = re.compile(r"[a-z0-9_]+")
_UNREACHABLE: Final = frozenset({errno.ECONNREFUSED, errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN})


def outcome_of(error: Exception) -> Retry | Refused | Closed | Unclear | Gone:
    """The class of a call that failed. A code that nobody foresaw is a refusal: Slack said no."""
    if isinstance(error, SlackApiError):
        return _said_no(error.response)
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        error = error.reason
    if _never_connected(error):
        return Retry(NO_CONNECTION, type(error).__name__)
    return Unclear(type(error).__name__)


def _said_no(response: Any) -> Retry | Refused | Closed | Unclear | Gone:
    """`response` is a SlackResponse, or a plain mapping (status, headers, body) where the body was no JSON."""
    plain = isinstance(response, Mapping)
    status = int(response.get("status") or 0) if plain else int(response.status_code)
    code = "" if plain else str(response.get("error") or "")
    if status == 429 or code in LIMITED:
        return Retry(_pause(response.get("headers") if plain else response.headers), code or "ratelimited")
    if status >= 500 or code in UNCLEAR or not _CODE.fullmatch(code):
        # The library puts a sentence where an answer was no JSON: that is no word of Slack's.
        return Unclear(code if _CODE.fullmatch(code) else f"no answer that can be read (status {status})")
    if code in GONE:
        return Gone(code)
    return Closed(code) if code in CLOSED else Refused(code)


def _pause(headers: Any) -> float:
    """The seconds of the header Retry-After, however it is spelt."""
    for name, value in dict(headers or {}).items():
        if str(name).lower() == "retry-after":
            try:
                return max(float(value[0] if isinstance(value, list) else value), 0.0)
            except (ValueError, IndexError):
                break
    return RETRY_AFTER


def _never_connected(error: Exception) -> bool:
    """Whether the request surely never left: no address, nobody listening, or a stranger at the other end."""
    if isinstance(error, socket.gaierror | ssl.SSLCertVerificationError | ConnectionRefusedError):
        return True
    return isinstance(error, OSError) and error.errno in _UNREACHABLE
