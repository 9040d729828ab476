"""The values of the knowledge base: a record, where it comes from, and each change made to it.

Nothing here reads a file, a clock or a database: these are plain frozen values that every layer may share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from knowledge.dates import Day
from knowledge.messages import Phrase, Text

Language = Literal["fr", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
COORDINATORS: Final = "coordinators"
"""In an audience: whoever coordinates, in private."""
NO_REMINDERS: Final = "none"
FORMER_MEMBER: Final = "former member"
"""Stands in the history for a person who asked to be forgotten."""
COMMAND_LINE: Final = "command line: "
"""The reason of what was done there begins so."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read. `accessed` is the day it was read; `verified_on` the day a person last confirmed it."""

    title: str
    url: str = ""
    accessed: Day | None = None
    verified_on: Day | None = None
    verified_by: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One fact. `values` maps the field names of its kind to typed values (see `knowledge.fields`).

    `id` is a short slug, unique and never reused. `revision` starts at 1 and grows with each change.
    `programme` says that the programme's own public page states this fact. `audience` limits who may see it: channel ids,
    or COORDINATORS; empty is everyone (see `knowledge.audience`). `owner` is the person who looks after it. `stale` lists
    the languages whose text is older than that of the other. `reminders` replaces the lead times of its deadlines
    ("30d", "7d"), or is (NO_REMINDERS,).
    """

    id: str
    kind: str
    titles: Text
    summaries: Text
    source: Source
    aliases: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    status: str = ""
    note: Text = field(default_factory=dict)
    other_sources: tuple[Source, ...] = ()
    programme: bool = False
    audience: tuple[str, ...] = ()
    owner: str = ""
    stale: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()
    revision: int = 1
    retired: bool = False

    @property
    def silent(self) -> bool:
        """Whether nobody is to be reminded of its deadlines."""
        return NO_REMINDERS in self.reminders


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in what a person gave: the field it is about (a dotted key) and the sentence to show."""

    field: str
    phrase: Phrase
    line: int | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A record that passed every check and is not saved yet."""

    record: Record


Verb = Literal["add", "amend", "verify", "retire", "restore"]


@dataclass(frozen=True, slots=True)
class Write:
    """What is asked of the store: the record as it shall be, by whom and why.

    `expected_revision` None means "must not exist yet"; otherwise the revision that the writer saw. `undoes` is the batch
    that this write takes back, 0 for any other write.
    """

    verb: Verb
    record: Record
    by: str
    reason: str = ""
    expected_revision: int | None = None
    undoes: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One write as the store kept it. `seq` grows by one; `before` is None for an addition.

    `batch` is the first `seq` of the transaction that it came in: an import is one batch, a single change its own.
    `undoes` is the batch that it takes back, 0 for any other change.
    """

    seq: int
    record_id: str
    at: datetime
    by: str
    verb: Verb
    before: Record | None
    after: Record
    reason: str = ""
    batch: int = 0
    undoes: int = 0

    @property
    def by_command_line(self) -> bool:
        return self.reason.startswith(COMMAND_LINE)
