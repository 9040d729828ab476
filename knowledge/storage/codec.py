"""How records, moments and people's text become what a store keeps, and back. Pure.

The shape of a record's values is not known here: the two functions of a `Codec` carry it. A store adds an envelope with
what it decides itself (the revision, whether the record is retired) and a checksum, because SQLite's own check notices
a broken page but not a changed letter.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from knowledge.records import Record


@dataclass(frozen=True, slots=True)
class Codec:
    """`dump` turns a record into plain JSON-able data and `load` does the reverse; `load(dump(record)) == record`."""

    dump: Callable[[Record], Mapping[str, Any]]
    load: Callable[[Mapping[str, Any]], Record]

    def to_text(self, record: Record, named: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> str:
        """One line of ASCII JSON: an unpaired surrogate, which no UTF-8 file can hold, survives as an escape. `named` takes
        the names of people out of the plain data."""
        envelope = {"revision": record.revision, "retired": record.retired, "record": named(self.dump(record))}
        return json.dumps(envelope, separators=(",", ":"))

    def from_text(self, text: str, named: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> Record:
        """The record again; `named` puts the names back."""
        envelope = json.loads(text)
        record = self.load(named(envelope["record"]))
        return replace(record, revision=envelope["revision"], retired=envelope["retired"])


def checksum(*parts: str | None) -> str:
    """A short digest of a row. None and the empty text differ."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        digest.update(b"\0" if part is None else b"\1" + part.encode() + b"\0")
    return digest.hexdigest()


def storable(text: str) -> str:
    """The same text with `?` for each unpaired surrogate, so that it can be written as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def moment_to_text(moment: datetime) -> str:
    """UTC with a fixed width, so that texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment_from_text(text: str) -> datetime:
    return datetime.fromisoformat(text)
