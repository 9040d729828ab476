"""What a write comes to, whatever keeps it: the next revision, or a conflict. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from knowledge.ports import RevisionConflict
from knowledge.records import Change, Record, Write
from knowledge.storage.codec import storable

SIGHT_LIFE: Final = timedelta(days=1)
"""How long a delivery is remembered as seen."""


def applied(write: Write, current: Record | None, at: datetime, seq: int) -> Change:
    """The change that `write` makes to `current` (None: no such record). RevisionConflict when the writer saw another one."""
    if (current.revision if current else None) != write.expected_revision:
        raise RevisionConflict(write.record.id, current)
    after = replace(write.record, revision=(write.expected_revision or 0) + 1)
    record_id = storable(write.record.id)
    return Change(seq, record_id, at, storable(write.by), write.verb, current, after, storable(write.reason))
