"""What the log says, and above all what it never says."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.logs import set_up_logging

TOKEN = "xoxb-" + "12-34-abcDEF"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Where the log goes for one test; what was set up before comes back after it."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    libraries = {name: logging.getLogger(name).level for name in ("slack_sdk", "slack_bolt", "apscheduler")}
    set_up_logging("INFO", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in libraries.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_each_line_is_one_object_with_its_time_level_and_logger(log: io.StringIO) -> None:
    logging.getLogger("bot.one").warning("two\nlines %s", "é")
    structlog.get_logger("bot.two").info("asked", band="sure", count=3)
    first, second = lines(log)
    assert (first["event"], first["level"], first["logger"]) == ("two\nlines é", "warning", "bot.one")
    assert (second["event"], second["band"], second["count"], second["logger"]) == ("asked", "sure", 3, "bot.two")
    assert first["timestamp"].endswith("Z")


def test_the_address_of_a_calendar_is_masked_wherever_it_stands(log: io.StringIO) -> None:
    secret = "0f" * 32
    logging.getLogger("anything").warning("asked for %s", f"https://e.example/calendar/12-{secret}.ics")
    structlog.get_logger().info("seen", path=f"/calendar/12-{secret}.ics")
    assert secret not in log.getvalue()
    assert log.getvalue().count("/calendar/12-….ics") == 2


def test_a_token_is_masked_wherever_it_stands(log: io.StringIO) -> None:
    logging.getLogger("slack_sdk.web").error("bad token %s", TOKEN)
    structlog.get_logger("bot").warning("sent", headers={"auth": [f"Bearer {TOKEN}"]}, app="xapp-" + "1-A-2")
    try:
        raise OSError(f"refused {TOKEN}")
    except OSError:
        logging.getLogger("bot").exception("failed")
    assert len(lines(log)) == 3
    assert "abcDEF" not in log.getvalue()
    assert "1-A-2" not in log.getvalue()


def test_what_people_wrote_is_told_by_its_length_only(log: io.StringIO) -> None:
    structlog.get_logger("bot").info("asked", text="my private question", question="another")
    assert lines(log)[0]["text"] == "(19 characters)"
    assert "private" not in log.getvalue()
    assert "another" not in log.getvalue()


def test_an_exception_is_told_by_its_type_and_its_places_without_what_it_quotes(log: io.StringIO) -> None:
    try:
        int("my private question")
    except ValueError as error:
        try:
            raise RuntimeError("about my private question") from error
        except RuntimeError:
            logging.getLogger("bot").exception("answering failed")
            structlog.get_logger("bot").exception("answering failed")
    for line in lines(log):
        assert (line["error"], line["caused_by"]) == ("builtins.RuntimeError", "builtins.ValueError")
        assert any("test_logs.py" in place for place in line["where"])
    assert "private" not in log.getvalue()


def test_the_message_of_the_system_is_kept(log: io.StringIO) -> None:
    try:
        Path("/no/such/file").read_text()
    except OSError:
        logging.getLogger("bot").exception("cannot start")
    assert "No such file" in lines(log)[0]["error_message"]


def test_the_sentence_of_bolt_that_quotes_an_error_is_cut(log: io.StringIO) -> None:
    logging.getLogger("slack_bolt.App").error("Failed to run listener function (error: my private question)")
    assert lines(log)[0]["event"] == "Failed to run listener function (error not shown)"


def test_libraries_are_quiet_below_a_warning(log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("slack_sdk.socket_mode", "slack_bolt.App", "apscheduler.scheduler"):
        # An application made before in this process may have given its own loggers a level.
        monkeypatch.setattr(logging.getLogger(name), "level", logging.NOTSET)
        logging.getLogger(name).manager._clear_cache()  # type: ignore[attr-defined]
        logging.getLogger(name).info("chatter")
        logging.getLogger(name).warning("trouble")
    assert [line["event"] for line in lines(log)] == ["trouble"] * 3


def test_an_object_that_json_cannot_write_is_named_and_not_printed(log: io.StringIO) -> None:
    class Private:
        def __repr__(self) -> str:
            return "my private question"

    structlog.get_logger("bot").info("odd", thing=Private())
    assert lines(log)[0]["thing"] == "<Private>"


def test_setting_up_twice_does_not_log_twice(log: io.StringIO) -> None:
    set_up_logging("INFO", log)
    logging.getLogger("bot").info("once")
    assert len(lines(log)) == 1
