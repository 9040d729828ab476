"""How an entry or a request becomes one line of JSON, and back. Pure."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from typing import Any

from knowledge.dates import Day
from scheduler.rules import Lead
from scheduler.values import Act, Due, Entry, Outage, Receipt, Request

_MOMENTS = (
    "at",
    "closes",
    "not_before",
    "lease_until",
    "first_try",
    "missed_at",
    "until",
    "created",
    "moment",
    "closed_at",
    "since",
)
_DAYS = ("deadline", "was")
_TUPLES = ("mention", "subjects", "within")


def to_text(entry: Entry) -> str:
    return json.dumps(_plain(entry), separators=(",", ":"))


def from_text(text: str) -> Entry:
    plain = json.loads(text)
    due = Due(**{name: _value(name, value) for name, value in plain.pop("due").items()})
    receipt, acts = plain.pop("receipt", None), plain.pop("acts", ())
    rest = {name: _value(name, value) for name, value in plain.items()}
    done = tuple(Act(**{name: _value(name, value) for name, value in act.items()}) for act in acts)
    return Entry(due, **rest, receipt=Receipt(**receipt) if receipt else None, acts=done)


def request_to_text(request: Request) -> str:
    """Without its id, which is the number of its row."""
    plain = _plain(request)
    del plain["id"]
    return json.dumps(plain, separators=(",", ":"))


def request_from_text(request_id: str, text: str) -> Request:
    plain = {name: _value(name, value) for name, value in json.loads(text).items()}
    lead = plain.pop("lead")
    return Request(request_id, **plain, lead=None if lead is None else Lead.parse(lead))


def outage_to_text(outage: Outage) -> str:
    return json.dumps(_plain(outage), separators=(",", ":"))


def outage_from_text(text: str) -> Outage:
    return Outage(**{name: _value(name, value) for name, value in json.loads(text).items()})


def _plain(value: Due | Entry | Receipt | Act | Request | Outage) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields(value):
        part = getattr(value, field.name)
        if part == field.default and isinstance(value, Due | Entry):
            # Most of an occurrence is as it begins: what is not written is not read either, a hundred thousand times.
            continue
        if isinstance(part, Due | Receipt):
            part = _plain(part)
        elif isinstance(part, datetime):
            part = part.isoformat()
        elif isinstance(part, Day | Lead):
            part = str(part)
        elif field.name == "acts":
            part = [_plain(act) for act in part]
        elif field.name == "told":
            part = dict(part)
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
