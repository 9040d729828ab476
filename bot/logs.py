"""Logging: one JSON object a line on standard error, for our own loggers and for those of the libraries.

No line holds a token, nor the text of a question: texts are dropped by the name of their field, and an exception is told by
its type and the places it went through; its message is kept only where it comes from the system or from a library that
does not quote people.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Final, TextIO

import structlog

PEOPLE_TEXT: Final = frozenset(
    {"text", "question", "asked", "query", "title", "body", "payload", "event_body", "message"}
)
"""Fields that may hold what people wrote: replaced by their length."""

_TOKEN = re.compile(r"\b(xox[a-z]{1,2}|xapp)-[\w-]+", re.IGNORECASE)
_QUIET: Final = ("slack_sdk", "slack_bolt", "apscheduler", "urllib3", "asyncio", "uvicorn.access")
_QUOTED_ERROR = re.compile(r"\(error: .*", re.DOTALL)
_SPEAKING: Final = ("sqlite3", "ssl", "slack_sdk", "sqlite_utils", "apscheduler")

Fields = MutableMapping[str, Any]


def set_up_logging(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Sends every log line of the process to `stream` (standard error). May be called again; the last call counts.

    `level` is a name of the standard library; libraries stay at WARNING or above whatever it is.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        tell_exception,
        drop_people_text,
        mask_tokens,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared[:5], cut_quoted_error, *shared[5:]],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=_unknown),
        ],
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


_ADDRESS = re.compile(r"(/calendar/\d+-)\w+")
"""Whoever knows the address of a calendar may read it."""


def mask_tokens(_logger: Any, _method: str, fields: Fields) -> Fields:
    """Replaces Slack's tokens wherever they stand, nested values too."""
    return {key: _masked(value) for key, value in fields.items()}


def drop_people_text(_logger: Any, _method: str, fields: Fields) -> Fields:
    """Replaces what people wrote by how long it was."""
    for key in PEOPLE_TEXT & fields.keys():
        fields[key] = f"({len(str(fields[key]))} characters)"
    return fields


def cut_quoted_error(_logger: Any, _method: str, fields: Fields) -> Fields:
    """Bolt ends its sentence with the message of the exception, which may quote a question."""
    if str(fields.get("logger", "")).startswith("slack_bolt"):
        fields["event"] = _QUOTED_ERROR.sub("(error not shown)", str(fields.get("event", "")))
    return fields


def tell_exception(_logger: Any, _method: str, fields: Fields) -> Fields:
    """Turns `exc_info` into the type of the error and the chain of places; its message only when it quotes nobody."""
    given = fields.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if not isinstance(error, BaseException):
        return fields
    kind = type(error)
    fields["error"] = f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(error, OSError) or kind.__module__.split(".")[0] in _SPEAKING:
        fields["error_message"] = str(error)
    if error.__cause__ is not None:
        fields["caused_by"] = f"{type(error.__cause__).__module__}.{type(error.__cause__).__qualname__}"
    frames = traceback.extract_tb(error.__traceback__)
    fields["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    return fields


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return _ADDRESS.sub(r"\1…", _TOKEN.sub(r"\1-…", value))
    if isinstance(value, dict):
        return {_masked(key): _masked(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(inner) for inner in value]
    return value


def _unknown(value: Any) -> str:
    """What JSON cannot write: its type and no more, as its text may hold anything."""
    return f"<{type(value).__name__}>"
