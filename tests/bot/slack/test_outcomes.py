"""Every way in which a call to Slack can end is in one class: taken, surely not taken, or nobody knows."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.outcomes import RETRY_AFTER, outcome_of
from scheduler.ports import Closed, Gone, Refused, Retry, Unclear

GONE = "invalid_auth not_authed token_revoked token_expired account_inactive org_login_required ekm_access_denied"
LIMITED = "ratelimited rate_limited message_limit_exceeded team_added_to_org"
UNCLEAR = "fatal_error internal_error request_timeout service_unavailable accesslimited"
CLOSED = (
    "channel_not_found not_in_channel is_archived restricted_action missing_scope restricted_action_read_only_channel"
    " restricted_action_thread_only_channel messages_tab_disabled no_permission"
)
REFUSED = (
    "msg_too_long invalid_blocks no_text"
    " invalid_blocks_format invalid_arguments invalid_metadata_format metadata_too_large cannot_reply_to_message"
    " user_not_in_channel cant_post_message too_many_attachments as_user_not_supported"
    " duplicate_channel_not_found"
    " ekm_unknown invalid_form_data something_new_of_next_year"
)
TABLE = [
    (code, kind)
    for codes, kind in ((GONE, Gone), (LIMITED, Retry), (UNCLEAR, Unclear), (CLOSED, Closed), (REFUSED, Refused))
    for code in codes.split()
]


def said(code: str, status: int = 200, **headers: str) -> SlackApiError:
    body: dict[str, Any] = {"ok": False, "error": code}
    response = SlackResponse(
        client=WebClient(), http_verb="POST", api_url="", req_args={}, data=body, headers=headers, status_code=status
    )
    return refused(response)


def refused(response: Any) -> SlackApiError:
    return SlackApiError("refused", response)  # type: ignore[no-untyped-call]


def test_the_table_holds_thirty_codes_at_least() -> None:
    assert len({code for code, _ in TABLE}) == len(TABLE) >= 30


@pytest.mark.parametrize(("code", "kind"), TABLE)
def test_a_code_of_slack_is_in_its_class_and_says_so(code: str, kind: type) -> None:
    found = outcome_of(said(code))
    assert type(found) is kind
    assert found.why == code


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (URLError(ConnectionRefusedError(errno.ECONNREFUSED, "refused")), Retry),
        (URLError(socket.gaierror(socket.EAI_AGAIN, "no name")), Retry),
        (URLError(OSError(errno.ENETUNREACH, "no network")), Retry),
        (URLError(OSError(errno.EHOSTUNREACH, "no host")), Retry),
        (URLError(ssl.SSLCertVerificationError("stranger")), Retry),
        (URLError(TimeoutError("slow")), Unclear),
        (URLError("unknown"), Unclear),
        (TimeoutError("read"), Unclear),
        (ConnectionResetError(errno.ECONNRESET, "reset"), Unclear),
        (BrokenPipeError(errno.EPIPE, "pipe"), Unclear),
        (http.client.RemoteDisconnected("closed"), Unclear),
        (http.client.IncompleteRead(b"{"), Unclear),
        (http.client.BadStatusLine("?"), Unclear),
        (ssl.SSLError("cut"), Unclear),
        (ValueError("a mistake of ours after sending"), Unclear),
    ],
    ids=repr,
)
def test_a_fault_on_the_way_is_in_its_class(error: Exception, kind: type) -> None:
    assert type(outcome_of(error)) is kind


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("code", ["internal_error", "channel_not_found", "anything"])
def test_no_word_of_a_failing_server_is_believed(status: int, code: str) -> None:
    assert type(outcome_of(said(code, status))) is Unclear


def test_an_answer_that_is_no_json_is_unclear_even_with_status_200() -> None:
    for status in (200, 500, 502):
        cut = refused({"status": status, "headers": {}, "body": "<html>"})
        assert type(outcome_of(cut)) is Unclear


def test_the_wait_that_slack_asks_for_is_kept_and_a_missing_one_is_not_zero() -> None:
    assert outcome_of(said("ratelimited", 429, **{"retry-after": "17"})) == Retry(17, "ratelimited")
    assert outcome_of(said("ratelimited")) == Retry(RETRY_AFTER, "ratelimited")
    assert outcome_of(said("ratelimited", 429, **{"Retry-After": "soon"})) == Retry(RETRY_AFTER, "ratelimited")
    no_json = refused({"status": 429, "headers": {"Retry-After": ["3"]}, "body": ""})
    assert outcome_of(no_json) == Retry(3, "ratelimited")
