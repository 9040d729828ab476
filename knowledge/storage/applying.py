"""What a write comes to, whatever keeps it: the next revision, or a conflict. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from knowledge.ports import RevisionConflict
from knowledge.records import Change, Record, Write
from knowledge.storage.codec import storable

SIGHT_LIFE: Final = timedelta(days=1)
"""How long a delivery is remembered as seen."""


def applied(
    write: Write, current: Record | None, at: datetime, seq: int, batch: int, last: Callable[[], Change | None]
) -> Change:
    """The change that `write` makes to `current` (None: no such record), in the transaction that started at `batch`.

    RevisionConflict when the writer saw another one, with the `last` change of the record.
    """
    if (current.revision if current else None) != write.expected_revision:
        raise RevisionConflict(write.record.id, current, last())
    after = replace(write.record, revision=(write.expected_revision or 0) + 1)
    record_id = storable(write.record.id)
    by, reason = storable(write.by), storable(write.reason)
    return Change(seq, record_id, at, by, write.verb, current, after, reason, batch, write.undoes)
