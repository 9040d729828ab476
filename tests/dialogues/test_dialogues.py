"""Whole conversations in two languages, each turn held against the files beside this module."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.exchange.yaml_files import Document, read_yaml
from knowledge.questions.form import Answer, Topic
from tests.knowledge.asking import offered, shipped_asker

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
KEYS = {"ask", "band", "lang", "fact", "field", "value", "count", "offers"}


def threads() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in FILES:
        document = read_yaml(path)
        assert isinstance(document, Document), document
        assert isinstance(document.data, dict)
        listed: Any = document.data["threads"]
        found += listed
    return found


THREADS = threads()


def given(answer: Answer) -> dict[str, str | list[str]]:
    """What a turn may say about an answer, as it is written in the files."""
    return {
        "band": answer.band,
        "lang": answer.lang,
        "fact": answer.facts[0] if answer.facts else "",
        "field": answer.field,
        "value": str(answer.value),
        "count": str(answer.count),
        "offers": sorted(offered(answer)),
    }


@pytest.mark.parametrize("thread", THREADS, ids=lambda thread: str(thread["name"]))
def test_a_conversation_goes_as_written(thread: dict[str, Any]) -> None:
    asker, today = shipped_asker(), date.fromisoformat(thread["today"])
    topic: Topic | None = None
    for turn in thread["turns"]:
        answer = asker(turn["ask"], today, topic=topic)
        topic = answer.topic or topic
        found = given(answer)
        expected = {name: wanted for name, wanted in turn.items() if name != "ask"}
        assert {name: found[name] for name in expected} == expected, turn["ask"]


@pytest.mark.parametrize("thread", THREADS, ids=lambda thread: str(thread["name"]))
def test_a_conversation_is_well_written(thread: dict[str, Any]) -> None:
    assert set(thread) == {"name", "today", "turns"} and len(thread["turns"]) >= 2
    for turn in thread["turns"]:
        assert set(turn) <= KEYS and {"ask", "band", "lang"} <= set(turn)
        assert turn.get("offers", []) == sorted(turn.get("offers", []))


def test_both_languages_are_spoken_about_as_often() -> None:
    first = [thread["turns"][0]["lang"] for thread in THREADS]
    assert len(THREADS) >= 12
    assert abs(first.count("fr") - first.count("en")) <= 2


def test_every_band_is_met() -> None:
    assert {turn["band"] for thread in THREADS for turn in thread["turns"]} == {"sure", "unsure", "unknown", "chat"}
