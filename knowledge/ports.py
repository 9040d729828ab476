"""The ports of the knowledge base: what it needs of the outside world, and the promises each adapter keeps.

Every implementation passes the same suite, `tests/contracts/test_stores.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from knowledge.asked import KeptQuestion, Outcome
from knowledge.glossary_pairs import GlossaryPair
from knowledge.records import Change, Record, Write


class Clock(Protocol):
    """Tells the time. `now` is aware, in UTC."""

    def now(self) -> datetime: ...


class RevisionConflict(Exception):
    """Somebody changed the record since the writer saw it; `current` is what the store holds (None: it is gone) and `last`
    the change that made it so: by whom, and when."""

    def __init__(self, record_id: str, current: Record | None, last: Change | None = None) -> None:
        super().__init__(f"{record_id} was changed by somebody else")
        self.record_id = record_id
        self.current = current
        self.last = last


class StoreUnavailable(Exception):
    """The store cannot be read or written (full disk, foreign file, lock). Nothing was changed. `reason` is one line."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Reseal:
    """That the history was sealed again at a moment, why ("erasure", "another key"), and its last seal before and after: a seal noted
    elsewhere before that moment is found here."""

    at: datetime
    why: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Audit:
    """What going through the history found: how many changes there are, the seal of the last one, a line in English for
    each fault (for whoever looks after the machine), when it was sealed again, the latest last, and where its key is."""

    count: int
    head: str = ""
    faults: tuple[str, ...] = ()
    reseals: tuple[Reseal, ...] = ()
    key: str = ""


class FactStore(Protocol):
    """Keeps records and the append-only list of changes. Safe to call from any thread."""

    def records(self) -> Sequence[Record]:
        """Every record, retired ones too, ordered by id."""

    def ids(self) -> Collection[str]:
        """The ids of every record, retired ones too: none of them may be given to another."""

    def get(self, record_id: str) -> Record | None: ...

    def write(self, writes: Sequence[Write], at: datetime) -> Sequence[Change]:
        """All writes in one transaction, or none. The stored revision is 1 for an `add`, else the expected one plus 1.
        Raises RevisionConflict or StoreUnavailable."""

    def changes(self, since: int = 0) -> Sequence[Change]:
        """Changes with `seq > since`, oldest first."""

    def last_seq(self) -> int: ...

    def history(self, record_id: str) -> Sequence[Change]:
        """Every change of one record, oldest first."""

    def batch(self, number: int) -> Sequence[Change]:
        """The changes of one transaction, oldest first."""

    def last_batch(self, by: str) -> int:
        """The newest batch of a person that neither takes another back nor was taken back; 0 when there is none."""

    def audit(self) -> Audit:
        """Looks whether the history is as it was written."""

    def erase(self, ids: Sequence[str], names: Sequence[str], at: datetime) -> None:
        """Forgets a person: FORMER_MEMBER stands in their place in the history, in facts (which have no owner then) and in what
        others said; what their conversations left behind is dropped. What they did stays. `ids` (their id, their pseudonym)
        leave every text; `names`, what they are called, leave reasons and questions where they have two words or more."""


class ThreadStore(Protocol):
    """What a conversation is about, and what people thought of answers. Safe to call from any thread."""

    def topic(self, thread: str, now: datetime) -> Mapping[str, Any] | None:
        """The topic last kept for this thread, or None when there is none or it has expired."""

    def keep_topic(self, thread: str, topic: Mapping[str, Any], expires: datetime, person: str = "") -> None:
        """Keeps one JSON-able topic per thread, replacing the one before, and drops those that have expired. `person` is the
        pseudonym of whoever spoke of it."""

    def first_sight(self, event: str, at: datetime) -> bool:
        """True the first time this delivery is seen, False for a repeat. Sightings older than a day are dropped."""

    def expire(self, now: datetime) -> None:
        """Drops the topics that have expired by then, and the sightings older than a day."""

    def add_feedback(self, answer: str, person: str, verdict: str, at: datetime) -> None:
        """Keeps `verdict` ("good" or "bad") of one pseudonymous person on one answer; a later one replaces it."""

    def feedback(self) -> Sequence[tuple[str, str, str]]:
        """(answer, person, verdict) of every rating kept."""


class QuestionLog(Protocol):
    """The questions that were asked, for as long as the team keeps them. Safe to call from any thread."""

    def keep(self, question: KeptQuestion, forget_before: datetime) -> None:
        """Keeps one more under the next number, and drops those asked before that moment."""

    def expire(self, before: datetime) -> None:
        """Drops those asked before that moment."""

    def rate(self, answer: str, person: str, verdict: str) -> None:
        """Notes the verdict of this person on the questions that this answer was given to."""

    def settle(self, numbers: Iterable[int], outcome: Outcome) -> None:
        """Notes what became of these questions; numbers that are not kept are passed over."""

    def questions(self) -> Sequence[KeptQuestion]:
        """All that are kept, oldest first."""

    def forget(self, person: str, ids: Sequence[str] = (), names: Sequence[str] = ()) -> int:
        """Drops all that this person (a pseudonym) asked; how many they were. Their other `ids` and their `names` leave what
        others asked, as `FactStore.erase` says."""


class CoordinatorStore(Protocol):
    """The people who may change facts, beside those of the configuration. Safe to call from any thread."""

    def coordinators(self) -> Sequence[str]:
        """Their ids, in the order in which they were added."""

    def add_coordinator(self, person: str, by: str, at: datetime) -> bool:
        """Keeps one more, and who added them; False when they were kept already."""

    def remove_coordinator(self, person: str) -> bool:
        """Takes one out; False when they were not kept."""


class GlossaryStore(Protocol):
    """The pairs of words that coordinators add to the glossary. Safe to call from any thread."""

    def glossary_pairs(self) -> Sequence[GlossaryPair]:
        """Every pair, those that were taken out too, in the order in which they came."""

    def glossary_version(self) -> int:
        """A number that grows with each pair that comes or goes."""

    def add_glossary_pair(self, said: str, means: str, by: str, at: datetime) -> GlossaryPair | None:
        """Puts one more in force; None where the very same is in force already."""

    def remove_glossary_pair(self, number: int, by: str, at: datetime) -> GlossaryPair | None:
        """Takes one out; None where it is not in force."""


class KnowledgeStore(FactStore, GlossaryStore, Protocol):
    """What answers are made from."""


class Store(KnowledgeStore, ThreadStore, CoordinatorStore, Protocol):
    """One place for all of it; `close` releases files and threads and may be called twice."""

    def close(self) -> None: ...
