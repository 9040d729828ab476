"""How an entry becomes one line of JSON, and back. Pure."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from typing import Any

from knowledge.dates import Day
from scheduler.values import Due, Entry, Receipt

_MOMENTS = ("at", "closes", "not_before", "lease_until", "first_try", "missed_at")
_DAYS = ("deadline", "was")
_TUPLES = ("mention", "subjects")


def to_text(entry: Entry) -> str:
    return json.dumps(_plain(entry), separators=(",", ":"))


def from_text(text: str) -> Entry:
    plain = json.loads(text)
    due = Due(**{name: _value(name, value) for name, value in plain.pop("due").items()})
    receipt = plain.pop("receipt")
    rest = {name: _value(name, value) for name, value in plain.items()}
    return Entry(due, **rest, receipt=Receipt(**receipt) if receipt else None)


def _plain(value: Due | Entry | Receipt) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields(value):
        part = getattr(value, field.name)
        if isinstance(part, Due | Receipt):
            part = _plain(part)
        elif isinstance(part, datetime):
            part = part.isoformat()
        elif isinstance(part, Day):
            part = str(part)
        found[field.name] = part
    return found


def _value(name: str, plain: Any) -> Any:
    if plain is None:
        return None
    if name in _MOMENTS:
        return datetime.fromisoformat(plain)
    if name in _DAYS:
        return Day.parse(plain)
    return tuple(plain) if name in _TUPLES else plain
